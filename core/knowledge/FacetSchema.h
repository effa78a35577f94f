#pragma once

#include "core/base/Json.h"
#include "core/base/Result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// One thing that a model shall say about every item.
struct FacetQuestion
{
    std::string name;
    std::string meaning; ///< for the model; may be empty
};
using FacetQuestions = std::vector<FacetQuestion>;

/// Which facets a model is asked for, in each domain.
///
///     topic, genre, mood
///     audience: who would like it
///     [books]
///     author, genre
///
/// Names stand one a line or between commas, a meaning after a colon. What stands below a domain's name in
/// brackets is asked for in that domain instead.
class FacetSchema
{
public:
    /// InvalidInput when a part is empty or has more than 16 facets, or a name is no plain word of at most 40
    /// bytes.
    static Result<FacetSchema> parse(std::string_view text);

    const FacetQuestions& of(const std::string& domain) const;
    std::vector<std::string> domains() const; ///< that have facets of their own

private:
    FacetQuestions m_common;
    std::map<std::string, FacetQuestions> m_own;
};

std::vector<std::string> namesOf(const FacetQuestions& facets);

/// The JSON schema of a reply: an object with a short text for every facet and nothing else.
Json jsonSchemaOf(const FacetQuestions& facets);

} // namespace transept
