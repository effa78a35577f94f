#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/LexicalFacets.h"

#include <unordered_set>

namespace transept {

/// The items' texts and what the words in them weigh.
struct WeighedTexts
{
    std::vector<ItemText> texts;
    Corpus corpus;
};

/// Reads the texts of the extraction's items and weighs them by its settings (LexicalParameters.h).
/// InvalidInput when no item has a text.
Result<WeighedTexts> weighTexts(const Workspace& workspace,
                                const Extraction& extraction,
                                const JobContext& context);

/// Where items and texts lie.
class TextSpace
{
public:
    virtual ~TextSpace() = default;

    virtual int dimension() const = 0;

    /// The vector of an item (its place among the texts), of length 1; empty when it has none. Safe from
    /// several threads.
    virtual std::vector<float> vectorOf(std::size_t item) const = 0;

    /// Where a text with these terms lies among the items, of length 1; zeros when nowhere.
    virtual std::vector<float> placeOf(const SparseVector& terms) const = 0;
};

/// Writes the facts of all items in steps, leaving out those that an earlier try committed.
class FactSaver
{
public:
    FactSaver(const KnowledgeStore& store,
              KnowledgeId id,
              const WeighedTexts& weighed,
              const LexicalFacets& facets,
              const TextSpace& space)
        : m_store(store)
        , m_id(id)
        , m_weighed(weighed)
        , m_facets(facets)
        , m_space(space)
    {
    }

    Status save(const JobContext& context);

private:
    std::vector<ItemFacts> factsOf(std::size_t first, std::size_t last, const std::vector<ItemId>& committed);

    const KnowledgeStore& m_store;
    KnowledgeId m_id;
    const WeighedTexts& m_weighed;
    const LexicalFacets& m_facets;
    const TextSpace& m_space;
    std::unordered_set<std::string> m_seen; ///< facets whose vectors an item before carries
};

/// The forecast and the preview of extractors that read texts by themselves.
Result<ExtractionForecast> forecastTexts(const Workspace& workspace,
                                         const Extraction& extraction,
                                         const JobContext& context);
Result<ExtractionPreview> previewTexts(const Workspace& workspace,
                                       const Extraction& extraction,
                                       ItemId item,
                                       bool ask,
                                       const JobContext& context);

} // namespace transept
