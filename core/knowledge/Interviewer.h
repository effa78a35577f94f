#pragma once

#include "core/base/Json.h"
#include "core/store/KnowledgeStore.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace transept {

inline constexpr std::string_view chatPath = "/chat/completions"; ///< below a server's address
inline constexpr std::string_view embeddingsPath = "/embeddings";

/// How a server is held to the form of its replies; a later one asks less of it.
enum class ReplyForm { Schema, Object, Plain };

/// In which way a question is asked. The first way is the best one; what a server objects to is left out.
struct Manner
{
    ReplyForm form = ReplyForm::Schema;
    bool systemRole = true;
    int halvings = 0;      ///< the item's text is cut to that part of its length: 1, 1/2, 1/4 ...
    bool isLonger = false; ///< the reply may be four times as long as usual
    struct Repair
    {
        std::string reply;   ///< that was of no use
        std::string problem; ///< what is wrong with it
    };
    std::optional<Repair> repair;
};

/// What a model said of one text.
struct Facts
{
    std::vector<StoredFacet> facets;
    std::vector<float> vector;
};

/// What tells one extractor that asks a server from another: what it asks, and how it reads the replies.
class Interviewer
{
public:
    virtual ~Interviewer() = default;

    virtual std::string path() const = 0; ///< chatPath or embeddingsPath

    /// How many texts one request may be about.
    virtual std::size_t textsPerRequest() const { return 1; }

    /// What is asked about a text, in whatever manner: equal questions have equal answers, and are asked
    /// once.
    virtual Json questionAbout(const ItemText& text) const = 0;

    virtual Json requestFor(std::span<const ItemText* const> texts, const Manner& manner) const = 0;

    /// One reply a text and in their order, from what the server sent; what is kept in the cache.
    /// InvalidInput with what is wrong.
    virtual Result<std::vector<Json>> repliesIn(const Json& body, std::size_t texts) const = 0;

    /// What a reply says. InvalidInput with what is wrong with it.
    virtual Result<Facts> read(const Json& reply, const ItemText& text) const = 0;

    /// How to ask once more after a reply that could not be read; nothing when that would not help.
    virtual std::optional<Manner> repairOf(const Json& reply,
                                           const Error& problem,
                                           const Manner& manner) const;

    virtual Manner firstManner() const { return {}; }
    virtual bool adaptsForm() const { return false; } ///< to what the server can

    /// About how many tokens the answer to one question has.
    virtual std::int64_t usualTokensOut() const { return 0; }

    /// InvalidInput when finish() could not be done: then nobody is asked.
    virtual Status checkCanFinish(const KnowledgeStore& /*store*/, KnowledgeId /*id*/) const { return {}; }

    /// What is left to do once there is a reply for every item.
    virtual Status finish(const KnowledgeStore& store, KnowledgeId id, const JobContext& context) const;

protected:
    Interviewer() = default;
    Interviewer(const Interviewer&) = default;
    Interviewer& operator=(const Interviewer&) = default;
};

/// Most tokens that a request can cost: no tokenizer makes more tokens than bytes, a chat template adds some,
/// and the reply ends at its limit.
struct TokenBound
{
    std::int64_t in = 0;
    std::int64_t out = 0;
};
TokenBound boundOf(const Json& request);

/// About how many tokens a request has, by the length of its texts.
std::int64_t estimatedTokensOf(const Json& request);

/// A text cannot be halved more often than this.
inline constexpr int mostHalvings = 3;

} // namespace transept
