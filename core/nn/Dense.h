#pragma once

#include <Eigen/Core>

namespace transept {

template<typename Real>
using Activations =
    Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>; ///< one example a row

/// The parameters of a fully connected layer: outputs x inputs, and one bias an output.
template<typename Real>
struct DenseLayer
{
    Activations<Real> weights;
    Eigen::Matrix<Real, 1, Eigen::Dynamic> biases;
};

/// y = x W' + b
template<typename Real>
Activations<Real> forward(const DenseLayer<Real>& layer, const Activations<Real>& inputs)
{
    Activations<Real> outputs = inputs * layer.weights.transpose();
    outputs.rowwise() += layer.biases;
    return outputs;
}

/// y = tanh(x W' + b)
template<typename Real>
Activations<Real> forwardTanh(const DenseLayer<Real>& layer, const Activations<Real>& inputs)
{
    return forward(layer, inputs).array().tanh().matrix();
}

/// From the gradient by the outputs (before any activation): by the parameters, summed over the examples.
template<typename Real>
DenseLayer<Real> parameterGradient(const Activations<Real>& inputs, const Activations<Real>& byOutputs)
{
    return {.weights = byOutputs.transpose() * inputs, .biases = byOutputs.colwise().sum()};
}

/// From the gradient by the outputs (before any activation): by the inputs.
template<typename Real>
Activations<Real> inputGradient(const DenseLayer<Real>& layer, const Activations<Real>& byOutputs)
{
    return byOutputs * layer.weights;
}

/// From the gradient by y = tanh(z): by z.
template<typename Real>
Activations<Real> tanhGradient(const Activations<Real>& outputs, const Activations<Real>& byOutputs)
{
    return (byOutputs.array() * (Real{1} - outputs.array().square())).matrix();
}

} // namespace transept
