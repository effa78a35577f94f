#include "core/knowledge/Extractor.h"
#include "core/knowledge/LoadFacetVectors.h"
#include "core/store/VectorFolder.h"

namespace transept {
namespace {

using RowsOfItems = std::unordered_map<std::int64_t, std::size_t>;

void copyRow(std::span<const float> from, Matrix& to, Eigen::Index row)
{
    if (static_cast<Eigen::Index>(from.size()) == to.cols()) {
        std::ranges::copy(from, to.row(row).data());
    }
}

void take(ItemFacts& facts, std::size_t row, ItemKnowledge& knowledge)
{
    for (const auto& [term, weight] : facts.termWeights) {
        knowledge.termWeights[row].push_back({term, weight});
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

/// Where the vectors of a base of float16 lie; null for one of float32, or when nothing is known of their
/// length.
Result<std::shared_ptr<const HalfVectors>> storedHalves(const Workspace& workspace, const KnowledgeBase& base)
{
    return base.storesHalves() && base.dimension > 0
               ? halfVectors(workspace, base)
               : Result<std::shared_ptr<const HalfVectors>>(std::shared_ptr<const HalfVectors>());
}

KnowledgeVectors placedVectors(std::shared_ptr<const HalfVectors> halves, std::span<const ItemId> items)
{
    std::vector<std::int32_t> places(items.size());
    std::ranges::transform(items, places.begin(), [&](ItemId item) { return halves->placeOf(item); });
    return {std::move(halves), std::move(places)};
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
    if (!facts) {
        return passOn(facts);
    }
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->termWeights.resize(items.size());
    knowledge->facets.resize(items.size());
    RowsOfItems rows;
    for (std::size_t row = 0; row < items.size(); ++row) {
        rows.emplace(number(items[row]), row);
    }
    const Result<std::shared_ptr<const HalfVectors>> halves = storedHalves(workspace, *base);
    if (!halves) {
        return passOn(halves);
    }
    Result<KnowledgeVectors> vectors = *halves != nullptr
                                           ? placedVectors(*halves, items)
                                           : floatVectors(store, *base, domain, items.size(), rows);
    if (!vectors) {
        return passOn(vectors);
    }
    knowledge->vectors = std::move(*vectors);
    for (ItemFacts& each : *facts) {
        if (const auto row = rows.find(number(each.item)); row != rows.end()) {
            take(each, row->second, *knowledge);
        }
    }
    Result<FacetVectors> facetVectors = loadFacetVectors(store, *base, knowledge->facets, *halves);
    if (!facetVectors) {
        return passOn(facetVectors);
    }
    knowledge->facetVectors = std::move(*facetVectors);
    return std::shared_ptr<const ItemKnowledge>(std::move(knowledge));
}

} // namespace transept
