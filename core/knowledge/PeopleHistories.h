#pragma once

#include "core/knowledge/UserHistories.h"

#include <memory>

namespace transept {

/// What a knowledge base about people was told of them, by its own settings: kept to be looked at person by
/// person.
class PeopleHistories
{
public:
    /// InvalidInput for a knowledge base that is not about people, or when its split cannot be made any more.
    /// Interactions that came since are among those read.
    static Result<std::shared_ptr<const PeopleHistories>> read(const Workspace& workspace,
                                                               const KnowledgeBase& base,
                                                               const JobContext& context);

    /// In a domain: lines as prompts have them, latest last; none of a person who is not told of there.
    struct Told
    {
        DomainId domain{};
        std::string name;
        std::vector<std::pair<std::string, std::string>> lines; ///< title, "rated 4 of 5"
    };
    std::vector<Told> of(PersonId person) const; ///< the domains with lines

private:
    struct Source
    {
        std::string name;
        TrainingHistory history;
    };
    std::vector<Source> m_domains;
    Parameters m_settings;
};

} // namespace transept
