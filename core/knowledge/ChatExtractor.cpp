#include "core/base/Words.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

constexpr std::size_t shownReply = 2000; // bytes of a reply that a repair shows to the model

ExtractorDescription describeChat()
{
    using Type = Parameter::Type;
    std::vector<Parameter> parameters = serverParameters();
    const std::vector<Parameter> own = {
        {.name = "facets",
         .type = Type::Text,
         .preset = "topic, genre, mood, style,\naudience, setting, themes",
         .label = TRANSLATABLE("methods", "Facets"),
         .meaning = TRANSLATABLE(
             "methods",
             "What the model shall say about every item: names separated by commas, or one a line with a "
             "meaning after a colon. Below a line [domain] stand those of that domain.")},
        {.name = "language",
         .type = Type::Text,
         .preset = "English",
         .label = TRANSLATABLE("methods", "Language"),
         .meaning =
             TRANSLATABLE("methods", "In which the model shall answer; it takes the place {language}.")},
        {.name = "prompt",
         .type = Type::Text,
         .preset = defaultPrompt,
         .label = TRANSLATABLE("methods", "Prompt"),
         .meaning =
             TRANSLATABLE("methods",
                          "{title}, {fields}, {facets}, {language} and {domain} are filled in for every "
                          "item. What stands above a line --- is the system's message.")},
        {.name = "structure",
         .type = Type::Choice,
         .preset = "auto",
         .choices = {"auto", "schema", "object", "none"},
         .label = TRANSLATABLE("methods", "Form of the reply"),
         .meaning = TRANSLATABLE(
             "methods",
             "Hold the model to a JSON schema, to any JSON object, or to nothing; auto: to as much as the "
             "server can.")},
        {.name = "max_tokens",
         .type = Type::Integer,
         .preset = 256,
         .low = 16,
         .high = 8192,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Longest reply"),
         .meaning = TRANSLATABLE("methods",
                                 "A reply that is cut there is asked for once more with four times as many."),
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

/// One item a request: what is known of it, facet by facet.
class ChatInterviewer final : public Interviewer
{
public:
    ChatInterviewer(const Extraction& extraction, FacetSchema schema)
        : m_extraction(extraction)
        , m_schema(std::move(schema))
    {
        for (std::size_t at = 0; at < extraction.domains.size(); ++at) {
            m_domainNames[extraction.domains[at]] = extraction.request.domains[at];
        }
        for (const auto& [domain, name] : m_domainNames) {
            const Json settings{{"model", setting("model")},
                                {"temperature", extraction.settings.real("temperature")},
                                {"max_tokens", extraction.settings.integer("max_tokens")},
                                {"form", firstForm()},
                                {"schema", jsonSchemaOf(m_schema.of(name))}};
            m_settings[domain] = fingerprint(settings);
        }
    }

    std::string path() const override { return std::string(chatPath); }

    Json questionAbout(const ItemText& text) const override
    {
        const RenderedPrompt prompt = promptFor(text, textLimit());
        return {{"settings", m_settings.at(text.domain)}, {"system", prompt.system}, {"user", prompt.user}};
    }

    Json requestFor(std::span<const ItemText* const> texts, const Manner& manner) const override
    {
        const ItemText& text = *texts.front();
        const std::size_t limit =
            manner.halvings == 0 ? textLimit() : std::min(textLimit(), lengthOf(text)) >> manner.halvings;
        RenderedPrompt prompt = promptFor(text, limit);
        const Json schema = jsonSchemaOf(m_schema.of(m_domainNames.at(text.domain)));
        if (manner.form != firstForm()) {
            prompt.user += "\nAnswer with one JSON object that fits this schema: " + schema.dump();
        }
        Json messages = Json::array();
        if (!prompt.system.empty() && manner.systemRole) {
            messages.push_back({{"role", "system"}, {"content", prompt.system}});
        } else if (!prompt.system.empty()) {
            prompt.user.insert(0, prompt.system + "\n\n");
        }
        messages.push_back({{"role", "user"}, {"content", prompt.user}});
        if (manner.repair) {
            messages.push_back({{"role", "assistant"}, {"content", manner.repair->reply}});
            messages.push_back(
                {{"role", "user"},
                 {"content",
                  manner.repair->problem + " Answer again with the JSON object alone: " + schema.dump()}});
        }
        const int longest = m_extraction.settings.integer("max_tokens") * (manner.isLonger ? 4 : 1);
        Json request{{"model", setting("model")},
                     {"messages", std::move(messages)},
                     {"temperature", m_extraction.settings.real("temperature")},
                     {"max_tokens", longest},
                     {"seed", 1}};
        if (manner.form == ReplyForm::Schema) {
            const Json named{{"name", "facets"}, {"strict", true}, {"schema", schema}};
            request["response_format"] = {{"type", "json_schema"}, {"json_schema", named}};
        } else if (manner.form == ReplyForm::Object) {
            request["response_format"] = {{"type", "json_object"}};
        }
        return request;
    }

    Result<std::vector<Json>> repliesIn(const Json& body, std::size_t /*texts*/) const override
    {
        return std::vector<Json>{body};
    }

    Result<Facts> read(const Json& reply, const ItemText& text) const override
    {
        Result<std::vector<StoredFacet>> facets = facetsIn(reply, m_schema.of(m_domainNames.at(text.domain)));
        return facets ? Result<Facts>(Facts{.facets = std::move(*facets), .vector = {}}) : passOn(facets);
    }

    std::optional<Manner> repairOf(const Json& reply,
                                   const Error& problem,
                                   const Manner& manner) const override
    {
        Manner again = manner;
        if (isCut(reply)) {
            again.isLonger = true;
        } else {
            again.repair = {.reply = std::string(cutText(contentOf(reply).value_or(""), shownReply)),
                            .problem = describe(problem)};
        }
        return again;
    }

    Manner firstManner() const override { return {.form = firstForm()}; }
    bool adaptsForm() const override { return setting("structure") == "auto"; }

    std::int64_t usualTokensOut() const override
    {
        constexpr std::int64_t usualFacet = 12; // tokens, its name included
        return usualFacet * static_cast<std::int64_t>(m_schema.of(m_domainNames.begin()->second).size());
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
    std::string setting(std::string_view name) const { return m_extraction.settings.text(name); }
    std::size_t textLimit() const
    {
        return static_cast<std::size_t>(m_extraction.settings.integer("text-limit"));
    }

    ReplyForm firstForm() const
    {
        const std::string structure = setting("structure");
        return structure == "object" ? ReplyForm::Object
               : structure == "none" ? ReplyForm::Plain
                                     : ReplyForm::Schema;
    }

    RenderedPrompt promptFor(const ItemText& text, std::size_t limit) const
    {
        const std::string& domain = m_domainNames.at(text.domain);
        return renderPrompt(
            m_prompt,
            {.item = text, .facets = m_schema.of(domain), .language = m_language, .domain = domain},
            limit);
    }

    const Extraction& m_extraction;
    FacetSchema m_schema;
    std::string m_prompt = m_extraction.settings.text("prompt");
    std::string m_language = m_extraction.settings.text("language");
    std::map<DomainId, std::string> m_domainNames;
    std::map<DomainId, std::string> m_settings; ///< all but the prompt that an answer depends on, as a hash
};

Result<std::unique_ptr<const Interviewer>> makeInterviewer(const Extraction& extraction)
{
    if (const Status fits = checkPrompt(extraction.settings.text("prompt")); !fits) {
        return passOn(fits);
    }
    Result<FacetSchema> schema = FacetSchema::parse(extraction.settings.text("facets"));
    if (!schema) {
        return passOn(schema);
    }
    for (const std::string& domain : schema->domains()) {
        const std::vector<std::string>& known = extraction.request.domains;
        if (std::ranges::find(known, domain) == known.end()) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The facets name a domain %1 that is not extracted from. There are: %2."),
                {domain, listed(known)});
        }
    }
    for (const std::string& domain : extraction.request.domains) {
        if (schema->of(domain).empty()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The facets say nothing of the domain %1."),
                        {domain});
        }
    }
    return std::make_unique<const ChatInterviewer>(extraction, std::move(*schema));
}

} // namespace

ExtractorEntry chatExtractor()
{
    return entryThatAsks<makeInterviewer>(describeChat());
}

} // namespace transept
