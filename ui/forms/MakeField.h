#pragma once

#include "ui/forms/Field.h"

namespace transept::ui {

struct FileDialogs;

/// The field that fits the type of the parameter; the parent owns it.
Field* makeField(const Parameter& parameter, const FileDialogs& dialogs, QWidget* parent);

} // namespace transept::ui
