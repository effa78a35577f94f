#include "core/knowledge/ChatInterviewer.h"

#include "core/base/Words.h"
#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

constexpr std::size_t shownReply = 2000; // bytes of a reply that a repair shows to the model

} // namespace

std::vector<Parameter> chatParameters(const ChatPresets& presets)
{
    using Type = Parameter::Type;
    std::vector<Parameter> parameters = serverParameters();
    const std::vector<Parameter> own = {
        {.name = "facets",
         .type = Type::Text,
         .preset = std::string(presets.facets),
         .label = TRANSLATABLE("methods", "Facets"),
         .meaning = TRANSLATABLE("methods",
                                 "What the model shall say: names separated by commas, or one a line with a "
                                 "meaning after a colon. Below a line [domain] stand those of that domain.")},
        {.name = "reply-language",
         .type = Type::Text,
         .preset = "English",
         .label = TRANSLATABLE("methods", "Language"),
         .meaning =
             TRANSLATABLE("methods", "In which the model shall answer; it takes the place {language}.")},
        {.name = "prompt",
         .type = Type::Text,
         .preset = std::string(presets.prompt),
         .label = TRANSLATABLE("methods", "Prompt"),
         .meaning =
             TRANSLATABLE("methods",
                          "What is asked; words in braces are filled in for every request. What stands "
                          "above a line --- is the system's message. @NAME takes a prompt that was saved."),
         .check = presets.checkPrompt},
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
         .meaning = TRANSLATABLE("methods", "0 takes the likeliest words; more varies them.")}};
    parameters.insert(parameters.end(), own.begin(), own.end());
    return parameters;
}

Status ChatInterviewer::check(const Extraction& extraction)
{
    const Result<FacetSchema> schema = FacetSchema::parse(extraction.settings.text("facets"));
    if (!schema) {
        return passOn(schema);
    }
    const std::vector<std::string>& known = extraction.request.domains;
    for (const std::string& domain : schema->domains()) {
        if (std::ranges::find(known, domain) == known.end()) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The facets name a domain %1 that is not extracted from. There are: %2."),
                {domain, listed(known)});
        }
    }
    for (const std::string& domain : known) {
        if (schema->of(domain).empty()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The facets say nothing of the domain %1."),
                        {domain});
        }
    }
    return {};
}

ChatInterviewer::ChatInterviewer(const Extraction& extraction)
    : m_extraction(extraction)
    , m_schema(FacetSchema::parse(extraction.settings.text("facets")).value())
    , m_prompt(extraction.settings.text("prompt"))
    , m_language(extraction.settings.text("reply-language"))
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

Json ChatInterviewer::questionAbout(const ItemText& text) const
{
    const RenderedPrompt prompt = promptFor(text, textLimit());
    return {{"settings", m_settings.at(text.domain)}, {"system", prompt.system}, {"user", prompt.user}};
}

Json ChatInterviewer::requestFor(std::span<const ItemText* const> texts, const Manner& manner) const
{
    const ItemText& text = *texts.front();
    RenderedPrompt prompt = promptFor(text, cutLength(text, textLimit(), manner.halvings));
    const Json schema = jsonSchemaOf(facetsOf(text));
    if (manner.form != firstForm()) {
        prompt.user += "\nAnswer with one JSON object that fits this schema: " + schema.dump();
    }
    Json messages = messagesOf(prompt, manner.systemRole);
    if (manner.repair) {
        const std::string again =
            manner.repair->problem + " Answer again with the JSON object alone: " + schema.dump();
        messages.push_back({{"role", "assistant"}, {"content", manner.repair->reply}});
        messages.push_back({{"role", "user"}, {"content", again}});
    }
    Json request{{"model", setting("model")},
                 {"messages", std::move(messages)},
                 {"temperature", m_extraction.settings.real("temperature")},
                 {"max_tokens", m_extraction.settings.integer("max_tokens") * (manner.isLonger ? 4 : 1)},
                 {"seed", 1}};
    if (manner.form == ReplyForm::Schema) {
        const Json named{{"name", "facets"}, {"strict", true}, {"schema", schema}};
        request["response_format"] = {{"type", "json_schema"}, {"json_schema", named}};
    } else if (manner.form == ReplyForm::Object) {
        request["response_format"] = {{"type", "json_object"}};
    }
    return request;
}

Result<std::vector<Json>> ChatInterviewer::repliesIn(const Json& body, std::size_t /*texts*/) const
{
    return std::vector<Json>{body};
}

Result<Facts> ChatInterviewer::read(const Json& reply, const ItemText& text) const
{
    Result<std::vector<StoredFacet>> facets = facetsIn(reply, facetsOf(text));
    return facets ? Result<Facts>(Facts{.facets = std::move(*facets), .vector = {}}) : passOn(facets);
}

std::optional<Manner> ChatInterviewer::repairOf(const Json& reply,
                                                const Error& problem,
                                                const Manner& manner) const
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

std::int64_t ChatInterviewer::usualTokensOut() const
{
    constexpr std::int64_t usualFacet = 12; // tokens, its name included
    return usualFacet * static_cast<std::int64_t>(m_schema.of(m_domainNames.begin()->second).size());
}

std::size_t ChatInterviewer::textLimit() const
{
    return static_cast<std::size_t>(m_extraction.settings.integer("text-limit"));
}

ReplyForm ChatInterviewer::firstForm() const
{
    const std::string structure = setting("structure");
    return structure == "object" ? ReplyForm::Object
           : structure == "none" ? ReplyForm::Plain
                                 : ReplyForm::Schema;
}

RenderedPrompt ChatInterviewer::promptFor(const ItemText& text, std::size_t limit) const
{
    const auto carryOver = m_carryOver.find(text.domain);
    return renderPrompt(m_prompt,
                        {.item = text,
                         .facets = facetsOf(text),
                         .language = m_language,
                         .domain = m_domainNames.at(text.domain),
                         .carryOver = carryOver == m_carryOver.end() ? "" : carryOver->second},
                        limit);
}

} // namespace transept
