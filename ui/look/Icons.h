#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QIcon>

namespace transept::ui {

/// The icon :/icons/NAME.svg in the colour of the text around it: follows theme, disabled state and selection
/// (checked icons take the accent), crisp at any device pixel ratio. Names are the files in resources/icons.
QIcon icon(const QString& name);

/// The same in a colour of its own.
QIcon icon(const QString& name, const QColor& colour);

} // namespace transept::ui
