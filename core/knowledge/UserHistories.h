#pragma once

#include "core/base/Job.h"
#include "core/base/Parameter.h"
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
HistoryOptions historyOptions(const Parameters& settings); ///< of the extractor chat-users

/// What people took in one domain, by its training interactions alone, to be told person by person.
class TrainingHistory
{
public:
    /// Items without a title are not told of. InvalidInput when the split cannot be made.
    static Result<TrainingHistory> read(const Workspace& workspace,
                                        const std::string& domain,
                                        const HistoryOptions& options,
                                        const JobContext& context);

    struct Lines
    {
        std::vector<std::pair<std::string, std::string>> fields; ///< (title, "rated 4 of 5"), latest last
        std::vector<ItemId> items;                               ///< likewise
        std::size_t least = 1;
        bool isTooShort() const { return items.size() < least; }
    };

    DomainId domain() const { return m_domain; }
    const std::vector<PersonId>& people() const { return m_people; } ///< ascending
    Lines of(PersonId person) const;

private:
    using Titles = std::unordered_map<std::int64_t, std::string>; // by item

    std::string wordsFor(float value) const;

    DomainId m_domain{};
    std::vector<PersonId> m_people;
    std::vector<ItemId> m_items;
    std::shared_ptr<const TrainingData> m_training;
    Titles m_titles;
    HistoryOptions m_options;
    FeedbackKind m_kind = FeedbackKind::Explicit;
    double m_scaleMax = 0.0;
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
