#include "core/base/Kernels.h"
#include "core/model/Contributions.h"
#include "core/model/History.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

struct WhitenedProfileOptions
{
    double gamma = 10.0;
    EntryValue values = EntryValue::Liked;
    double decay = 0.9;
};

/// With V the vectors of all domains' items and h the user's weighted history:
///
///   v = (V'V + gamma I)^-1 V' h,      score(u, c) = <v, x_c>
///
/// Directions that all texts share count little, which raw cosine is led astray by.
class WhitenedProfileModel final : public Model
{
public:
    WhitenedProfileModel(History history, SparseRows queries, Matrix vectors, Matrix whitened)
        : m_history(std::move(history))
        , m_queries(std::move(queries))
        , m_vectors(std::move(vectors))
        , m_whitened(std::move(whitened))
    {
    }

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        Vector profile = Vector::Zero(m_vectors.cols());
        const auto length = static_cast<std::size_t>(profile.size());
        const auto columns = m_queries.columnsOf(index(user));
        const auto weights = m_queries.valuesOf(index(user));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            kernels::addScaled(weights[at], m_vectors.row(columns[at]).data(), profile.data(), length);
        }
        kernels::dotRows(m_whitened.data(), scores.size(), length, profile.data(), length, scores.data());
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        std::vector<Contribution> result;
        const auto columns = m_queries.columnsOf(index(user));
        const auto weights = m_queries.valuesOf(index(user));
        const float* whitened = m_whitened.row(static_cast<Eigen::Index>(index(item))).data();
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            const float inner = kernels::dot(
                whitened, m_vectors.row(columns[at]).data(), static_cast<std::size_t>(m_vectors.cols()));
            result.push_back({.domain = m_history.domainOf(column),
                              .item = m_history.itemOf(column),
                              .weight = weights[at] * inner});
        }
        return strongestFirst(std::move(result));
    }

private:
    History m_history;
    SparseRows m_queries;
    Matrix m_vectors;  ///< of all history columns
    Matrix m_whitened; ///< rows x_c' (V'V + gamma I)^-1 of the target's items
};

/// V'V in double, by blocks that are added in order.
Result<Eigen::MatrixXd> secondMoments(const Matrix& vectors, const JobContext& job)
{
    constexpr Eigen::Index rowsAtATime = 512;
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(vectors.cols(), vectors.cols());
    for (Eigen::Index first = 0; first < vectors.rows(); first += rowsAtATime) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const Eigen::Index count = std::min(rowsAtATime, vectors.rows() - first);
        const Eigen::MatrixXd block = vectors.middleRows(first, count).cast<double>();
        sum.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
    }
    return sum;
}

class WhitenedProfile final : public Method
{
public:
    explicit WhitenedProfile(WhitenedProfileOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        const ItemKnowledge* target = data->target.knowledge.get();
        if (target == nullptr || target->dimension() == 0) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "The method %1 needs a knowledge base with vectors for the items of the domain %2."),
                {"whitened-profile", data->target.name});
        }
        Result<History> history = History::of(*data, m_options.values, context.job);
        if (!history) {
            return passOn(history);
        }
        Matrix vectors = Matrix::Zero(static_cast<Eigen::Index>(history->columnCount()), target->dimension());
        vectors.topRows(target->vectors.rows()) = target->vectors;
        for (std::size_t at = 0; at < data->sources.size(); ++at) {
            const ItemKnowledge* source = data->sources[at].knowledge.get();
            if (source != nullptr && source->dimension() == target->dimension()) {
                const auto first = static_cast<Eigen::Index>(history->firstColumns()[at + 1]);
                vectors.middleRows(first, source->vectors.rows()) = source->vectors;
            }
        }
        Result<Eigen::MatrixXd> moments = secondMoments(vectors, context.job);
        if (!moments) {
            return passOn(moments);
        }
        moments->diagonal().array() += m_options.gamma;
        const Eigen::MatrixXd inverse = moments->selfadjointView<Eigen::Lower>().llt().solve(
            Eigen::MatrixXd::Identity(moments->rows(), moments->cols()));
        Matrix whitened = target->vectors * inverse.cast<float>();
        SparseRows queries = history->recent(m_options.decay);
        return std::make_shared<const WhitenedProfileModel>(
            std::move(*history), std::move(queries), std::move(vectors), std::move(whitened));
    }

private:
    WhitenedProfileOptions m_options;
};

std::vector<Parameter> parametersOfWhitenedProfile()
{
    Parameter values = entryValueParameter();
    values.preset = "liked";
    Parameter decay = decayParameter();
    decay.preset = 0.9;
    return {{.name = "gamma",
             .type = Parameter::Type::Real,
             .preset = 10.0,
             .low = 0.01,
             .high = 100000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Whitening"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Small: what all texts have in common counts nothing. Very large: plain similarity of "
                 "vectors.")},
            values,
            decay};
}

Workload workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    const double dimension = shape.target.dimension;
    const double history =
        workload::countedShare(parameters.text("values")) * all.interactions / std::max(shape.users, 1.0);
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.products = dimension * dimension * (2.0 * all.items + 2.0 * dimension),
                         .streamed = all.items * dimension};
    load.start.alone += {.products = shape.target.items * dimension * dimension};
    load.ranking = workload::longDots(shape.target.items, dimension) +
                   Work{.streamed = history * dimension, .scattered = 4.0 * history};
    load.trainBytes = 4.0 * sizeof(double) * dimension * dimension;
    load.modelBytes =
        workload::historyBytes(shape) + sizeof(float) * dimension * (all.items + shape.target.items);
    return load;
}

} // namespace

MethodDescription describeWhitenedProfile()
{
    return {.name = "whitened-profile",
            .title = TRANSLATABLE("methods", "Whitened text profile"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Su, Cao, Liu, Ou 2021 (whitening)",
            .meaning = TRANSLATABLE(
                "methods",
                "The vectors of the user's history are added up and compared with each item's vector, "
                "after directions that all texts share were made small. For sentence vectors."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfWhitenedProfile(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<WhitenedProfile>(
                    WhitenedProfileOptions{.gamma = parameters.real("gamma"),
                                           .values = entryValueFrom(parameters),
                                           .decay = parameters.real("decay")});
            },
            .workload = workloadOf};
}

} // namespace transept
