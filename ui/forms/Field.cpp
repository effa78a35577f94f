#include "ui/forms/Field.h"

namespace transept::ui {

bool Field::isWide() const
{
    constexpr std::size_t longText = 200; // bytes of a preset that shows what is typed there
    return m_parameter.type == Parameter::Type::Table ||
           (m_parameter.type == Parameter::Type::Text && m_parameter.preset.is_string() &&
            m_parameter.preset.get_ref<const std::string&>().size() > longText);
}

} // namespace transept::ui
