#include "core/model/TextSimilarity.h"

#include "core/base/Kernels.h"
#include "core/model/ItemVectors.h"

#include <algorithm>

namespace transept {
namespace {

const TrainingDomain& domainAt(const TrainingData& data, std::size_t at)
{
    return at == 0 ? data.target : data.sources[at - 1];
}

bool hasTerms(const ItemKnowledge& knowledge)
{
    return std::any_of(knowledge.termWeights.begin(), knowledge.termWeights.end(), [](const auto& terms) {
        return !terms.empty();
    });
}

SparseRows postingsOf(std::span<const std::vector<TermWeight>> items)
{
    SparseRows rows;
    for (const std::vector<TermWeight>& terms : items) {
        for (const TermWeight& term : terms) {
            rows.add(static_cast<std::int32_t>(term.term), term.weight);
            rows.columnCount = std::max(rows.columnCount, static_cast<std::size_t>(term.term) + 1);
        }
        rows.endRow();
    }
    return rows.transposed();
}

} // namespace

Parameter textBasisParameter()
{
    return {.name = "text",
            .type = Parameter::Type::Choice,
            .preset = "both",
            .choices = {"both", "terms", "vectors"},
            .label = TRANSLATABLE("methods", "Texts compared by"),
            .meaning = TRANSLATABLE(
                "methods",
                "terms: the weighted words of the items' texts. vectors: the vectors of the knowledge "
                "base. both: the mean of the two, or the one that the base has.")};
}

TextBasis textBasisFrom(const Parameters& parameters)
{
    const std::string word = parameters.text("text");
    if (word == "terms") {
        return TextBasis::Terms;
    }
    return word == "vectors" ? TextBasis::Vectors : TextBasis::Both;
}

Result<TextSimilarity> TextSimilarity::of(const TrainingData& data,
                                          const History& history,
                                          TextBasis basis,
                                          int power)
{
    const ItemKnowledge* target = data.target.knowledge.get();
    const bool useTerms = basis != TextBasis::Vectors && target != nullptr && hasTerms(*target);
    const bool useVectors = basis != TextBasis::Terms && target != nullptr && target->dimension() > 0;
    if (!useTerms && !useVectors) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The run's knowledge base has no such similarity for the domain %1. Choose a knowledge base "
                "that covers this domain, or the similarity \"both\"."),
            {data.target.name});
    }
    TextSimilarity result;
    result.m_targetCount = history.targetCount();
    result.m_share = useTerms && useVectors ? 0.5F : 1.0F;
    result.m_power = power;
    if (useVectors) {
        result.m_vectors = columnVectors(data, history);
    }
    if (useTerms) {
        result.m_terms.resize(history.columnCount());
    }
    for (std::size_t at = 0; at <= data.sources.size(); ++at) {
        const ItemKnowledge* knowledge = domainAt(data, at).knowledge.get();
        const std::size_t first = history.firstColumns()[at];
        if (knowledge != nullptr && useTerms) {
            std::copy(knowledge->termWeights.begin(),
                      knowledge->termWeights.end(),
                      result.m_terms.begin() + static_cast<std::ptrdiff_t>(first));
        }
    }
    if (useTerms) {
        result.m_postings = postingsOf(std::span(result.m_terms).first(result.m_targetCount));
    }
    return result;
}

float TextSimilarity::powered(float cosine) const
{
    const float positive = std::max(cosine, 0.0F);
    float result = positive;
    for (int step = 1; step < m_power; ++step) {
        result *= positive;
    }
    return result;
}

void TextSimilarity::toTargets(std::size_t column, std::span<float> similarities) const
{
    std::fill(similarities.begin(), similarities.end(), 0.0F);
    if (m_vectors.cols() > 0) {
        VectorReader reader(m_vectors);
        const float* vector = reader.row(static_cast<Eigen::Index>(column)).data();
        m_vectors.dot(0, vector, similarities.first(m_targetCount));
    }
    if (!m_terms.empty()) {
        for (const TermWeight& term : m_terms[column]) {
            if (term.term >= m_postings.rowCount()) {
                continue;
            }
            const auto items = m_postings.columnsOf(term.term);
            const auto weights = m_postings.valuesOf(term.term);
            for (std::size_t at = 0; at < items.size(); ++at) {
                similarities[static_cast<std::size_t>(items[at])] += term.weight * weights[at];
            }
        }
    }
    for (float& similarity : similarities) {
        similarity = powered(m_share * similarity);
    }
    if (column < m_targetCount) {
        similarities[column] = 0.0F;
    }
}

float TextSimilarity::ofPair(std::size_t column, ItemRow item) const
{
    if (column == index(item)) {
        return 0.0F;
    }
    float cosine = 0.0F;
    if (m_vectors.cols() > 0) {
        VectorReader columns(m_vectors);
        VectorReader items(m_vectors);
        cosine += kernels::dot(columns.row(static_cast<Eigen::Index>(column)).data(),
                               items.row(static_cast<Eigen::Index>(index(item))).data(),
                               static_cast<std::size_t>(m_vectors.cols()));
    }
    if (!m_terms.empty()) {
        const std::vector<TermWeight>& others = m_terms[index(item)];
        auto other = others.begin();
        for (const TermWeight& term : m_terms[column]) {
            other = std::lower_bound(
                other, others.end(), term.term, [](const TermWeight& each, std::uint32_t wanted) {
                    return each.term < wanted;
                });
            if (other != others.end() && other->term == term.term) {
                cosine += term.weight * other->weight;
            }
        }
    }
    return powered(m_share * cosine);
}

/// By the vectors, and by the items of each term.
Work textSimilarityWork(const DataShape& shape, TextBasis basis, int power)
{
    const DomainShape& target = shape.target;
    Work work{.streamed = target.items * (2.0 + 0.5 * power)};
    if (basis != TextBasis::Terms) {
        work += workload::longDots(target.items, target.dimension);
    }
    if (basis != TextBasis::Vectors) {
        work += {.scattered = target.termSquares / std::max(target.items, 1.0)};
    }
    return work;
}

} // namespace transept
