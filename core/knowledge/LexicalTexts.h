#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/LexicalFacets.h"

#include <unordered_set>

namespace transept {

/// The texts of an item, its title first.
Document documentOf(const ItemText& text, float titleWeight);

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
                                const JobContext& context,
                                Keep keep = Keep::Rows);

/// A vector of length 1 in the same direction; empty for a vector that is shorter than `least`.
std::vector<float> unitVector(const Eigen::RowVectorXf& vector, double least = 1e-12);

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

    /// What it takes to make it again, without its items; the vocabulary and the fields are the caller's.
    virtual StoredTextSpace stored() const = 0;

    /// Places other items in the space, which stays as it is: vectorOf() is about them from now on.
    virtual Status takeItems(const Corpus& corpus, const JobContext& context) = 0;
};

/// A vocabulary as it is stored: its terms as shown, and how many documents hold each.
std::vector<std::pair<std::string, std::int64_t>> storedTerms(const Vocabulary& vocabulary);

/// Stores the vocabulary of a knowledge base. When an earlier try stored another one, the texts have changed
/// since: its facts are forgotten, so that all starts anew.
Status saveTerms(const KnowledgeStore& store, KnowledgeId id, const Vocabulary& vocabulary);

/// The documents of texts, weighted as the extraction's settings say.
std::vector<Document> documentsOf(std::span<const ItemText> texts, const Parameters& settings);

/// Stores the facts of the items in steps, those without any left out. A facet that is in `seen`
/// (vectorKey()) gets no vector: it has one.
struct PlacedTexts
{
    const WeighedTexts& weighed;
    const LexicalFacets& facets;
    const TextSpace& space;
};
Status saveFacts(const KnowledgeStore& store,
                 KnowledgeId id,
                 const PlacedTexts& texts,
                 std::unordered_set<std::string> seen,
                 const JobContext& context);

/// The error of a stored space that cannot be made again.
tl::unexpected<Error> damagedSpace();

/// Stores terms, facets, weights and vectors of all items, and what it takes to place further ones.
Result<ExtractionReport> saveKnowledge(Workspace& workspace,
                                       const Extraction& extraction,
                                       KnowledgeId id,
                                       const WeighedTexts& weighed,
                                       const TextSpace& space,
                                       const JobContext& context);

/// The forecast and the preview of extractors that read texts by themselves.
Result<ExtractionForecast> forecastTexts(const Workspace& workspace,
                                         const Extraction& extraction,
                                         int sample,
                                         const JobContext& context);
Result<ExtractionPreview> previewTexts(const Workspace& workspace,
                                       const Extraction& extraction,
                                       ItemId item,
                                       const PreviewOptions& options,
                                       const JobContext& context);

} // namespace transept
