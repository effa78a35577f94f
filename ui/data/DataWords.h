#pragma once

#include "core/ingest/Import.h"

#include <QtCore/QString>

/// What the data page calls the words of an import, in the reader's language.
namespace transept::ui::words {

QString part(int part); ///< as the store numbers them: 1 train, 2 valid, 3 test
QString role(Role role);
QString target(ImportTarget target);
QString target(const std::string& word); ///< as the import log has it
QString layout(Format::Layout layout);
QString encoding(Format::Encoding encoding);
QString delimiter(const std::string& delimiter);
QString quote(char quote);
QString duplicates(Duplicates rule);
QString importState(const std::string& state);

} // namespace transept::ui::words
