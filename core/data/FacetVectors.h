#pragma once

#include "core/data/KnowledgeVectors.h"

namespace transept {

/// The vectors of the facets of items. What is said of many items has one vector: an item has the rows of its
/// facets among them. A value that never changes: copies share everything.
class FacetVectors
{
public:
    static constexpr std::int32_t noRow = -1; ///< of a facet without a vector: zeros

    FacetVectors() = default; ///< of a knowledge base that has none
    /// The facets of item i have the `rows` from starts[i] to starts[i + 1].
    FacetVectors(KnowledgeVectors vectors, std::vector<std::size_t> starts, std::vector<std::int32_t> rows);

    bool isEmpty() const noexcept { return items() == 0; }
    std::size_t items() const noexcept { return m_layout == nullptr ? 0 : m_layout->starts.size() - 1; }
    /// Of an item's facets, in their order; none for an item beyond them.
    std::span<const std::int32_t> rowsOf(std::size_t item) const noexcept;
    PlacedVector at(std::int32_t row) const { return row == noRow ? PlacedVector() : m_vectors.at(row); }
    const KnowledgeVectors& vectors() const noexcept { return m_vectors; }
    Matrix decoded(std::size_t item) const; ///< a float32 copy of an item's, a row a facet

    /// Item i of the new ones is item sources[i]; as many as there are.
    FacetVectors rearranged(std::span<const std::size_t> sources) const;

private:
    struct Layout
    {
        std::vector<std::size_t> starts;
        std::vector<std::int32_t> rows;
    };

    KnowledgeVectors m_vectors;
    std::shared_ptr<const Layout> m_layout; ///< null: no items
};

} // namespace transept
