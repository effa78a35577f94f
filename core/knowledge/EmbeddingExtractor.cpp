#include "core/base/Base64.h"
#include "core/knowledge/EmbeddingInterviewer.h"
#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"
#include "core/knowledge/VectorParameters.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace transept {
namespace {

ExtractorDescription describeEmbedding()
{
    std::vector<Parameter> parameters = serverParameters();
    parameters.push_back(batchParameter());
    parameters.push_back(precisionParameter());
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

/// The numbers of an entry: as they are, or as the base64 of little-endian float32. Nothing of anything else.
std::optional<std::vector<float>> numbersIn(const Json& entry)
{
    std::vector<float> numbers;
    const auto embedding = entry.find("embedding");
    if (embedding == entry.end()) {
        return std::nullopt;
    }
    if (embedding->is_string()) {
        const auto bytes = bytesOfBase64(embedding->get_ref<const std::string&>());
        if (!bytes || bytes->size() % sizeof(float) != 0) {
            return std::nullopt;
        }
        numbers.resize(bytes->size() / sizeof(float));
        std::memcpy(numbers.data(), bytes->data(), bytes->size());
        return numbers;
    }
    if (!embedding->is_array() || !std::ranges::all_of(*embedding, &Json::is_number)) {
        return std::nullopt;
    }
    std::ranges::transform(
        *embedding, std::back_inserter(numbers), [](const Json& number) { return number.get<float>(); });
    return numbers;
}

std::string base64Of(const std::vector<float>& numbers)
{
    return base64({reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)});
}

/// False when it has no direction.
bool normalise(std::vector<float>& vector)
{
    double length = 0.0;
    for (const float value : vector) {
        length += static_cast<double>(value) * static_cast<double>(value);
    }
    if (!std::isfinite(length) || length <= 0.0) {
        return false;
    }
    for (float& value : vector) {
        value = static_cast<float>(static_cast<double>(value) / std::sqrt(length));
    }
    return true;
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
        auto numbers = at < count && vectors[at].empty() ? numbersIn(entry) : std::nullopt;
        if (!numbers || !normalise(*numbers)) {
            return std::nullopt;
        }
        vectors[at] = std::move(*numbers);
    }
    const auto isAsLong = [&](const std::vector<float>& each) { return each.size() == vectors[0].size(); };
    return std::ranges::all_of(vectors, isAsLong) ? std::optional(std::move(vectors)) : std::nullopt;
}

/// Several items a request: one vector for the text of each.
class EmbeddingInterviewer final : public Interviewer
{
public:
    explicit EmbeddingInterviewer(const Extraction& extraction)
        : m_settings(extraction.settings)
        , m_model(extraction.settings.text("model"))
    {
    }

    std::string path() const override { return std::string(embeddingsPath); }
    std::size_t textsPerRequest() const override
    {
        return static_cast<std::size_t>(m_settings.integer("batch"));
    }

    Json questionAbout(const ItemText& text) const override
    {
        return {{"model", m_model}, {"input", passageOf(text, textLimit())}};
    }

    Json requestFor(std::span<const ItemText* const> texts, const Manner& manner) const override
    {
        Json passages = Json::array();
        for (const ItemText* text : texts) {
            passages.push_back(passageOf(*text, cutLength(*text, textLimit(), manner.halvings)));
        }
        return {{"model", m_model}, {"input", std::move(passages)}};
    }

    /// The vectors, each as {"embedding": "..."}: a quarter of the bytes of numbers, and read much faster.
    Result<std::vector<Json>> repliesIn(const Json& body, std::size_t texts) const override
    {
        const auto vectors = vectorsIn(body, texts);
        if (!vectors) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The reply does not hold one vector for each text."));
        }
        std::vector<Json> replies;
        for (const std::vector<float>& vector : *vectors) {
            replies.push_back({{"embedding", base64Of(vector)}});
        }
        return replies;
    }

    Result<Facts> read(const Json& reply, const ItemText& /*text*/) const override
    {
        auto vectors = vectorsIn({{"data", {reply}}}, 1);
        if (!vectors) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The reply does not hold one vector for each text."));
        }
        return Facts{.facets = {}, .vector = std::move(vectors->front())};
    }

private:
    std::size_t textLimit() const { return static_cast<std::size_t>(m_settings.integer("text-limit")); }

    const Parameters& m_settings;
    std::string m_model;
};

Result<std::unique_ptr<const Interviewer>> makeInterviewer(const Extraction& extraction)
{
    return makeEmbeddingInterviewer(extraction);
}

} // namespace

Parameter batchParameter()
{
    return {.name = "batch",
            .type = Parameter::Type::Integer,
            .preset = 16,
            .low = 1,
            .high = 256,
            .label = TRANSLATABLE("methods", "Items per request"),
            .meaning = TRANSLATABLE("methods", "How many texts one request carries.")};
}

std::unique_ptr<const Interviewer> makeEmbeddingInterviewer(const Extraction& extraction)
{
    return std::make_unique<const EmbeddingInterviewer>(extraction);
}

ExtractorEntry embeddingExtractor()
{
    return entryThatAsks<makeInterviewer>(describeEmbedding());
}

} // namespace transept
