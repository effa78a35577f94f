#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerExtractor.h"
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

/// The text that an entry of the reply belongs to; when it does not say, the one at its own place.
std::optional<std::size_t> textOf(const Json& entry, std::size_t place)
{
    if (!entry.is_object()) {
        return std::nullopt;
    }
    const auto index = entry.find("index");
    if (index == entry.end()) {
        return place;
    }
    return index->is_number_unsigned() ? std::optional(index->get<std::size_t>()) : std::nullopt;
}

/// {"data": [{"index": 0, "embedding": [...]}, ...]} as unit vectors of one length in the order of the texts;
/// nothing when it is anything else.
std::optional<std::vector<std::vector<float>>> vectorsIn(const Json& body, std::size_t count)
{
    const auto data = body.find("data");
    if (data == body.end() || !data->is_array() || data->size() != count) {
        return std::nullopt;
    }
    std::vector<std::vector<float>> vectors(count);
    for (std::size_t place = 0; place < count; ++place) {
        const Json& entry = (*data)[place];
        const std::size_t at = textOf(entry, place).value_or(count);
        const auto embedding = at < count ? entry.find("embedding") : entry.end();
        if (embedding == entry.end() || !embedding->is_array() || embedding->empty() ||
            !vectors[at].empty()) {
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
    const auto isAsLong = [&](const std::vector<float>& each) { return each.size() == vectors[0].size(); };
    return std::ranges::all_of(vectors, isAsLong) ? std::optional(std::move(vectors)) : std::nullopt;
}

/// Several items a question: one vector for the text of each.
class EmbeddingInterviewer final : public Interviewer
{
public:
    explicit EmbeddingInterviewer(const Extraction& extraction) : m_settings(extraction.settings) {}

    std::size_t itemsPerQuestion() const override
    {
        return static_cast<std::size_t>(m_settings.integer("batch"));
    }

    Question questionFor(std::span<const ItemText> items) const override
    {
        const auto limit = static_cast<std::size_t>(m_settings.integer("text-limit"));
        Json texts = Json::array();
        std::int64_t tokens = 0;
        for (const ItemText& item : items) {
            const std::string passage = passageOf(item, limit);
            tokens += estimatedTokens(passage);
            texts.push_back(passage);
        }
        return {.path = std::string(endpoint),
                .request = {{"model", m_settings.text("model")}, {"input", std::move(texts)}},
                .estimatedTokensIn = tokens};
    }

    Result<std::vector<ItemFacts>> read(const Json& reply, std::span<const ItemText> items) const override
    {
        auto vectors = vectorsIn(reply, items.size());
        if (!vectors) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The reply does not hold one vector for each text."));
        }
        std::vector<ItemFacts> facts;
        for (std::size_t at = 0; at < items.size(); ++at) {
            facts.push_back({.item = items[at].item, .vector = std::move((*vectors)[at])});
        }
        return facts;
    }

private:
    const Parameters& m_settings;
};

Result<std::unique_ptr<const Interviewer>> makeInterviewer(const Extraction& extraction)
{
    return std::make_unique<const EmbeddingInterviewer>(extraction);
}

} // namespace

ExtractorEntry embeddingExtractor()
{
    return entryThatAsks<makeInterviewer>(describeEmbedding());
}

} // namespace transept
