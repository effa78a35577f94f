#pragma once

#include "core/base/Random.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept::sample {

enum class Language { English, Chinese };
enum class Kind { Book, Film, Album };

/// How many themes the texts speak of; tastes and items are mixtures of these.
inline constexpr std::size_t themeCount = 10;

/// How much an item is about each theme; sums to 1.
using ThemeMix = std::vector<double>;

/// The genre that a catalogue would print for a theme.
std::string_view genreOf(std::size_t theme, Language language);

std::string titleOf(const ThemeMix& mix, Kind kind, Language language, Random& random);

/// Three to five sentences; each speaks of a theme drawn from the mix, or (one in five) of nothing in
/// particular.
std::string descriptionOf(const ThemeMix& mix, Kind kind, Language language, Random& random);

/// An invented author, director or band.
std::string creatorName(Kind kind, Language language, Random& random);

/// A place in `weights`, in proportion to them.
std::size_t draw(std::span<const double> weights, Random& random);

} // namespace transept::sample
