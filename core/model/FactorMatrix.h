#pragma once

#include "core/data/TrainingData.h"

#include <cstddef>
#include <new>
#include <span>
#include <vector>

namespace transept {

/// Memory that starts on a cache line, so that a padded row never shares one with its neighbour.
template<typename T>
struct CacheAligned
{
    using value_type = T;
    static constexpr std::align_val_t line{64};

    CacheAligned() = default;
    template<typename Other>
    explicit CacheAligned(const CacheAligned<Other>& /*other*/) noexcept
    {
    }

    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
    void deallocate(T* memory, std::size_t /*count*/) noexcept { ::operator delete(memory, line); }
    bool operator==(const CacheAligned& /*other*/) const noexcept { return true; }
};

/// Float32 rows of `width`, each padded with zeros to `stride`, a multiple of 16: the kernels need no
/// remainder loop.
struct FactorMatrix
{
    static constexpr std::size_t lanes = 16;

    std::size_t rows = 0;
    std::size_t width = 0;
    std::size_t stride = 0;
    std::vector<float, CacheAligned<float>> values;

    FactorMatrix() = default;
    FactorMatrix(std::size_t rowCount, std::size_t rowWidth)
        : rows(rowCount)
        , width(rowWidth)
        , stride((rowWidth + lanes - 1) / lanes * lanes)
        , values(rowCount * stride)
    {
    }

    float* at(std::size_t row) noexcept { return values.data() + row * stride; }
    const float* at(std::size_t row) const noexcept { return values.data() + row * stride; }
    std::span<float> row(std::size_t number) noexcept { return {at(number), width}; }
    std::span<const float> row(std::size_t number) const noexcept { return {at(number), width}; }

    /// Without the padding.
    Matrix matrix() const
    {
        using Padded = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;
        const auto size = [](std::size_t count) { return static_cast<Eigen::Index>(count); };
        return Padded(values.data(), size(rows), size(width), Eigen::OuterStride<>(size(stride)));
    }

    bool operator==(const FactorMatrix&) const = default;
};

} // namespace transept
