#pragma once

#include <string>
#include <string_view>

namespace transept {

/// What texts of facets have in common that differ in writing alone: without case and width
/// (NFKC_Casefold), punctuation, blanks, and the ending of an English plural. "Sci-Fi", "sci fi" and "SciFi"
/// are one, "Comedies" is "comedy"; "Science fiction" is another.
std::string facetKey(std::string_view text);

/// Finds a part of texts, whatever their case and width.
class PartOfText
{
public:
    explicit PartOfText(std::string_view part);
    bool isIn(std::string_view text) const;

private:
    std::string m_part;
};

} // namespace transept
