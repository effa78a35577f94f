#include "core/knowledge/LexicalSpace.h"

#include "core/base/Parallel.h"
#include "core/knowledge/LexicalFacets.h"
#include "core/knowledge/SaveSteps.h"
#include "core/text/Segmentation.h"

#include <unordered_set>

namespace transept {
namespace {

constexpr std::int32_t noColumn = -1;

/// Facets as documents, and where these lie.
struct PlacedFacets
{
    const Corpus& corpus;
    const LexicalSpace& space;
};

/// Fills in what the corpus says of these items; `first` is the corpus row of the first.
void placeItems(std::span<ItemFacts> facts,
                std::size_t first,
                const PlacedFacets& placed,
                Segmenter& segmenter,
                std::unordered_set<std::string>& seen)
{
    for (std::size_t at = 0; at < facts.size(); ++at) {
        ItemFacts& each = facts[at];
        each.vector = placed.space.vectorOf(first + at);
        each.termWeights = placed.corpus.rows[first + at];
        each.facetVectors.clear();
        for (const StoredFacet& facet : each.facets) {
            const bool isFirst = seen.insert(vectorKey(facet.name, facet.text)).second;
            each.facetVectors.push_back(
                isFirst ? placed.space.placeOf(placed.corpus.vocabulary.weigh(segmenter, facet.text))
                        : std::vector<float>());
        }
    }
}

/// By term: its column, when several items have it.
std::vector<std::int32_t> columnsOf(const Vocabulary& vocabulary)
{
    std::vector<std::int32_t> columns;
    std::int32_t count = 0;
    for (const Term& term : vocabulary.terms()) {
        columns.push_back(term.documents >= sharedByAtLeast ? count++ : noColumn);
    }
    return columns;
}

std::size_t columnCountOf(std::span<const std::int32_t> columns)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(columns, [](std::int32_t column) { return column != noColumn; }));
}

/// Places the items, each a row of the corpus, and stores them in steps.
Status placeAll(const KnowledgeStore& store,
                KnowledgeId id,
                std::span<ItemFacts> facts,
                const PlacedFacets& placed,
                std::unordered_set<std::string> seen,
                const JobContext& context)
{
    Result<Segmenter> segmenter = Segmenter::create();
    if (!segmenter) {
        return passOn(segmenter);
    }
    // What led up to it was told as the whole.
    return saveInSteps(facts.size(), partOf(context, 1.0, 1.0), [&](std::size_t first, std::size_t end) {
        const std::span step = facts.subspan(first, end - first);
        placeItems(step, first, placed, *segmenter, seen);
        return store.put(id, step);
    });
}

} // namespace

std::vector<Document> facetDocuments(std::span<const ItemFacts> facts)
{
    std::vector<Document> documents;
    documents.reserve(facts.size());
    for (const ItemFacts& each : facts) {
        Document& document = documents.emplace_back();
        for (const StoredFacet& facet : each.facets) {
            document.push_back({facet.text, 1.0F});
        }
    }
    return documents;
}

Result<LexicalSpace> LexicalSpace::over(const Corpus& corpus, int dimension, const JobContext& context)
{
    LexicalSpace space;
    SparseRows rows;
    space.m_columns = columnsOf(corpus.vocabulary);
    rows.columnCount = columnCountOf(space.m_columns);
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

Eigen::RowVectorXf LexicalSpace::sumOf(const SparseVector& terms) const
{
    const Matrix& right = m_svd.right;
    Eigen::RowVectorXf sum = Eigen::RowVectorXf::Zero(right.cols());
    for (const auto& [term, weight] : terms) {
        if (m_columns[term] != noColumn) {
            sum += weight * right.row(m_columns[term]);
        }
    }
    return sum;
}

std::vector<float> LexicalSpace::placeOf(const SparseVector& terms) const
{
    std::vector<float> place = unitVector(sumOf(terms));
    place.resize(static_cast<std::size_t>(m_svd.right.cols()));
    return place;
}

StoredTextSpace LexicalSpace::stored() const
{
    return {.vocabulary = {},
            .fields = {},
            .dimension = dimension(),
            .basis = {m_svd.right.data(), m_svd.right.data() + m_svd.right.size()},
            .weights = {},
            .first = {}};
}

Result<LexicalSpace> LexicalSpace::restore(const StoredTextSpace& stored, const Vocabulary& vocabulary)
{
    LexicalSpace space;
    space.m_columns = columnsOf(vocabulary);
    const std::size_t rows = columnCountOf(space.m_columns);
    if (stored.dimension < 0 || stored.basis.size() != rows * static_cast<std::size_t>(stored.dimension)) {
        return damagedSpace();
    }
    space.m_svd.right = Eigen::Map<const Matrix>(
        stored.basis.data(), static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(stored.dimension));
    return space;
}

Status LexicalSpace::takeItems(const Corpus& corpus, const JobContext& context)
{
    m_svd.left = Matrix(static_cast<Eigen::Index>(corpus.rows.size()), m_svd.right.cols());
    forEachBlock(corpus.rows.size(), 256, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last && context.checkpoint(); ++at) {
            m_svd.left.row(static_cast<Eigen::Index>(at)) = sumOf(corpus.rows[at]);
        }
    });
    return context.checkpoint();
}

Status placeByWords(const KnowledgeStore& store,
                    KnowledgeId id,
                    std::vector<ItemFacts> facts,
                    int dimension,
                    const JobContext& context)
{
    const Result<Corpus> corpus = buildCorpus(facetDocuments(facts), {}, context);
    if (!corpus) {
        return passOn(corpus);
    }
    const Result<LexicalSpace> space = LexicalSpace::over(*corpus, dimension, context);
    if (!space) {
        return passOn(space);
    }
    StoredTextSpace stored = space->stored();
    stored.vocabulary = corpus->vocabulary.serialised();
    return store.putTerms(id, storedTerms(corpus->vocabulary))
        .and_then([&] { return store.setDimension(id, space->dimension()); })
        .and_then([&] { return store.textSpaces().put(id, stored); })
        .and_then([&] {
            return placeAll(store, id, facts, {*corpus, *space}, {}, context);
        });
}

Status placeAmong(const KnowledgeStore& store,
                  const StoredTextSpace& stored,
                  KnowledgeId id,
                  std::vector<ItemFacts> facts,
                  const JobContext& context)
{
    Result<Vocabulary> vocabulary = Vocabulary::restore(stored.vocabulary);
    if (!vocabulary) {
        return passOn(vocabulary);
    }
    const Result<Corpus> corpus = weighedBy(std::move(*vocabulary), facetDocuments(facts), context);
    Result<LexicalSpace> space = corpus ? LexicalSpace::restore(stored, corpus->vocabulary) : passOn(corpus);
    Result<std::unordered_set<std::string>> seen = space ? store.facetsWithVectors(id) : passOn(space);
    if (!seen) {
        return passOn(seen);
    }
    return space->takeItems(*corpus, context).and_then([&] {
        return placeAll(store, id, facts, {*corpus, *space}, std::move(*seen), context);
    });
}

} // namespace transept
