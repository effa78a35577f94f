#include "core/knowledge/ChatInterviewer.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/PromptLibrary.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/VectorParameters.h"

namespace transept {
namespace {

ExtractorDescription describeChat()
{
    std::vector<Parameter> parameters =
        chatParameters({.facets = "topic, genre, mood, style,\naudience, setting, themes",
                        .prompt = defaultPrompt,
                        .checkPrompt = checkPromptSetting<PromptSubject::Items>});
    parameters.push_back(dimensionParameter(
        128,
        TRANSLATABLE(
            "methods",
            "The facets' words become vectors of this length (TF-IDF and truncated SVD), as with the "
            "lexical extractor.")));
    parameters.push_back(precisionParameter());
    return {.name = "chat",
            .title = TRANSLATABLE("methods", "Facets from a chat model"),
            .meaning = TRANSLATABLE(
                "methods",
                "Asks a chat model behind an OpenAI-compatible address what it knows about every item: a "
                "short text for each facet."),
            .needsServer = true,
            .parameters = std::move(parameters)};
}

/// Whether its facets were weighed and have their vectors.
bool isPlaced(const ItemFacts& facts)
{
    return !facts.vector.empty() || !facts.termWeights.empty() || !facts.facetVectors.empty();
}

class ItemInterviewer final : public ChatInterviewer
{
public:
    using ChatInterviewer::ChatInterviewer;

    /// One that an earlier version extracted cannot be extended.
    Status checkCanFinish(const KnowledgeStore& store, KnowledgeId id) const override
    {
        const Result<KnowledgeBase> base = store.find(id);
        if (!base || base->items == 0 || !extends()) {
            return base ? Status() : passOn(base);
        }
        const Result<StoredTextSpace> stored = store.textSpaces().of(id);
        return stored ? Status() : passOn(stored);
    }

    /// Gives items and facets their vectors: the vocabulary is that of all facets as they were extracted,
    /// for they are stored anew. Once it was finished it stays that, and the items that have their place
    /// keep it.
    Status finish(const KnowledgeStore& store, KnowledgeId id, const JobContext& context) const override
    {
        std::vector<ItemFacts> facts;
        for (const DomainId domain : extraction().domains) {
            Result<std::vector<ItemFacts>> ofDomain = store.factsOf(id, domain, FacetsAs::Extracted);
            if (!ofDomain) {
                return passOn(ofDomain);
            }
            std::move(ofDomain->begin(), ofDomain->end(), std::back_inserter(facts));
        }
        std::erase_if(facts, [](const ItemFacts& each) { return each.facets.empty(); });
        const Result<StoredTextSpace> stored = store.textSpaces().of(id);
        const bool wantsToKeep = extraction().keeps && std::ranges::any_of(facts, isPlaced);
        if (wantsToKeep && !stored && stored.error().code != ErrorCode::InvalidInput) {
            return passOn(stored);
        }
        const bool keeps = wantsToKeep && stored; // an earlier version stored no space to place others in
        if (keeps) {
            std::erase_if(facts, isPlaced);
        }
        if (facts.empty()) {
            return {};
        }
        return keeps ? placeAmong(store, *stored, id, std::move(facts), context)
                     : placeByWords(
                           store, id, std::move(facts), extraction().settings.integer("dimension"), context);
    }

private:
    bool extends() const { return extraction().after != ItemId{}; }
};

Result<std::unique_ptr<const Interviewer>> makeInterviewer(const Extraction& extraction)
{
    const Status fits = ChatInterviewer::check(extraction);
    return fits ? Result<std::unique_ptr<const Interviewer>>(
                      std::make_unique<const ItemInterviewer>(extraction))
                : passOn(fits);
}

} // namespace

ExtractorEntry chatExtractor()
{
    return entryThatAsks<makeInterviewer>(describeChat());
}

} // namespace transept
