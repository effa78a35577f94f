#include "core/knowledge/FacetVectors.h"

#include "core/knowledge/LexicalTexts.h"
#include "core/knowledge/SaveSteps.h"

namespace transept {
namespace {

/// The base whose facets are meant. An error of its name is one of the settings.
Result<KnowledgeBase> sourceOf(const Workspace& workspace, const Extraction& extraction)
{
    const std::string name = extraction.settings.text("facets-of");
    if (name.empty() || name == extraction.request.name) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "settings.facets-of is to name another knowledge base: the one whose facets "
                                 "get vectors."));
    }
    Result<KnowledgeBase> source = KnowledgeStore(workspace).find(name);
    if (!source) {
        Error error = source.error();
        error.code = error.code == ErrorCode::NotFound ? ErrorCode::InvalidInput : error.code;
        return tl::unexpected(std::move(error));
    }
    const Status usable = checkUsable(*source);
    return usable ? std::move(source) : passOn(usable);
}

std::vector<float> meanOf(const ItemFacts& facts, const TextVectors& vectors)
{
    Eigen::RowVectorXf sum;
    for (const StoredFacet& facet : facts.facets) {
        const auto found = vectors.find(facet.text);
        if (found == vectors.end() || found->second.empty()) {
            continue;
        }
        const auto length = static_cast<Eigen::Index>(found->second.size());
        const Eigen::Map<const Eigen::RowVectorXf> vector(found->second.data(), length);
        if (sum.size() == 0) {
            sum = Eigen::RowVectorXf::Zero(length);
        }
        sum += static_cast<float>(facet.weight) * vector;
    }
    return sum.size() == 0 ? std::vector<float>() : unitVector(sum);
}

void place(ItemFacts& facts, const TextVectors& vectors, std::unordered_set<std::string>& seen)
{
    facts.vector = meanOf(facts, vectors);
    facts.facetVectors.clear();
    for (const StoredFacet& facet : facts.facets) {
        const auto found = vectors.find(facet.text);
        const bool isFirst = found != vectors.end() && !found->second.empty() &&
                             seen.insert(vectorKey(facet.name, facet.text)).second;
        facts.facetVectors.push_back(isFirst ? found->second : std::vector<float>());
    }
}

} // namespace

Parameter facetsOfParameter()
{
    return {.name = "facets-of",
            .type = Parameter::Type::Text,
            .preset = "",
            .label = TRANSLATABLE("methods", "Facets of"),
            .meaning = TRANSLATABLE("methods",
                                    "The finished knowledge base whose facets get vectors, with what people "
                                    "changed of them.")};
}

Result<std::vector<ItemFacts>> facetsToPlace(const Workspace& workspace,
                                             const Extraction& extraction,
                                             KnowledgeId id,
                                             const JobContext& context)
{
    const Result<KnowledgeBase> source = sourceOf(workspace, extraction);
    const KnowledgeStore store(workspace);
    const Result<std::vector<ItemId>> committed = source ? store.itemsWithFacts(id) : passOn(source);
    if (!committed) {
        return passOn(committed);
    }
    const StopWatcher watcher(workspace.database(), context);
    std::vector<ItemFacts> all;
    bool isAny = false;
    for (const DomainId domain : extraction.domains) {
        Result<std::vector<ItemFacts>> facts = store.factsOf(source->id, domain);
        if (!facts) {
            return passOn(facts);
        }
        for (ItemFacts& each : *facts) {
            isAny = isAny || !each.facets.empty();
            if (!each.facets.empty() && each.item > extraction.after &&
                !std::ranges::binary_search(*committed, each.item)) {
                all.push_back({.item = each.item, .facets = std::move(each.facets)});
            }
        }
    }
    if (!isAny) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The knowledge base %1 has no facets of these domains' items. Choose one "
                                 "whose extractor gives facets: lexical, word-vectors, chat or file."),
                    {source->name});
    }
    std::ranges::sort(all, {}, &ItemFacts::item);
    return all;
}

Result<ItemFacts> facetsOfItem(const Workspace& workspace, const Extraction& extraction, ItemId item)
{
    const Result<KnowledgeBase> source = sourceOf(workspace, extraction);
    Result<ItemFacts> facts = source ? KnowledgeStore(workspace).facts(source->id, item) : passOn(source);
    if (facts && facts->facets.empty()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "The knowledge base %1 has no facets of this item."),
                    {source->name});
    }
    return facts;
}

std::vector<std::string> textsOf(std::span<const ItemFacts> facts)
{
    std::vector<std::string> texts;
    std::unordered_set<std::string> seen;
    for (const ItemFacts& each : facts) {
        for (const StoredFacet& facet : each.facets) {
            if (seen.insert(facet.text).second) {
                texts.push_back(facet.text);
            }
        }
    }
    return texts;
}

Status saveFacetVectors(const KnowledgeStore& store,
                        KnowledgeId id,
                        std::vector<ItemFacts> facts,
                        const TextVectors& vectors,
                        const JobContext& context)
{
    Result<std::unordered_set<std::string>> seen = store.facetsWithVectors(id);
    if (!seen) {
        return passOn(seen);
    }
    return saveInSteps(facts.size(), context, [&](std::size_t first, std::size_t end) {
        const std::span step = std::span(facts).subspan(first, end - first);
        for (ItemFacts& each : step) {
            place(each, vectors, *seen);
        }
        return store.put(id, step);
    });
}

} // namespace transept
