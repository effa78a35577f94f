// What people like, said by a chat model that reads their training histories, as KAR does (Xi et al. 2024:
// factorised prompts, one for each domain).

#include "core/knowledge/CarryOver.h"
#include "core/knowledge/ChatInterviewer.h"
#include "core/knowledge/Forecast.h"
#include "core/knowledge/PromptLibrary.h"
#include "core/knowledge/Redaction.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

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
         .onlyWhen = "carry-over=true",
         .check = checkPromptSetting<PromptSubject::Pairs>},
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
        chatParameters({.facets = "topic, genre, mood, style,\naudience, setting, themes, dislikes",
                        .prompt = defaultUserPrompt,
                        .checkPrompt = checkPromptSetting<PromptSubject::People>});
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

/// The order in which a knowledge base lists its people.
bool comesBefore(const UserSubject& a, const UserSubject& b)
{
    return std::tie(a.person, a.domain) < std::tie(b.person, b.domain);
}

/// As people wrote them.
Result<std::vector<DomainHistories>> writtenHistories(const Workspace& workspace,
                                                      const Extraction& extraction,
                                                      const JobContext& context)
{
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading histories")});
    const HistoryOptions options = historyOptions(extraction.settings);
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

std::vector<DomainHistories> asSent(std::vector<DomainHistories> histories, const Parameters& settings)
{
    Redactions found;
    for (DomainHistories& domain : histories) {
        for (ItemText& text : domain.texts) {
            text = asSent(std::move(text), settings, found);
        }
    }
    return histories;
}

/// As they may leave this machine.
Result<std::vector<DomainHistories>> historiesOf(const Workspace& workspace,
                                                 const Extraction& extraction,
                                                 const JobContext& context)
{
    Result<std::vector<DomainHistories>> histories = writtenHistories(workspace, extraction, context);
    return histories
               ? Result<std::vector<DomainHistories>>(asSent(std::move(*histories), extraction.settings))
               : passOn(histories);
}

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
            CarryOver carryOver(m_extraction, histories);
            if (const Status kept = keepPairs(carryOver); !kept) {
                return passOn(kept);
            }
            const Status asked = ask([&](const InterviewOptions& options) {
                return carryOver.ask(
                    options,
                    m_store.replyCache(),
                    [this](const ExtractionStep& step, std::span<const DomainPairText> said) {
                        return m_knowledge.commit(m_id, step, said);
                    },
                    m_context);
            });
            if (!asked) {
                return passOn(asked);
            }
            if (m_report.budgetReached) {
                return m_report; // prompts about people would lack what is not said yet
            }
            interviewer.setCarryOver(carryOver.byTarget());
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
                if (!std::ranges::binary_search(*known, subject, comesBefore)) {
                    domain.texts[at].item = static_cast<ItemId>(subjects.size());
                    subjects.push_back(subject);
                    texts.push_back(std::move(domain.texts[at]));
                }
            }
        }
        const Status asked = ask([&](const InterviewOptions& options) {
            return interview(
                interviewer,
                texts,
                options,
                m_store.replyCache(),
                [&](const ExtractionStep& step) { return m_knowledge.commit(m_id, step, subjects); },
                m_context);
        });
        return asked ? Result<InterviewReport>(m_report) : passOn(asked);
    }

private:
    /// What was said when people were asked who are there already goes for those who are added, or tried
    /// again: prompts of one knowledge base say the same, whoever came since. What was never finished takes
    /// what holds of the histories now; an answer that is in the cache is not paid for again.
    Status keepPairs(CarryOver& carryOver) const
    {
        if (!m_extraction.keeps) {
            return {};
        }
        const auto pairs = m_knowledge.pairs(m_id);
        if (!pairs) {
            return passOn(pairs);
        }
        carryOver.keep(*pairs);
        return {};
    }

    /// One of several interviews, with what is left of the budget.
    template<typename Interview>
    Status ask(const Interview& interview)
    {
        InterviewOptions options = m_options;
        options.budget = rest(m_options, m_report, m_seconds);
        const Result<InterviewReport> asked = interview(options);
        if (!asked) {
            return passOn(asked);
        }
        add(*asked, m_report);
        m_seconds += asked->seconds;
        return {};
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

Result<ExtractionReport> runUsers(Workspace& workspace,
                                  const Extraction& extraction,
                                  KnowledgeId id,
                                  const JobContext& context)
{
    if (const Status fits = ChatInterviewer::check(extraction); !fits) {
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

/// The interviewer with what is known of how tastes carry over; asks about the rest when `sample` says so, so
/// that questions about people are those of the extraction.
Result<ChatInterviewer> interviewerWith(CarryOver& carryOver,
                                        const Workspace& workspace,
                                        const Extraction& extraction,
                                        bool asks,
                                        const JobContext& context)
{
    const KnowledgeStore store(workspace);
    ChatInterviewer interviewer(extraction);
    if (!extraction.settings.flag("carry-over")) {
        return interviewer;
    }
    if (asks) {
        const Result<InterviewOptions> options = interviewOptions(workspace, extraction);
        const Result<InterviewReport> asked =
            options ? carryOver.ask(
                          *options,
                          store.replyCache(),
                          [&](const ExtractionStep& step, std::span<const DomainPairText> /*said*/) {
                              return store.keepReplies(step.replies);
                          },
                          context)
                    : passOn(options);
        if (!asked) {
            return passOn(asked);
        }
    } else if (const Status known =
                   carryOver.recall(store.replyCache(), baseAddress(extraction.settings.text("url")));
               !known) {
        return passOn(known);
    }
    interviewer.setCarryOver(carryOver.byTarget());
    return interviewer;
}

Result<ExtractionForecast> forecastUsers(const Workspace& workspace,
                                         const Extraction& extraction,
                                         int sample,
                                         const JobContext& context)
{
    const Status fits = ChatInterviewer::check(extraction);
    Result<std::vector<DomainHistories>> histories = historiesOf(workspace, extraction, context);
    if (!fits || !histories) {
        return fits ? passOn(histories) : passOn(fits);
    }
    CarryOver carryOver(extraction, *histories);
    const Result<ChatInterviewer> interviewer =
        interviewerWith(carryOver, workspace, extraction, sample > 0, context);
    if (!interviewer) {
        return passOn(interviewer);
    }
    std::vector<ItemText> texts;
    for (DomainHistories& domain : *histories) {
        std::ranges::move(domain.texts, std::back_inserter(texts));
    }
    Result<ExtractionForecast> cost =
        forecastAbout(*interviewer, texts, workspace, extraction, sample, context);
    if (cost && extraction.settings.flag("carry-over")) {
        cost->calls += carryOver.unanswered();
    }
    return cost;
}

/// The history that a preview is about; null when there is none that is long enough.
const ItemText* previewed(const std::vector<DomainHistories>& histories, const PreviewOptions& options)
{
    for (const DomainHistories& domain : histories) {
        if (options.domain && *options.domain != domain.domain) {
            continue;
        }
        if (!options.person && !domain.texts.empty()) {
            return &domain.texts.front();
        }
        const auto subject =
            std::ranges::find(domain.subjects, options.person.value_or(PersonId{}), &UserSubject::person);
        if (options.person && subject != domain.subjects.end()) {
            return &domain.texts[static_cast<std::size_t>(subject - domain.subjects.begin())];
        }
    }
    return nullptr;
}

/// Of the person that is asked for, or the first with a history: the request, and the reply when asked.
Result<ExtractionPreview> previewUsers(const Workspace& workspace,
                                       const Extraction& extraction,
                                       ItemId /*item*/,
                                       const PreviewOptions& options,
                                       const JobContext& context)
{
    const Status fits = ChatInterviewer::check(extraction);
    const Result<std::vector<DomainHistories>> histories = writtenHistories(workspace, extraction, context);
    if (!fits || !histories) {
        return fits ? passOn(histories) : passOn(fits);
    }
    CarryOver carryOver(extraction, asSent(*histories, extraction.settings));
    const Result<ChatInterviewer> interviewer =
        interviewerWith(carryOver, workspace, extraction, false, context);
    if (!interviewer) {
        return passOn(interviewer);
    }
    const ItemText* const told = previewed(*histories, options);
    if (told == nullptr) {
        return fail(
            ErrorCode::NotFound,
            options.person
                ? TRANSLATABLE("errors",
                               "This person has no history that is long enough. Choose another "
                               "one, or lower min-history.")
                : TRANSLATABLE("errors", "Nobody has a history that is long enough. Lower min-history."));
    }
    return previewAbout(*interviewer, *told, workspace, extraction, options, context);
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
