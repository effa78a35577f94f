#include "core/model/SymmetricInverse.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>

#include <cblas.h>

// LAPACK's routines as the Fortran library exports them. They work on columns: a row-major lower triangle is
// their 'U'.
// NOLINTBEGIN(readability-identifier-naming): their names
extern "C" {
void spotrf_(const char* triangle, const int* size, float* matrix, const int* stride, int* info);
void strtri_(
    const char* triangle, const char* diagonal, const int* size, float* matrix, const int* stride, int* info);
}
// NOLINTEND(readability-identifier-naming)

namespace transept {
namespace {

constexpr std::size_t tileSize = 256;
constexpr std::size_t longestSum = 2048; ///< products are cut there, so that a task hears of a stop in time

int asInt(std::size_t value)
{
    return static_cast<int>(value);
}

/// OpenBLAS works on the thread that calls it: tasks run side by side by themselves.
void keepToOneThread()
{
    static const bool done = [] {
        openblas_set_num_threads(1);
        return true;
    }();
    static_cast<void>(done);
}

/// A matrix cut into square tiles. Every tile is computed by one task with a fixed order of sums and with
/// OpenBLAS on one thread, so the bits do not depend on how many tasks run side by side.
class Tiles
{
public:
    Tiles(Matrix& matrix, const JobContext& job, double from, double to)
        : m_matrix(matrix)
        , m_size(static_cast<std::size_t>(matrix.rows()))
        , m_job(job)
        , m_guard(job)
        , m_from(from)
        , m_to(to)
    {
        keepToOneThread();
    }

    std::size_t count() const { return (m_size + tileSize - 1) / tileSize; }

    /// matrix = L L'
    Status factorise();
    /// L = L^-1
    Status invertTriangle();
    /// matrix = L' L
    Status multiplyTriangles();
    /// The upper triangle becomes the lower one's mirror image.
    Status mirror();

private:
    std::size_t first(std::size_t tile) const { return tile * tileSize; }
    std::size_t length(std::size_t tile) const { return std::min(tileSize, m_size - first(tile)); }
    float* at(std::size_t rowTile, std::size_t columnTile)
    {
        return m_matrix.data() + first(rowTile) * m_size + first(columnTile);
    }
    int stride() const { return asInt(m_size); }

    void report(double share)
    {
        m_job.progress({.fraction = m_from + share * (m_to - m_from),
                        .stage = TRANSLATABLE("stages", "Inverting the matrix")});
    }

    /// tile(i, j) -= sum over k < j of tile(i, k) tile(j, k)'
    void subtractFinished(std::size_t i, std::size_t j);
    /// tile(i, j) = -L_ii^-1 sum over j <= k < i of old(i, k) tile(k, j)
    void invertTile(std::size_t i, std::size_t j, const Matrix& old);
    /// tile(i, j) = sum over k >= i of tile(k, i)' tile(k, j); `diagonal` is a copy of tile(i, i)
    void multiplyTile(std::size_t i, std::size_t j, const Matrix& diagonal);

    Matrix& m_matrix;
    std::size_t m_size;
    const JobContext& m_job;
    TaskGuard m_guard;
    double m_from;
    double m_to;
};

void Tiles::subtractFinished(std::size_t i, std::size_t j)
{
    for (std::size_t from = 0; from < first(j) && m_guard.mayGoOn(); from += longestSum) {
        const std::size_t depth = std::min(longestSum, first(j) - from);
        cblas_sgemm(CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    asInt(length(i)),
                    asInt(length(j)),
                    asInt(depth),
                    -1.0F,
                    at(i, 0) + from,
                    stride(),
                    at(j, 0) + from,
                    stride(),
                    1.0F,
                    at(i, j),
                    stride());
    }
}

Status Tiles::factorise()
{
    for (std::size_t j = 0; j < count(); ++j) {
        parallelTasks(count() - j, [&](std::size_t task) { subtractFinished(j + task, j); });
        if (const Status status = m_guard.status(); !status) {
            return status;
        }
        const int size = asInt(length(j));
        const int lead = stride();
        int info = 0;
        spotrf_("U", &size, at(j, j), &lead, &info);
        if (info != 0) {
            return noUniqueSolution();
        }
        parallelTasks(count() - j - 1, [&](std::size_t task) {
            const std::size_t i = j + 1 + task;
            if (m_guard.mayGoOn()) {
                cblas_strsm(CblasRowMajor,
                            CblasRight,
                            CblasLower,
                            CblasTrans,
                            CblasNonUnit,
                            asInt(length(i)),
                            size,
                            1.0F,
                            at(j, j),
                            lead,
                            at(i, j),
                            lead);
            }
        });
        const double done = static_cast<double>(j + 1) / static_cast<double>(count());
        report(done * done / 3.0);
    }
    return m_guard.status();
}

void Tiles::invertTile(std::size_t i, std::size_t j, const Matrix& old)
{
    const int rows = asInt(length(i));
    const int columns = asInt(length(j));
    float factor = 0.0F;
    for (std::size_t from = first(j); from < first(i) && m_guard.mayGoOn(); from += longestSum) {
        const std::size_t depth = std::min(longestSum, first(i) - from);
        cblas_sgemm(CblasRowMajor,
                    CblasNoTrans,
                    CblasNoTrans,
                    rows,
                    columns,
                    asInt(depth),
                    -1.0F,
                    old.data() + from,
                    asInt(static_cast<std::size_t>(old.cols())),
                    m_matrix.data() + from * m_size + first(j),
                    stride(),
                    factor,
                    at(i, j),
                    stride());
        factor = 1.0F;
    }
    if (m_guard.mayGoOn()) {
        cblas_strsm(CblasRowMajor,
                    CblasLeft,
                    CblasLower,
                    CblasNoTrans,
                    CblasNonUnit,
                    rows,
                    columns,
                    1.0F,
                    at(i, i),
                    stride(),
                    at(i, j),
                    stride());
    }
}

Status Tiles::invertTriangle()
{
    for (std::size_t i = 0; i < count(); ++i) {
        const Matrix old = m_matrix.block(static_cast<Eigen::Index>(first(i)),
                                          0,
                                          static_cast<Eigen::Index>(length(i)),
                                          static_cast<Eigen::Index>(first(i)));
        parallelTasks(i, [&](std::size_t j) { invertTile(i, j, old); });
        if (const Status status = m_guard.status(); !status) {
            return status;
        }
        const int size = asInt(length(i));
        const int lead = stride();
        int info = 0;
        strtri_("U", "N", &size, at(i, i), &lead, &info);
        // Above the diagonal still stands what the caller left there; the products below read whole tiles.
        const auto corner = static_cast<Eigen::Index>(first(i));
        m_matrix.block(corner, corner, size, size).triangularView<Eigen::StrictlyUpper>().setZero();
        const double done = static_cast<double>(i + 1) / static_cast<double>(count());
        report((1.0 + done * done) / 3.0);
    }
    return m_guard.status();
}

void Tiles::multiplyTile(std::size_t i, std::size_t j, const Matrix& diagonal)
{
    const int rows = asInt(length(i));
    const int columns = asInt(length(j));
    if (!m_guard.mayGoOn()) {
        return;
    }
    cblas_strmm(CblasRowMajor,
                CblasLeft,
                CblasLower,
                CblasTrans,
                CblasNonUnit,
                rows,
                columns,
                1.0F,
                diagonal.data(),
                asInt(static_cast<std::size_t>(diagonal.cols())),
                at(i, j),
                stride());
    for (std::size_t from = first(i) + length(i); from < m_size && m_guard.mayGoOn(); from += longestSum) {
        const std::size_t depth = std::min(longestSum, m_size - from);
        const float* below = m_matrix.data() + from * m_size;
        cblas_sgemm(CblasRowMajor,
                    CblasTrans,
                    CblasNoTrans,
                    rows,
                    columns,
                    asInt(depth),
                    1.0F,
                    below + first(i),
                    stride(),
                    below + first(j),
                    stride(),
                    1.0F,
                    at(i, j),
                    stride());
    }
}

Status Tiles::multiplyTriangles()
{
    for (std::size_t i = 0; i < count(); ++i) {
        const auto corner = static_cast<Eigen::Index>(first(i));
        const auto size = static_cast<Eigen::Index>(length(i));
        const Matrix diagonal = m_matrix.block(corner, corner, size, size);
        parallelTasks(i + 1, [&](std::size_t j) { multiplyTile(i, j, diagonal); });
        if (const Status status = m_guard.status(); !status) {
            return status;
        }
        report((2.0 + static_cast<double>(i + 1) / static_cast<double>(count())) / 3.0);
    }
    return m_guard.status();
}

Status Tiles::mirror()
{
    parallelTasks(count(), [&](std::size_t i) {
        for (std::size_t j = 0; j <= i && m_guard.mayGoOn(); ++j) {
            for (std::size_t row = first(i); row < first(i) + length(i); ++row) {
                const std::size_t last = std::min(first(j) + length(j), row);
                for (std::size_t column = first(j); column < last; ++column) {
                    m_matrix.data()[column * m_size + row] = m_matrix.data()[row * m_size + column];
                }
            }
        }
    });
    return m_guard.status();
}

} // namespace

Status invertSymmetric(Matrix& matrix, const JobContext& job, double from, double to)
{
    Tiles tiles(matrix, job, from, to);
    return tiles.factorise()
        .and_then([&] { return tiles.invertTriangle(); })
        .and_then([&] { return tiles.multiplyTriangles(); })
        .and_then([&] { return tiles.mirror(); });
}

Status multiply(const Matrix& a, const Matrix& b, Matrix& c, const JobContext& job)
{
    keepToOneThread();
    c.resize(a.rows(), b.cols());
    const auto inner = static_cast<std::size_t>(a.cols());
    const auto columns = static_cast<std::size_t>(b.cols());
    const std::size_t across = (columns + tileSize - 1) / tileSize;
    const std::size_t down = (static_cast<std::size_t>(a.rows()) + tileSize - 1) / tileSize;
    TaskGuard guard(job);
    parallelTasks(down * across, [&](std::size_t task) {
        const std::size_t row = task / across * tileSize;
        const std::size_t column = task % across * tileSize;
        const std::size_t height = std::min(tileSize, static_cast<std::size_t>(a.rows()) - row);
        const std::size_t width = std::min(tileSize, columns - column);
        for (std::size_t from = 0; from < inner && guard.mayGoOn(); from += longestSum) {
            cblas_sgemm(CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        asInt(height),
                        asInt(width),
                        asInt(std::min(longestSum, inner - from)),
                        1.0F,
                        a.data() + row * inner + from,
                        asInt(inner),
                        b.data() + from * columns + column,
                        asInt(columns),
                        from == 0 ? 0.0F : 1.0F,
                        c.data() + row * columns + column,
                        asInt(columns));
        }
    });
    return guard.status();
}

bool solveSymmetric(std::span<float> matrix, std::span<float> right, TaskGuard& guard)
{
    keepToOneThread();
    const std::size_t size = right.size();
    const int stride = asInt(size);
    for (std::size_t first = 0; first < size && guard.mayGoOn(); first += tileSize) {
        float* corner = matrix.data() + first * size + first;
        const std::size_t width = std::min(tileSize, size - first);
        const int columns = asInt(width);
        int info = 0;
        spotrf_("U", &columns, corner, &stride, &info);
        if (info != 0) {
            return false;
        }
        const std::size_t below = size - first - width;
        if (below > 0) {
            float* panel = corner + width * size;
            cblas_strsm(CblasRowMajor,
                        CblasRight,
                        CblasLower,
                        CblasTrans,
                        CblasNonUnit,
                        asInt(below),
                        columns,
                        1.0F,
                        corner,
                        stride,
                        panel,
                        stride);
            cblas_ssyrk(CblasRowMajor,
                        CblasLower,
                        CblasNoTrans,
                        asInt(below),
                        columns,
                        -1.0F,
                        panel,
                        stride,
                        1.0F,
                        panel + width,
                        stride);
        }
    }
    if (size > 0 && guard.mayGoOn()) {
        for (const auto transposition : {CblasNoTrans, CblasTrans}) {
            cblas_strsv(CblasRowMajor,
                        CblasLower,
                        transposition,
                        CblasNonUnit,
                        stride,
                        matrix.data(),
                        stride,
                        right.data(),
                        1);
        }
    }
    return true;
}

tl::unexpected<Error> noUniqueSolution()
{
    return fail(
        ErrorCode::Diverged,
        TRANSLATABLE("errors",
                     "The system of equations has no unique solution in the computer's precision. Raise "
                     "the regularisation (lambda)."));
}

} // namespace transept
