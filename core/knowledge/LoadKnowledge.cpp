#include "core/knowledge/Extractor.h"
#include "core/store/VectorFolder.h"

namespace transept {
namespace {

using RowsOfItems = std::unordered_map<std::int64_t, std::size_t>;

/// The stored vectors of facets by vectorKey().
using SharedVectors = std::unordered_map<std::string, std::vector<float>>;

Result<SharedVectors> sharedVectors(const KnowledgeStore& store, KnowledgeId id)
{
    Result<std::vector<KnowledgeStore::FacetVector>> stored = store.facetVectors(id);
    if (!stored) {
        return passOn(stored);
    }
    SharedVectors shared;
    for (KnowledgeStore::FacetVector& each : *stored) {
        shared.try_emplace(vectorKey(each.name, each.text), std::move(each.vector));
    }
    return shared;
}

void copyRow(std::span<const float> from, Matrix& to, Eigen::Index row)
{
    if (static_cast<Eigen::Index>(from.size()) == to.cols()) {
        std::ranges::copy(from, to.row(row).data());
    }
}

Matrix facetMatrix(const ItemFacts& facts, const SharedVectors& shared, int dimension)
{
    Matrix matrix = Matrix::Zero(static_cast<Eigen::Index>(facts.facets.size()), dimension);
    for (std::size_t nth = 0; nth < facts.facets.size(); ++nth) {
        const auto found = shared.find(vectorKey(facts.facets[nth].name, facts.facets[nth].text));
        if (found != shared.end()) {
            copyRow(found->second, matrix, static_cast<Eigen::Index>(nth));
        }
    }
    return matrix;
}

void take(ItemFacts& facts, std::size_t row, const SharedVectors& shared, ItemKnowledge& knowledge)
{
    for (const auto& [term, weight] : facts.termWeights) {
        knowledge.termWeights[row].push_back({term, weight});
    }
    if (!shared.empty()) {
        knowledge.facetVectors[row] = facetMatrix(facts, shared, knowledge.dimension());
    }
    for (StoredFacet& facet : facts.facets) {
        knowledge.facets[row].push_back(
            {std::move(facet.name), std::move(facet.text), static_cast<float>(facet.weight)});
    }
}

/// One by one: a second copy of all vectors would be most of the memory that loading takes.
Result<KnowledgeVectors> floatVectors(const KnowledgeStore& store,
                                      const KnowledgeBase& base,
                                      DomainId domain,
                                      std::size_t items,
                                      const RowsOfItems& rows)
{
    Matrix vectors = Matrix::Zero(static_cast<Eigen::Index>(items), base.dimension);
    const Status read = store.forEachVector(
        base.id, domain, [&](ItemId item, DomainId /*domain*/, std::span<const float> vector) {
            if (const auto row = rows.find(number(item)); row != rows.end()) {
                copyRow(vector, vectors, static_cast<Eigen::Index>(row->second));
            }
            return Status();
        });
    return read ? Result<KnowledgeVectors>(std::move(vectors)) : passOn(read);
}

/// Float16 stay where they are.
Result<KnowledgeVectors> vectorsOf(const Workspace& workspace,
                                   const KnowledgeBase& base,
                                   DomainId domain,
                                   std::span<const ItemId> items,
                                   const RowsOfItems& rows)
{
    if (!base.storesHalves()) {
        return floatVectors(KnowledgeStore(workspace), base, domain, items.size(), rows);
    }
    if (base.dimension == 0) {
        return KnowledgeVectors::zeros(static_cast<Eigen::Index>(items.size()), 0);
    }
    return halfVectors(workspace, base).map([&](std::shared_ptr<const HalfVectors> halves) {
        std::vector<std::int32_t> places(items.size());
        std::ranges::transform(items, places.begin(), [&](ItemId item) { return halves->placeOf(item); });
        return KnowledgeVectors(std::move(halves), std::move(places));
    });
}

} // namespace

Status checkFinished(const KnowledgeBase& base)
{
    if (base.state == "finished") {
        return {};
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE(
            "errors",
            "The knowledge base %1 is not finished (%2). Go on with its extraction, or choose another."),
        {base.name, base.state});
}

Status checkUsable(const KnowledgeBase& base)
{
    if (const auto extractor = findExtractor(base.extractor); extractor && (*extractor)->isAboutUsers) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 tells of people, not of items. Choose one that does."),
            {base.name});
    }
    return checkFinished(base);
}

Result<std::shared_ptr<const ItemKnowledge>> loadKnowledge(const Workspace& workspace,
                                                           std::string_view name,
                                                           DomainId domain,
                                                           std::span<const ItemId> items)
{
    const Result<ReadSnapshot> snapshot = ReadSnapshot::begin(workspace.database());
    const KnowledgeStore store(workspace);
    const Result<KnowledgeBase> base = snapshot ? store.find(name) : passOn(snapshot);
    if (!base) {
        return passOn(base);
    }
    if (const Status finished = checkUsable(*base); !finished) {
        return passOn(finished);
    }
    Result<std::vector<ItemFacts>> facts = store.factsBesideVectors(base->id, domain);
    const Result<SharedVectors> shared = sharedVectors(store, base->id);
    if (!facts || !shared) {
        return facts ? passOn(shared) : passOn(facts);
    }
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->termWeights.resize(items.size());
    knowledge->facets.resize(items.size());
    if (!shared->empty()) {
        knowledge->facetVectors.assign(items.size(), Matrix(0, base->dimension));
    }
    RowsOfItems rows;
    for (std::size_t row = 0; row < items.size(); ++row) {
        rows.emplace(number(items[row]), row);
    }
    Result<KnowledgeVectors> vectors = vectorsOf(workspace, *base, domain, items, rows);
    if (!vectors) {
        return passOn(vectors);
    }
    knowledge->vectors = std::move(*vectors);
    for (ItemFacts& each : *facts) {
        if (const auto row = rows.find(number(each.item)); row != rows.end()) {
            take(each, row->second, *shared, *knowledge);
        }
    }
    return std::shared_ptr<const ItemKnowledge>(std::move(knowledge));
}

} // namespace transept
