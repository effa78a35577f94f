#pragma once

#include "core/base/Ids.h"
#include "core/base/Json.h"
#include "core/store/DataExtent.h"
#include "core/store/Workspace.h"

#include <map>
#include <span>

namespace transept {

enum class RunState { Queued, Running, Paused, Interrupted, Failed, Cancelled, Finished };
std::string_view wordOf(RunState state); ///< lower case, as stored and as in --json
RunState runStateFrom(std::string_view word);

/// The run that a text names by its number, as on the command line; InvalidInput when it is no number.
Result<RunId> runNumber(std::string_view text);
Result<std::vector<RunId>> runNumbers(std::span<const std::string> texts);

/// Series of validation measures are named "valid rmse".
inline constexpr std::string_view validationMark = "valid ";

/// Values of no epoch are series too; the peaks of memory are named "memory train".
inline constexpr std::string_view memoryMark = "memory ";

/// What a phase of a run took.
struct PhaseCost
{
    double seconds = 0.0;
    double peakMb = 0.0; ///< the most that the process held meanwhile, of 2^20 bytes; 0: not known
};

struct RunRecord
{
    RunId id{};
    std::string name;
    Json spec;
    std::string specHash;
    RunState state = RunState::Queued;
    Error reason; ///< for failed ones
    int epoch = 0;
    int bestEpoch = 0;
    std::string fingerprint;
    std::optional<DataExtent> extent; ///< of the workspace when the run read its data; nothing: not known
    std::string version;
    std::int64_t created = 0;
    std::optional<std::int64_t> started;
    std::optional<std::int64_t> finished;
    std::optional<double> loadSeconds;
    std::optional<double> trainSeconds;
    std::optional<double> evaluateSeconds;
    std::optional<double> memoryMb; ///< the most of all phases
    /// The most of load, train and evaluate each, of a finished run; what is not known is missing. Of a
    /// training that was interrupted: since it went on.
    std::map<std::string, double> phaseMb;
    std::optional<std::int64_t> users;
    std::string note;
    bool star = false;
    std::string tags;
    int colour = 0;
    std::map<std::string, double> measures; ///< of the test set; NaN for stored NULL
    /// The same of the validation part, of the model that was kept: what settings are to be chosen by. Empty
    /// without such a part, and until the run is finished.
    std::map<std::string, double> validation;
    /// What the method told about its own fit, as how far an approximation is off.
    std::map<std::string, double> diagnostics;
};

struct CurvePoint
{
    int step = 0;
    double value = 0.0; ///< NaN: was not a number
};

struct StoredList
{
    PersonId person{};
    std::vector<ItemId> items;
    std::vector<float> scores;
    std::vector<ItemId> relevant;
};

struct StoredPredictions
{
    std::vector<PersonId> persons;
    std::vector<ItemId> items;
    std::vector<float> truths;
    std::vector<float> predictions;
};

/// Runs and everything they produced.
class RunStore
{
public:
    explicit RunStore(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<RunId> add(std::string_view name, const Json& spec) const; ///< queued; takes the next colour
    Result<std::vector<RunRecord>> all() const; ///< in order of creation, without deleted ones
    /// The names of the latest finished ones, the last one first: of many runs a fraction of all().
    Result<std::vector<std::pair<RunId, std::string>>> latestFinished(int limit) const;
    Result<RunRecord> find(RunId id) const;
    Result<RunRecord> findFinished(RunId id) const; ///< InvalidInput for one that has no results yet
    Result<std::optional<RunId>> nextQueued() const;

    /// Takes a queued or interrupted run for this process, exactly once: false when somebody else was faster.
    Result<bool> claim(RunId id, std::string_view version) const;
    Status setState(RunId id, RunState state, const Error* reason = nullptr) const;
    /// Running becomes paused or the other way round; a run in another state, as one that has ended
    /// meanwhile, keeps it.
    Status setPaused(RunId id, bool paused) const;
    /// Which data the run saw.
    Status setFingerprint(RunId id,
                          std::string_view fingerprint,
                          const std::optional<DataExtent>& extent = std::nullopt) const;
    /// Epoch 0: values of no epoch.
    Status addCurvePoints(RunId id,
                          int epoch,
                          const std::vector<std::pair<std::string, double>>& values) const;
    /// Before a run starts again: takes away curves, measures, lists, model and checkpoint; before it goes on
    /// after an epoch, all but the checkpoint and the curves until then.
    Status clearResults(RunId id, int keptEpochs = 0) const;
    /// By epochs, from 1; what a model without epochs was worth on validation, the diagnostics and the peaks
    /// of memory are in the record alone.
    Result<std::map<std::string, std::vector<CurvePoint>>> curves(RunId id) const;

    struct Outcome
    {
        int bestEpoch = 0;
        PhaseCost load;
        PhaseCost train;
        PhaseCost evaluate;
        std::map<std::string, double> measures;
        std::map<std::string, std::vector<double>> perUser;
        std::vector<PersonId> users;
        std::vector<StoredList> lists;
        StoredPredictions predictions;
        std::optional<std::string> model;
        std::vector<std::vector<std::int64_t>> modelRows; ///< as modelRows() gives them back
    };
    /// Writes all results and the state finished, all or none; a stop asked for meanwhile leaves none.
    Status finish(RunId id, const Outcome& outcome, const JobContext& context = {}) const;

    /// What a run that another program made is told by.
    struct Origin
    {
        std::string name;
        Json spec;
        std::string fingerprint;
        std::optional<DataExtent> extent;
        std::string version; ///< of this program, which measured it
    };
    /// A run that is finished from the start, with all its results or not at all.
    Result<RunId> addFinished(const Origin& origin, const Outcome& outcome, const JobContext& context) const;

    Result<std::vector<PersonId>> users(RunId id) const;
    Result<std::vector<double>> perUser(RunId id, std::string_view measure) const; ///< empty: not kept
    Result<std::optional<StoredList>> list(RunId id, PersonId person) const;
    Result<std::vector<StoredList>> lists(RunId id) const;
    Result<StoredPredictions> predictions(RunId id) const;
    Result<std::optional<std::string>> model(RunId id) const;
    /// Whose rows the model has: ids of people, of the target's items, of each source's items. Empty when
    /// there is no model, or it was stored by an earlier version.
    Result<std::vector<std::vector<std::int64_t>>> modelRows(RunId id) const;

    Status rename(RunId id, std::string_view name) const;
    Status setNote(RunId id, std::string_view note) const;
    Status setStar(RunId id, bool star) const;
    Status setTags(RunId id, std::string_view tags) const;
    /// Puts a run aside, or brings it back. NotFound and, for one that is being trained, InvalidInput.
    Status setDeleted(RunId id, bool deleted) const;

private:
    const Database& m_database;
};

} // namespace transept
