#pragma once

#include "core/knowledge/Extractor.h"

namespace transept {

/// A request that was checked against the workspace: every default written out, every name known.
struct Extraction
{
    ExtractionRequest request; ///< settings complete, domains and fields listed
    Parameters settings;
    std::vector<DomainId> domains; ///< in the order of request.domains
    /// Only items that came after this one are extracted; 0: all that have no facts.
    ItemId after{};
    /// It was finished before: what is there keeps its bits, and what is added is placed by what is stored.
    bool keeps = false;
};

/// One extractor. Each is one file that defines a function which returns its entry; Extractor.cpp lists these
/// functions. extract() has checked the request and begun (or gone on with) the knowledge base before `run`
/// is called, and sets its state afterwards: finished, cancelled, failed, or interrupted when the report says
/// that the budget was reached. `run` skips items that have facts, commits in steps, and fills in tokens,
/// failures and fromCache; extract() counts items. With Extraction::keeps it leaves what is there as it is.
struct ExtractorEntry
{
    ExtractorDescription description;
    Result<ExtractionReport> (*run)(Workspace&, const Extraction&, KnowledgeId, const JobContext&) = nullptr;
    Result<ExtractionForecast> (*forecast)(const Workspace&,
                                           const Extraction&,
                                           int sample,
                                           const JobContext&) = nullptr;
    Result<ExtractionPreview> (*preview)(
        const Workspace&, const Extraction&, ItemId, const PreviewOptions&, const JobContext&) = nullptr;
    /// What was answered about an item, when it is in the cache; null: nobody is asked.
    Result<std::optional<std::string>> (*reply)(const Workspace&,
                                                const Extraction&,
                                                ItemId,
                                                const JobContext&) = nullptr;
    /// Checks what only a look at a file tells, and writes it into the settings; null: nothing to look at.
    Status (*complete)(Parameters& settings, const JobContext&) = nullptr;
};

ExtractorEntry lexicalExtractor();
ExtractorEntry wordVectorExtractor();
ExtractorEntry chatExtractor();
ExtractorEntry userExtractor();
ExtractorEntry embeddingExtractor();
ExtractorEntry facetWordsExtractor();
ExtractorEntry facetEmbeddingExtractor();
ExtractorEntry fileExtractor();

} // namespace transept
