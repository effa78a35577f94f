#include "core/knowledge/ServerExtractor.h"

#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

constexpr std::size_t keptReply = 4096; // bytes of a reply that a failure keeps

/// The items as the questions take them, one run of items a question.
std::span<const ItemText> itemsOf(const Interviewer& interviewer,
                                  std::span<const ItemText> items,
                                  std::size_t question)
{
    const std::size_t first = question * interviewer.itemsPerQuestion();
    return items.subspan(first, std::min(interviewer.itemsPerQuestion(), items.size() - first));
}

std::vector<Question> questionsFor(const Interviewer& interviewer, std::span<const ItemText> items)
{
    const std::size_t size = interviewer.itemsPerQuestion();
    std::vector<Question> questions((items.size() + size - 1) / size);
    for (std::size_t question = 0; question < questions.size(); ++question) {
        questions[question] = interviewer.questionFor(itemsOf(interviewer, items, question));
    }
    return questions;
}

std::string textOf(const Json& body)
{
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Puts what the replies say where it belongs: facts, or failures.
class ReplyTaker
{
public:
    ReplyTaker(const KnowledgeStore& store,
               const KnowledgeBase& base,
               const Interviewer& interviewer,
               std::string url)
        : m_store(store)
        , m_id(base.id)
        , m_interviewer(interviewer)
        , m_url(std::move(url))
        , m_dimension(static_cast<std::size_t>(base.dimension))
    {
    }

    Status take(const Question& question, std::span<const ItemText> items, const Reply& reply)
    {
        if (!reply.answer) {
            return putFailures(items, reply.answer.error(), {});
        }
        const ServerAnswer& answer = *reply.answer;
        if (!reply.fromCache && answer.tokensIn + answer.tokensOut > 0) {
            if (const Status added = m_store.addTokens(m_id, answer.tokensIn, answer.tokensOut); !added) {
                return added;
            }
        }
        const Result<std::vector<ItemFacts>> facts = m_interviewer.read(answer.body, items);
        if (!facts) {
            const Status forgotten = m_store.forgetReply(hashOf(question, m_url)); // trying again asks again
            return forgotten ? putFailures(items, facts.error(), textOf(answer.body).substr(0, keptReply))
                             : forgotten;
        }
        const std::size_t length = facts->front().vector.size();
        if (m_dimension != 0 && length != 0 && length != m_dimension) {
            return putFailures(items, otherLength(length), {});
        }
        if (m_dimension == 0 && length != 0) {
            m_dimension = length;
            if (const Status set = m_store.setDimension(m_id, static_cast<int>(length)); !set) {
                return set;
            }
        }
        return m_store.put(m_id, *facts);
    }

private:
    Error otherLength(std::size_t length) const
    {
        return {.code = ErrorCode::InvalidInput,
                .sentence = TRANSLATABLE("errors",
                                         "The reply's vectors have %1 numbers, those before had %2. Has the "
                                         "server another model now? Extract under a new name."),
                .arguments = {std::to_string(length), std::to_string(m_dimension)}};
    }

    Status putFailures(std::span<const ItemText> items, const Error& problem, const std::string& said) const
    {
        for (const ItemText& item : items) {
            const Status put = m_store.putFailure(m_id,
                                                  {.item = item.item,
                                                   .reason = problem.sentence,
                                                   .arguments = problem.arguments,
                                                   .reply = said});
            if (!put) {
                return put;
            }
        }
        return {};
    }

    const KnowledgeStore& m_store;
    KnowledgeId m_id;
    const Interviewer& m_interviewer;
    std::string m_url;
    std::size_t m_dimension; ///< of the vectors so far; 0: none yet
};

} // namespace

Status Interviewer::finish(const KnowledgeStore& /*store*/,
                           KnowledgeId /*id*/,
                           const JobContext& /*context*/) const
{
    return {};
}

Result<ExtractionReport> runInterview(MakeInterviewer make,
                                      const Workspace& workspace,
                                      const Extraction& extraction,
                                      KnowledgeId id,
                                      const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const auto interviewer = make(extraction);
    const Result<QuestionOptions> options = questionOptions(extraction);
    if (!interviewer || !options) {
        return interviewer ? passOn(options) : passOn(interviewer);
    }
    const Result<KnowledgeBase> base = store.find(id);
    const Result<std::vector<ItemText>> items = itemsToAsk(workspace, extraction, id, context);
    if (!base || !items) {
        return base ? passOn(items) : passOn(base);
    }
    ReplyTaker taker(store, *base, **interviewer, options->server.url);
    const std::vector<Question> questions = questionsFor(**interviewer, *items);
    const Result<QuestionReport> asked = askAll(
        store,
        questions,
        *options,
        [&](std::size_t question, const Reply& reply) {
            return taker.take(questions[question], itemsOf(**interviewer, *items, question), reply);
        },
        context);
    if (!asked) {
        return passOn(asked);
    }
    if (!asked->budgetReached) {
        if (const Status finished = (*interviewer)->finish(store, id, context); !finished) {
            return passOn(finished);
        }
    }
    return ExtractionReport{.tokensIn = asked->tokensIn,
                            .tokensOut = asked->tokensOut,
                            .fromCache = asked->fromCache,
                            .budgetReached = asked->budgetReached};
}

Result<ExtractionForecast> forecastInterview(MakeInterviewer make,
                                             const Workspace& workspace,
                                             const Extraction& extraction,
                                             const JobContext& context)
{
    const auto interviewer = make(extraction);
    const Result<std::vector<ItemText>> items = itemsWithText(workspace, extraction, context);
    if (!interviewer || !items) {
        return interviewer ? passOn(items) : passOn(interviewer);
    }
    return forecastOf(
        workspace, extraction, questionsFor(**interviewer, *items), static_cast<std::int64_t>(items->size()));
}

Result<ExtractionPreview> previewInterview(MakeInterviewer make,
                                           const Workspace& workspace,
                                           const Extraction& extraction,
                                           const PreviewRequest& request,
                                           const JobContext& context)
{
    const auto interviewer = make(extraction);
    const Result<ItemText> text = textOf(workspace, extraction, request.item, context);
    if (!interviewer || !text) {
        return interviewer ? passOn(text) : passOn(interviewer);
    }
    const std::span<const ItemText> items(&*text, 1);
    const Question question = (*interviewer)->questionFor(items);
    ExtractionPreview preview{.request = question.request.dump(2)};
    if (!request.ask) {
        return preview;
    }
    const Result<ServerAnswer> answer = askOnce(extraction, question, context);
    if (!answer) {
        preview.problem = answer.error();
        return preview;
    }
    preview.reply = answer->body.dump(2, ' ', false, Json::error_handler_t::replace);
    if (Result<std::vector<ItemFacts>> facts = (*interviewer)->read(answer->body, items)) {
        preview.facets = std::move(facts->front().facets);
    } else {
        preview.problem = facts.error();
    }
    return preview;
}

} // namespace transept
