// What people like, said by a chat model that reads their training histories, as KAR does (Xi et al. 2024:
// factorised prompts, one for each domain).

#include "core/knowledge/ChatInterviewer.h"
#include "core/knowledge/Forecast.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"
#include "core/knowledge/UserHistories.h"

namespace transept {
namespace {

constexpr std::size_t pairsTold = 20;
constexpr std::size_t longestCarryOver = 2000; // bytes

std::vector<Parameter> historyParameters()
{
    using Type = Parameter::Type;
    return {
        {.name = "carry-over",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "How tastes carry over"),
         .meaning =
             TRANSLATABLE("methods",
                          "First asks, for every pair of domains with people in both, how tastes carry "
                          "over; prompts about people say it in the place {carry-over}.")},
        {.name = "pair-prompt",
         .type = Type::Text,
         .preset = std::string(defaultPairPrompt),
         .label = TRANSLATABLE("methods", "Prompt for pairs"),
         .meaning =
             TRANSLATABLE("methods", "{title} names the domains, {fields} lists items taken together."),
         .onlyWhen = "carry-over=true"},
        {.name = "min-history",
         .type = Type::Integer,
         .preset = 3,
         .low = 1,
         .high = 1000,
         .label = TRANSLATABLE("methods", "Shortest history"),
         .meaning = TRANSLATABLE("methods", "People with fewer training interactions are not asked about."),
         .unit = TRANSLATABLE("methods", "interactions")},
        {.name = "max-history",
         .type = Type::Integer,
         .preset = 30,
         .low = 1,
         .high = 1000,
         .label = TRANSLATABLE("methods", "Longest history"),
         .meaning = TRANSLATABLE("methods", "Only the latest of a person's training interactions are told."),
         .unit = TRANSLATABLE("methods", "interactions")},
        {.name = "split",
         .type = Type::Choice,
         .preset = "leave-one-out",
         .choices = {"leave-one-out", "warm", "given"},
         .label = TRANSLATABLE("methods", "Split"),
         .meaning =
             TRANSLATABLE("methods",
                          "Only what this split of each domain leaves to training is told; runs that use "
                          "what was learnt must split alike.")},
        {.name = "split-seed",
         .type = Type::Integer,
         .preset = 1,
         .low = 0,
         .high = 1e9,
         .label = TRANSLATABLE("methods", "Seed of the split"),
         .meaning = TRANSLATABLE("methods", "Same seed, same split."),
         .onlyWhen = "split=warm"}};
}

ExtractorDescription describeUsers()
{
    std::vector<Parameter> parameters =
        chatParameters("topic, genre, mood, style,\naudience, setting, themes, dislikes", defaultUserPrompt);
    const std::vector<Parameter> own = historyParameters();
    parameters.insert(parameters.end(), own.begin(), own.end());
    return {.name = "chat-users",
            .title = TRANSLATABLE("methods", "Preferences of people from a chat model"),
            .meaning = TRANSLATABLE(
                "methods",
                "Shows a chat model what a person took and rated in each domain, by training "
                "interactions alone, and asks what the person prefers; and how tastes carry over "
                "from domain to domain."),
            .needsServer = true,
            .isAboutUsers = true,
            .parameters = std::move(parameters)};
}

SplitSpec splitOf(const Parameters& settings)
{
    const std::string kind = settings.text("split");
    return {.kind = kind == "warm"    ? SplitSpec::Kind::Warm
                    : kind == "given" ? SplitSpec::Kind::Given
                                      : SplitSpec::Kind::LeaveOneOut,
            .seed = static_cast<std::uint64_t>(settings.integer("split-seed"))};
}

Result<std::vector<DomainHistories>> historiesOf(const Workspace& workspace,
                                                 const Extraction& extraction,
                                                 const JobContext& context)
{
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading histories")});
    const Parameters& settings = extraction.settings;
    const HistoryOptions options{.split = splitOf(settings),
                                 .least = static_cast<std::size_t>(settings.integer("min-history")),
                                 .most = static_cast<std::size_t>(settings.integer("max-history"))};
    std::vector<DomainHistories> all;
    for (const std::string& domain : extraction.request.domains) {
        Result<DomainHistories> histories = domainHistories(workspace, domain, options, context);
        if (!histories) {
            return passOn(histories);
        }
        all.push_back(std::move(*histories));
    }
    return all;
}

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
        const auto limit = static_cast<std::size_t>(m_settings.integer("text-limit")) >> manner.halvings;
        const RenderedPrompt prompt = renderPrompt(m_settings.text("pair-prompt"),
                                                   {.item = *texts.front(),
                                                    .facets = {},
                                                    .language = m_settings.text("reply-language"),
                                                    .domain = {}},
                                                   limit);
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
        const std::string text = plainParagraph(contentOf(reply).value_or(""), longestCarryOver);
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

void add(const InterviewReport& part, InterviewReport& whole)
{
    whole.calls += part.calls;
    whole.retries += part.retries;
    whole.fromCache += part.fromCache;
    whole.repeated += part.repeated;
    whole.repaired += part.repaired;
    whole.shortened += part.shortened;
    whole.valid += part.valid;
    whole.unreadable += part.unreadable;
    whole.tokensIn += part.tokensIn;
    whole.tokensOut += part.tokensOut;
    whole.tokensAreBounds = whole.tokensAreBounds || part.tokensAreBounds;
    whole.budgetReached = whole.budgetReached || part.budgetReached;
}

/// What is left of a budget.
Budget rest(const InterviewOptions& options, const InterviewReport& spent, double seconds)
{
    constexpr double nothing = 1e-9; // 0 is no limit
    Budget left = options.budget;
    const double money =
        options.price.of(static_cast<double>(spent.tokensIn), static_cast<double>(spent.tokensOut));
    left.tokens -= left.tokens > 0 ? std::min(left.tokens - 1, spent.tokensIn + spent.tokensOut) : 0;
    left.money -= left.money > 0.0 ? std::min(left.money - nothing, money) : 0.0;
    left.seconds -= left.seconds > 0.0 ? std::min(left.seconds - nothing, seconds) : 0.0;
    return left;
}

/// A job about people: asks about pairs first, then about each person in each domain.
class UserInterview
{
public:
    UserInterview(const Workspace& workspace,
                  const Extraction& extraction,
                  KnowledgeId id,
                  InterviewOptions options,
                  const JobContext& context)
        : m_knowledge(workspace)
        , m_store(workspace)
        , m_extraction(extraction)
        , m_id(id)
        , m_options(std::move(options))
        , m_context(context)
    {
    }

    Result<InterviewReport> run(std::vector<DomainHistories>& histories)
    {
        ChatInterviewer interviewer(m_extraction);
        if (m_extraction.settings.flag("carry-over")) {
            const Result<std::map<DomainId, std::string>> texts = askPairs(histories);
            if (!texts) {
                return passOn(texts);
            }
            interviewer.setCarryOver(*texts);
        }
        const Result<std::vector<UserSubject>> known = m_knowledge.subjects(m_id);
        if (!known) {
            return passOn(known);
        }
        std::vector<UserSubject> subjects;
        std::vector<ItemText> texts;
        for (DomainHistories& domain : histories) {
            for (std::size_t at = 0; at < domain.subjects.size(); ++at) {
                const UserSubject& subject = domain.subjects[at];
                if (std::ranges::find(*known, subject) == known->end()) {
                    domain.texts[at].item = static_cast<ItemId>(subjects.size());
                    subjects.push_back(subject);
                    texts.push_back(std::move(domain.texts[at]));
                }
            }
        }
        return ask(interviewer, texts, [&](const ExtractionStep& step) {
            return m_knowledge.commit(m_id, step, subjects);
        });
    }

private:
    Result<InterviewReport> ask(const Interviewer& interviewer,
                                std::span<const ItemText> texts,
                                const std::function<Status(const ExtractionStep&)>& commit)
    {
        InterviewOptions options = m_options;
        options.budget = rest(m_options, m_report, m_seconds);
        const Result<InterviewReport> asked =
            interview(interviewer, texts, options, m_store.replyCache(), commit, m_context);
        if (!asked) {
            return passOn(asked);
        }
        add(*asked, m_report);
        m_seconds += asked->seconds;
        return m_report;
    }

    /// By target: the texts of all pairs into it.
    Result<std::map<DomainId, std::string>> askPairs(const std::vector<DomainHistories>& histories)
    {
        std::vector<DomainPairText> pairs;
        std::vector<ItemText> texts;
        for (std::size_t source = 0; source < histories.size(); ++source) {
            for (std::size_t target = 0; target < histories.size(); ++target) {
                ItemText text = source == target
                                    ? ItemText{}
                                    : pairsTakenTogether(histories[source], histories[target], pairsTold);
                if (text.fields.empty()) {
                    continue;
                }
                const std::vector<std::string>& names = m_extraction.request.domains;
                text.title = fmt::format("From {} to {}", names[source], names[target]);
                text.item = static_cast<ItemId>(pairs.size());
                pairs.push_back({histories[source].domain, histories[target].domain, {}});
                texts.push_back(std::move(text));
            }
        }
        std::map<DomainId, std::string> byTarget;
        const PairInterviewer interviewer(m_extraction);
        const auto keep = [&](const ExtractionStep& step) -> Status {
            ExtractionStep rest = step;
            rest.facts.clear();
            rest.failures.clear(); // a pair that nothing is said of is no loss to people
            Status kept = m_store.commit(m_id, rest);
            for (const ItemFacts& facts : step.facts) {
                DomainPairText& pair = pairs[static_cast<std::size_t>(number(facts.item))];
                pair.text = facts.facets.front().text;
                kept = kept ? m_knowledge.putPair(m_id, pair) : kept;
            }
            return kept;
        };
        if (const Result<InterviewReport> asked = ask(interviewer, texts, keep); !asked) {
            return passOn(asked);
        }
        for (const DomainPairText& pair : pairs) {
            std::string& said = byTarget[pair.target];
            said += (said.empty() || pair.text.empty() ? "" : "\n") + pair.text;
        }
        return byTarget;
    }

    UserKnowledge m_knowledge;
    KnowledgeStore m_store;
    const Extraction& m_extraction;
    KnowledgeId m_id;
    InterviewOptions m_options;
    const JobContext& m_context;
    InterviewReport m_report;
    double m_seconds = 0.0;
};

Status check(const Extraction& extraction)
{
    return ChatInterviewer::check(extraction).and_then([&] {
        return checkPrompt(extraction.settings.text("pair-prompt"));
    });
}

Result<ExtractionReport> runUsers(Workspace& workspace,
                                  const Extraction& extraction,
                                  KnowledgeId id,
                                  const JobContext& context)
{
    if (const Status fits = check(extraction); !fits) {
        return passOn(fits);
    }
    Result<InterviewOptions> options = interviewOptions(workspace, extraction);
    Result<std::vector<DomainHistories>> histories = historiesOf(workspace, extraction, context);
    if (!options || !histories) {
        return options ? passOn(histories) : passOn(options);
    }
    const Price price = options->price;
    const Result<InterviewReport> asked =
        UserInterview(workspace, extraction, id, std::move(*options), context).run(*histories);
    if (!asked) {
        return passOn(asked);
    }
    ExtractionReport report = reportOf(*asked, price);
    for (const DomainHistories& domain : *histories) {
        report.without += domain.tooShort;
    }
    return report;
}

/// Without what is said of pairs: that is not known yet.
Result<ExtractionForecast> forecastUsers(const Workspace& workspace,
                                         const Extraction& extraction,
                                         int sample,
                                         const JobContext& context)
{
    const Status fits = check(extraction);
    Result<std::vector<DomainHistories>> histories = historiesOf(workspace, extraction, context);
    if (!fits || !histories) {
        return fits ? passOn(histories) : passOn(fits);
    }
    std::vector<ItemText> texts;
    for (DomainHistories& domain : *histories) {
        std::ranges::move(domain.texts, std::back_inserter(texts));
    }
    return forecastAbout(ChatInterviewer(extraction), texts, workspace, extraction, sample, context);
}

/// Of the first person with a history: the request, and the reply when asked.
Result<ExtractionPreview> previewUsers(const Workspace& workspace,
                                       const Extraction& extraction,
                                       ItemId /*item*/,
                                       const PreviewOptions& options,
                                       const JobContext& context)
{
    const Status fits = check(extraction);
    Result<std::vector<DomainHistories>> histories = historiesOf(workspace, extraction, context);
    if (!fits || !histories) {
        return fits ? passOn(histories) : passOn(fits);
    }
    const auto told =
        std::ranges::find_if(*histories, [](const DomainHistories& domain) { return !domain.texts.empty(); });
    if (told == histories->end()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "Nobody has a history that is long enough. Lower min-history."));
    }
    return previewAbout(
        ChatInterviewer(extraction), std::move(told->texts.front()), workspace, extraction, options, context);
}

} // namespace

ExtractorEntry userExtractor()
{
    return {.description = describeUsers(),
            .run = runUsers,
            .forecast = forecastUsers,
            .preview = previewUsers,
            .complete = nullptr};
}

} // namespace transept
