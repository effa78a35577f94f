#pragma once

#include "core/experiment/IntrinsicChecks.h"
#include "ui/knowledge/FigureTable.h"

#include <QtCore/QStringList>

namespace transept::ui::quality {

/// What the checks found, in sentences, the most important first.
QStringList sentences(const IntrinsicChecks& checks);

/// "films", or "films and books" of two.
QString domains(const std::string& domain, const std::string& other);

FigureTable::Content facetTable(const IntrinsicChecks& checks);
FigureTable::Content lookAlikeTable(const IntrinsicChecks& checks); ///< ids: of a group's first item
FigureTable::Content agreementTable(const IntrinsicChecks& checks);

} // namespace transept::ui::quality
