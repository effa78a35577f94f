#pragma once

#include "core/store/Database.h"
#include "core/store/FacetPlace.h"

#include <optional>
#include <string>

namespace transept {

/// Facets that people add are numbered from here on, beyond all that are extracted.
inline constexpr std::int64_t firstAddedFacet = 1'000'000;

/// In place of a knowledge base: the fields of items as they were imported. Nobody edits those.
inline constexpr KnowledgeId importedFields{0};

/// A facet as it was extracted and as it holds.
struct HeldFacet
{
    FacetPlace place;
    std::string name;
    std::optional<std::string> extracted; ///< none: a person added it
    std::optional<std::string> text;      ///< none: a person struck it out
    double weight = 1.0;
    std::int64_t edited = 0; ///< when a person changed it, seconds since 1970; 0: it is as it was extracted

    bool operator==(const HeldFacet&) const = default;
};

/// What people made of a facet.
enum class FacetState { Extracted, Edited, StruckOut, Added };

inline FacetState stateOf(const HeldFacet& facet)
{
    return facet.edited == 0 ? FacetState::Extracted
           : !facet.text     ? FacetState::StruckOut
           : facet.extracted ? FacetState::Edited
                             : FacetState::Added;
}

/// Walks facets in the order of their places, each as it holds: the one place where what was extracted and
/// what people made of it meet. Of a place the last edit counts that was not undone. An edit of an extracted
/// facet holds as long as a facet of that name stands there; it waits while an item is extracted anew. One
/// that gives back what was extracted counts as none.
class FacetCursor
{
public:
    /// All of a knowledge base, or of the importedFields, at and after a place.
    static FacetCursor from(const Database& database, KnowledgeId id, FacetPlace start = {});
    static FacetCursor ofItem(const Database& database, KnowledgeId id, ItemId item);
    static FacetCursor ofDomain(const Database& database, KnowledgeId id, DomainId domain);

    /// True: facet() is the next one, also when it is struck out. False: there are no more.
    Result<bool> step();
    const HeldFacet& facet() const { return m_facet; }

private:
    FacetCursor(Result<Statement> facets, Result<Statement> edits)
        : m_facets(std::move(facets))
        , m_edits(std::move(edits))
    {
    }

    static FacetCursor overFields(const Database& database, std::string_view items, ItemId item);
    Result<bool> begin();
    Status nextFacet();
    Status nextEdit();
    void takeFacet();
    void takeEdit();

    Result<Statement> m_facets; ///< item, nth, name, text, weight
    Result<Statement> m_edits;  ///< item, nth, name, text, created
    std::optional<FacetPlace> m_facetAt;
    std::optional<FacetPlace> m_editAt;
    bool m_begun = false;
    HeldFacet m_facet;
};

} // namespace transept
