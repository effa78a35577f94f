#pragma once

#include <QtCore/QString>

#include <functional>

namespace transept::ui {

/// A sentence in the reader's language of the moment: what shows it asks again when the language changes.
/// Write
/// `[file] { return tr("Importing %1").arg(file); }`. Never empty.
using LiveText = std::function<QString()>;

} // namespace transept::ui
