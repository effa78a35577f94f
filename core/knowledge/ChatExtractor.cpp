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

class ItemInterviewer final : public ChatInterviewer
{
public:
    using ChatInterviewer::ChatInterviewer;

    /// Gives items and facets their vectors: the vocabulary is that of all facets as they were extracted,
    /// for they are stored anew, and stays it when others come.
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
        const ItemId after = extraction().after;
        std::erase_if(facts,
                      [&](const ItemFacts& each) { return each.facets.empty() || each.item <= after; });
        if (facts.empty()) {
            return {};
        }
        if (after != ItemId{}) {
            const Result<StoredTextSpace> stored = store.textSpaces().of(id);
            return stored ? placeAmong(store, *stored, id, std::move(facts), context) : passOn(stored);
        }
        return placeByWords(store, id, std::move(facts), extraction().settings.integer("dimension"), context);
    }
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
