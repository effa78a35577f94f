#pragma once

#include "core/store/FacetCursor.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// In place of the number of a facet: one that is added.
inline constexpr std::int64_t newFacet = -1;

/// What a person makes of a facet.
struct FacetEdit
{
    FacetPlace place;                ///< or newFacet
    std::string name;                ///< of the facet
    std::optional<std::string> text; ///< none: it is struck out
};

/// Edits that were made together.
struct FacetChange
{
    std::int64_t number = 0; ///< from 1, in order of time
    std::int64_t created = 0;
    std::int64_t facets = 0; ///< that it changed,
    std::int64_t struck = 0; ///< of these, struck out
    std::int64_t added = 0;  ///< of these, added
    bool undone = false;
    std::string item; ///< title (or key) of the first one's item
    std::string name; ///< of the first one
    std::optional<std::string> text;
};

/// What people change of the facets of knowledge bases. What was extracted stays as it was; FacetCursor tells
/// what holds. Of one that is frozen nothing can be changed: InvalidInput, with what to do.
class FacetEdits
{
public:
    explicit FacetEdits(const Workspace& workspace) : m_database(workspace.database()), m_store(workspace) {}

    /// All edits as one change, or none; its number. NotFound when a facet or item is not there (any more),
    /// InvalidInput for no edits and for an empty name or text.
    Result<std::int64_t> commit(KnowledgeId id, std::span<const FacetEdit> edits) const;

    /// Takes a change back, or makes it hold again. NotFound when there is none of this number.
    Status setUndone(KnowledgeId id, std::int64_t change, bool undone) const;

    Result<std::vector<FacetChange>> history(KnowledgeId id) const; ///< the oldest first

    /// Of all facets, extracted or added, struck out or not; they ascend.
    Result<std::vector<std::string>> names(KnowledgeId id) const;

private:
    const Database& m_database;
    KnowledgeStore m_store;
};

} // namespace transept
