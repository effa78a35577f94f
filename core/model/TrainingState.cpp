#include "core/model/TrainingState.h"

#include "core/model/ModelBytes.h"

#include <cstring>

namespace transept {
namespace {

constexpr std::string_view mark = "TTS1";

} // namespace

TrainingState::TrainingState() : m_taken(mark) {}

TrainingState::TrainingState(std::string_view bytes) : m_isRestoring(true)
{
    const std::optional<std::string_view> content = contentOf(mark, bytes);
    m_ok = content.has_value();
    m_rest = content.value_or(std::string_view());
}

void TrainingState::exchange(void* data, std::size_t size)
{
    if (!m_ok || size == 0) {
        return;
    }
    if (!m_isRestoring) {
        m_taken.append(static_cast<const char*>(data), size);
        return;
    }
    m_ok = size <= m_rest.size();
    if (m_ok) {
        std::memcpy(data, m_rest.data(), size);
        m_rest.remove_prefix(size);
    }
}

void TrainingState::text(std::string& text)
{
    std::vector<char> characters(text.begin(), text.end());
    list(characters);
    text.assign(characters.begin(), characters.end());
}

bool TrainingState::fits(Eigen::Index rows, Eigen::Index columns, std::size_t most)
{
    return rows >= 0 && columns >= 0 &&
           (rows == 0 || static_cast<std::size_t>(columns) <= most / static_cast<std::size_t>(rows));
}

std::string TrainingState::bytes() &&
{
    return sealed(std::move(m_taken));
}

} // namespace transept
