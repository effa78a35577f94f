#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

constexpr std::string_view endpoint = "/chat/completions";

ExtractorDescription describeChat()
{
    using Type = Parameter::Type;
    std::vector<Parameter> parameters = serverParameters();
    const std::vector<Parameter> own = {
        {.name = "facets",
         .type = Type::Text,
         .preset = "topic, genre, mood, audience",
         .label = TRANSLATABLE("methods", "Facets"),
         .meaning =
             TRANSLATABLE("methods", "What the model shall say about every item, separated by commas.")},
        {.name = "prompt",
         .type = Type::Text,
         .preset = defaultPrompt,
         .label = TRANSLATABLE("methods", "Prompt"),
         .meaning = TRANSLATABLE("methods", "{title}, {fields} and {facets} are filled in for every item.")},
        {.name = "structure",
         .type = Type::Choice,
         .preset = "schema",
         .choices = {"schema", "object", "none"},
         .label = TRANSLATABLE("methods", "Form of the reply"),
         .meaning = TRANSLATABLE(
             "methods",
             "Hold the model to a JSON schema, to any JSON object, or to nothing: for servers that know "
             "less.")},
        {.name = "max_tokens",
         .type = Type::Integer,
         .preset = 256,
         .low = 16,
         .high = 8192,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Longest reply"),
         .meaning = TRANSLATABLE("methods", "A reply that is cut there counts as a failure."),
         .unit = TRANSLATABLE("methods", "tokens")},
        {.name = "temperature",
         .preset = 0.0,
         .low = 0.0,
         .high = 2.0,
         .label = TRANSLATABLE("methods", "Temperature"),
         .meaning = TRANSLATABLE("methods", "0 takes the likeliest words; more varies them.")},
        {.name = "dimension",
         .type = Type::Integer,
         .preset = 128,
         .low = 2,
         .high = 1024,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Vector length"),
         .meaning = TRANSLATABLE(
             "methods",
             "The facets' words become vectors of this length (TF-IDF and truncated SVD), as with the "
             "lexical extractor.")}};
    parameters.insert(parameters.end(), own.begin(), own.end());
    return {.name = "chat",
            .title = TRANSLATABLE("methods", "Facets from a chat model"),
            .meaning = TRANSLATABLE(
                "methods",
                "Asks a chat model behind an OpenAI-compatible address what it knows about every item: a "
                "short text for each facet."),
            .needsServer = true,
            .parameters = std::move(parameters)};
}

/// One item a question: what is known of it, facet by facet.
class ChatInterviewer final : public Interviewer
{
public:
    ChatInterviewer(const Extraction& extraction, std::vector<std::string> facets)
        : m_extraction(extraction)
        , m_facets(std::move(facets))
    {
    }

    Question questionFor(std::span<const ItemText> items) const override
    {
        const Parameters& settings = m_extraction.settings;
        const std::string prompt = renderPrompt(settings.text("prompt"),
                                                items.front(),
                                                m_facets,
                                                static_cast<std::size_t>(settings.integer("text-limit")));
        Json request{{"model", settings.text("model")},
                     {"messages", {{{"role", "user"}, {"content", prompt}}}},
                     {"temperature", settings.real("temperature")},
                     {"max_tokens", settings.integer("max_tokens")},
                     {"seed", 1}};
        const std::string structure = settings.text("structure");
        if (structure == "schema") {
            const Json schema{{"name", "facets"}, {"strict", true}, {"schema", facetSchema(m_facets)}};
            request["response_format"] = {{"type", "json_schema"}, {"json_schema", schema}};
        } else if (structure == "object") {
            request["response_format"] = {{"type", "json_object"}};
        }
        constexpr std::int64_t usualFacet = 12; // tokens, its name included
        return {.path = std::string(endpoint),
                .request = std::move(request),
                .estimatedTokensIn = estimatedTokens(prompt),
                .estimatedTokensOut = usualFacet * static_cast<std::int64_t>(m_facets.size())};
    }

    Result<std::vector<ItemFacts>> read(const Json& reply, std::span<const ItemText> items) const override
    {
        Result<std::vector<StoredFacet>> facets = facetsIn(reply, m_facets);
        if (!facets) {
            return passOn(facets);
        }
        return std::vector<ItemFacts>{{.item = items.front().item, .facets = std::move(*facets)}};
    }

    /// Gives items and facets their vectors: the vocabulary is that of all facets.
    Status finish(const KnowledgeStore& store, KnowledgeId id, const JobContext& context) const override
    {
        std::vector<ItemFacts> facts;
        for (const DomainId domain : m_extraction.domains) {
            Result<std::vector<ItemFacts>> ofDomain = store.factsOf(id, domain);
            if (!ofDomain) {
                return passOn(ofDomain);
            }
            std::move(ofDomain->begin(), ofDomain->end(), std::back_inserter(facts));
        }
        std::erase_if(facts, [](const ItemFacts& each) { return each.facets.empty(); });
        if (facts.empty()) {
            return {};
        }
        return placeByWords(store, id, std::move(facts), m_extraction.settings.integer("dimension"), context);
    }

private:
    const Extraction& m_extraction;
    std::vector<std::string> m_facets;
};

Result<std::unique_ptr<const Interviewer>> makeInterviewer(const Extraction& extraction)
{
    if (const Status fits = checkPrompt(extraction.settings.text("prompt")); !fits) {
        return passOn(fits);
    }
    Result<std::vector<std::string>> facets = facetNames(extraction.settings.text("facets"));
    if (!facets) {
        return passOn(facets);
    }
    return std::make_unique<const ChatInterviewer>(extraction, std::move(*facets));
}

} // namespace

ExtractorEntry chatExtractor()
{
    return entryThatAsks<makeInterviewer>(describeChat());
}

} // namespace transept
