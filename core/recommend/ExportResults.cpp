#include "core/base/RowOf.h"
#include "core/experiment/ResultCurves.h"
#include "core/recommend/ExportRun.h"
#include "core/recommend/Keys.h"

namespace transept {
namespace {

/// The deviations of stored predictions by the model as it was. Empty when its method cannot say, or when its
/// data or knowledge is changed or gone since, so that there is no way back to the model.
Result<std::vector<float>> deviationsOf(const Workspace& workspace,
                                        const RunRecord& run,
                                        const Spec& spec,
                                        const StoredPredictions& stored,
                                        const JobContext& context)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method || !(*method)->givesDeviations) {
        return method ? Result<std::vector<float>>(std::vector<float>()) : passOn(method);
    }
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    if (!fitted) {
        return isGone(fitted.error()) ? Result<std::vector<float>>(std::vector<float>()) : passOn(fitted);
    }
    const std::vector<PersonId>& users = (*fitted)->data.users;
    const std::vector<ItemId>& items = (*fitted)->data.target.items;
    std::vector<float> deviations(stored.items.size());
    for (std::size_t at = 0; at < deviations.size(); ++at) {
        if (at % rowsBetweenChecks == 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        const auto user = knownRowOf<UserRow>(users, stored.persons[at]);
        const auto item = knownRowOf<ItemRow>(items, stored.items[at]);
        (*fitted)->model->deviations(user, {&item, 1}, {&deviations[at], 1});
    }
    return deviations;
}

} // namespace

Result<Paths> exportPredictions(const Workspace& workspace,
                                const RunRecord& run,
                                const Spec& spec,
                                const std::filesystem::path& to,
                                const JobContext& context)
{
    const Result<StoredPredictions> stored = RunStore(workspace).predictions(run.id);
    const Result<Keys> keys = Keys::load(workspace, spec.data.target);
    if (!stored || !keys) {
        return stored ? passOn(keys) : passOn(stored);
    }
    if (stored->items.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "Run %1 (%2) kept no predictions: its method ranks items and predicts no ratings, or it is "
                "not finished. Export lists instead."),
            {std::to_string(number(run.id)), spec.method});
    }
    const Result<std::vector<float>> deviations = deviationsOf(workspace, run, spec, *stored, context);
    if (!deviations) {
        return passOn(deviations);
    }
    std::vector<std::string> columns{"user", "item", "truth", "prediction"};
    if (!deviations->empty()) {
        columns.emplace_back("deviation");
    }
    return writeTable(
        to,
        std::move(columns),
        stored->items.size(),
        [&](std::size_t at) {
            std::vector<Json> cells{keys->of(stored->persons[at]),
                                    keys->of(stored->items[at]),
                                    stored->truths[at],
                                    stored->predictions[at]};
            if (!deviations->empty()) {
                cells.emplace_back((*deviations)[at]);
            }
            return cells;
        },
        context);
}

Result<Paths> exportLists(const Workspace& workspace,
                          const RunRecord& run,
                          const Spec& spec,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    const Result<std::vector<StoredList>> lists = RunStore(workspace).lists(run.id);
    const Result<Keys> keys = Keys::load(workspace, spec.data.target);
    if (!lists || !keys) {
        return lists ? passOn(keys) : passOn(lists);
    }
    if (lists->empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "Run %1 kept no lists: it is not finished, or its measures are of ratings only. Run it with "
                "a ranking measure such as ndcg@10."),
            {std::to_string(number(run.id))});
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows; // list, place in it
    for (std::uint32_t list = 0; list < lists->size(); ++list) {
        for (std::uint32_t place = 0; place < (*lists)[list].items.size(); ++place) {
            rows.emplace_back(list, place);
        }
    }
    return writeTable(
        to,
        {"user", "rank", "item", "score"},
        rows.size(),
        [&](std::size_t at) {
            const StoredList& list = (*lists)[rows[at].first];
            const std::size_t place = rows[at].second;
            return std::vector<Json>{
                keys->of(list.person), place + 1, keys->of(list.items[place]), list.scores[place]};
        },
        context);
}

Result<Paths> exportCurves(const Workspace& workspace,
                           const RunRecord& run,
                           const std::filesystem::path& to,
                           const JobContext& context)
{
    const auto curves = RunStore(workspace).curves(run.id);
    if (!curves) {
        return passOn(curves);
    }
    std::vector<std::vector<Json>> rows;
    for (const auto& [series, points] : *curves) {
        for (const CurvePoint& point : points) {
            rows.push_back({series, point.step, point.value});
        }
    }
    return writeTable(
        to, {"series", "step", "value"}, rows.size(), [&](std::size_t at) { return rows[at]; }, context);
}

Result<Paths> exportMeasures(const RunRecord& run, const std::filesystem::path& to, const JobContext& context)
{
    std::map<std::string, std::vector<Json>> byName;
    const auto rowOf = [&byName](const std::string& measure) -> std::vector<Json>& {
        return byName.try_emplace(measure, std::vector<Json>{measure, nullptr, nullptr}).first->second;
    };
    for (const auto& [measure, value] : run.measures) {
        rowOf(measure)[1] = value;
    }
    for (const auto& [measure, value] : run.validation) {
        rowOf(measure)[2] = value;
    }
    std::vector<std::vector<Json>> rows;
    for (auto& [measure, row] : byName) {
        rows.push_back(std::move(row));
    }
    return writeTable(
        to,
        {"measure", "value", "validation"},
        rows.size(),
        [&](std::size_t at) { return rows[at]; },
        context);
}

Result<Paths> exportRoc(const Workspace& workspace,
                        RunId run,
                        const std::filesystem::path& to,
                        const JobContext& context)
{
    const Result<RunRoc> roc = rocOf(workspace, run);
    if (!roc) {
        return passOn(roc);
    }
    return writeTable(
        to,
        {"threshold", "false_positives", "true_positives"},
        roc->curve.size(),
        [&](std::size_t at) {
            const RocPoint& point = roc->curve[at];
            return std::vector<Json>{point.threshold, point.falsePositives, point.truePositives};
        },
        context);
}

Result<Paths> exportCalibration(const Workspace& workspace,
                                RunId run,
                                const std::filesystem::path& to,
                                const JobContext& context)
{
    const auto curve = calibrationOf(workspace, run);
    if (!curve) {
        return passOn(curve);
    }
    return writeTable(
        to,
        {"pairs", "low", "high", "mean_prediction", "mean_truth", "standard_error"},
        curve->size(),
        [&](std::size_t at) {
            const CalibrationBin& bin = (*curve)[at];
            return std::vector<Json>{
                bin.pairs, bin.low, bin.high, bin.meanPrediction, bin.meanTruth, bin.standardError};
        },
        context);
}

} // namespace transept
