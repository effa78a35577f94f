#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"
#include "core/model/TrainingState.h"
#include "core/nn/Dense.h"

#include <memory>

namespace transept {

/// Pairs of vectors of the users that two domains share, one user a row: what a mapping learns from.
struct MappingExamples
{
    Matrix inputs;  ///< source vectors
    Matrix outputs; ///< target vectors
};

/// f: source vectors -> target vectors, one a row: f(x) = B tanh(A x + a) + b, or B x + b when there is no
/// hidden layer.
struct LearntMap
{
    DenseLayer<float> hidden;
    DenseLayer<float> output;

    bool isEmpty() const noexcept { return output.weights.size() == 0; }

    Matrix map(const Matrix& inputs) const;

    /// S with f(to) - f(from) = S (to - from) exactly: the mean of the derivative of f on the straight way
    /// from one to the other, B itself when f is linear.
    Eigen::MatrixXd slope(const Eigen::VectorXd& from, const Eigen::VectorXd& to) const;
};

/// Learns an f.
class Mapping
{
public:
    virtual ~Mapping() = default;

    /// Learns from the examples; a mapping that was fitted before may go on from there.
    virtual Status fit(const MappingExamples& examples, const JobContext& job) = 0;

    virtual LearntMap learnt() const = 0;

    /// What the next fit() goes on from.
    virtual void exchange(TrainingState& state) = 0;

protected:
    Mapping() = default;
    Mapping(const Mapping&) = default;
    Mapping& operator=(const Mapping&) = default;
};

/// f(x) = A x + c, the minimum of  sum ||f(x) - y||^2 + lambda n trace(S) / k ||A||^2  in closed form, with n
/// examples and S the covariance of x: lambda has no unit. Without examples f is the mean 0.
std::unique_ptr<Mapping> linearMapping(double lambda);

struct NetworkMappingOptions
{
    int passes = 20; ///< over the examples, per fit()
    float learningRate = 0.003F;
    float decay = 1e-3F; ///< L2 of the weights
    std::uint64_t seed = 1;
};

/// f(x) = B tanh(A x + a) + b with twice as many tanh units as inputs (Man et al. 2017), by Adam on batches;
/// inputs and outputs are standardised by their means and one common deviation.
std::unique_ptr<Mapping> networkMapping(const NetworkMappingOptions& options);

template<typename Real>
struct MappingNetwork
{
    DenseLayer<Real> hidden;
    DenseLayer<Real> output;
};

/// loss = mean over examples of ||f(x) - y||^2 / 2 + decay/2 (||A||^2 + ||B||^2)
template<typename Real>
Real networkLoss(const MappingNetwork<Real>& network,
                 const Activations<Real>& inputs,
                 const Activations<Real>& outputs,
                 Real decay)
{
    const Activations<Real> errors = forward(network.output, forwardTanh(network.hidden, inputs)) - outputs;
    return errors.squaredNorm() / (Real{2} * static_cast<Real>(inputs.rows())) +
           decay / Real{2} * (network.hidden.weights.squaredNorm() + network.output.weights.squaredNorm());
}

/// The gradient of networkLoss() by every parameter.
template<typename Real>
MappingNetwork<Real> networkGradient(const MappingNetwork<Real>& network,
                                     const Activations<Real>& inputs,
                                     const Activations<Real>& outputs,
                                     Real decay)
{
    const Activations<Real> units = forwardTanh(network.hidden, inputs);
    const Activations<Real> byOutput =
        (forward(network.output, units) - outputs) / static_cast<Real>(inputs.rows());
    const Activations<Real> byHidden = tanhGradient<Real>(units, inputGradient(network.output, byOutput));
    MappingNetwork<Real> gradient{.hidden = parameterGradient(inputs, byHidden),
                                  .output = parameterGradient(units, byOutput)};
    gradient.hidden.weights += decay * network.hidden.weights;
    gradient.output.weights += decay * network.output.weights;
    return gradient;
}

} // namespace transept
