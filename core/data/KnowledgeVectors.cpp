#include "core/data/KnowledgeVectors.h"

#include "core/base/Kernels.h"

#include <algorithm>
#include <cassert>

namespace transept {
namespace {

/// A multiple of what Eigen's kernels take of the rows at once, whatever the processor: 4, or up to 48.
constexpr Eigen::Index rowsAtOnce = 480;

constexpr Eigen::Index alignment = 16; ///< numbers

bool isNothing(std::span<const std::uint16_t> halves)
{
    constexpr std::uint16_t withoutSign = 0x7FFF;
    return std::ranges::all_of(halves, [](std::uint16_t half) { return (half & withoutSign) == 0; });
}

} // namespace

const float* PlacedVector::in(std::span<float> room) const
{
    if (floats != nullptr) {
        return floats;
    }
    if (halves != nullptr) {
        kernels::decodeHalves(halves, room.size(), room.data());
    } else {
        std::ranges::fill(room, 0.0F);
    }
    return room.data();
}

PlacedVector KnowledgeVectors::Part::at(Eigen::Index row) const
{
    if (floats != nullptr) {
        return {.floats = floats->row(row).data()};
    }
    const std::int32_t place = halves != nullptr ? (*places)[static_cast<std::size_t>(row)] : -1;
    return {.halves = place < 0 ? nullptr : halves->row(place).data()};
}

KnowledgeVectors::KnowledgeVectors(Matrix rows) : m_rows(rows.rows()), m_columns(rows.cols())
{
    if (m_rows > 0) {
        m_parts.push_back({.rows = m_rows, .floats = std::make_shared<const Matrix>(std::move(rows))});
    }
}

KnowledgeVectors::KnowledgeVectors(std::shared_ptr<const HalfVectors> halves,
                                   std::vector<std::int32_t> places)
    : m_rows(static_cast<Eigen::Index>(places.size()))
    , m_columns(halves->key().dimension)
{
    if (m_rows > 0) {
        m_parts.push_back({.rows = m_rows,
                           .halves = std::move(halves),
                           .places = std::make_shared<const std::vector<std::int32_t>>(std::move(places))});
    }
}

KnowledgeVectors KnowledgeVectors::zeros(Eigen::Index rows, Eigen::Index columns)
{
    KnowledgeVectors vectors;
    vectors.m_rows = rows;
    vectors.m_columns = columns;
    if (rows > 0) {
        vectors.m_parts.push_back({.rows = rows});
    }
    return vectors;
}

KnowledgeVectors KnowledgeVectors::stacked(std::span<const KnowledgeVectors> parts)
{
    KnowledgeVectors all;
    for (const KnowledgeVectors& each : parts) {
        assert(all.m_rows == 0 || each.m_columns == all.m_columns);
        all.m_columns = each.m_columns;
        for (Part part : each.m_parts) {
            part.first += all.m_rows;
            all.m_parts.push_back(std::move(part));
        }
        all.m_rows += each.m_rows;
    }
    return all;
}

const KnowledgeVectors::Part& KnowledgeVectors::partOf(Eigen::Index row) const
{
    assert(row >= 0 && row < m_rows);
    return *std::prev(std::ranges::upper_bound(m_parts, row, {}, &Part::first));
}

bool KnowledgeVectors::isZero(Eigen::Index row) const
{
    const PlacedVector vector = at(row);
    if (vector.floats != nullptr) {
        return std::all_of(
            vector.floats, vector.floats + m_columns, [](float number) { return number == 0.0F; });
    }
    return vector.halves == nullptr || isNothing({vector.halves, static_cast<std::size_t>(m_columns)});
}

PlacedVector KnowledgeVectors::at(Eigen::Index row) const
{
    const Part& part = partOf(row);
    return part.at(row - part.first);
}

const Matrix* KnowledgeVectors::floats() const noexcept
{
    return m_parts.size() == 1 ? m_parts.front().floats.get() : nullptr;
}

double KnowledgeVectors::bytesOfNumber() const noexcept
{
    const bool areHalves =
        std::ranges::any_of(m_parts, [](const Part& part) { return part.halves != nullptr; });
    return areHalves ? sizeof(std::uint16_t) : sizeof(float);
}

KnowledgeVectors KnowledgeVectors::rearranged(std::span<const std::size_t> sources) const
{
    if (m_parts.size() == 1 && m_parts.front().halves != nullptr) {
        std::vector<std::int32_t> places(sources.size());
        std::ranges::transform(
            sources, places.begin(), [&](std::size_t row) { return (*m_parts.front().places)[row]; });
        return {m_parts.front().halves, std::move(places)};
    }
    Matrix rows(static_cast<Eigen::Index>(sources.size()), m_columns);
    VectorReader reader(*this);
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        rows.row(row) = reader.row(static_cast<Eigen::Index>(sources[static_cast<std::size_t>(row)]));
    }
    return rows;
}

Matrix KnowledgeVectors::decoded() const
{
    Matrix all(m_rows, m_columns);
    for (Eigen::Index row = 0; row < m_rows; ++row) {
        const std::span into(all.row(row).data(), static_cast<std::size_t>(m_columns));
        if (const float* numbers = at(row).in(into); numbers != into.data()) {
            std::copy_n(numbers, m_columns, into.data());
        }
    }
    return all;
}

void KnowledgeVectors::dot(Eigen::Index first, const float* x, std::span<float> out) const
{
    const auto length = static_cast<std::size_t>(m_columns);
    while (!out.empty()) {
        const Part& part = partOf(first);
        const auto from = static_cast<std::size_t>(first - part.first);
        const std::size_t count = std::min(out.size(), static_cast<std::size_t>(part.rows) - from);
        if (part.floats != nullptr) {
            kernels::dotRows(part.floats->data() + from * length, count, length, x, length, out.data());
        } else if (part.halves != nullptr) {
            kernels::dotHalfRows(
                part.halves->rows(), std::span(*part.places).subspan(from, count), x, length, out.data());
        } else {
            std::fill_n(out.data(), count, 0.0F);
        }
        first += static_cast<Eigen::Index>(count);
        out = out.subspan(count);
    }
}

/// As far from an aligned place as a matrix has the row: some sums of Eigen depend on that.
float* VectorReader::roomFor(Eigen::Index row, Eigen::Index count)
{
    const Eigen::Index offset = row * m_vectors.cols() % alignment;
    if (const Eigen::Index wanted = count * m_vectors.cols() + alignment; m_room.size() < wanted) {
        m_room.resize(wanted);
    }
    return m_room.data() + offset;
}

VectorReader::Row VectorReader::row(Eigen::Index row)
{
    const KnowledgeVectors::Part& part = m_vectors.partOf(row);
    const PlacedVector vector = part.at(row - part.first);
    if (vector.floats != nullptr) {
        return {vector.floats, m_vectors.cols()};
    }
    float* room = roomFor(row - part.first, 1);
    return {vector.in({room, static_cast<std::size_t>(m_vectors.cols())}), m_vectors.cols()};
}

VectorReader::Rows VectorReader::rows(Eigen::Index first, Eigen::Index count)
{
    if (count == 0) {
        return {nullptr, 0, m_vectors.cols()};
    }
    const KnowledgeVectors::Part& part = m_vectors.partOf(first);
    if (part.floats != nullptr && first + count <= part.first + part.rows) {
        return {part.floats->row(first - part.first).data(), count, m_vectors.cols()};
    }
    float* room = roomFor(first - part.first, count);
    const auto length = static_cast<std::size_t>(m_vectors.cols());
    for (Eigen::Index row = 0; row < count; ++row) {
        float* into = room + row * m_vectors.cols();
        if (const float* numbers = m_vectors.at(first + row).in({into, length}); numbers != into) {
            std::copy_n(numbers, length, into);
        }
    }
    return {room, count, m_vectors.cols()};
}

void forRowsOf(const KnowledgeVectors& vectors,
               const std::function<void(Eigen::Index, VectorReader::Rows)>& each)
{
    VectorReader reader(vectors);
    const Eigen::Index count = vectors.rows();
    if (const Matrix* floats = vectors.floats()) {
        each(0, {floats->data(), count, floats->cols()});
        return;
    }
    for (Eigen::Index first = 0; first < count;) {
        const Eigen::Index rest = count - first;
        const Eigen::Index block = rest < 2 * rowsAtOnce ? rest : rowsAtOnce;
        each(first, reader.rows(first, block));
        first += block;
    }
}

} // namespace transept
