#pragma once

#include "core/base/Job.h"
#include "core/base/Parameter.h"
#include "core/data/TrainingData.h"
#include "core/knowledge/Budget.h"
#include "core/knowledge/Redaction.h"
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
    Budget budget;                    ///< of extractors that ask a server
    /// Adds the items that came since the knowledge base of this name was finished; what is left out above is
    /// as it was then.
    bool extend = false;
};

/// The request that a stored knowledge base was made by.
ExtractionRequest requestOf(const KnowledgeBase& base);

/// How an extractor describes itself, as methods do.
struct ExtractorDescription
{
    std::string name;
    std::string title;
    std::string meaning;
    bool needsServer = false;
    bool isAboutUsers = false; ///< else about items
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

/// What an extraction came to. Tokens, money and calls are those of this time; what came from the cache costs
/// nothing.
struct ExtractionReport
{
    KnowledgeId id{};
    std::int64_t items = 0;      ///< with knowledge now
    std::int64_t added = 0;      ///< of these, without any before
    std::int64_t without = 0;    ///< items without any text
    std::int64_t failed = 0;     ///< in the table of failures
    std::int64_t calls = 0;      ///< that the server answered
    std::int64_t retries = 0;    ///< attempts beyond the first
    std::int64_t fromCache = 0;  ///< items answered by replies of earlier
    std::int64_t repeated = 0;   ///< items that ask the same as another one
    std::int64_t repaired = 0;   ///< replies that were asked for once more, with what was wrong
    std::int64_t shortened = 0;  ///< items whose text was too long for the model
    std::int64_t valid = 0;      ///< replies that fitted as they first came
    std::int64_t unreadable = 0; ///< replies that did not
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    bool tokensAreBounds = false; ///< the server does not tell: counted is the most that it can have been
    double money = 0.0;           ///< 0 when the model has no price
    bool budgetReached = false;
    std::int64_t rejected = 0;          ///< rows of a file
    std::vector<RejectedRow> rejects{}; ///< the first thousand of them
    double seconds = 0.0;
};

/// Extracts (or goes on with, when a knowledge base of this name and configuration is unfinished), committing
/// in steps. A finished knowledge base with failures: the items that it has nothing of are tried again; one
/// that is to be extended: items that came since. What a finished one has keeps its bits, and when nothing is
/// added it is as it was. InvalidInput when the workspace has nothing to extract from, or a setting does not
/// fit: then no knowledge base is begun; for a finished one that is frozen; and for one that another job
/// extracts now.
Result<ExtractionReport> extract(Workspace& workspace,
                                 const ExtractionRequest& request,
                                 const JobContext& context);

/// A figure that is not known yet, with a 95 % interval.
struct Expected
{
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// What extract() would still cost.
struct ExtractionForecast
{
    std::int64_t items = 0;     ///< with a text
    std::int64_t fromCache = 0; ///< of these, answered already
    std::int64_t repeated = 0;  ///< of these, with the text of another one
    std::int64_t calls = 0;     ///< that are left
    std::int64_t sampled = 0;   ///< calls made to find out; 0: tokens are judged by the length of the texts
    Expected tokensIn;
    Expected tokensOut;
    std::optional<Expected> seconds; ///< only after a sample
    std::optional<Expected> money;   ///< only for a model that has a price
    std::string currency;
};

/// `sample` real calls about items drawn at random are made first, several at once as the request says, and
/// their replies kept in the cache, so that none is paid for twice. The intervals are prediction intervals of
/// the sum over the calls that are left (Student's t). 0: nobody is asked.
Result<ExtractionForecast> forecast(const Workspace& workspace,
                                    const ExtractionRequest& request,
                                    int sample,
                                    const JobContext& context);

/// Whether the server is asked, and how its words are shown as they come.
struct PreviewOptions
{
    bool ask = false;
    std::function<void(std::string_view)> onText; ///< on the job's thread; may be null
    std::optional<PersonId> person =
        {}; ///< whom an extractor about people asks about; none: the first it can
    std::optional<DomainId> domain = {}; ///< likewise, and where; none: the first it can
};

/// The request that would be sent for one item and what the server answers now (not cached, not stored).
struct ExtractionPreview
{
    std::string request; ///< JSON, indented; without any key
    std::string reply;   ///< empty when nobody was asked
    std::vector<StoredFacet> facets;
    std::optional<Error> problem; ///< what is wrong with the reply
    std::vector<TextStep> steps;  ///< of extractors that take the text apart themselves
    Redactions redactions;        ///< what was replaced in the item's text
    std::int64_t tokensIn = 0;    ///< before asking: by the length of the text
    std::int64_t tokensOut = 0;
    std::optional<double> money; ///< for a model that has a price
    std::string currency;
    double seconds = 0.0;
};
Result<ExtractionPreview> preview(const Workspace& workspace,
                                  const ExtractionRequest& request,
                                  ItemId item,
                                  const PreviewOptions& options,
                                  const JobContext& context);

/// InvalidInput, with what to do, for a knowledge base that is not finished.
Status checkFinished(const KnowledgeBase& base);

/// The same, and for one that tells of people.
Status checkUsable(const KnowledgeBase& base);

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

/// What a server was found to do with a model.
struct ServerAbilities
{
    bool chat = false;
    bool schema = false;     ///< holds a reply to a JSON schema
    bool object = false;     ///< holds a reply to some JSON object
    bool systemRole = false; ///< takes a message of the system
    bool embeddings = false;
    bool batches = false; ///< embeds several texts in one request
    bool tellsTokens = false;
    int dimension = 0; ///< of its embeddings
};

/// Whether a server answers, and its models.
struct ServerStatus
{
    bool answers = false;
    std::string address; ///< the base address that was asked
    std::vector<std::string> models;
    Error problem;                            ///< when it does not answer
    std::optional<ServerAbilities> abilities; ///< when they were asked for
};
Result<ServerStatus> askServer(const ExtractionRequest& request, const JobContext& context);

/// The same, and finds out with a few very short requests what the server can do with the model.
Result<ServerStatus> probeServer(const ExtractionRequest& request, const JobContext& context);

} // namespace transept
