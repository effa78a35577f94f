#include "core/model/ItemVectors.h"

#include <Eigen/Dense>

#include <algorithm>

namespace transept {

Result<const ItemKnowledge*> requiredVectors(const TrainingData& data, std::string_view method)
{
    const ItemKnowledge* knowledge = data.target.knowledge.get();
    if (knowledge == nullptr || knowledge->dimension() == 0) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The method %1 needs a knowledge base with vectors for the items of the domain %2."),
            {std::string(method), data.target.name});
    }
    return knowledge;
}

KnowledgeVectors columnVectors(const TrainingData& data, const History& history)
{
    const Eigen::Index dimension = data.target.knowledge->vectors.cols();
    std::vector<KnowledgeVectors> parts;
    for (std::size_t domain = 0; domain <= data.sources.size(); ++domain) {
        const ItemKnowledge* knowledge =
            (domain == 0 ? data.target : data.sources[domain - 1]).knowledge.get();
        const auto columns =
            static_cast<Eigen::Index>(history.firstColumns()[domain + 1] - history.firstColumns()[domain]);
        const bool fits = knowledge != nullptr && knowledge->vectors.cols() == dimension;
        if (fits) {
            parts.push_back(knowledge->vectors);
        }
        const Eigen::Index known = fits ? knowledge->vectors.rows() : 0;
        parts.push_back(KnowledgeVectors::zeros(columns - known, dimension));
    }
    return KnowledgeVectors::stacked(parts);
}

Result<Eigen::MatrixXd> inverseMoments(const KnowledgeVectors& vectors, double ridge, const JobContext& job)
{
    constexpr Eigen::Index rowsAtATime = 512;
    Eigen::MatrixXd sum = ridge * Eigen::MatrixXd::Identity(vectors.cols(), vectors.cols());
    VectorReader reader(vectors);
    for (Eigen::Index first = 0; first < vectors.rows(); first += rowsAtATime) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const Eigen::Index count = std::min(rowsAtATime, vectors.rows() - first);
        const Eigen::MatrixXd block = reader.rows(first, count).cast<double>();
        sum.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
    }
    return sum.selfadjointView<Eigen::Lower>().llt().solve(Eigen::MatrixXd::Identity(sum.rows(), sum.cols()));
}

} // namespace transept
