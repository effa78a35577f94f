#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Interview.h"

namespace transept {

/// InvalidInput when the settings of the extraction do not fit. The extraction outlives what is made.
using MakeInterviewer = Result<std::unique_ptr<const Interviewer>> (*)(const Extraction&);

/// The entries of the table, for any interviewer.
Result<ExtractionReport> runInterview(MakeInterviewer make,
                                      const Workspace& workspace,
                                      const Extraction& extraction,
                                      KnowledgeId id,
                                      const JobContext& context);
Result<ExtractionForecast> forecastInterview(MakeInterviewer make,
                                             const Workspace& workspace,
                                             const Extraction& extraction,
                                             int sample,
                                             const JobContext& context);
/// The item is to be found, and shown as the options say.
struct PreviewRequest
{
    ItemId item{};
    const PreviewOptions& options;
};
Result<ExtractionPreview> previewInterview(MakeInterviewer make,
                                           const Workspace& workspace,
                                           const Extraction& extraction,
                                           const PreviewRequest& request,
                                           const JobContext& context);

/// The reply about an item that the cache has; nothing when it has none.
Result<std::optional<std::string>> cachedReply(MakeInterviewer make,
                                               const Workspace& workspace,
                                               const Extraction& extraction,
                                               ItemId item,
                                               const JobContext& context);

/// A preview about any text that nobody redacted yet.
Result<ExtractionPreview> previewAbout(const Interviewer& interviewer,
                                       ItemText text,
                                       const Workspace& workspace,
                                       const Extraction& extraction,
                                       const PreviewOptions& options,
                                       const JobContext& context);

ExtractionReport reportOf(const InterviewReport& asked, const Price& price);

template<MakeInterviewer make>
ExtractorEntry entryThatAsks(ExtractorDescription description)
{
    return {
        .description = std::move(description),
        .run =
            [](Workspace& workspace,
               const Extraction& extraction,
               KnowledgeId id,
               const JobContext& context) { return runInterview(make, workspace, extraction, id, context); },
        .forecast =
            [](const Workspace& workspace,
               const Extraction& extraction,
               int sample,
               const JobContext& context) {
                return forecastInterview(make, workspace, extraction, sample, context);
            },
        .preview =
            [](const Workspace& workspace,
               const Extraction& extraction,
               ItemId item,
               const PreviewOptions& options,
               const JobContext& context) {
                return previewInterview(make, workspace, extraction, {item, options}, context);
            },
        .reply =
            [](const Workspace& workspace,
               const Extraction& extraction,
               ItemId item,
               const JobContext& context) {
                return cachedReply(make, workspace, extraction, item, context);
            }};
}

} // namespace transept
