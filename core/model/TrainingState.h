#pragma once

#include "core/base/Result.h"
#include "core/model/FactorMatrix.h"

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace transept {

/// The numbers that a training consists of between two epochs, on their way to a checkpoint or back. A
/// training names each of them once, in a function that takes this: what it names is written, or replaced by
/// what was written.
///
/// Bytes belong to one program, spec and data, which whoever keeps them has to make sure of. After the first
/// thing that is not as expected ok() is false and nothing is replaced any more.
class TrainingState
{
public:
    TrainingState();                                ///< takes numbers down
    explicit TrainingState(std::string_view bytes); ///< gives back what bytes() returned; they outlive it

    bool isRestoring() const noexcept { return m_isRestoring; }

    template<typename T>
    requires std::is_trivially_copyable_v<T>
    void value(T& value) { exchange(&value, sizeof(T)); }

    /// Given back only to a vector of the same length, as a training that was just started has it.
    template<typename T, typename Allocator>
    void array(std::vector<T, Allocator>& values)
    {
        std::uint64_t length = values.size();
        value(length);
        m_ok = m_ok && length == values.size();
        exchangeAll(values);
    }

    /// Given back in whatever length it was taken down.
    template<typename T, typename Allocator>
    void list(std::vector<T, Allocator>& values)
    {
        std::uint64_t length = values.size();
        value(length);
        m_ok = m_ok && (!m_isRestoring || length <= m_rest.size() / sizeof(T));
        if (m_ok) {
            values.resize(length);
        }
        exchangeAll(values);
    }

    /// As array().
    void matrix(FactorMatrix& matrix) { array(matrix.values); }

    /// As list().
    void text(std::string& text);

    /// An Eigen matrix or vector of whatever size.
    template<typename Dense>
    void dense(Dense& matrix)
    {
        Eigen::Index rows = matrix.rows();
        Eigen::Index columns = matrix.cols();
        value(rows);
        value(columns);
        using Scalar = typename Dense::Scalar;
        const std::size_t most = m_rest.size() / sizeof(Scalar);
        m_ok = m_ok && (!m_isRestoring || fits(rows, columns, most));
        if (m_ok && m_isRestoring) {
            matrix.resize(rows, columns);
        }
        exchange(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(Scalar));
    }

    bool ok() const noexcept { return m_ok; }
    bool finished() const noexcept { return m_ok && m_rest.empty(); } ///< all was given back

    std::string bytes() &&; ///< what was taken down, with a checksum

private:
    template<typename T, typename Allocator>
    void exchangeAll(std::vector<T, Allocator>& values)
    {
        static_assert(std::is_trivially_copyable_v<T> && !std::same_as<T, bool>);
        exchange(values.data(), values.size() * sizeof(T));
    }

    static bool fits(Eigen::Index rows, Eigen::Index columns, std::size_t most);
    void exchange(void* data, std::size_t size);

    bool m_isRestoring = false;
    bool m_ok = true;
    std::string m_taken;
    std::string_view m_rest; ///< not yet given back
};

} // namespace transept
