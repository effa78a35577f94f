#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Interviewer.h"

namespace transept {

/// What asking about these texts would still cost; see forecast() in Extractor.h.
Result<ExtractionForecast> forecastAbout(const Interviewer& interviewer,
                                         std::span<const ItemText> texts,
                                         const Workspace& workspace,
                                         const Extraction& extraction,
                                         int sample,
                                         const JobContext& context);

} // namespace transept
