#pragma once

#include "core/data/Interactions.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace transept {

/// Where an event stands in its file, as a number that grows with the line, then with the place within the
/// line. Nothing when no file can have it there.
inline std::optional<std::uint64_t> placeInFile(std::int64_t line, std::int64_t entry)
{
    constexpr unsigned entryBits = 24;
    const bool isPossible = line >= 0 && line < std::int64_t{1} << (63 - entryBits) && entry >= 0 &&
                            entry < std::int64_t{1} << entryBits;
    return isPossible ? std::optional(static_cast<std::uint64_t>(line) << entryBits |
                                      static_cast<std::uint64_t>(entry))
                      : std::nullopt;
}

/// Events as they were read, with what tells their order in the files.
struct Stretch
{
    std::vector<Event> events;
    std::vector<Part> parts;
    std::vector<std::uint64_t> places;
    std::vector<std::pair<std::size_t, std::int64_t>> imports; ///< from which event on which import
};

/// The place of each event in file order, by its place among all stretches; takes the stretches' places and
/// imports.
Result<std::vector<std::uint32_t>> placesInFile(std::vector<Stretch>& stretches,
                                                std::size_t count,
                                                const JobContext& context);

} // namespace transept
