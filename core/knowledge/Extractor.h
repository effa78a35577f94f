#pragma once

#include "core/base/Job.h"
#include "core/base/Parameter.h"
#include "core/data/TrainingData.h"
#include "core/knowledge/TextSteps.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// What extract() is asked to do; the command line's --set and the window's form fill the same values.
struct ExtractionRequest
{
    std::string extractor;            ///< lexical, chat, embedding
    std::string name;                 ///< of the knowledge base
    std::vector<std::string> domains; ///< empty: all
    std::vector<std::string> fields;  ///< empty: title and every field that is not a popularity figure
    Json settings = Json::object();   ///< the extractor's parameters; never a key
    std::int64_t tokenBudget = 0;     ///< 0: none
};

/// How an extractor describes itself, as methods do.
struct ExtractorDescription
{
    std::string name;
    std::string title;
    std::string meaning;
    bool needsServer = false;
    std::vector<Parameter> parameters;
};

std::span<const ExtractorDescription> extractors();
Result<const ExtractorDescription*> findExtractor(std::string_view name);

/// A row of a file that could not be taken.
struct RejectedRow
{
    std::int64_t line = 0;
    std::string sentence; ///< English with %1, the line
    std::vector<std::string> arguments;
};

struct ExtractionReport
{
    KnowledgeId id{};
    std::int64_t items = 0;    ///< with knowledge now
    std::int64_t without = 0;  ///< items without any text
    std::int64_t failed = 0;   ///< in the table of failures
    std::int64_t tokensIn = 0; ///< spent now; what came from the cache costs nothing
    std::int64_t tokensOut = 0;
    std::int64_t fromCache = 0; ///< replies
    bool budgetReached = false;
    std::int64_t rejected = 0;          ///< rows of a file
    std::vector<RejectedRow> rejects{}; ///< the first thousand of them
    double seconds = 0.0;
};

/// Extracts (or goes on with, when a knowledge base of this name and configuration is unfinished), committing
/// in steps. A finished knowledge base with failures: only the failed items are tried again. InvalidInput
/// when the workspace has nothing to extract from, or a setting does not fit: then no knowledge base is
/// begun.
Result<ExtractionReport> extract(Workspace& workspace,
                                 const ExtractionRequest& request,
                                 const JobContext& context);

/// What extract() would cost, without asking anybody.
struct ExtractionForecast
{
    std::int64_t items = 0;
    std::int64_t calls = 0; ///< not yet in the cache
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
};
Result<ExtractionForecast> forecast(const Workspace& workspace,
                                    const ExtractionRequest& request,
                                    const JobContext& context);

/// The request that would be sent for one item and what the server answers now (not cached, not stored).
struct ExtractionPreview
{
    std::string request; ///< JSON, indented; without any key
    std::string reply;   ///< empty when `ask` was false
    std::vector<StoredFacet> facets;
    std::optional<Error> problem; ///< what is wrong with the reply
    std::vector<TextStep> steps;  ///< of extractors that take the text apart themselves
};
Result<ExtractionPreview> preview(const Workspace& workspace,
                                  const ExtractionRequest& request,
                                  ItemId item,
                                  bool ask,
                                  const JobContext& context);

/// InvalidInput, with what to do, for a knowledge base that is not finished.
Status checkFinished(const KnowledgeBase& base);

/// The knowledge of one domain's items in the order of `items`, as methods want it. NotFound for an unknown
/// base, InvalidInput for one that is not finished.
Result<std::shared_ptr<const ItemKnowledge>> loadKnowledge(const Workspace& workspace,
                                                           std::string_view name,
                                                           DomainId domain,
                                                           std::span<const ItemId> items);

/// The nearest items by cosine of their vectors, best first.
struct NearItem
{
    ItemId item{};
    DomainId domain{};
    std::string key;
    std::string title;
    float similarity = 0.0F;
};
Result<std::vector<NearItem>> nearestItems(
    const Workspace& workspace, KnowledgeId id, ItemId item, int count, const JobContext& context);

/// Items in the plane of the two first principal components of their vectors.
struct MapPoint
{
    ItemId item{};
    DomainId domain{};
    float x = 0.0F;
    float y = 0.0F;
    std::string title; ///< or the key when it has none
    std::string group; ///< of `colourBy`: the domain's name, or the field's first value
};
Result<std::vector<MapPoint>> itemMap(const Workspace& workspace,
                                      KnowledgeId id,
                                      const std::string& colourBy,
                                      const JobContext& context);

/// The points of a map by their groups, for a picture with few colours: the groups with the most points come
/// first, of equals the first by name. When there are more than `most`, those at the end share the last
/// place.
struct MapGroups
{
    std::vector<std::string> names; ///< of the places; without the shared one
    bool hasOthers = false;         ///< whether there is a shared place, after the named ones
    std::vector<int> places;        ///< by point
};
MapGroups groupsOf(std::span<const MapPoint> points, std::size_t most);

/// Where a server's key comes from: an environment variable first, then the keychain. Keys are read when
/// needed.
class KeySource
{
public:
    virtual ~KeySource() = default;
    virtual std::optional<std::string> key(const std::string& environmentVariable,
                                           const std::string& server) const = 0;
};
/// The program's keychain; set at start. Without one the environment alone is asked.
void setKeySource(std::shared_ptr<const KeySource> source);

/// Whether a server answers, and its models.
struct ServerStatus
{
    bool answers = false;
    std::vector<std::string> models;
    Error problem; ///< when it does not
};
Result<ServerStatus> askServer(const std::string& baseUrl,
                               const std::string& keyVariable,
                               const JobContext& context);

} // namespace transept
