#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"
#include "app/commands/Usage.h"
#include "core/experiment/ResultCurves.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept::app {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct CurvesArguments
{
    std::string workspace;
    std::vector<std::string> runs;
    std::string what;
    std::string measure = "ndcg@10";
    bool json = false;
};

/// Where the curve crosses a share of false positives, on the straight line between its points.
double truePositivesAt(const std::vector<RocPoint>& curve, double falsePositives)
{
    const auto next = std::ranges::upper_bound(curve, falsePositives, {}, &RocPoint::falsePositives);
    if (next == curve.begin() || next == curve.end()) {
        return next == curve.begin() ? 0.0 : 1.0;
    }
    const RocPoint& before = *(next - 1);
    const double part =
        (falsePositives - before.falsePositives) / (next->falsePositives - before.falsePositives);
    return before.truePositives + part * (next->truePositives - before.truePositives);
}

Json jsonOf(const RunRoc& roc)
{
    Json document{{"relevant_from", roc.relevant}, {"auc", roc.area}, {"points", Json::array()}};
    for (const RocPoint& point : roc.curve) {
        document["points"].push_back({{"threshold", point.threshold},
                                      {"false_positives", point.falsePositives},
                                      {"true_positives", point.truePositives}});
    }
    return document;
}

Json jsonOf(const std::vector<CalibrationBin>& curve)
{
    Json document{{"bins", Json::array()}};
    for (const CalibrationBin& bin : curve) {
        document["bins"].push_back({{"pairs", bin.pairs},
                                    {"low", bin.low},
                                    {"high", bin.high},
                                    {"mean_prediction", bin.meanPrediction},
                                    {"mean_truth", bin.meanTruth},
                                    {"standard_error", bin.standardError}});
    }
    return document;
}

Json jsonOf(const UserDifferences& differences)
{
    return {{"gains", differences.gains},
            {"better", differences.better},
            {"worse", differences.worse},
            {"mean", differences.mean},
            {"interval", differences.interval},
            {"p", differences.p}};
}

void add(Rows& rows, RunId run, const RunRoc& roc)
{
    constexpr std::array shares{0.05, 0.1, 0.2, 0.5};
    if (rows.empty()) {
        rows.push_back({"run", "relevant from", "auc"});
        for (const double share : shares) {
            rows.back().push_back(fmt::format("true at {:.0f} % false", 100.0 * share));
        }
    }
    rows.push_back({std::to_string(number(run)), fmt::format("{:g}", roc.relevant), measureText(roc.area)});
    for (const double share : shares) {
        rows.back().push_back(roc.curve.empty() ? "-" : measureText(truePositivesAt(roc.curve, share)));
    }
}

void add(Rows& rows, RunId run, const std::vector<CalibrationBin>& curve)
{
    if (rows.empty()) {
        rows.push_back({"run", "pairs", "from", "to", "mean prediction", "mean truth", "standard error"});
    }
    for (const CalibrationBin& bin : curve) {
        rows.push_back({&bin == curve.data() ? std::to_string(number(run)) : "",
                        std::to_string(bin.pairs),
                        measureText(bin.low),
                        measureText(bin.high),
                        measureText(bin.meanPrediction),
                        measureText(bin.meanTruth),
                        measureText(bin.standardError)});
    }
}

void add(Rows& rows, RunId run, const UserDifferences& differences)
{
    constexpr std::array shares{0.05, 0.25, 0.5, 0.75, 0.95};
    if (rows.empty()) {
        rows.push_back({"run", "people", "better", "worse", "mean", "95 % interval", "p"});
        for (const double share : shares) {
            rows.back().push_back(fmt::format("{:.0f} %", 100.0 * share));
        }
    }
    const auto percent = [](double share) { return fmt::format("{:.1f} %", 100.0 * share); };
    rows.push_back({std::to_string(number(run)),
                    std::to_string(differences.gains.size()),
                    percent(differences.better),
                    percent(differences.worse),
                    measureText(differences.mean),
                    fmt::format("[{:.4f}, {:.4f}]", differences.interval.first, differences.interval.second),
                    fmt::format("{:.4f}", differences.p)});
    for (const double share : shares) {
        const double place = share * static_cast<double>(differences.gains.size() - 1);
        rows.back().push_back(measureText(differences.gains[static_cast<std::size_t>(place)]));
    }
}

/// What `of` says of every run, as one document or one table.
template<typename Of>
int showAll(const std::vector<RunId>& runs, bool json, Json document, const Of& of)
{
    document["runs"] = Json::array();
    Rows rows;
    for (const RunId run : runs) {
        const auto curve = of(run);
        if (!curve) {
            return complain(curve.error());
        }
        if (json) {
            Json described = jsonOf(*curve);
            described["run"] = number(run);
            document["runs"].push_back(std::move(described));
        } else {
            add(rows, run, *curve);
        }
    }
    json ? print(document) : printTable(rows);
    return 0;
}

int showDifferences(const Workspace& workspace,
                    const std::vector<RunId>& runs,
                    const CurvesArguments& options,
                    const JobContext& context)
{
    if (runs.size() < 2) {
        return complain(
            {.code = ErrorCode::InvalidInput,
             .sentence = TRANSLATABLE("errors",
                                      "Differences are between runs: name the one that the others "
                                      "are held against, then at least one other.")});
    }
    const std::vector<RunId> others(runs.begin() + 1, runs.end());
    return showAll(
        others,
        options.json,
        {{"what", options.what}, {"measure", options.measure}, {"against", number(runs.front())}},
        [&](RunId run) { return differencesOf(workspace, runs.front(), run, options.measure, context); });
}

int showCurves(const CurvesArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    std::vector<RunId> runs;
    for (const std::string& text : options.runs) {
        const Result<RunId> run = runNumber(text);
        if (!run) {
            return complain(run.error());
        }
        runs.push_back(*run);
    }
    const Json document{{"what", options.what}};
    if (options.what == "roc") {
        return showAll(runs, options.json, document, [&](RunId run) { return rocOf(*workspace, run); });
    }
    if (options.what == "calibration") {
        return showAll(
            runs, options.json, document, [&](RunId run) { return calibrationOf(*workspace, run); });
    }
    return showDifferences(*workspace, runs, options, context);
}

} // namespace

void addCurves(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "curves", "ROC and calibration curves of predicted ratings, and differences person by person");
    const auto options = std::make_shared<CurvesArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("runs", options->runs, "The runs' numbers")->required();
    command
        ->add_option("--what",
                     options->what,
                     "roc: true against false positives; calibration: mean truth of like predictions; "
                     "differences: of every person's value from that of the first run")
        ->required()
        ->check(oneOf({"roc", "calibration", "differences"}));
    command->add_option("--measure", options->measure, "Whose differences; ndcg@10 unless said");
    command->add_flag("--json", options->json, "One JSON document, with all points");
    command->footer(
        "Example: transept curves films.transept 1 2 --what differences --measure rmse\n"
        "ROC and calibration are of the test pairs whose ratings a run predicted; scores that only rank\n"
        "have neither. A difference above 0 is in favour of the run, whichever way its measure points; for\n"
        "rmse it is one of mean squared errors.");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return showCurves(*options, context); };
    });
}

} // namespace transept::app
