#include "core/knowledge/Questions.h"

#include "core/base/Json.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace transept {
namespace {

/// The lines to the server: threads that take questions and put answers where the caller's thread finds them.
class Lines
{
public:
    struct Answered
    {
        std::size_t question = 0;
        Result<ServerAnswer> answer;
    };

    Lines(std::span<const Question> questions, const QuestionOptions& options) : m_questions(questions)
    {
        for (int line = 0; line < options.lines; ++line) {
            m_threads.emplace_back(
                [this, server = options.server](const std::stop_token& stop) { work(server, stop); });
        }
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines()
    {
        for (std::jthread& thread : m_threads) {
            thread.request_stop();
        }
    }

    void ask(std::size_t question)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(question);
        m_changed.notify_all();
    }

    /// The next answer; nothing when none came for a moment.
    std::optional<Answered> next()
    {
        std::unique_lock lock(m_mutex);
        m_answered.wait_for(lock, std::chrono::milliseconds(40), [this] { return !m_done.empty(); });
        if (m_done.empty()) {
            return std::nullopt;
        }
        Answered first = std::move(m_done.front());
        m_done.pop_front();
        return first;
    }

private:
    void work(const ServerSettings& settings, const std::stop_token& stop)
    {
        LlmServer server(settings);
        while (!stop.stop_requested()) {
            std::size_t question = 0;
            {
                std::unique_lock lock(m_mutex);
                if (!m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
                    return;
                }
                question = m_waiting.front();
                m_waiting.pop_front();
            }
            Result<ServerAnswer> answer =
                server.post(m_questions[question].path, m_questions[question].request, stop);
            const std::lock_guard lock(m_mutex);
            m_done.push_back({question, std::move(answer)});
            m_answered.notify_all();
        }
    }

    std::span<const Question> m_questions;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::condition_variable m_answered;
    std::deque<std::size_t> m_waiting;
    std::deque<Answered> m_done;
    std::vector<std::jthread> m_threads; ///< last: joined before the rest goes
};

/// The state of askAll() while it works.
class Conversation
{
public:
    Conversation(const KnowledgeStore& store,
                 std::span<const Question> questions,
                 const QuestionOptions& options)
        : m_store(store)
        , m_questions(questions)
        , m_options(options)
        , m_lines(questions, options)
    {
    }

    using Take = std::function<Status(std::size_t, const Reply&)>;

    Status run(const Take& take, const JobContext& context)
    {
        while (m_next < m_questions.size() || m_underWay > 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return goOn;
            }
            if (const Status asked = askMore(take); !asked) {
                return asked;
            }
            if (report.budgetReached && m_underWay == 0) {
                break;
            }
            if (auto answered = m_underWay > 0 ? m_lines.next() : std::nullopt) {
                --m_underWay;
                m_reserved -= m_questions[answered->question].estimatedTokens();
                if (const Status taken = accept(std::move(*answered), take); !taken) {
                    return taken;
                }
            }
            tell(context);
        }
        return {};
    }

    QuestionReport report;

private:
    /// Answers from the cache, and keeps every line busy.
    Status askMore(const Take& take)
    {
        while (m_next < m_questions.size() && m_underWay < m_options.lines && !report.budgetReached) {
            const Question& question = m_questions[m_next];
            const auto cached = m_store.cachedReply(hashOf(question, m_options.server.url));
            if (!cached) {
                return passOn(cached);
            }
            if (*cached) {
                ++report.fromCache;
                const Reply reply{.answer =
                                      ServerAnswer{.body = Json::parse((*cached)->reply, nullptr, false)},
                                  .fromCache = true};
                if (const Status taken = take(m_next++, reply); !taken) {
                    return taken;
                }
                continue;
            }
            const std::int64_t spent = report.tokensIn + report.tokensOut + m_reserved;
            if (m_options.tokenBudget > 0 && spent + question.estimatedTokens() > m_options.tokenBudget) {
                report.budgetReached = true;
                break;
            }
            m_reserved += question.estimatedTokens();
            ++m_underWay;
            m_lines.ask(m_next++);
        }
        return {};
    }

    Status accept(Lines::Answered answered, const Take& take)
    {
        if (!answered.answer && answered.answer.error().code != ErrorCode::InvalidInput) {
            return passOn(answered.answer);
        }
        if (answered.answer) {
            const ServerAnswer& answer = *answered.answer;
            const Question& question = m_questions[answered.question];
            report.tokensIn += answer.tokensIn;
            report.tokensOut += answer.tokensOut;
            const Status cached =
                m_store.cacheReply(hashOf(question, m_options.server.url),
                                   question.path,
                                   m_options.model,
                                   {.reply = answer.body.dump(-1, ' ', false, Json::error_handler_t::replace),
                                    .tokensIn = answer.tokensIn,
                                    .tokensOut = answer.tokensOut},
                                   answer.seconds);
            if (!cached) {
                return cached;
            }
        }
        return take(answered.question, {.answer = std::move(answered.answer)});
    }

    void tell(const JobContext& context) const
    {
        const std::size_t done = m_next - static_cast<std::size_t>(m_underWay);
        context.progress({.fraction = static_cast<double>(done) / static_cast<double>(m_questions.size()),
                          .stage = TRANSLATABLE("stages", "Asking the server"),
                          .done = static_cast<std::int64_t>(done),
                          .total = static_cast<std::int64_t>(m_questions.size())});
    }

    const KnowledgeStore& m_store;
    std::span<const Question> m_questions;
    const QuestionOptions& m_options;
    Lines m_lines;
    std::size_t m_next = 0;
    int m_underWay = 0;
    std::int64_t m_reserved = 0; ///< tokens that requests under way may cost
};

} // namespace

std::string hashOf(const Question& question, const std::string& url)
{
    return fingerprint(Json{{"url", url}, {"path", question.path}, {"request", question.request}});
}

Result<QuestionReport> askAll(const KnowledgeStore& store,
                              std::span<const Question> questions,
                              const QuestionOptions& options,
                              const std::function<Status(std::size_t question, const Reply&)>& take,
                              const JobContext& context)
{
    Conversation conversation(store, questions, options);
    if (const Status done = conversation.run(take, context); !done) {
        return passOn(done);
    }
    return conversation.report;
}

} // namespace transept
