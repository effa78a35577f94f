#pragma once

#include "core/store/HalfVectors.h"

#include <Eigen/Core>

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace transept {

/// Row-major float32, as all factors and vectors are: one subject a row.
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::Matrix<float, Eigen::Dynamic, 1>;

/// One vector where it lies. Holds nothing alive.
struct PlacedVector
{
    const float* floats = nullptr;
    const std::uint16_t* halves = nullptr; ///< when there are no floats; neither: zeros

    /// Its numbers in float32; those of halves are put into `room`.
    const float* in(std::span<float> room) const;
};

/// The vectors of items, a row each: a matrix of float32, float16 that stay where they are (HalfVectors), or
/// several of these one below the other. What is read of float16 is, to the bit, what a float32 matrix of the
/// same values gives. A value that never changes: copies share the numbers.
class KnowledgeVectors
{
public:
    KnowledgeVectors() = default;
    KnowledgeVectors(Matrix rows); // NOLINT(google-explicit-constructor): a matrix is such vectors
    /// `places` has the place of every row in `halves`; -1: a row of zeros.
    KnowledgeVectors(std::shared_ptr<const HalfVectors> halves, std::vector<std::int32_t> places);

    /// Nothing but zeros.
    static KnowledgeVectors zeros(Eigen::Index rows, Eigen::Index columns);
    /// All of the same columns.
    static KnowledgeVectors stacked(std::span<const KnowledgeVectors> parts);

    Eigen::Index rows() const noexcept { return m_rows; }
    Eigen::Index cols() const noexcept { return m_columns; }
    bool isZero(Eigen::Index row) const;
    PlacedVector at(Eigen::Index row) const;
    const Matrix* floats() const noexcept; ///< all rows, when they are one matrix of float32; else null
    double bytesOfNumber() const noexcept; ///< where they lie: 2 or 4

    /// Row r of the new ones is row sources[r]; as many as there are.
    KnowledgeVectors rearranged(std::span<const std::size_t> sources) const;
    Matrix decoded() const; ///< a float32 copy of all

    /// out[r] = <row first + r, x>, by the kernel dot().
    void dot(Eigen::Index first, const float* x, std::span<float> out) const;

private:
    struct Part
    {
        Eigen::Index first = 0;
        Eigen::Index rows = 0;
        std::shared_ptr<const Matrix> floats;
        std::shared_ptr<const HalfVectors> halves; ///< when there are no floats; neither: zeros
        std::shared_ptr<const std::vector<std::int32_t>> places;

        PlacedVector at(Eigen::Index row) const; ///< counted from the first of the part
    };
    friend class VectorReader;

    const Part& partOf(Eigen::Index row) const;

    std::vector<Part> m_parts; ///< without empty ones
    Eigen::Index m_rows = 0;
    Eigen::Index m_columns = 0;
};

/// Reads vectors in float32, each thread by a reader of its own; the vectors outlive it. What it hands out is
/// valid until it is asked again.
class VectorReader
{
public:
    using Row = Eigen::Map<const Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>>;
    using Rows = Eigen::Map<const Matrix>;

    explicit VectorReader(const KnowledgeVectors& vectors) : m_vectors(vectors) {}

    Row row(Eigen::Index row);
    Rows rows(Eigen::Index first, Eigen::Index count); ///< a few hundred: they may be copied

private:
    float* roomFor(Eigen::Index row, Eigen::Index count);

    const KnowledgeVectors& m_vectors;
    Vector m_room;
};

/// Calls `each(first, rows)` for all rows, in blocks of a few hundred, or at once when they need not be
/// copied. The product of a row with a matrix has the same bits as in Eigen's product of the whole: blocks
/// begin where its kernels do, and none is shorter than the whole if that is short.
void forRowsOf(const KnowledgeVectors& vectors,
               const std::function<void(Eigen::Index, VectorReader::Rows)>& each);

} // namespace transept
