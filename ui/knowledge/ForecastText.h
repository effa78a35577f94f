#pragma once

#include "core/knowledge/Extractor.h"

#include <QtCore/QString>

namespace transept::ui {

/// What an extraction would still cost, in one sentence.
QString forecastText(const ExtractionForecast& cost, const ExtractorDescription& extractor);

/// What a server answered that was asked whether it is there, and what it can do.
QString serverText(const ServerStatus& status);

} // namespace transept::ui
