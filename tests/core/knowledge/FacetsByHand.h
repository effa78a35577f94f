#pragma once

#include "core/knowledge/FacetTable.h"

#include <map>
#include <set>

/// The table of facets worked out by hand, without any of the code that is tested.
namespace transept::byhand {

inline const std::vector<std::string> names{"genre", "mood", "theme"};
inline const std::vector<std::string> texts{
    "Drama", "drama", "Comedy", "comedies", "War, Love", "love", "SCI-FI", "Straße"};

inline std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// What the texts of this test are compared by, written down by hand.
inline std::set<std::string> keysOf(const std::string& text)
{
    static const std::map<std::string, std::set<std::string>> keys{{"Drama", {"drama"}},
                                                                   {"drama", {"drama"}},
                                                                   {"Comedy", {"comedy"}},
                                                                   {"comedies", {"comedy"}},
                                                                   {"War, Love", {"war", "love"}},
                                                                   {"love", {"love"}},
                                                                   {"SCI-FI", {"scifi"}},
                                                                   {"Straße", {"strasse"}},
                                                                   {"edited", {"edited"}}};
    return keys.at(text);
}

struct Known
{
    std::string name;
    std::optional<std::string> extracted;
    std::optional<std::string> text;
    bool edited = false;
};
using Base = std::map<FacetPlace, Known>;

/// What a knowledge base says of one item, by the names of the facets.
struct Sayings
{
    std::map<std::string, std::set<std::string>> keys;
    std::map<std::string, std::vector<std::string>> texts;
    std::set<std::string> names; ///< also of those that were struck out

    Sayings(const Base& known, ItemId item)
    {
        for (const auto& [place, facet] : known) {
            if (place.item == item) {
                names.insert(facet.name);
                keys[facet.name].merge(facet.text ? keysOf(*facet.text) : std::set<std::string>());
                if (facet.text) {
                    texts[facet.name].push_back(*facet.text);
                }
            }
        }
    }
};

inline bool contradict(const std::set<std::string>& one, const std::set<std::string>& other)
{
    std::set<std::string> common;
    std::ranges::set_intersection(one, other, std::inserter(common, common.end()));
    return !one.empty() && !other.empty() && common.empty();
}

/// The text that is the same as the facet's, else all of them.
inline std::optional<std::string> besides(const Known& facet, const std::vector<std::string>& said)
{
    for (const std::string& text : said) {
        if (facet.text && keysOf(text) == keysOf(*facet.text)) {
            return text;
        }
    }
    std::optional<std::string> all;
    for (const std::string& text : said) {
        all = all ? *all + "; " + text : text;
    }
    return all;
}

inline bool isWanted(const FacetFilter& filter, const FacetRow& row)
{
    const auto has = [](const std::optional<std::string>& text, const std::string& part) {
        return lowered(text.value_or("")).find(lowered(part)) != std::string::npos;
    };
    const HeldFacet& facet = row.facet;
    return (!filter.domain || *filter.domain == row.domain) &&
           (!filter.among || std::ranges::count(*filter.among, facet.place.item) > 0) &&
           (filter.facet.empty() || filter.facet == facet.name) && has(row.title, filter.item) &&
           (filter.text.empty() || has(facet.text, filter.text) || has(facet.extracted, filter.text) ||
            has(row.other, filter.text)) &&
           (!filter.edited || facet.edited > 0) && (!filter.conflicts || row.conflict);
}

} // namespace transept::byhand
