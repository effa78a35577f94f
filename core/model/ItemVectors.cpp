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

Matrix columnVectors(const TrainingData& data, const History& history)
{
    const int dimension = data.target.knowledge->dimension();
    Matrix vectors = Matrix::Zero(static_cast<Eigen::Index>(history.columnCount()), dimension);
    for (std::size_t domain = 0; domain <= data.sources.size(); ++domain) {
        const ItemKnowledge* knowledge =
            (domain == 0 ? data.target : data.sources[domain - 1]).knowledge.get();
        if (knowledge != nullptr && knowledge->dimension() == dimension) {
            vectors.middleRows(static_cast<Eigen::Index>(history.firstColumns()[domain]),
                               knowledge->vectors.rows()) = knowledge->vectors;
        }
    }
    return vectors;
}

Result<Eigen::MatrixXd> inverseMoments(const Matrix& vectors, double ridge, const JobContext& job)
{
    constexpr Eigen::Index rowsAtATime = 512;
    Eigen::MatrixXd sum = ridge * Eigen::MatrixXd::Identity(vectors.cols(), vectors.cols());
    for (Eigen::Index first = 0; first < vectors.rows(); first += rowsAtATime) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const Eigen::Index count = std::min(rowsAtATime, vectors.rows() - first);
        const Eigen::MatrixXd block = vectors.middleRows(first, count).cast<double>();
        sum.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
    }
    return sum.selfadjointView<Eigen::Lower>().llt().solve(Eigen::MatrixXd::Identity(sum.rows(), sum.cols()));
}

} // namespace transept
