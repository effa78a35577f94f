#pragma once

#include "core/experiment/FacetSignal.h"

namespace transept {

/// What a knowledge base says about a domain's items; empty when there is none.
struct CheckedKnowledge
{
    std::shared_ptr<const ItemKnowledge> knowledge;
    std::size_t items = 0;

    std::vector<bool> mask(CheckBasis basis) const; ///< whether an item has such knowledge
    bool has(CheckBasis basis) const;
    std::optional<CheckBasis> best() const; ///< vectors, else terms
};

/// One domain of a check. People are numbered once for all domains.
struct CheckedDomain
{
    std::string name;
    std::vector<ItemId> items;
    SparseRows users; ///< a row an item: who consumed it, in training; each once
    CheckedKnowledge knowledge;
    CheckedKnowledge other; ///< of the other knowledge base
    std::vector<FacetValues> facets;
    std::vector<FacetValues> otherFacets;
};

struct CheckedDomains
{
    std::vector<CheckedDomain>
        domains; ///< those of which the knowledge base knows something, in creation order
    std::vector<UncheckedDomain> unchecked;
};

/// Loads and splits every domain of which the knowledge base knows something; one that cannot be split is
/// among the unchecked.
Result<CheckedDomains> checkedDomains(const Workspace& workspace,
                                      const CheckSpec& spec,
                                      const JobContext& context);

/// The consumed items of two domains, of those who act in both; of one domain twice: of all.
struct SharedItems
{
    ConsumedItems left;
    std::optional<ConsumedItems> right; ///< nothing: the same
    std::size_t userCount = 0;

    ConsumedPair pair() const { return {left, right ? *right : left}; }
};
Result<SharedItems> sharedItems(const CheckedDomain& left,
                                const CheckedDomain& right,
                                const std::vector<bool>& meantLeft,
                                const std::vector<bool>& meantRight,
                                const JobContext& job);

/// Where some items of a domain lie: their vectors, of length 1, or their term weights, of length 1.
class ItemPlaces
{
public:
    ItemPlaces(const CheckedKnowledge& knowledge, std::span<const std::int32_t> items, CheckBasis basis);

    const Matrix& vectors() const { return m_vectors; }
    const SparseRows& terms() const { return m_terms; }

private:
    Matrix m_vectors;
    SparseRows m_terms;
};

} // namespace transept
