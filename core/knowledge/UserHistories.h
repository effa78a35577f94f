#pragma once

#include "core/base/Job.h"
#include "core/data/Split.h"
#include "core/store/UserKnowledge.h"

namespace transept {

/// Whose histories are told, and how much of them.
struct HistoryOptions
{
    SplitSpec split;       ///< of every domain as the target: only what is in training is told
    std::size_t least = 3; ///< interactions; people with fewer are left out
    std::size_t most = 30; ///< the latest
};

/// What people took in one domain, by its training interactions alone.
struct DomainHistories
{
    DomainId domain{};
    std::vector<UserSubject> subjects; ///< ascending people
    std::vector<ItemText>
        texts; ///< one a subject, as prompts take them: (title, "rated 4 of 5"), latest last
    std::vector<std::vector<ItemId>> items; ///< likewise: the items of its lines
    std::int64_t tooShort = 0;              ///< people with training interactions, but fewer than the least
};

/// Items without a title are not told of. InvalidInput when the split cannot be made.
Result<DomainHistories> domainHistories(const Workspace& workspace,
                                        const std::string& domain,
                                        const HistoryOptions& options,
                                        const JobContext& context);

/// The pairs of items (source, target) that the most people took both of, as the fields of a text whose title
/// names the two domains; of as many people the pair with the smaller ids first. Empty fields: nobody is in
/// both.
ItemText pairsTakenTogether(const DomainHistories& source, const DomainHistories& target, std::size_t most);

} // namespace transept
