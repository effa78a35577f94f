#pragma once

#include "ui/look/Tokens.h"

#include <QtCore/QString>

namespace transept::ui {

/// What Fusion and a palette alone cannot do: round fields, thin sliders, quiet tables. Made from the tokens,
/// so both themes have one source.
QString styleSheet(const Tokens& tokens);

} // namespace transept::ui
