#include "core/knowledge/LoadFacetVectors.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace transept {
namespace {

struct NameAndText
{
    std::string_view name;
    std::string_view text;

    bool operator==(const NameAndText&) const = default;
};

struct HashOfNameAndText
{
    std::size_t operator()(const NameAndText& key) const noexcept
    {
        const std::hash<std::string_view> hash;
        return hash(key.text) * 31 + hash(key.name);
    }
};

/// The facets of items, those of the same name and text as one.
class DistinctFacets
{
public:
    explicit DistinctFacets(std::span<const std::vector<Facet>> items)
    {
        for (const std::vector<Facet>& facets : items) {
            for (const Facet& facet : facets) {
                const auto next = static_cast<std::int32_t>(m_numbers.size());
                m_numberOf.push_back(
                    m_numbers.try_emplace(NameAndText{facet.name, facet.text}, next).first->second);
            }
            m_starts.push_back(m_numberOf.size());
        }
        m_rows.assign(m_numbers.size(), unknown);
    }

    std::size_t count() const noexcept { return m_rows.size(); }

    /// Where the row of a facet is to be put; null when no item has it or its row is known already.
    std::int32_t* unknownRowOf(const NameAndText& facet)
    {
        const auto found = m_numbers.find(facet);
        if (found == m_numbers.end()) {
            return nullptr;
        }
        std::int32_t& row = m_rows[static_cast<std::size_t>(found->second)];
        return row == unknown ? &row : nullptr;
    }

    FacetVectors among(KnowledgeVectors vectors) &&
    {
        std::ranges::replace(m_rows, unknown, FacetVectors::noRow);
        std::ranges::transform(m_numberOf, m_numberOf.begin(), [&](std::int32_t number) {
            return m_rows[static_cast<std::size_t>(number)];
        });
        return {std::move(vectors), std::move(m_starts), std::move(m_numberOf)};
    }

private:
    static constexpr std::int32_t unknown = FacetVectors::noRow - 1;

    std::unordered_map<NameAndText, std::int32_t, HashOfNameAndText> m_numbers;
    std::vector<std::size_t> m_starts{0};
    std::vector<std::int32_t> m_numberOf; ///< by facet of all items
    std::vector<std::int32_t> m_rows;     ///< by number
};

using Facets = std::span<const std::vector<Facet>>;

Result<FacetVectors> readVectors(const KnowledgeStore& store, const KnowledgeBase& base, Facets facets)
{
    std::optional<DistinctFacets> distinct;
    Matrix vectors;
    std::int32_t rows = 0;
    const Status read = store.forEachFacetVector(base.id, [&](const KnowledgeStore::FacetVector& stored) {
        if (!distinct) { // most often all have one, and what is not written to takes no memory
            distinct.emplace(facets);
            vectors.resize(static_cast<Eigen::Index>(distinct->count()), base.dimension);
        }
        std::int32_t* row = distinct->unknownRowOf({stored.name, stored.text});
        if (row == nullptr) {
            return;
        }
        *row = FacetVectors::noRow;
        if (static_cast<int>(stored.vector.size()) == base.dimension) {
            std::ranges::copy(stored.vector, vectors.row(rows).data());
            *row = rows++;
        }
    });
    if (!read) {
        return passOn(read);
    }
    vectors.conservativeResize(rows, base.dimension);
    return distinct ? std::move(*distinct).among(std::move(vectors)) : FacetVectors();
}

Result<FacetVectors> placedVectors(const KnowledgeStore& store,
                                   const KnowledgeBase& base,
                                   Facets facets,
                                   std::shared_ptr<const HalfVectors> halves)
{
    std::optional<DistinctFacets> distinct;
    std::vector<std::int32_t> places;
    const Status read = store.forEachFacetWithVector(base.id, [&](const KnowledgeStore::FacetVector& stored) {
        if (!distinct) {
            distinct.emplace(facets);
        }
        if (std::int32_t* row = distinct->unknownRowOf({stored.name, stored.text})) {
            *row = static_cast<std::int32_t>(places.size());
            places.push_back(halves->placeOf(stored.place));
        }
    });
    if (!read) {
        return passOn(read);
    }
    return distinct ? std::move(*distinct).among({std::move(halves), std::move(places)}) : FacetVectors();
}

} // namespace

Result<FacetVectors> loadFacetVectors(const KnowledgeStore& store,
                                      const KnowledgeBase& base,
                                      std::span<const std::vector<Facet>> facets,
                                      std::shared_ptr<const HalfVectors> halves)
{
    if (halves == nullptr) {
        return readVectors(store, base, facets);
    }
    // The database would say so as well, but only after a walk over all vectors of items.
    return halves->facets().empty() ? FacetVectors() : placedVectors(store, base, facets, std::move(halves));
}

} // namespace transept
