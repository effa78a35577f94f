#pragma once

#include "core/base/Job.h"
#include "core/knowledge/Budget.h"
#include "core/knowledge/Interviewer.h"
#include "core/knowledge/LlmServer.h"

namespace transept {

struct InterviewOptions
{
    ServerSettings server;
    std::string model;
    int lines = 4; ///< requests under way at once
    Budget budget;
    Price price;
    std::size_t dimension = 0; ///< of the vectors that are there already; 0: none yet
};

/// What an interview came to.
struct InterviewReport : AnswerCounts
{
    std::int64_t fromCache = 0; ///< texts answered by replies of earlier
    std::int64_t repeated = 0;  ///< texts that ask the same as another one, answered with it
    std::int64_t repaired = 0;  ///< replies that were asked for once more
    std::int64_t shortened = 0; ///< texts that were too long for the model
    std::int64_t tokensIn = 0;  ///< spent; what came from the cache costs nothing
    std::int64_t tokensOut = 0;
    bool tokensAreBounds = false; ///< the server does not tell what it costs: the most it can is counted
    bool budgetReached = false;   ///< not all were asked
    double seconds = 0.0;
    std::vector<TokenBound> spent; ///< by call
    std::vector<double> latencies; ///< by call, seconds
};

/// Asks about all texts, several requests at a time, and hands on what came, in steps: `commit` is called on
/// this thread, with the server's replies among the step, so that a kill loses none that was paid for.
///
/// A question whose answer is in the cache is not asked, and equal ones are asked once. What a server objects
/// to is left out in the requests that follow: the schema of the reply, then any demand of JSON (when the
/// interviewer adapts), and the system's message. A text that is too long for the model is halved, three
/// times at most. A reply that cannot be read is asked for once more, with what is wrong with it. Texts that
/// still come to nothing are failures of the step; when the server does not answer at all (Network), or
/// `commit` fails, all ends with that error after what is under way was waited for.
Result<InterviewReport> interview(const Interviewer& interviewer,
                                  std::span<const ItemText> texts,
                                  const InterviewOptions& options,
                                  ReplyCache cache,
                                  const std::function<Status(const ExtractionStep&)>& commit,
                                  const JobContext& context);

/// The key of the cache for a question to a server.
std::string hashOf(const Interviewer& interviewer, const ItemText& text, const std::string& url);

/// The next manner when a server objects to one; nothing when there is no other.
std::optional<Manner> withoutObjection(const Interviewer& interviewer,
                                       const Manner& manner,
                                       Objection objection);

} // namespace transept
