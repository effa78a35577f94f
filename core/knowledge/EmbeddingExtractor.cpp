#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerParameters.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::string_view endpoint = "/embeddings";

ExtractorDescription describeEmbedding()
{
    std::vector<Parameter> parameters = serverParameters();
    parameters.push_back({.name = "batch",
                          .type = Parameter::Type::Integer,
                          .preset = 16,
                          .low = 1,
                          .high = 256,
                          .label = TRANSLATABLE("methods", "Items per request"),
                          .meaning = TRANSLATABLE("methods", "How many texts one request carries.")});
    return {.name = "embedding",
            .title = TRANSLATABLE("methods", "Sentence vectors from a server"),
            .meaning = TRANSLATABLE(
                "methods",
                "Sends the items' texts to an embedding model behind an OpenAI-compatible address and "
                "keeps its vectors."),
            .needsServer = true,
            .parameters = std::move(parameters)};
}

std::vector<Question> questionsFor(const std::vector<ItemText>& items, const Extraction& extraction)
{
    const auto size = static_cast<std::size_t>(extraction.settings.integer("batch"));
    const auto limit = static_cast<std::size_t>(extraction.settings.integer("text-limit"));
    std::vector<Question> questions;
    for (std::size_t first = 0; first < items.size(); first += size) {
        Json texts = Json::array();
        std::int64_t tokens = 0;
        for (std::size_t at = first; at < std::min(items.size(), first + size); ++at) {
            const std::string passage = passageOf(items[at], limit);
            tokens += estimatedTokens(passage);
            texts.push_back(passage);
        }
        questions.push_back(
            {.path = std::string(endpoint),
             .request = {{"model", extraction.settings.text("model")}, {"input", std::move(texts)}},
             .estimatedTokensIn = tokens});
    }
    return questions;
}

/// {"data": [{"index": 0, "embedding": [...]}, ...]} as unit vectors in the order of the texts; nothing when
/// it is anything else.
std::optional<std::vector<std::vector<float>>> vectorsIn(const Json& body, std::size_t count)
{
    const auto data = body.find("data");
    if (data == body.end() || !data->is_array() || data->size() != count) {
        return std::nullopt;
    }
    std::vector<std::vector<float>> vectors(count);
    for (std::size_t place = 0; place < count; ++place) {
        const Json& entry = (*data)[place];
        const auto embedding = entry.is_object() ? entry.find("embedding") : entry.end();
        const std::size_t at = entry.is_object() ? entry.value("index", place) : count;
        if (at >= count || embedding == entry.end() || !embedding->is_array() || embedding->empty()) {
            return std::nullopt;
        }
        double length = 0.0;
        for (const Json& number : *embedding) {
            const double value = number.is_number() ? number.get<double>() : std::nan("");
            length += value * value;
            vectors[at].push_back(static_cast<float>(value));
        }
        if (!std::isfinite(length) || length <= 0.0) {
            return std::nullopt;
        }
        for (float& value : vectors[at]) {
            value = static_cast<float>(static_cast<double>(value) / std::sqrt(length));
        }
    }
    return vectors;
}

Error noVectors()
{
    return {.code = ErrorCode::InvalidInput,
            .sentence = TRANSLATABLE("errors", "The reply does not hold one vector for each text.")};
}

/// Takes the replies and stores their vectors.
class VectorTaker
{
public:
    VectorTaker(const KnowledgeStore& store,
                KnowledgeId id,
                const std::vector<ItemText>& items,
                std::size_t batch)
        : m_store(store)
        , m_id(id)
        , m_items(items)
        , m_batch(batch)
    {
    }

    Status take(std::size_t question, const Reply& reply)
    {
        const std::size_t first = question * m_batch;
        const std::size_t count = std::min(m_batch, m_items.size() - first);
        if (!reply.answer) {
            return fail(first, count, reply.answer.error(), "");
        }
        auto vectors = vectorsIn(reply.answer->body, count);
        if (!vectors || (m_dimension != 0 && vectors->front().size() != m_dimension)) {
            return fail(first, count, noVectors(), reply.answer->body.dump().substr(0, 4096));
        }
        if (m_dimension == 0) {
            m_dimension = vectors->front().size();
            if (const Status set = m_store.setDimension(m_id, static_cast<int>(m_dimension)); !set) {
                return set;
            }
        }
        std::vector<ItemFacts> facts;
        for (std::size_t at = 0; at < count; ++at) {
            facts.push_back({.item = m_items[first + at].item, .vector = std::move((*vectors)[at])});
        }
        return m_store.put(m_id, facts);
    }

private:
    Status fail(std::size_t first, std::size_t count, const Error& problem, const std::string& said) const
    {
        for (std::size_t at = first; at < first + count; ++at) {
            const Status put = m_store.putFailure(m_id,
                                                  {.item = m_items[at].item,
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
    const std::vector<ItemText>& m_items;
    std::size_t m_batch;
    std::size_t m_dimension = 0;
};

Result<ExtractionReport> runEmbedding(Workspace& workspace,
                                      const Extraction& extraction,
                                      KnowledgeId id,
                                      const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<QuestionOptions> options = questionOptions(extraction);
    if (!options) {
        return passOn(options);
    }
    const Result<std::vector<ItemText>> items = itemsToAsk(workspace, extraction, id, context);
    if (!items) {
        return passOn(items);
    }
    const std::vector<Question> questions = questionsFor(*items, extraction);
    VectorTaker taker(store, id, *items, static_cast<std::size_t>(extraction.settings.integer("batch")));
    const Result<QuestionReport> asked = askAll(
        store,
        questions,
        *options,
        [&](std::size_t question, const Reply& reply) { return taker.take(question, reply); },
        context);
    if (!asked) {
        return passOn(asked);
    }
    return ExtractionReport{.tokensIn = asked->tokensIn,
                            .tokensOut = asked->tokensOut,
                            .fromCache = asked->fromCache,
                            .budgetReached = asked->budgetReached};
}

Result<ExtractionForecast> forecastEmbedding(const Workspace& workspace,
                                             const Extraction& extraction,
                                             const JobContext& context)
{
    const Result<std::vector<ItemText>> items = itemsWithText(workspace, extraction, context);
    if (!items) {
        return passOn(items);
    }
    const std::vector<Question> questions = questionsFor(*items, extraction);
    return forecastOf(workspace, extraction, questions, static_cast<std::int64_t>(items->size()));
}

Result<ExtractionPreview> previewEmbedding(const Workspace& workspace,
                                           const Extraction& extraction,
                                           ItemId item,
                                           bool ask,
                                           const JobContext& context)
{
    const Result<ItemText> text = textOf(workspace, extraction, item, context);
    if (!text) {
        return passOn(text);
    }
    const Question question = questionsFor({*text}, extraction).front();
    ExtractionPreview preview{.request = question.request.dump(2)};
    if (!ask) {
        return preview;
    }
    const Result<ServerAnswer> answer = askOnce(extraction, question, context);
    if (!answer) {
        preview.problem = answer.error();
        return preview;
    }
    preview.reply = answer->body.dump(2);
    if (!vectorsIn(answer->body, 1)) {
        preview.problem = noVectors();
    }
    return preview;
}

} // namespace

ExtractorEntry embeddingExtractor()
{
    return {.description = describeEmbedding(),
            .run = runEmbedding,
            .forecast = forecastEmbedding,
            .preview = previewEmbedding};
}

} // namespace transept
