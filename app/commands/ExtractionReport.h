#pragma once

#include "app/commands/Console.h"
#include "core/knowledge/Extractor.h"

namespace transept::app {

/// What the command knowledge tells of an extraction, as a document for scripts and as text for people.

Json reportOf(const ExtractionForecast& cost);
void printForecast(const ExtractionForecast& cost);

Json reportOf(const ExtractionPreview& shown);
void printPreview(const ExtractionPreview& shown);

Json reportOf(const ExtractionReport& report, const ExtractionRequest& request);
void printExtraction(const ExtractionReport& report, const ExtractionRequest& request);

} // namespace transept::app
