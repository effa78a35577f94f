#include "core/data/FileOrder.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/Release.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t eventsPerTask = std::size_t{1} << 16U;

struct FilePlace
{
    std::uint64_t place = 0;
    std::uint32_t row = 0;
    std::uint32_t import = 0; ///< place among the imports, in their order
};

/// Stable sort by one byte of the key after the other, leaving out bytes that all have in common.
template<typename KeyOf>
Status sortBy(std::vector<FilePlace>& places, const KeyOf& keyOf, const JobContext& context)
{
    std::uint64_t differing = 0;
    const auto forEach = [&](const auto& work) {
        return interruptible(context, places.size(), [&](std::size_t first, std::size_t last) {
            std::for_each(places.data() + first, places.data() + last, work);
        });
    };
    Status going =
        forEach([&](const FilePlace& place) { differing |= keyOf(place) ^ keyOf(places.front()); });
    std::vector<FilePlace> sorted;
    for (unsigned shift = 0; going && shift < 64; shift += 8) {
        if (((differing >> shift) & 0xFFU) == 0) {
            continue;
        }
        const auto byteOf = [&](const FilePlace& place) { return (keyOf(place) >> shift) & 0xFFU; };
        std::array<std::size_t, 257> starts{};
        going = forEach([&](const FilePlace& place) { ++starts[byteOf(place) + 1]; });
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        sorted.resize(places.size());
        if (going) {
            going = forEach([&](const FilePlace& place) { sorted[starts[byteOf(place)]++] = place; });
        }
        places.swap(sorted);
    }
    return going;
}

std::vector<std::int64_t> importsOf(const std::vector<Stretch>& stretches)
{
    std::vector<std::int64_t> imports;
    for (const Stretch& stretch : stretches) {
        for (const auto& [row, import] : stretch.imports) {
            imports.push_back(import);
        }
    }
    std::sort(imports.begin(), imports.end());
    imports.erase(std::unique(imports.begin(), imports.end()), imports.end());
    return imports;
}

/// Where all events stand, in the order of the stretches, whose places are taken.
std::vector<FilePlace> takePlaces(std::vector<Stretch>& stretches, std::size_t count)
{
    const std::vector<std::int64_t> imports = importsOf(stretches);
    std::vector<FilePlace> places;
    places.reserve(count);
    for (Stretch& stretch : stretches) {
        std::size_t row = 0;
        for (std::size_t at = 0; at < stretch.imports.size(); ++at) {
            const auto rank = std::lower_bound(imports.begin(), imports.end(), stretch.imports[at].second) -
                              imports.begin();
            const std::size_t end =
                at + 1 < stretch.imports.size() ? stretch.imports[at + 1].first : stretch.places.size();
            for (; row < end; ++row) {
                places.push_back({.place = stretch.places[row],
                                  .row = static_cast<std::uint32_t>(places.size()),
                                  .import = static_cast<std::uint32_t>(rank)});
            }
        }
        release(stretch.places);
    }
    return places;
}

} // namespace

Result<std::vector<std::uint32_t>> placesInFile(std::vector<Stretch>& stretches,
                                                std::size_t count,
                                                const JobContext& context)
{
    std::vector<FilePlace> sorted = takePlaces(stretches, count);
    const Status done =
        sortBy(
            sorted, [](const FilePlace& place) { return place.place; }, context)
            .and_then([&] {
                return sortBy(
                    sorted, [](const FilePlace& place) { return std::uint64_t{place.import}; }, context);
            });
    if (!done) {
        return passOn(done);
    }
    std::vector<std::uint32_t> places(count);
    forEachBlock(count, eventsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            places[sorted[at].row] = static_cast<std::uint32_t>(at);
        }
    });
    return places;
}

} // namespace transept
