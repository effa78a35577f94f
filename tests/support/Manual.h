#pragma once

#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtCore/QString>

namespace transept::test {

/// What the manual's sentence lists behind these words of it.
inline std::string listedInManual(const char* words)
{
    const QString manual = QString::fromStdString(contentOf(fixture("../../resources/man/transept.1")));
    QString listed = manual.section(QLatin1String(words), 1).section(QLatin1Char('.'), 0, 0).simplified();
    listed.remove(QLatin1Char('\\'));
    return listed.toStdString();
}

} // namespace transept::test
