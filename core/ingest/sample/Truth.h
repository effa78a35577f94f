#pragma once

#include "core/base/Job.h"
#include "core/ingest/sample/Wording.h"

#include <cstdint>
#include <string>
#include <vector>

namespace transept::sample {

/// What the generated world is made of: known, so that a test can check what a method finds.
struct Item
{
    ThemeMix mix;
    double quality = 0.0;    ///< added to every rating
    double popularity = 1.0; ///< how often it is met, relative
    std::string key;
    std::string title;
    std::string description;
    std::string genre; ///< of the strongest theme
    std::string creator;
    int year = 0;
};

struct DomainTruth
{
    Kind kind = Kind::Book;
    std::string name; ///< books, films, music
    double scaleMin = 1.0;
    double scaleMax = 5.0;
    double step = 1.0;
    double mean = 3.6;
    std::vector<Item> items;
};

struct Person
{
    std::vector<double> taste; ///< one a theme; what is liked everywhere
    double mood = 0.0;         ///< added to every rating
    double activity = 1.0;     ///< relative
    std::vector<bool> actsIn;  ///< one a domain
};

struct Rating
{
    std::uint32_t person = 0;
    std::uint32_t item = 0;
    double value = 0.0;
    std::int64_t time = 0;
};

struct WorldSize
{
    std::size_t people = 2000;
    std::size_t itemsPerDomain = 800;
    std::size_t ratingsPerDomain = 38'000; ///< about
};

std::vector<Person> makePeople(const WorldSize& size, std::size_t domains, std::uint64_t seed);

DomainTruth makeDomain(Kind kind, const WorldSize& size, Language language, std::uint64_t seed);

/// Who rated what, in the order of time. Both the choice of items and the value follow from taste and themes:
///   value = mean + mood + quality + 1.2 <taste in this domain, mix> + noise, on the domain's scale.
/// `domain` is the place in Person::actsIn. About a fifth of the taste is the domain's own.
Result<std::vector<Rating>> makeRatings(const std::vector<Person>& people,
                                        const DomainTruth& truth,
                                        std::size_t domain,
                                        const WorldSize& size,
                                        std::uint64_t seed,
                                        const JobContext& context);

} // namespace transept::sample
