#include "core/model/Mapping.h"

#include "core/model/RandomStreams.h"
#include "core/nn/Optimizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

using Row = Eigen::Matrix<float, 1, Eigen::Dynamic>;

/// The mean of the derivative of tanh between `start` and `start + way`.
double meanTanhSlope(double start, double way)
{
    constexpr double tiny = 1e-4; // below it the difference loses more digits than the middle is wrong
    if (std::abs(way) < tiny) {
        const double middle = std::tanh(start + way / 2.0);
        return 1.0 - middle * middle;
    }
    return (std::tanh(start + way) - std::tanh(start)) / way;
}

class LinearMapping final : public Mapping
{
public:
    explicit LinearMapping(double lambda) : m_lambda(lambda) {}

    Status fit(const MappingExamples& examples, const JobContext& job) override
    {
        const Eigen::MatrixXd inputs = examples.inputs.cast<double>();
        const Eigen::MatrixXd outputs = examples.outputs.cast<double>();
        const Eigen::RowVectorXd inputMean = mean(inputs);
        const Eigen::RowVectorXd outputMean = mean(outputs);
        const Eigen::MatrixXd x = inputs.rowwise() - inputMean;
        Eigen::MatrixXd left = x.transpose() * x;
        // The tiny constant keeps a start without any variance solvable.
        left.diagonal().array() += m_lambda * left.trace() / static_cast<double>(left.rows()) + 1e-9;
        const Eigen::MatrixXd solution = left.llt().solve(x.transpose() * (outputs.rowwise() - outputMean));
        m_learnt.output = {.weights = solution.transpose().cast<float>(),
                           .biases = (outputMean - inputMean * solution).cast<float>()};
        return job.checkpoint();
    }

    LearntMap learnt() const override { return m_learnt; }
    void exchange(TrainingState& /*state*/) override {} // each fit starts anew

private:
    static Eigen::RowVectorXd mean(const Eigen::MatrixXd& rows)
    {
        return rows.rows() > 0 ? Eigen::RowVectorXd(rows.colwise().mean())
                               : Eigen::RowVectorXd::Zero(rows.cols());
    }

    double m_lambda;
    LearntMap m_learnt;
};

/// Parameters of one array and Adam's moments for them.
class AdamState
{
public:
    void step(const Adam& adam, std::span<const float> gradient, std::span<float> values)
    {
        m_moments.resize(2 * values.size());
        adam.step(gradient, values, m_moments, ++m_steps);
    }

    void exchange(TrainingState& state)
    {
        state.list(m_moments);
        state.value(m_steps);
    }

private:
    std::vector<float> m_moments;
    std::uint32_t m_steps = 0;
};

template<typename Array>
std::span<float> spanOf(Array& array)
{
    return {array.data(), static_cast<std::size_t>(array.size())};
}

DenseLayer<float> drawLayer(Eigen::Index outputs, Eigen::Index inputs, Random random)
{
    DenseLayer<float> layer{.weights = Matrix(outputs, inputs), .biases = Row::Zero(outputs)};
    const auto deviation = static_cast<float>(1.0 / std::sqrt(static_cast<double>(inputs)));
    for (float& weight : spanOf(layer.weights)) {
        weight = deviation * static_cast<float>(random.normal());
    }
    return layer;
}

class NetworkMapping final : public Mapping
{
public:
    explicit NetworkMapping(const NetworkMappingOptions& options) : m_options(options) {}

    Status fit(const MappingExamples& examples, const JobContext& job) override
    {
        if (examples.inputs.rows() == 0) {
            m_network.output = {.weights = Matrix::Zero(examples.outputs.cols(), examples.inputs.cols()),
                                .biases = Row::Zero(examples.outputs.cols())};
            return {};
        }
        if (!m_started) {
            start(examples);
        }
        // Scales follow the vectors, which go on moving; the network goes on from where it is.
        standardise(examples);
        const Matrix inputs = (examples.inputs.rowwise() - m_inputMean) / m_inputScale;
        const Matrix outputs = (examples.outputs.rowwise() - m_outputMean) / m_outputScale;
        for (int pass = 0; pass < m_options.passes; ++pass) {
            if (const Status status = job.checkpoint(); !status) {
                return status;
            }
            runPass(inputs, outputs);
        }
        return {};
    }

    /// The network with what standardises its inputs and outputs folded in.
    LearntMap learnt() const override
    {
        LearntMap map{.hidden = m_network.hidden, .output = m_network.output};
        if (m_started) {
            map.hidden.weights /= m_inputScale;
            map.hidden.biases -= m_inputMean * map.hidden.weights.transpose();
            map.output.weights *= m_outputScale;
            map.output.biases = m_outputScale * map.output.biases + m_outputMean;
        }
        return map;
    }

    void exchange(TrainingState& state) override
    {
        for (DenseLayer<float>* layer : {&m_network.hidden, &m_network.output}) {
            state.dense(layer->weights);
            state.dense(layer->biases);
        }
        for (AdamState& each : m_states) {
            each.exchange(state);
        }
        state.value(m_started);
        state.value(m_passes);
    }

private:
    static constexpr Eigen::Index batchRows = 64;

    static float deviation(const Matrix& rows, const Row& mean)
    {
        const float squares = (rows.rowwise() - mean).squaredNorm() / static_cast<float>(rows.size());
        return std::sqrt(squares) + 1e-6F;
    }

    void start(const MappingExamples& examples)
    {
        const Eigen::Index inputs = examples.inputs.cols();
        m_network.hidden = drawLayer(2 * inputs, inputs, randomFor(m_options.seed, Purpose::Mapping, 0));
        m_network.output =
            drawLayer(examples.outputs.cols(), 2 * inputs, randomFor(m_options.seed, Purpose::Mapping, 1));
        m_network.output.weights.setZero();
        m_started = true;
    }

    void standardise(const MappingExamples& examples)
    {
        m_inputMean = examples.inputs.colwise().mean();
        m_outputMean = examples.outputs.colwise().mean();
        m_inputScale = deviation(examples.inputs, m_inputMean);
        m_outputScale = deviation(examples.outputs, m_outputMean);
    }

    void runPass(const Matrix& inputs, const Matrix& outputs)
    {
        std::vector<Eigen::Index> order(static_cast<std::size_t>(inputs.rows()));
        std::iota(order.begin(), order.end(), Eigen::Index{0});
        randomFor(m_options.seed, Purpose::MappingOrder, 0, m_passes++).shuffle(std::span(order));
        const Adam adam{.rate = m_options.learningRate};
        for (Eigen::Index first = 0; first < inputs.rows(); first += batchRows) {
            const Eigen::Index count = std::min(batchRows, inputs.rows() - first);
            const std::vector<Eigen::Index> rows(order.begin() + first, order.begin() + first + count);
            MappingNetwork<float> gradient = networkGradient<float>(
                m_network, inputs(rows, Eigen::all), outputs(rows, Eigen::all), m_options.decay);
            m_states[0].step(adam, spanOf(gradient.hidden.weights), spanOf(m_network.hidden.weights));
            m_states[1].step(adam, spanOf(gradient.hidden.biases), spanOf(m_network.hidden.biases));
            m_states[2].step(adam, spanOf(gradient.output.weights), spanOf(m_network.output.weights));
            m_states[3].step(adam, spanOf(gradient.output.biases), spanOf(m_network.output.biases));
        }
    }

    NetworkMappingOptions m_options;
    MappingNetwork<float> m_network;
    std::array<AdamState, 4> m_states;
    bool m_started = false;
    std::uint64_t m_passes = 0;
    Row m_inputMean;
    Row m_outputMean;
    float m_inputScale = 1.0F;
    float m_outputScale = 1.0F;
};

} // namespace

Matrix LearntMap::map(const Matrix& inputs) const
{
    return forward(output, hidden.weights.rows() > 0 ? forwardTanh(hidden, inputs) : inputs);
}

Eigen::MatrixXd LearntMap::slope(const Eigen::VectorXd& from, const Eigen::VectorXd& to) const
{
    Eigen::MatrixXd slope = output.weights.cast<double>();
    if (hidden.weights.rows() == 0) {
        return slope;
    }
    const Eigen::MatrixXd weights = hidden.weights.cast<double>();
    const Eigen::VectorXd start = weights * from + hidden.biases.cast<double>().transpose();
    const Eigen::VectorXd way = weights * (to - from);
    for (Eigen::Index unit = 0; unit < way.size(); ++unit) {
        slope.col(unit) *= meanTanhSlope(start(unit), way(unit));
    }
    return slope * weights;
}

std::unique_ptr<Mapping> linearMapping(double lambda)
{
    return std::make_unique<LinearMapping>(lambda);
}

std::unique_ptr<Mapping> networkMapping(const NetworkMappingOptions& options)
{
    return std::make_unique<NetworkMapping>(options);
}

} // namespace transept
