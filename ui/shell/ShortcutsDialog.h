#pragma once

#include "ui/shell/CommandPalette.h"

#include <QtWidgets/QDialog>

namespace transept::ui {

/// Ctrl+?: every shortcut of the window, by menu, and what mouse and keys do in charts and tables.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(const std::vector<NamedAction>& actions, QWidget* parent);
};

} // namespace transept::ui
