#include "core/experiment/ConsumedItems.h"

#include "core/base/Interruptible.h"
#include "core/base/Random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {

Result<ConsumedItems> consumedItems(const SparseRows& all,
                                    const std::vector<bool>& isMeant,
                                    const std::vector<bool>& isCounted,
                                    const JobContext& job)
{
    ConsumedItems consumed;
    consumed.users.columnCount = all.columnCount;
    for (std::size_t row = 0; row < all.rowCount(); ++row) {
        if (const Status goOn = everyFewThousand(row, job); !goOn) {
            return passOn(goOn);
        }
        const std::size_t before = consumed.users.columns.size();
        if (isMeant[row]) {
            for (const std::int32_t user : all.columnsOf(row)) {
                if (isCounted[static_cast<std::size_t>(user)]) {
                    consumed.users.add(user, 1.0F);
                }
            }
        }
        if (consumed.users.columns.size() > before) {
            consumed.users.endRow();
            consumed.rows.push_back(static_cast<std::int32_t>(row));
        }
    }
    Result<SparseRows> items = transposed(consumed.users, job);
    if (!items) {
        return passOn(items);
    }
    consumed.items = std::move(*items);
    return consumed;
}

PopularityBands PopularityBands::of(const ConsumedItems& consumed, std::size_t most)
{
    constexpr std::size_t fewest = 10;
    const std::size_t count = consumed.count();
    std::vector<std::int32_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::int32_t item) {
        return consumed.users.lengthOf(static_cast<std::size_t>(item));
    });
    const std::size_t bands = std::clamp<std::size_t>(count / fewest, 1, most);
    PopularityBands made{.items = std::vector<std::vector<std::int32_t>>(bands),
                         .bandOf = std::vector<std::size_t>(count)};
    for (std::size_t place = 0; place < count; ++place) {
        const std::size_t band = place * bands / count;
        made.items[band].push_back(order[place]);
        made.bandOf[static_cast<std::size_t>(order[place])] = band;
    }
    return made;
}

std::vector<std::int32_t> dealtAnew(const PopularityBands& bands, std::uint64_t seed, std::uint64_t stream)
{
    Random random(seed, stream);
    std::vector<std::int32_t> dealt(bands.bandOf.size());
    for (const std::vector<std::int32_t>& places : bands.items) {
        std::vector<std::int32_t> items = places;
        random.shuffle(std::span(items));
        for (std::size_t at = 0; at < places.size(); ++at) {
            dealt[static_cast<std::size_t>(places[at])] = items[at];
        }
    }
    return dealt;
}

std::size_t commonUsers(std::span<const std::int32_t> a, std::span<const std::int32_t> b)
{
    constexpr std::size_t muchLonger = 16;
    if (a.size() > b.size()) {
        std::swap(a, b);
    }
    std::size_t common = 0;
    if (b.size() > muchLonger * a.size()) {
        auto from = b.begin();
        for (const std::int32_t user : a) {
            from = std::lower_bound(from, b.end(), user);
            common += from != b.end() && *from == user ? 1U : 0U;
        }
        return common;
    }
    for (std::size_t at = 0, other = 0; at < a.size() && other < b.size();) {
        const std::int32_t ofA = a[at];
        const std::int32_t ofB = b[other];
        common += ofA == ofB ? 1U : 0U;
        at += ofA <= ofB ? 1U : 0U; // without branches, which would be guessed wrongly every other time
        other += ofB <= ofA ? 1U : 0U;
    }
    return common;
}

double userCosine(std::span<const std::int32_t> a, std::span<const std::int32_t> b)
{
    const double product = static_cast<double>(a.size()) * static_cast<double>(b.size());
    return product > 0.0 ? static_cast<double>(commonUsers(a, b)) / std::sqrt(product) : 0.0;
}

} // namespace transept
