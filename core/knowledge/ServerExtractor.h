#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Questions.h"

#include <memory>

namespace transept {

/// What tells one extractor that asks a server from another: what it asks, and how it reads the replies.
class Interviewer
{
public:
    virtual ~Interviewer() = default;

    /// How many items one question is about; the last may be about fewer.
    virtual std::size_t itemsPerQuestion() const { return 1; }

    virtual Question questionFor(std::span<const ItemText> items) const = 0;

    /// What a reply says of the items that its question was about, one entry each and in their order.
    /// InvalidInput with what is wrong with the reply: all its items then count as failed.
    virtual Result<std::vector<ItemFacts>> read(const Json& reply, std::span<const ItemText> items) const = 0;

    /// What is left to do once there is a reply for every item.
    virtual Status finish(const KnowledgeStore& store, KnowledgeId id, const JobContext& context) const;

protected:
    Interviewer() = default;
    Interviewer(const Interviewer&) = default;
    Interviewer& operator=(const Interviewer&) = default;
};

/// InvalidInput when the settings of the extraction do not fit. The extraction outlives what is made.
using MakeInterviewer = Result<std::unique_ptr<const Interviewer>> (*)(const Extraction&);

/// The three entries of the table, for any interviewer.
Result<ExtractionReport> runInterview(MakeInterviewer make,
                                      const Workspace& workspace,
                                      const Extraction& extraction,
                                      KnowledgeId id,
                                      const JobContext& context);
Result<ExtractionForecast> forecastInterview(MakeInterviewer make,
                                             const Workspace& workspace,
                                             const Extraction& extraction,
                                             const JobContext& context);
/// The item is to be found, `ask` says whether the server is asked.
struct PreviewRequest
{
    ItemId item{};
    bool ask = false;
};
Result<ExtractionPreview> previewInterview(MakeInterviewer make,
                                           const Workspace& workspace,
                                           const Extraction& extraction,
                                           const PreviewRequest& request,
                                           const JobContext& context);

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
            [](const Workspace& workspace, const Extraction& extraction, const JobContext& context) {
                return forecastInterview(make, workspace, extraction, context);
            },
        .preview =
            [](const Workspace& workspace,
               const Extraction& extraction,
               ItemId item,
               bool ask,
               const JobContext& context) {
                return previewInterview(make, workspace, extraction, {item, ask}, context);
            }};
}

} // namespace transept
