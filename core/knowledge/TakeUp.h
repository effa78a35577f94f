#pragma once

#include "core/knowledge/ExtractorTable.h"

namespace transept {

/// A knowledge base that is extracted now.
struct Begun
{
    KnowledgeId id{};
    bool isNew = false;
    ItemId after{};                        ///< as in Extraction
    bool keeps = false;                    ///< likewise
    std::int64_t items = 0;                ///< with knowledge before
    std::int64_t failures = 0;             ///< likewise
    ItemId lastItem{};                     ///< that it will have seen
    std::optional<KnowledgeBase> before{}; ///< the finished one that was taken up
};

/// Begins the knowledge base that is asked for, goes on with it, or takes up a finished one: to add what is
/// new, or to try again what failed. InvalidInput when that cannot be: then nothing changed.
Result<Begun> beginOrTakeUp(const Workspace& workspace,
                            const ExtractorDescription& extractor,
                            const Extraction& extraction);

/// Writes down what became of it. A finished one to which nothing was added is as it was before; one that was
/// begun now and cannot be made from this workspace leaves nothing behind.
Status settle(const Workspace& workspace, const Begun& begun, const Result<ExtractionReport>& report);

/// The request with what it leaves out when it extends: that is as it was; the files may be others by now.
Result<ExtractionRequest> completedRequest(const Workspace& workspace, const ExtractionRequest& request);

} // namespace transept
