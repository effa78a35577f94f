#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Interview.h"
#include "core/knowledge/UserHistories.h"

#include <map>

namespace transept {

/// How tastes carry over from domain to domain, in the words of a chat model that is shown items which the
/// same people took.
class CarryOver
{
public:
    /// Every pair of domains with people in both. The extraction must outlive this.
    CarryOver(const Extraction& extraction, const std::vector<DomainHistories>& histories);

    /// Takes from the cache what was asked before.
    Status recall(ReplyCache cache, const std::string& url);

    /// Keeps what was said of pairs before: they are not asked about.
    void keep(std::span<const DomainPairText> said);

    /// Asks about the others; `commit` keeps a step and the texts that came with it, all or nothing.
    using Commit = std::function<Status(const ExtractionStep&, std::span<const DomainPairText>)>;
    Result<InterviewReport> ask(const InterviewOptions& options,
                                ReplyCache cache,
                                const Commit& commit,
                                const JobContext& context);

    std::int64_t unanswered() const;
    /// What prompts about each domain say: the texts of all pairs into it.
    std::map<DomainId, std::string> byTarget() const;

private:
    const Extraction& m_extraction;
    std::vector<DomainPairText> m_pairs;
    std::vector<ItemText> m_texts; ///< of pairs that are asked about; the item is the pair's number
};

} // namespace transept
