#pragma once

#include "core/base/Ids.h"
#include "core/base/Json.h"
#include "core/store/FacetPlace.h"
#include "core/store/TextSpaces.h"
#include "core/store/Workspace.h"

#include <functional>
#include <span>
#include <unordered_set>

namespace transept {

/// What a server answered.
struct AnswerCounts
{
    std::int64_t calls = 0;      ///< answered
    std::int64_t retries = 0;    ///< attempts beyond the first of these
    std::int64_t valid = 0;      ///< replies that fitted as they first came
    std::int64_t unreadable = 0; ///< replies that did not
    bool operator==(const AnswerCounts&) const = default;
};

struct KnowledgeBase
{
    KnowledgeId id{};
    std::string name;
    std::string extractor; ///< lexical, chat, embedding
    Json config;
    std::string state; ///< running, finished, interrupted, failed, cancelled
    std::string reason;
    int dimension = 0;
    std::int64_t items = 0; ///< with knowledge
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    AnswerCounts answers{}; ///< in all times that it was extracted
    std::int64_t started = 0;
    std::optional<std::int64_t> finished;
    std::string copyOf = {}; ///< the name of the one that it began as a copy of
    /// The last item of the workspace that it had seen when it was last finished: later ones are new to it.
    /// 0: it was never finished.
    ItemId lastItem{};
    bool isIncompleteCopy = false; ///< making it ended before its end: there is nothing to go on with
    std::int64_t vectorsStamp = 0; ///< a random number that is another one whenever a vector changed

    bool storesHalves() const; ///< its vectors are float16
};

struct StoredFacet
{
    std::string name;
    std::string text;
    double weight = 1.0;
};

/// What was learnt about one item, as it is stored.
struct ItemFacts
{
    ItemId item{};
    std::vector<StoredFacet> facets;
    std::vector<float> vector; ///< empty: none
    /// Empty, or one a facet; an empty one is that of the same facet (name and text) of an item before, so
    /// that a facet that thousands of items share is stored once.
    std::vector<std::vector<float>> facetVectors;
    std::vector<std::pair<std::uint32_t, float>> termWeights; ///< ascending terms
};

/// Facets of the same name and text share one stored vector: the key that they have in common.
std::string vectorKey(std::string_view name, std::string_view text);

/// Facets as they hold, with what people edited (FacetCursor), or as they were extracted.
enum class FacetsAs { Held, Extracted };

/// How much a knowledge base holds, in numbers.
struct KnowledgeExtent
{
    std::int64_t vocabulary = 0;  ///< words of more than one item
    std::int64_t occurrences = 0; ///< the items of every word, added up
    std::int64_t squares = 0;     ///< likewise, squared
    std::int64_t terms = 0;       ///< term weights of one domain's items
    std::int64_t facets = 0;      ///< likewise
    std::int64_t vectors = 0;     ///< likewise, of items and facets
};

/// What a knowledge base has of a domain's items, of any of them.
struct KnowledgeCoverage
{
    bool vectors = false;
    bool terms = false;
};

struct ExtractionFailure
{
    ItemId item{};
    std::string itemKey;
    std::string title;
    std::string reason; ///< English with %1
    std::vector<std::string> arguments;
    std::string reply;
    int attempts = 1;
};

/// The text of one item as extractors see it: title first, then the chosen fields.
struct ItemText
{
    ItemId item{};
    DomainId domain{};
    std::string title;
    std::vector<std::pair<std::string, std::string>> fields; ///< name, value
};

/// A server's reply as the cache keeps it, under the hash of what was asked.
struct StoredReply
{
    std::string hash;
    std::string endpoint; ///< /chat/completions, /embeddings
    std::string model;
    std::string reply;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    double seconds = 0.0;
};

/// What a step of an extraction that asks a server brings.
struct ExtractionStep
{
    std::vector<StoredReply> replies;
    std::vector<std::string> forgotten; ///< hashes of replies that turned out to be of no use
    std::vector<ItemFacts> facts;
    std::vector<ExtractionFailure> failures;
    std::int64_t tokensIn = 0; ///< spent
    std::int64_t tokensOut = 0;
    AnswerCounts answers{};
    int dimension = 0; ///< of the vectors, when it became known now
    bool isEmpty() const
    {
        return replies.empty() && forgotten.empty() && facts.empty() && failures.empty() && tokensIn == 0 &&
               tokensOut == 0 && answers == AnswerCounts{};
    }
};

/// Finds replies of servers by the hash of what was asked; for many, with one statement.
class ReplyCache
{
public:
    explicit ReplyCache(const Database& database);
    Result<std::optional<std::string>> find(std::string_view hash);

private:
    Result<Statement> m_find;
};

/// Knowledge bases: written by the extractors, read by runs and by the knowledge page.
class KnowledgeStore
{
public:
    explicit KnowledgeStore(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<std::vector<KnowledgeBase>> all() const;          ///< in order of creation, without deleted ones
    Result<KnowledgeBase> find(std::string_view name) const; ///< NotFound with the nearest name
    Result<KnowledgeBase> find(KnowledgeId id) const;

    /// Starts one, state running. InvalidInput when the name is taken by one with another configuration or a
    /// finished one.
    Result<KnowledgeId> begin(std::string_view name, std::string_view extractor, const Json& config) const;
    /// Takes up a finished one to change it, with this configuration from now on: state running. Of several
    /// that do so at once one succeeds. Hands back what it was, for putBack(). InvalidInput when it is no
    /// longer finished or no longer configured as `seen` is, and for one that is frozen.
    Result<KnowledgeBase> takeUp(const KnowledgeBase& seen, const Json& config) const;
    /// State, configuration and last item are as they were: nothing came of taking it up.
    Status putBack(const KnowledgeBase& before) const;
    /// Starts one as a copy of another, under a name that is free: state running, and of no use to anybody.
    Result<KnowledgeId> beginCopy(const KnowledgeBase& source, std::string_view name) const;
    Status setState(KnowledgeId id, std::string_view state, std::string_view reason = {}) const;
    Status setDimension(KnowledgeId id, int dimension) const;
    Status setDeleted(KnowledgeId id, bool deleted) const;
    /// Within every transaction that changes what stands in the table of vectors.
    Status stampVectors(KnowledgeId id) const;

    Status setLastItem(KnowledgeId id, ItemId item) const; ///< when it is finished

    /// Whether a run was trained with it: then nothing of it may change any more.
    Result<bool> isFrozen(KnowledgeId id) const;
    /// InvalidInput, with what to do, for one that is frozen.
    Status checkChangeable(KnowledgeId id) const;

    /// Adds or replaces what is known of these items, all or none, and drops their failures.
    Status put(KnowledgeId id, std::span<const ItemFacts> facts) const;
    /// Replaces the vocabulary.
    Status putTerms(KnowledgeId id,
                    std::span<const std::pair<std::string, std::int64_t>> termsWithDocuments) const;
    Status putFailure(KnowledgeId id, const ExtractionFailure& failure) const;

    /// Forgets all facts, terms and failures of one that is not finished, to extract it anew. InvalidInput
    /// for one that is frozen.
    Status clear(KnowledgeId id) const;
    /// The same, and the knowledge base itself: for one that came to nothing and that no run refers to.
    Status remove(KnowledgeId id) const;

    Result<std::vector<ItemId>> itemsWithFacts(KnowledgeId id) const; ///< extracted, ascending; for resuming
    /// An edited facet has no vector of its own: forEachFacetVector() may have one for its text.
    Result<ItemFacts> facts(KnowledgeId id, ItemId item) const;
    Result<KnowledgeExtent> extentOf(KnowledgeId id, DomainId domain) const;
    Result<KnowledgeCoverage> coverageOf(KnowledgeId id, DomainId domain) const;
    /// All facts of the items of one domain, ascending item ids.
    Result<std::vector<ItemFacts>> factsOf(KnowledgeId id,
                                           DomainId domain,
                                           FacetsAs facets = FacetsAs::Held) const;
    /// The same but for all vectors: forEachVector() gives those of items, forEachFacetVector() the others.
    Result<std::vector<ItemFacts>> factsBesideVectors(KnowledgeId id, DomainId domain) const;
    /// A facet as it was extracted, with the vector that is stored with it.
    struct FacetVector
    {
        FacetPlace place;
        std::string_view name;
        std::string_view text;
        std::span<const float> vector;
    };
    /// Calls `each` for all of them, in the order of their places: each name and text once, unless items that
    /// share it were extracted at different times. What it is handed is valid during the call.
    Status forEachFacetVector(KnowledgeId id, const std::function<void(const FacetVector&)>& each) const;
    /// The same without the vectors, which are not read.
    Status forEachFacetWithVector(KnowledgeId id, const std::function<void(const FacetVector&)>& each) const;
    /// The vectorKey() of each of them.
    Result<std::unordered_set<std::string>> facetsWithVectors(KnowledgeId id) const;
    /// Calls `each` for the vector of every item whose domain is not deleted (of one domain when it is
    /// given), ascending item ids. The vector is valid during the call; a failed Status ends the walk and is
    /// handed back.
    Status forEachVector(KnowledgeId id,
                         std::optional<DomainId> domain,
                         const std::function<Status(ItemId, DomainId, std::span<const float>)>& each) const;
    Result<std::vector<std::string>> terms(KnowledgeId id) const; ///< by term number
    Result<std::vector<std::pair<std::string, std::int64_t>>> termsWithDocuments(KnowledgeId id) const;
    Result<std::vector<ExtractionFailure>> failures(KnowledgeId id) const;
    Result<std::optional<ExtractionFailure>> failure(KnowledgeId id, ItemId item) const;

    /// The texts of all items of these domains, or of one of these items, ascending item ids; `fields` empty:
    /// every field. Fields named like popularity figures (rating, members, count ...) are left to the caller
    /// to exclude.
    Result<std::vector<ItemText>> itemTexts(std::span<const DomainId> domains,
                                            const std::vector<std::string>& fields,
                                            std::optional<ItemId> only = {}) const;
    /// Names of all fields in these domains, with the number of items that have them.
    Result<std::vector<std::pair<std::string, std::int64_t>>> fieldNames(
        std::span<const DomainId> domains) const;

    /// All of the step, and what else belongs to it, or nothing.
    Status commit(KnowledgeId id, const ExtractionStep& step, const std::function<Status()>& more = {}) const;
    Status keepReplies(std::span<const StoredReply> replies) const; ///< of questions for no knowledge base
    ReplyCache replyCache() const { return ReplyCache(m_database); }
    TextSpaces textSpaces() const { return TextSpaces(m_database); }

private:
    Status setConfig(KnowledgeId id, const Json& config) const;
    Result<Statement> facetsWith(std::string_view more, KnowledgeId id) const;
    Result<std::vector<ItemFacts>> readFacts(KnowledgeId id,
                                             DomainId domain,
                                             FacetsAs facets,
                                             bool withVectors) const;
    Status addSpent(KnowledgeId id, const ExtractionStep& step) const;
    Status addWithin(std::string_view name, std::string_view extractor, const Json& config) const;
    Status clearWithin(KnowledgeId id) const;
    Status putWithin(KnowledgeId id, std::span<const ItemFacts> facts) const; ///< a transaction of the caller
    Status cacheReply(const StoredReply& reply) const;
    Status forgetReply(std::string_view hash) const;

    const Database& m_database;
};

} // namespace transept
