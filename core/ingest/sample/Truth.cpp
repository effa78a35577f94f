#include "core/ingest/sample/Truth.h"

#include "core/base/Parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace transept::sample {
namespace {

// Streams of the random numbers, so that no part of the world depends on how much another part drew.
enum Stream : std::uint64_t { PeopleStream = 1, ItemStream = 100, RatingStream = 200 };

constexpr std::int64_t firstDay = 1'640'995'200; // 2022-01-01
constexpr std::int64_t threeYears = 3LL * 365 * 86'400;
constexpr double tasteWeight = 1.2;
constexpr double choiceWeight = 1.0; // how strongly taste decides what is met at all

std::string_view nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Book:
        return "books";
    case Kind::Film:
        return "films";
    case Kind::Album:
        return "music";
    }
    return "";
}

ThemeMix makeMix(std::size_t mainTheme, Random& random)
{
    ThemeMix mix(themeCount, 0.02);
    const double share = 0.55 + 0.35 * random.uniform();
    mix[mainTheme] += share;
    mix[static_cast<std::size_t>(random.below(themeCount))] += 1.0 - share;
    const double total = std::accumulate(mix.begin(), mix.end(), 0.0);
    for (double& weight : mix) {
        weight /= total;
    }
    return mix;
}

struct Creator
{
    std::string name;
    std::size_t theme = 0;
};

/// Draws places in proportion to fixed weights in constant time (Vose's alias method).
class AliasTable
{
public:
    explicit AliasTable(std::span<const double> weights) : m_keep(weights.size()), m_other(weights.size())
    {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        std::vector<std::size_t> small;
        std::vector<std::size_t> large;
        for (std::size_t at = 0; at < weights.size(); ++at) {
            m_keep[at] = weights[at] / total * static_cast<double>(weights.size());
            (m_keep[at] < 1.0 ? small : large).push_back(at);
        }
        while (!small.empty() && !large.empty()) {
            const std::size_t poor = small.back();
            const std::size_t rich = large.back();
            small.pop_back();
            m_other[poor] = rich;
            m_keep[rich] -= 1.0 - m_keep[poor];
            if (m_keep[rich] < 1.0) {
                large.pop_back();
                small.push_back(rich);
            }
        }
        for (const std::size_t rest : small) {
            m_keep[rest] = 1.0;
        }
        for (const std::size_t rest : large) {
            m_keep[rest] = 1.0;
        }
    }

    std::size_t draw(Random& random) const
    {
        const auto at = static_cast<std::size_t>(random.below(m_keep.size()));
        return random.uniform() < m_keep[at] ? at : m_other[at];
    }

private:
    std::vector<double> m_keep;
    std::vector<std::size_t> m_other;
};

double affinity(const std::vector<double>& taste, const ThemeMix& mix)
{
    return std::inner_product(taste.begin(), taste.end(), mix.begin(), 0.0);
}

std::vector<double> tasteInDomain(const Person& person, Random& random)
{
    std::vector<double> taste = person.taste;
    for (double& liking : taste) {
        liking =
            0.9 * liking + 0.45 * random.normal(); // 0.9^2 + 0.45^2 is about 1: a fifth is the domain's own
    }
    return taste;
}

double onScale(double value, const DomainTruth& truth)
{
    const double stepped = std::round((value - truth.scaleMin) / truth.step) * truth.step + truth.scaleMin;
    return std::clamp(stepped, truth.scaleMin, truth.scaleMax);
}

std::vector<Rating> ratingsOf(std::uint32_t number,
                              const Person& person,
                              const DomainTruth& truth,
                              const AliasTable& popularity,
                              std::size_t wanted,
                              Random& random)
{
    const std::vector<double> taste = tasteInDomain(person, random);
    const double most = *std::max_element(taste.begin(), taste.end());
    const double width = (truth.scaleMax - truth.scaleMin) / 4.0; // one "star" of the five-star scale
    std::unordered_set<std::size_t> met;
    std::vector<Rating> ratings;
    std::int64_t time = firstDay + static_cast<std::int64_t>(random.uniform() * 0.7 * threeYears);
    for (std::size_t tries = 0; ratings.size() < wanted && tries < wanted * 200; ++tries) {
        const std::size_t at = popularity.draw(random);
        const Item& item = truth.items[at];
        const double liking = affinity(taste, item.mix);
        if (random.uniform() >= std::exp(choiceWeight * (liking - most)) || !met.insert(at).second) {
            continue;
        }
        time += static_cast<std::int64_t>(-std::log(1.0 - random.uniform()) * 3.0 * 86'400);
        const double value =
            truth.mean + width * (person.mood + item.quality + tasteWeight * liking + 0.55 * random.normal());
        ratings.push_back({number, static_cast<std::uint32_t>(at), onScale(value, truth), time});
    }
    return ratings;
}

} // namespace

std::vector<Person> makePeople(const WorldSize& size, std::size_t domains, std::uint64_t seed)
{
    std::vector<Person> people(size.people);
    for (std::size_t number = 0; number < size.people; ++number) {
        Random random(seed, PeopleStream, number);
        Person& person = people[number];
        person.taste.resize(themeCount);
        for (double& liking : person.taste) {
            liking = random.normal();
        }
        person.mood = 0.35 * random.normal();
        person.activity = std::exp(0.8 * random.normal());
        person.actsIn.assign(domains, false);
        const std::size_t home = static_cast<std::size_t>(random.below(domains));
        person.actsIn[home] = true;
        if (random.uniform() < 0.6) { // 60 % act in several domains, half of them in all
            const std::size_t left =
                (home + 1 + static_cast<std::size_t>(random.below(domains - 1))) % domains;
            const bool all = random.uniform() < 0.5;
            for (std::size_t domain = 0; domain < domains; ++domain) {
                person.actsIn[domain] = all || domain != left || person.actsIn[domain];
            }
        }
    }
    return people;
}

DomainTruth makeDomain(Kind kind, const WorldSize& size, Language language, std::uint64_t seed)
{
    DomainTruth truth{.kind = kind, .name = std::string(nameOf(kind))};
    const std::uint64_t stream = ItemStream + static_cast<std::uint64_t>(kind);
    Random creatorRandom(seed, stream, 0);
    std::vector<Creator> creators(size.itemsPerDomain / 6 + 1);
    for (Creator& creator : creators) {
        creator = {creatorName(kind, language, creatorRandom),
                   static_cast<std::size_t>(creatorRandom.below(themeCount))};
    }
    std::unordered_set<std::string> titles;
    for (std::size_t number = 0; number < size.itemsPerDomain; ++number) {
        Random random(seed, stream, number + 1);
        const Creator& creator = creators[static_cast<std::size_t>(random.below(creators.size()))];
        Item item{.mix = makeMix(creator.theme, random)};
        item.quality = 0.35 * random.normal();
        item.popularity = std::exp(1.1 * random.normal() + 0.5 * item.quality);
        item.key = fmt::format("{}{:05d}", truth.name.front(), number + 1);
        const std::string title = titleOf(item.mix, kind, language, random);
        item.title = title;
        for (int volume = 2; !titles.insert(item.title).second; ++volume) {
            item.title = fmt::format("{} {}", title, volume);
        }
        item.description = descriptionOf(item.mix, kind, language, random);
        const auto strongest = std::max_element(item.mix.begin(), item.mix.end()) - item.mix.begin();
        item.genre = genreOf(static_cast<std::size_t>(strongest), language);
        item.creator = creator.name;
        item.year = 1950 + static_cast<int>(random.below(75));
        truth.items.push_back(std::move(item));
    }
    return truth;
}

Result<std::vector<Rating>> makeRatings(const std::vector<Person>& people,
                                        const DomainTruth& truth,
                                        std::size_t domain,
                                        const WorldSize& size,
                                        std::uint64_t seed,
                                        const JobContext& context)
{
    std::vector<double> weights;
    for (const Item& item : truth.items) {
        weights.push_back(item.popularity);
    }
    const AliasTable popularity(weights);
    double total = 0.0;
    for (const Person& person : people) {
        total += person.actsIn[domain] ? person.activity : 0.0;
    }

    constexpr std::size_t blockSize = 256;
    std::vector<std::vector<Rating>> blocks((people.size() + blockSize - 1) / blockSize);
    forEachBlock(people.size(), blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        if (context.stop.stop_requested()) {
            return;
        }
        for (std::size_t number = first; number < last; ++number) {
            if (!people[number].actsIn[domain]) {
                continue;
            }
            Random random(seed, RatingStream + domain, number);
            const double share = people[number].activity / total * static_cast<double>(size.ratingsPerDomain);
            const auto wanted =
                std::clamp<std::size_t>(static_cast<std::size_t>(share), 3, truth.items.size() / 3);
            const std::vector<Rating> ratings = ratingsOf(
                static_cast<std::uint32_t>(number), people[number], truth, popularity, wanted, random);
            blocks[block].insert(blocks[block].end(), ratings.begin(), ratings.end());
        }
    });
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    std::vector<Rating> all;
    for (const auto& block : blocks) {
        all.insert(all.end(), block.begin(), block.end());
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Rating& a, const Rating& b) { return a.time < b.time; });
    return all;
}

} // namespace transept::sample
