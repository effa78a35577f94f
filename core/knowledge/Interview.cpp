#include "core/knowledge/Interview.h"

#include "core/base/Json.h"
#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerLines.h"

#include <deque>

namespace transept {
namespace {

constexpr std::size_t keptReply = 4096; // bytes of a reply that a failure keeps
constexpr int firstRefusals = 10;
constexpr std::size_t textsPerCommit = 500; // when no server has to be waited for

std::string textOf(const Json& body)
{
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The sum over all texts in a part of a request.
template<typename Measure>
std::int64_t sumOverTexts(const Json& part, const Measure& measure)
{
    if (part.is_string()) {
        return measure(part.get_ref<const std::string&>());
    }
    std::int64_t sum = 0;
    if (part.is_structured()) {
        for (const Json& each : part) {
            sum += sumOverTexts(each, measure);
        }
    }
    return sum;
}

/// What a model is to read: the messages, or the texts to embed.
Json readPartOf(const Json& request)
{
    return request.contains("messages") ? request["messages"] : request.value("input", Json());
}

/// The state of an interview while it goes on.
class Interviewing
{
public:
    Interviewing(const Interviewer& interviewer,
                 std::span<const ItemText> texts,
                 const InterviewOptions& options,
                 ReplyCache cache)
        : m_interviewer(interviewer)
        , m_texts(texts)
        , m_options(options)
        , m_cache(std::move(cache))
        , m_manner(interviewer.firstManner())
        , m_dimension(options.dimension)
        , m_lines(options.server, interviewer.path(), options.lines)
    {
    }

    using Commit = std::function<Status(const ExtractionStep&)>;

    Result<InterviewReport> run(const Commit& commit, const JobContext& context)
    {
        while (!isOver()) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                takeAnswers();
                const Status kept = handOn(commit); // it was paid for
                return passOn(kept ? goOn : kept);
            }
            if (const Status asked = askMore(); !asked) {
                return passOn(asked);
            }
            if (!m_underWay.empty() && m_step.facts.size() < textsPerCommit) {
                takeAnswers();
            }
            if (const Status handedOn = handOn(commit); !handedOn) {
                return passOn(handedOn);
            }
            tell(context);
        }
        if (m_fatal) {
            return tl::unexpected(*m_fatal);
        }
        m_report.seconds = elapsed();
        return m_report;
    }

private:
    /// Texts that are asked about together.
    struct Asked
    {
        std::vector<std::size_t> texts;
        Manner manner;
        TokenBound bound;
    };

    void takeAnswers()
    {
        for (ServerLines::Answered& answered : m_lines.answered()) {
            accept(answered.ticket, std::move(answered.exchange));
        }
    }

    Status handOn(const Commit& commit)
    {
        const Status committed = m_step.isEmpty() ? Status() : commit(m_step);
        m_step = {};
        return committed;
    }

    bool isOver() const
    {
        const bool nothingToAsk =
            m_fatal || (m_next == m_texts.size() && m_forming.empty() && m_again.empty());
        return nothingToAsk && m_underWay.empty();
    }

    bool isFormed() const { return m_forming.size() >= m_interviewer.textsPerRequest(); }
    bool isFull() const { return m_underWay.size() >= static_cast<std::size_t>(m_options.lines); }

    /// Keeps every line busy: what is to be asked again comes first; answers of the cache on the way.
    Status askMore()
    {
        while (!m_fatal && !isFull() && !m_again.empty()) {
            if (!send(m_again.front())) {
                return {};
            }
            m_again.pop_front();
        }
        std::size_t looked = 0;
        while (!m_fatal && !isFull() && m_next < m_texts.size() && looked++ < textsPerCommit) {
            if (isFormed() && !sendForming()) {
                return {};
            }
            if (const Status taken = takeNext(); !taken) {
                return taken;
            }
        }
        if (!m_fatal && !isFull() && (isFormed() || (m_next == m_texts.size() && !m_forming.empty()))) {
            sendForming();
        }
        return {};
    }

    /// Answers the next text from the cache, or puts it to those that are to be asked about.
    Status takeNext()
    {
        const std::size_t text = m_next++;
        const std::string hash = hashOf(m_interviewer, m_texts[text], m_options.server.url);
        const Result<std::optional<std::string>> cached = m_cache.find(hash);
        if (!cached) {
            return passOn(cached);
        }
        if (*cached) {
            if (const Json reply = Json::parse(**cached, nullptr, false); !reply.is_discarded()) {
                if (const Result<Facts> facts = m_interviewer.read(reply, m_texts[text])) {
                    ++m_report.fromCache;
                    ++m_settled;
                    know(text, *facts);
                    return {};
                }
            }
            m_step.forgotten.push_back(hash); // of no use any more: asked anew
        }
        if (m_report.budgetReached) {
            ++m_settled;
            return {};
        }
        if (const auto [same, isNew] = m_same.try_emplace(hash); !isNew) {
            same->second.push_back(text);
            return {};
        }
        m_forming.push_back(text);
        return {};
    }

    /// False when a line or budget has to be waited for: all stays as it is.
    bool sendForming()
    {
        Asked asked{.texts = m_forming, .manner = m_manner, .bound = {}};
        const bool gone = send(asked);
        if (gone) {
            m_forming.clear();
        }
        return gone;
    }

    /// True when it was sent, or dropped because the budget is spent.
    bool send(Asked asked)
    {
        asked.manner.form = std::max(asked.manner.form, m_manner.form);
        asked.manner.systemRole = asked.manner.systemRole && m_manner.systemRole;
        std::vector<const ItemText*> about;
        for (const std::size_t text : asked.texts) {
            about.push_back(&m_texts[text]);
        }
        Json request = m_interviewer.requestFor(about, asked.manner);
        asked.bound = boundOf(request);
        if (!fitsBudget(asked.bound)) {
            if (!m_underWay.empty()) {
                return false; // what is under way costs less than it may
            }
            m_report.budgetReached = true;
            for (const std::size_t text : asked.texts) {
                settle(text);
            }
            return true;
        }
        m_reserved.in += asked.bound.in;
        m_reserved.out += asked.bound.out;
        m_lines.ask(m_ticket, std::move(request));
        m_underWay.emplace(m_ticket++, std::move(asked));
        return true;
    }

    bool fitsBudget(const TokenBound& bound) const
    {
        const Budget& budget = m_options.budget;
        const std::int64_t in = m_report.tokensIn + m_reserved.in + bound.in;
        const std::int64_t out = m_report.tokensOut + m_reserved.out + bound.out;
        const double usual = m_report.calls == 0 ? 0.0 : m_latency / static_cast<double>(m_report.calls);
        return (budget.tokens == 0 || in + out <= budget.tokens) &&
               (budget.money == 0.0 ||
                m_options.price.of(static_cast<double>(in), static_cast<double>(out)) <= budget.money) &&
               (budget.seconds == 0.0 || elapsed() + usual <= budget.seconds);
    }

    double elapsed() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

    void accept(std::size_t ticket, Exchange exchange)
    {
        const auto found = m_underWay.find(ticket);
        const Asked asked = std::move(found->second);
        m_underWay.erase(found);
        m_reserved.in -= asked.bound.in;
        m_reserved.out -= asked.bound.out;
        if (exchange.answer) {
            count(*exchange.answer, asked.bound);
            takeAnswer(asked, *exchange.answer);
        } else if (exchange.answer.error().code == ErrorCode::InvalidInput && !refusesAll()) {
            takeObjection(asked, exchange);
        } else if (!m_fatal) {
            m_fatal = exchange.answer.error();
        }
    }

    /// A server that has refused the first requests, each in its last manner, will refuse the others.
    bool refusesAll() const { return m_report.calls == 0 && m_givenUp >= firstRefusals; }

    /// For the report of this time, and for what the knowledge base keeps.
    void tally(std::int64_t AnswerCounts::*what, std::int64_t count = 1)
    {
        m_report.*what += count;
        m_step.answers.*what += count;
    }

    void count(const ServerAnswer& answer, const TokenBound& bound)
    {
        const TokenBound spent = answer.tellsTokens ? TokenBound{answer.tokensIn, answer.tokensOut} : bound;
        tally(&AnswerCounts::calls);
        tally(&AnswerCounts::retries, answer.attempts - 1);
        m_report.tokensAreBounds = m_report.tokensAreBounds || !answer.tellsTokens;
        m_report.tokensIn += spent.in;
        m_report.tokensOut += spent.out;
        m_report.spent.push_back(spent);
        m_report.latencies.push_back(answer.seconds);
        m_latency += answer.seconds;
        m_step.tokensIn += spent.in;
        m_step.tokensOut += spent.out;
    }

    void takeObjection(const Asked& asked, const Exchange& exchange)
    {
        const auto next = withoutObjection(m_interviewer, asked.manner, exchange.objection);
        const bool isAlone = asked.texts.size() == 1;
        if (next && (isAlone || exchange.objection != Objection::TooLong)) {
            m_report.shortened += asked.manner.halvings == 0 && next->halvings == 1 ? 1 : 0;
            m_manner.form = std::max(m_manner.form, next->form);
            m_manner.systemRole = m_manner.systemRole && next->systemRole;
            m_again.push_back({asked.texts, *next, {}});
        } else if (isAlone) {
            giveUp(asked.texts.front(), exchange.answer.error(), {});
        } else {
            askSingly(asked);
        }
    }

    /// One of several texts may spoil the request for the others.
    void askSingly(const Asked& asked)
    {
        for (const std::size_t text : asked.texts) {
            m_again.push_back({{text}, asked.manner, {}});
        }
    }

    void takeAnswer(const Asked& asked, const ServerAnswer& answer)
    {
        const Result<std::vector<Json>> replies = m_interviewer.repliesIn(answer.body, asked.texts.size());
        if (!replies) {
            if (asked.texts.size() > 1) {
                askSingly(asked);
            } else {
                unreadable(asked, answer.body, replies.error());
            }
            return;
        }
        for (std::size_t at = 0; at < asked.texts.size(); ++at) {
            const std::size_t text = asked.texts[at];
            const Result<Facts> facts = m_interviewer.read((*replies)[at], m_texts[text]);
            if (!facts) {
                unreadable({{text}, asked.manner, {}}, (*replies)[at], facts.error());
                continue;
            }
            if (!asked.manner.repair && !asked.manner.isLonger) {
                tally(&AnswerCounts::valid);
            }
            const auto share = static_cast<std::int64_t>(asked.texts.size());
            m_step.replies.push_back({.hash = hashOf(m_interviewer, m_texts[text], m_options.server.url),
                                      .endpoint = m_interviewer.path(),
                                      .model = m_options.model,
                                      .reply = textOf((*replies)[at]),
                                      .tokensIn = answer.tokensIn / share,
                                      .tokensOut = answer.tokensOut / share,
                                      .seconds = answer.seconds / static_cast<double>(share)});
            for (const std::size_t same : settle(text)) {
                know(same, *facts);
            }
        }
    }

    void unreadable(const Asked& asked, const Json& reply, const Error& problem)
    {
        const bool isFirst = !asked.manner.repair && !asked.manner.isLonger;
        if (isFirst) {
            tally(&AnswerCounts::unreadable);
        }
        if (const auto repair =
                isFirst ? m_interviewer.repairOf(reply, problem, asked.manner) : std::nullopt) {
            ++m_report.repaired;
            m_again.push_back({asked.texts, *repair, {}});
            return;
        }
        giveUp(asked.texts.front(), problem, textOf(reply).substr(0, keptReply));
    }

    void giveUp(std::size_t text, const Error& problem, const std::string& said)
    {
        ++m_givenUp;
        for (const std::size_t same : settle(text)) {
            fail(same, problem, said);
        }
    }

    /// The text and all that ask the same; they count as done.
    std::vector<std::size_t> settle(std::size_t text)
    {
        std::vector<std::size_t> all{text};
        const auto same = m_same.find(hashOf(m_interviewer, m_texts[text], m_options.server.url));
        if (same != m_same.end()) {
            all.insert(all.end(), same->second.begin(), same->second.end());
            m_report.repeated += static_cast<std::int64_t>(same->second.size());
            m_same.erase(same);
        }
        m_settled += all.size();
        return all;
    }

    void know(std::size_t text, const Facts& facts)
    {
        const std::size_t length = facts.vector.size();
        if (m_dimension != 0 && length != 0 && length != m_dimension) {
            fail(
                text,
                {.code = ErrorCode::InvalidInput,
                 .sentence = TRANSLATABLE("errors",
                                          "The reply's vectors have %1 numbers, those before had %2. Has the "
                                          "server another model now? Extract under a new name."),
                 .arguments = {std::to_string(length), std::to_string(m_dimension)},
                 .detail = {}},
                {});
            return;
        }
        if (m_dimension == 0 && length != 0) {
            m_dimension = length;
            m_step.dimension = static_cast<int>(length);
        }
        m_step.facts.push_back({.item = m_texts[text].item,
                                .facets = facts.facets,
                                .vector = facts.vector,
                                .facetVectors = {},
                                .termWeights = {}});
    }

    void fail(std::size_t text, const Error& problem, const std::string& said)
    {
        m_step.failures.push_back({.item = m_texts[text].item,
                                   .itemKey = {},
                                   .title = {},
                                   .reason = problem.sentence,
                                   .arguments = problem.arguments,
                                   .reply = said});
    }

    void tell(const JobContext& context) const
    {
        context.progress({.fraction = static_cast<double>(m_settled) / static_cast<double>(m_texts.size()),
                          .stage = TRANSLATABLE("stages", "Asking the server"),
                          .done = static_cast<std::int64_t>(m_settled),
                          .total = static_cast<std::int64_t>(m_texts.size())});
    }

    const Interviewer& m_interviewer;
    std::span<const ItemText> m_texts;
    const InterviewOptions& m_options;
    ReplyCache m_cache;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    Manner m_manner; ///< as the server was found to need it
    std::size_t m_next = 0;
    std::size_t m_settled = 0; ///< texts
    std::size_t m_ticket = 0;
    std::vector<std::size_t> m_forming; ///< the next request
    std::deque<Asked> m_again;
    std::unordered_map<std::size_t, Asked> m_underWay; ///< by ticket
    std::unordered_map<std::string, std::vector<std::size_t>>
        m_same;            ///< by hash of what is asked: the others
    TokenBound m_reserved; ///< what is under way may cost
    double m_latency = 0.0;
    int m_givenUp = 0; ///< questions
    std::size_t m_dimension = 0;
    ExtractionStep m_step;
    std::optional<Error> m_fatal;

    InterviewReport m_report;
    ServerLines m_lines; ///< last: its threads end before the rest goes
};

} // namespace

std::optional<Manner> Interviewer::repairOf(const Json& /*reply*/,
                                            const Error& /*problem*/,
                                            const Manner& /*manner*/) const
{
    return std::nullopt;
}

Status Interviewer::finish(const KnowledgeStore& /*store*/,
                           KnowledgeId /*id*/,
                           const JobContext& /*context*/) const
{
    return {};
}

TokenBound boundOf(const Json& request)
{
    constexpr std::int64_t perMessage = 64; // of the template that a model's messages are put into
    const Json part = readPartOf(request);
    const auto bytes = [](const std::string& text) { return static_cast<std::int64_t>(text.size()); };
    return {.in = sumOverTexts(part, bytes) +
                  static_cast<std::int64_t>(request.value("response_format", Json()).dump().size()) +
                  perMessage * static_cast<std::int64_t>(part.size() + 1),
            .out = request.value("max_tokens", std::int64_t{0})};
}

std::int64_t estimatedTokensOf(const Json& request)
{
    return sumOverTexts(readPartOf(request), [](const std::string& text) { return estimatedTokens(text); });
}

std::string hashOf(const Interviewer& interviewer, const ItemText& text, const std::string& url)
{
    // Some servers answer with and without it: the same server, the same answer.
    const std::string server = url.ends_with("/v1") ? url.substr(0, url.size() - 3) : url;
    return fingerprint(
        Json{{"url", server}, {"path", interviewer.path()}, {"request", interviewer.questionAbout(text)}});
}

std::optional<Manner> withoutObjection(const Interviewer& interviewer,
                                       const Manner& manner,
                                       Objection objection)
{
    Manner next = manner;
    switch (objection) {
    case Objection::TooLong:
        ++next.halvings;
        return manner.halvings < mostHalvings ? std::optional(next) : std::nullopt;
    case Objection::ReplyForm:
        next.form = manner.form == ReplyForm::Schema ? ReplyForm::Object : ReplyForm::Plain;
        return interviewer.adaptsForm() && manner.form != ReplyForm::Plain ? std::optional(next)
                                                                           : std::nullopt;
    case Objection::SystemRole:
        next.systemRole = false;
        return manner.systemRole ? std::optional(next) : std::nullopt;
    case Objection::Rejected:
    case Objection::None:
        return std::nullopt;
    }
    return std::nullopt;
}

Result<InterviewReport> interview(const Interviewer& interviewer,
                                  std::span<const ItemText> texts,
                                  const InterviewOptions& options,
                                  ReplyCache cache,
                                  const std::function<Status(const ExtractionStep&)>& commit,
                                  const JobContext& context)
{
    return Interviewing(interviewer, texts, options, std::move(cache)).run(commit, context);
}

} // namespace transept
