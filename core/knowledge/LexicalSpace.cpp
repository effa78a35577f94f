#include "core/knowledge/LexicalSpace.h"

#include "core/knowledge/LexicalFacets.h"
#include "core/text/Segmentation.h"

#include <unordered_set>

namespace transept {
namespace {

constexpr std::int32_t noColumn = -1;
constexpr std::size_t itemsPerStep = 500; ///< committed together

/// An item's facets as the document that its vector is made of.
Document documentOf(const ItemFacts& facts)
{
    Document document;
    for (const StoredFacet& facet : facts.facets) {
        document.push_back({facet.text, 1.0F});
    }
    return document;
}

/// Fills in what the corpus says of these items; `first` is the corpus row of the first.
void placeItems(std::span<ItemFacts> facts,
                std::size_t first,
                const Corpus& corpus,
                const LexicalSpace& space,
                Segmenter& segmenter,
                std::unordered_set<std::string>& seen)
{
    for (std::size_t at = 0; at < facts.size(); ++at) {
        ItemFacts& each = facts[at];
        each.vector = space.vectorOf(first + at);
        each.termWeights = corpus.rows[first + at];
        each.facetVectors.clear();
        for (const StoredFacet& facet : each.facets) {
            const bool isFirst = seen.insert(facet.name + '\0' + facet.text).second;
            each.facetVectors.push_back(isFirst
                                            ? space.placeOf(corpus.vocabulary.weigh(segmenter, facet.text))
                                            : std::vector<float>());
        }
    }
}

} // namespace

Result<LexicalSpace> LexicalSpace::over(const Corpus& corpus, int dimension, const JobContext& context)
{
    LexicalSpace space;
    SparseRows rows;
    for (const Term& term : corpus.vocabulary.terms()) {
        const bool isShared = term.documents >= sharedByAtLeast;
        space.m_columns.push_back(isShared ? static_cast<std::int32_t>(rows.columnCount++) : noColumn);
    }
    for (const SparseVector& row : corpus.rows) {
        for (const auto& [term, weight] : row) {
            if (space.m_columns[term] != noColumn) {
                rows.add(space.m_columns[term], weight);
            }
        }
        rows.endRow();
    }
    Result<TruncatedSvd> svd = truncatedSvd(rows, {.rank = dimension}, context);
    if (!svd) {
        return passOn(svd);
    }
    space.m_svd = std::move(*svd);
    return space;
}

std::vector<float> LexicalSpace::vectorOf(std::size_t row) const
{
    return unitVector(m_svd.left.row(static_cast<Eigen::Index>(row)));
}

std::vector<float> LexicalSpace::placeOf(const SparseVector& terms) const
{
    const Matrix& right = m_svd.right;
    Eigen::RowVectorXf sum = Eigen::RowVectorXf::Zero(right.cols());
    for (const auto& [term, weight] : terms) {
        if (m_columns[term] != noColumn) {
            sum += weight * right.row(m_columns[term]);
        }
    }
    std::vector<float> place = unitVector(sum);
    place.resize(static_cast<std::size_t>(right.cols()));
    return place;
}

Status placeByWords(const KnowledgeStore& store,
                    KnowledgeId id,
                    std::vector<ItemFacts> facts,
                    int dimension,
                    const JobContext& context)
{
    std::vector<Document> documents;
    documents.reserve(facts.size());
    for (const ItemFacts& each : facts) {
        documents.push_back(documentOf(each));
    }
    const Result<Corpus> corpus = buildCorpus(documents, {}, context);
    if (!corpus) {
        return passOn(corpus);
    }
    const Result<LexicalSpace> space = LexicalSpace::over(*corpus, dimension, context);
    if (!space) {
        return passOn(space);
    }
    const Status begun = store.putTerms(id, storedTerms(corpus->vocabulary)).and_then([&] {
        return store.setDimension(id, space->dimension());
    });
    if (!begun) {
        return begun;
    }
    Result<Segmenter> segmenter = Segmenter::create();
    if (!segmenter) {
        return passOn(segmenter);
    }
    std::unordered_set<std::string> seen;
    for (std::size_t first = 0; first < facts.size(); first += itemsPerStep) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return goOn;
        }
        const std::span step = std::span(facts).subspan(first, std::min(itemsPerStep, facts.size() - first));
        placeItems(step, first, *corpus, *space, *segmenter, seen);
        if (const Status put = store.put(id, step); !put) {
            return put;
        }
    }
    return {};
}

} // namespace transept
