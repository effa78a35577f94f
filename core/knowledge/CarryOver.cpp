#include "core/knowledge/CarryOver.h"

#include "core/knowledge/Prompt.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t pairsTold = 20;
constexpr std::size_t longestText = 2000; // bytes

/// One pair of domains a request: a paragraph on how tastes carry over.
class PairInterviewer final : public Interviewer
{
public:
    explicit PairInterviewer(const Extraction& extraction) : m_settings(extraction.settings) {}

    std::string path() const override { return std::string(chatPath); }

    Json questionAbout(const ItemText& text) const override
    {
        const ItemText* const about[] = {&text};
        return requestFor(about, {});
    }

    Json requestFor(std::span<const ItemText* const> texts, const Manner& manner) const override
    {
        const auto most = static_cast<std::size_t>(m_settings.integer("text-limit"));
        const RenderedPrompt prompt = renderPrompt(m_settings.text("pair-prompt"),
                                                   {.item = *texts.front(),
                                                    .facets = {},
                                                    .language = m_settings.text("reply-language"),
                                                    .domain = {}},
                                                   cutLength(*texts.front(), most, manner.halvings));
        return {{"model", m_settings.text("model")},
                {"messages", messagesOf(prompt, manner.systemRole)},
                {"temperature", m_settings.real("temperature")},
                {"max_tokens", m_settings.integer("max_tokens") * (manner.isLonger ? 4 : 1)},
                {"seed", 1}};
    }

    Result<std::vector<Json>> repliesIn(const Json& body, std::size_t /*texts*/) const override
    {
        return std::vector<Json>{body};
    }

    Result<Facts> read(const Json& reply, const ItemText& /*text*/) const override
    {
        const std::string text = plainParagraph(contentOf(reply).value_or(""), longestText);
        if (text.empty() || isCut(reply)) {
            return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "The reply holds no whole message."));
        }
        return Facts{.facets = {{.name = "carry-over", .text = text}}, .vector = {}};
    }

    std::optional<Manner> repairOf(const Json& reply,
                                   const Error& /*problem*/,
                                   const Manner& manner) const override
    {
        Manner longer = manner;
        longer.isLonger = true;
        return isCut(reply) ? std::optional(longer) : std::nullopt;
    }

private:
    const Parameters& m_settings;
};

} // namespace

CarryOver::CarryOver(const Extraction& extraction, const std::vector<DomainHistories>& histories)
    : m_extraction(extraction)
{
    const std::vector<std::string>& names = extraction.request.domains;
    for (std::size_t source = 0; source < histories.size(); ++source) {
        for (std::size_t target = 0; target < histories.size(); ++target) {
            if (source == target) {
                continue;
            }
            ItemText text = pairsTakenTogether(histories[source], histories[target], pairsTold);
            if (!text.fields.empty()) {
                text.title = fmt::format("From {} to {}", names[source], names[target]);
                text.item = static_cast<ItemId>(m_pairs.size());
                m_pairs.push_back({histories[source].domain, histories[target].domain, {}});
                m_texts.push_back(std::move(text));
            }
        }
    }
}

Status CarryOver::recall(ReplyCache cache, const std::string& url)
{
    const PairInterviewer interviewer(m_extraction);
    for (const ItemText& text : m_texts) {
        const auto reply = cache.find(hashOf(interviewer, text, url));
        if (!reply) {
            return passOn(reply);
        }
        if (*reply) {
            if (const auto said = interviewer.read(Json::parse(**reply, nullptr, false), text)) {
                m_pairs[static_cast<std::size_t>(number(text.item))].text = said->facets.front().text;
            }
        }
    }
    return {};
}

void CarryOver::keep(std::span<const DomainPairText> said)
{
    for (const DomainPairText& known : said) {
        const auto pair = std::ranges::find_if(m_pairs, [&](const DomainPairText& each) {
            return each.source == known.source && each.target == known.target;
        });
        if (pair != m_pairs.end()) {
            pair->text = known.text;
            const auto place = static_cast<ItemId>(pair - m_pairs.begin());
            std::erase_if(m_texts, [&](const ItemText& text) { return text.item == place; });
        }
    }
}

Result<InterviewReport> CarryOver::ask(const InterviewOptions& options,
                                       ReplyCache cache,
                                       const Commit& commit,
                                       const JobContext& context)
{
    const auto keep = [&](const ExtractionStep& step) {
        std::vector<DomainPairText> said;
        for (const ItemFacts& facts : step.facts) {
            DomainPairText& pair = m_pairs[static_cast<std::size_t>(number(facts.item))];
            pair.text = facts.facets.front().text;
            said.push_back(pair);
        }
        ExtractionStep rest = step;
        rest.facts.clear();
        rest.failures.clear(); // a pair that nothing is said of is no loss to people
        return commit(rest, said);
    };
    return interview(PairInterviewer(m_extraction), m_texts, options, std::move(cache), keep, context);
}

std::int64_t CarryOver::unanswered() const
{
    return std::ranges::count_if(m_pairs, [](const DomainPairText& pair) { return pair.text.empty(); });
}

std::map<DomainId, std::string> CarryOver::byTarget() const
{
    std::map<DomainId, std::string> texts;
    for (const DomainPairText& pair : m_pairs) {
        std::string& said = texts[pair.target];
        said += (said.empty() || pair.text.empty() ? "" : "\n") + pair.text;
    }
    return texts;
}

} // namespace transept
