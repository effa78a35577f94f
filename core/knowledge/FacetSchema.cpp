#include "core/knowledge/FacetSchema.h"

#include "core/base/Words.h"
#include "core/knowledge/Prompt.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t mostFacets = 16;
constexpr std::size_t longestName = 40; // bytes

Status addFacet(std::string_view name, std::string_view meaning, FacetQuestions& facets)
{
    const bool isWord = std::ranges::none_of(name, [](unsigned char c) {
        return c < 0x20 || c == '"' || c == '{' || c == '}' || c == '[' || c == ']';
    });
    if (!isWord || name.size() > longestName) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 is no name for a facet. Write words separated by commas: topic, mood."),
                    {std::string(name)});
    }
    if (!name.empty() && std::ranges::find(facets, name, &FacetQuestion::name) == facets.end()) {
        facets.push_back({std::string(name), std::string(meaning)});
    }
    return {};
}

Status addLine(std::string_view line, FacetQuestions& facets)
{
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
        return addFacet(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)), facets);
    }
    while (!line.empty()) {
        const std::size_t comma = line.find(',');
        if (const Status added = addFacet(trimmed(line.substr(0, comma)), {}, facets); !added) {
            return added;
        }
        line = comma == std::string_view::npos ? std::string_view() : line.substr(comma + 1);
    }
    return {};
}

bool hasFitCount(const FacetQuestions& facets)
{
    return !facets.empty() && facets.size() <= mostFacets;
}

} // namespace

Result<FacetSchema> FacetSchema::parse(std::string_view text)
{
    FacetSchema schema;
    FacetQuestions* part = &schema.m_common;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.size() > 2 && line.starts_with('[') && line.ends_with(']')) {
            part = &schema.m_own[std::string(trimmed(line.substr(1, line.size() - 2)))];
        } else if (const Status added = addLine(line, *part); !added) {
            return passOn(added);
        }
    }
    const bool ownFit =
        std::ranges::all_of(schema.m_own, [](const auto& own) { return hasFitCount(own.second); });
    if (!ownFit || (schema.m_own.empty() && !hasFitCount(schema.m_common)) ||
        schema.m_common.size() > mostFacets) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "Name between 1 and %1 facets, separated by commas: topic, mood."),
                    {std::to_string(mostFacets)});
    }
    return schema;
}

const FacetQuestions& FacetSchema::of(const std::string& domain) const
{
    const auto own = m_own.find(domain);
    return own == m_own.end() ? m_common : own->second;
}

std::vector<std::string> FacetSchema::domains() const
{
    std::vector<std::string> names;
    for (const auto& [name, facets] : m_own) {
        names.push_back(name);
    }
    return names;
}

std::vector<std::string> namesOf(const FacetQuestions& facets)
{
    std::vector<std::string> names;
    std::ranges::transform(facets, std::back_inserter(names), &FacetQuestion::name);
    return names;
}

Json jsonSchemaOf(const FacetQuestions& facets)
{
    Json properties = Json::object();
    for (const FacetQuestion& facet : facets) {
        Json& property = properties[facet.name] = {{"type", "string"}, {"maxLength", longestFacet}};
        if (!facet.meaning.empty()) {
            property["description"] = facet.meaning;
        }
    }
    return {{"type", "object"},
            {"properties", properties},
            {"required", namesOf(facets)},
            {"additionalProperties", false}};
}

} // namespace transept
