#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/FacetSchema.h"
#include "core/knowledge/Interviewer.h"
#include "core/knowledge/Prompt.h"

#include <map>

namespace transept {

/// The parameters of every extractor that asks a chat model for facets: those of the server, facets,
/// language, prompt, structure, max_tokens, temperature.
struct ChatPresets
{
    std::string_view facets;
    std::string_view prompt;
    Status (*checkPrompt)(std::string_view setting) = nullptr;
};
std::vector<Parameter> chatParameters(const ChatPresets& presets);

/// One text a request: what the model says of it, facet by facet, as an extraction with chatParameters()
/// asks.
class ChatInterviewer : public Interviewer
{
public:
    /// InvalidInput when prompt or facets do not fit the extraction, which outlives what is made.
    static Status check(const Extraction& extraction);
    /// The settings were checked.
    explicit ChatInterviewer(const Extraction& extraction);

    /// What prompts about a domain say in the place of {carry-over}.
    void setCarryOver(std::map<DomainId, std::string> texts) { m_carryOver = std::move(texts); }

    std::string path() const override { return std::string(chatPath); }
    Json questionAbout(const ItemText& text) const override;
    Json requestFor(std::span<const ItemText* const> texts, const Manner& manner) const override;
    Result<std::vector<Json>> repliesIn(const Json& body, std::size_t texts) const override;
    Result<Facts> read(const Json& reply, const ItemText& text) const override;
    std::optional<Manner> repairOf(const Json& reply,
                                   const Error& problem,
                                   const Manner& manner) const override;
    Manner firstManner() const override { return {.form = firstForm()}; }
    bool adaptsForm() const override { return setting("structure") == "auto"; }
    std::int64_t usualTokensOut() const override;

protected:
    const Extraction& extraction() const { return m_extraction; }

private:
    std::string setting(std::string_view name) const { return m_extraction.settings.text(name); }
    std::size_t textLimit() const;
    ReplyForm firstForm() const;
    const FacetQuestions& facetsOf(const ItemText& text) const
    {
        return m_schema.of(m_domainNames.at(text.domain));
    }
    RenderedPrompt promptFor(const ItemText& text, std::size_t limit) const;

    const Extraction& m_extraction;
    FacetSchema m_schema;
    std::string m_prompt;
    std::string m_language;
    std::map<DomainId, std::string> m_domainNames;
    std::map<DomainId, std::string> m_settings; ///< all but the prompt that an answer depends on, as a hash
    std::map<DomainId, std::string> m_carryOver;
};

} // namespace transept
