#pragma once

#include "core/store/KnowledgeStore.h"

#include <span>
#include <string>
#include <vector>

namespace transept {

/// A person as one domain shows them.
struct UserSubject
{
    PersonId person{};
    DomainId domain{};
    bool operator==(const UserSubject&) const = default;
};

struct UserFacts
{
    UserSubject subject;
    std::vector<StoredFacet> facets;
};

struct UserFailure
{
    UserSubject subject;
    std::string reason; ///< English with %1
    std::vector<std::string> arguments;
    std::string reply;
    int attempts = 1;
    std::string keys = {}; ///< of the person's accounts, "u7, anna"
};

/// How tastes carry over from one domain to another, in words.
struct DomainPairText
{
    DomainId source{};
    DomainId target{};
    std::string text;
};

/// What knowledge bases say of people and of pairs of domains.
class UserKnowledge
{
public:
    explicit UserKnowledge(const Workspace& workspace) : m_database(workspace.database()), m_store(workspace)
    {
    }

    /// All of a step of an extraction, or nothing. An item of its facts and failures is the number of a
    /// subject: ItemId{0} is subjects[0].
    Status commit(KnowledgeId id, const ExtractionStep& step, std::span<const UserSubject> subjects) const;

    /// Those with facts, in order of person and domain: for resuming.
    Result<std::vector<UserSubject>> subjects(KnowledgeId id) const;
    Result<std::vector<UserFacts>> of(KnowledgeId id, PersonId person) const;
    Result<std::vector<UserFailure>> failures(KnowledgeId id) const;

    /// The same of a step about pairs: what else came, and the texts.
    Status commit(KnowledgeId id, const ExtractionStep& step, std::span<const DomainPairText> pairs) const;
    Result<std::vector<DomainPairText>> pairs(KnowledgeId id) const;

private:
    Status putPair(KnowledgeId id, const DomainPairText& pair) const;
    Status putWithin(KnowledgeId id, const ExtractionStep& step, std::span<const UserSubject> subjects) const;

    const Database& m_database;
    KnowledgeStore m_store;
};

} // namespace transept
