#pragma once

#include "core/knowledge/LlmServer.h"
#include "core/store/KnowledgeStore.h"

#include <functional>
#include <span>

namespace transept {

/// One request about one or several items.
struct Question
{
    std::string path; ///< below the server's address: /chat/completions
    Json request;
    std::int64_t estimatedTokensIn = 0;
    std::int64_t estimatedTokensOut = 0;
    std::int64_t estimatedTokens() const { return estimatedTokensIn + estimatedTokensOut; }
};

/// What came back, and whether anybody had to be asked.
struct Reply
{
    Result<ServerAnswer> answer;
    bool fromCache = false;
};

/// Content and server of a question as the key of the cache: the same question is never asked twice.
std::string hashOf(const Question& question, const std::string& url);

struct QuestionOptions
{
    ServerSettings server;
    std::string model;
    int lines = 4;                ///< requests under way at once
    std::int64_t tokenBudget = 0; ///< 0: none
};

struct QuestionReport
{
    std::int64_t tokensIn = 0; ///< spent; what came from the cache costs nothing
    std::int64_t tokensOut = 0;
    std::int64_t fromCache = 0;
    bool budgetReached = false; ///< not all were asked
};

/// Asks all questions, several at a time, and hands each reply to `take` on the calling thread as it comes;
/// replies of the server are in the cache before `take` sees them, so a kill loses none that was paid for. A
/// question that the server refuses (InvalidInput) is a reply like others; when the server does not answer at
/// all (Network), or `take` fails, all ends with that error. Stops asking before the budget would be passed.
Result<QuestionReport> askAll(const KnowledgeStore& store,
                              std::span<const Question> questions,
                              const QuestionOptions& options,
                              const std::function<Status(std::size_t question, const Reply&)>& take,
                              const JobContext& context);

} // namespace transept
