#include "core/model/Strata.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/RandomStreams.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t blockEvents =
    16384; ///< at most about so many: a block is worked on within milliseconds
constexpr std::size_t bandBytes = std::size_t{256} * 1024;
constexpr std::size_t fewestBands = 4; ///< so that a small selection keeps two threads busy as well
constexpr std::size_t mostBands = 128;
constexpr std::size_t pieceEvents = 64; ///< events that keep their order within a block

std::uint32_t boundary(std::size_t count, std::size_t band, std::size_t bands)
{
    return static_cast<std::uint32_t>(count * band / bands);
}

std::vector<std::uint32_t> shuffledRows(std::size_t count, Random random)
{
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    random.shuffle(std::span(rows));
    return rows;
}

} // namespace

std::size_t bandsFor(std::size_t events, std::size_t rows, std::size_t rowBytes)
{
    const double byEvents = std::sqrt(static_cast<double>(events) / static_cast<double>(blockEvents));
    const std::size_t byMemory = rows * rowBytes / bandBytes + 1;
    return std::clamp(
        std::max(static_cast<std::size_t>(std::ceil(byEvents)), byMemory), fewestBands, mostBands);
}

Result<Strata> Strata::deal(std::size_t userCount,
                            std::span<const FactorDomain> domains,
                            const StrataOptions& options,
                            const JobContext& job)
{
    Strata strata;
    strata.m_options = options;
    strata.m_domains = domains.size();
    std::size_t events = 0;
    std::size_t items = 0;
    for (const FactorDomain& domain : domains) {
        strata.m_firstItems.push_back(items);
        items += domain.data->interactions.itemCount();
        events += domain.data->interactions.size();
    }
    // Negatives are drawn from anywhere in a block: then both its bands must stay in the cache.
    const bool isMixed = options.negatives > 0 && std::ranges::any_of(domains, &FactorDomain::isImplicit);
    const std::size_t cached = isMixed ? std::max(userCount, items) : std::min(userCount, items);
    strata.m_bands = bandsFor(events, cached, options.rowBytes);
    Rows rows;
    rows.users = strata.dealUsers(userCount);
    rows.items = strata.dealItems(domains);
    if (const Status dealt = strata.dealEvents(domains, rows, job); !dealt) {
        return passOn(dealt);
    }
    if (isMixed) {
        if (const Status listed = strata.listPositives(domains, job); !listed) {
            return passOn(listed);
        }
    }
    return strata;
}

std::vector<std::uint32_t> Strata::dealUsers(std::size_t userCount)
{
    m_userPlaces.resize(userCount);
    auto rows = shuffledRows(userCount, randomFor(m_options.seed, Purpose::UserPlaces));
    for (std::size_t place = 0; place < userCount; ++place) {
        m_userPlaces[rows[place]] = static_cast<std::uint32_t>(place);
    }
    for (std::size_t band = 0; band <= m_bands; ++band) {
        m_userStarts.push_back(boundary(userCount, band, m_bands));
        m_bandsOfUsers.resize(m_userStarts.back(), static_cast<std::uint8_t>(band - 1));
    }
    return rows;
}

std::vector<std::uint32_t> Strata::dealItems(std::span<const FactorDomain> domains)
{
    std::vector<std::vector<std::uint32_t>> rows;
    for (const FactorDomain& domain : domains) {
        m_itemPlaces.resize(m_itemPlaces.size() + domain.data->interactions.itemCount());
        rows.push_back(shuffledRows(domain.data->interactions.itemCount(),
                                    randomFor(m_options.seed, Purpose::ItemPlaces, rows.size())));
    }
    std::vector<std::uint32_t> rowAt;
    for (std::size_t band = 0; band < m_bands; ++band) {
        for (std::size_t domain = 0; domain < m_domains; ++domain) {
            const std::size_t last = boundary(rows[domain].size(), band + 1, m_bands);
            m_itemBands.push_back({.first = static_cast<std::uint32_t>(rowAt.size())});
            for (std::size_t at = boundary(rows[domain].size(), band, m_bands); at < last; ++at) {
                const std::uint32_t row = rows[domain][at];
                m_itemPlaces[m_firstItems[domain] + row] = static_cast<std::uint32_t>(rowAt.size());
                rowAt.push_back(row);
            }
            m_itemBands.back().last = static_cast<std::uint32_t>(rowAt.size());
            m_bandsOfItems.resize(rowAt.size(), static_cast<std::uint8_t>(band));
        }
    }
    return rowAt;
}

template<typename Work>
void Strata::forEachEventOfUsers(std::size_t band,
                                 std::span<const FactorDomain> domains,
                                 const Rows& rows,
                                 const Work& work) const
{
    for (std::uint32_t user = m_userStarts[band]; user < m_userStarts[band + 1]; ++user) {
        const auto row = static_cast<UserRow>(rows.users[user]);
        for (std::size_t domain = 0; domain < m_domains; ++domain) {
            const auto items = domains[domain].data->interactions.itemsOf(row);
            const auto values = domains[domain].data->interactions.valuesOf(row);
            for (std::size_t at = 0; at < items.size(); ++at) {
                work(domain, user, placeOf(domain, items[at]), values[at]);
            }
        }
    }
}

template<typename Work>
void Strata::forEachEventOfItems(std::size_t band,
                                 std::span<const FactorDomain> domains,
                                 const Rows& rows,
                                 const Work& work) const
{
    for (std::size_t domain = 0; domain < m_domains; ++domain) {
        const Band places = m_itemBands[band * m_domains + domain];
        for (std::uint32_t item = places.first; item < places.last; ++item) {
            const auto row = static_cast<ItemRow>(rows.items[item]);
            const auto users = domains[domain].data->interactions.usersOf(row);
            const auto values = domains[domain].data->interactions.itemValuesOf(row);
            for (std::size_t at = 0; at < users.size(); ++at) {
                work(domain, placeOf(users[at]), item, values[at]);
            }
        }
    }
}

/// Bands of the side with more rows are dealt at the same time: counted, then put down row after row. Their
/// blocks are their own.
Status Strata::dealEvents(std::span<const FactorDomain> domains, const Rows& rows, const JobContext& job)
{
    TaskGuard guard(job);
    const bool byUser = rows.users.size() >= rows.items.size();
    const auto forEachEvent = [&](const auto& work) {
        const auto inBlock = [&](std::size_t domain, std::uint32_t user, std::uint32_t item, float value) {
            const std::size_t block = m_bandsOfUsers[user] * m_bands + m_bandsOfItems[item];
            work(block, domain, user, item, value);
        };
        parallelTasks(m_bands, [&](std::size_t band) {
            if (guard.mayGoOn()) {
                byUser ? forEachEventOfUsers(band, domains, rows, inBlock)
                       : forEachEventOfItems(band, domains, rows, inBlock);
            }
        });
        return guard.status();
    };
    m_starts.assign(m_bands * m_bands + 1, 0);
    const Status counted = forEachEvent([&](std::size_t block, auto...) { ++m_starts[block + 1]; });
    if (!counted) {
        return counted;
    }
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
    m_events.resize(m_starts.back());
    std::vector<std::size_t> next(m_starts.begin(), m_starts.end() - 1);
    const Status put =
        forEachEvent([&](std::size_t block, std::size_t domain, auto user, auto item, float value) {
            const FactorDomain& source = domains[domain];
            const double scaled = (static_cast<double>(value) - source.mean) * source.scale;
            m_events[next[block]++] = {.user = user,
                                       .item = item,
                                       .value = source.isImplicit() ? 1.0F : static_cast<float>(scaled),
                                       .domain = static_cast<std::uint32_t>(domain)};
        });
    const std::size_t longer = std::max(rows.users.size(), rows.items.size());
    const bool fitsCache = longer / m_bands * m_options.rowBytes <= bandBytes;
    return put && fitsCache ? shuffleBlocks(job) : put;
}

Status Strata::shuffleBlocks(const JobContext& job)
{
    TaskGuard guard(job);
    parallelTasks(m_starts.size() - 1, [&](std::size_t block) {
        if (guard.mayGoOn()) {
            Random random = randomFor(m_options.seed, Purpose::EventOrder, block);
            random.shuffle(
                std::span(m_events).subspan(m_starts[block], m_starts[block + 1] - m_starts[block]));
        }
    });
    return guard.status();
}

Status Strata::listPositives(std::span<const FactorDomain> domains, const JobContext& job)
{
    m_active.resize(m_bands * m_domains);
    m_positiveStarts.assign(m_userPlaces.size() + 1, 0);
    const auto forImplicit = [&](const auto& work) {
        return interruptible(job, m_events.size(), [&](std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                if (domains[m_events[at].domain].isImplicit()) {
                    work(m_events[at]);
                }
            }
        });
    };
    Status goOn = forImplicit([&](const PairEvent& event) {
        m_active[m_bandsOfUsers[event.user] * m_domains + event.domain].push_back(event.user);
        ++m_positiveStarts[event.user + 1];
    });
    if (!goOn) {
        return goOn;
    }
    std::partial_sum(m_positiveStarts.begin(), m_positiveStarts.end(), m_positiveStarts.begin());
    std::vector<std::size_t> next(m_positiveStarts.begin(), m_positiveStarts.end() - 1);
    m_positives.resize(m_positiveStarts.back());
    goOn = forImplicit([&](const PairEvent& event) { m_positives[next[event.user]++] = event.item; });
    if (!goOn) {
        return goOn;
    }
    return interruptible(job, m_positiveStarts.size() - 1, [&](std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last; ++user) {
            std::ranges::sort(
                std::span(m_positives)
                    .subspan(m_positiveStarts[user], m_positiveStarts[user + 1] - m_positiveStarts[user]));
        }
    });
}

std::vector<std::size_t> Strata::strataOf(int epoch) const
{
    std::vector<std::size_t> order(m_bands);
    std::iota(order.begin(), order.end(), std::size_t{0});
    randomFor(m_options.seed, Purpose::StratumOrder, 0, static_cast<std::uint64_t>(epoch))
        .shuffle(std::span(order));
    return order;
}

void Strata::sampleNegatives(std::size_t block, int epoch, std::vector<PairEvent>& events) const
{
    Random random = randomFor(m_options.seed, Purpose::Negatives, block, static_cast<std::uint64_t>(epoch));
    for (std::size_t domain = 0; domain < m_domains; ++domain) {
        // A user is drawn as often as it has events, an item uniformly from the band: over all strata every
        // item of the domain has the same chance.
        const std::vector<std::uint32_t>& users = m_active[block / m_bands * m_domains + domain];
        const Band items = m_itemBands[block % m_bands * m_domains + domain];
        const std::size_t all =
            (domain + 1 < m_domains ? m_firstItems[domain + 1] : itemCount()) - m_firstItems[domain];
        if (users.empty() || items.first == items.last) {
            continue;
        }
        const std::size_t draws =
            users.size() * static_cast<std::size_t>(m_options.negatives) * (items.last - items.first) / all;
        for (std::size_t draw = 0; draw < draws; ++draw) {
            const std::uint32_t user = users[random.below(users.size())];
            const auto item =
                static_cast<std::uint32_t>(items.first + random.below(items.last - items.first));
            const auto seen =
                std::span(m_positives)
                    .subspan(m_positiveStarts[user], m_positiveStarts[user + 1] - m_positiveStarts[user]);
            if (!std::ranges::binary_search(seen, item)) {
                events.push_back({.user = user,
                                  .item = item,
                                  .value = 0.0F,
                                  .domain = static_cast<std::uint32_t>(domain)});
            }
        }
    }
    random.shuffle(std::span(events));
}

void Strata::visit(std::size_t block,
                   int epoch,
                   const std::function<void(std::span<const PairEvent>)>& work) const
{
    const auto events = std::span(m_events).subspan(m_starts[block], m_starts[block + 1] - m_starts[block]);
    if (!m_active.empty()) {
        std::vector<PairEvent> mixed(events.begin(), events.end());
        sampleNegatives(block, epoch, mixed);
        work(mixed);
        return;
    }
    // Shuffling pieces is nearly as good as shuffling events, and costs nothing.
    const std::size_t pieces = (events.size() + pieceEvents - 1) / pieceEvents;
    for (const std::uint32_t piece : shuffledRows(
             pieces,
             randomFor(m_options.seed, Purpose::PieceOrder, block, static_cast<std::uint64_t>(epoch)))) {
        work(events.subspan(piece * pieceEvents, std::min(pieceEvents, events.size() - piece * pieceEvents)));
    }
}

} // namespace transept
