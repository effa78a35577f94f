#include "core/experiment/Estimate.h"

#include "core/base/Memory.h"
#include "core/base/Parallel.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/EpochWatch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace transept {
namespace {

constexpr double mib = 1024.0 * 1024.0;
constexpr double listPlaces = 20.0; // of a kept list
constexpr double scoresOfInterval =
    3.0; // where deviations are told: the rating, the mean of the samples, each of them

/// What an evaluation does with every user.
struct Measured
{
    bool ranks = false;
    bool predicts = false;
    double measures = 0.0;   ///< of every user's list
    double pairScores = 1.0; ///< of every pair
};

/// What the models of a method answer.
struct Answers
{
    bool ratings = false;
    bool deviations = false;
};

Measured measuredBy(const std::vector<std::string>& names, const Answers& answers)
{
    Measured measured;
    for (const std::string& each : names) {
        const Result<MeasureName> name = parseMeasure(each, "measures");
        if (!name) {
            continue;
        }
        if (looksAtLists(*name)) {
            measured.ranks = true;
            measured.measures += 1.0;
        } else if (answers.ratings || !describe(*name).needsRatings) {
            const bool looksAtIntervals = answers.deviations && name->base == "picp";
            measured.predicts = true;
            measured.pairScores = looksAtIntervals ? scoresOfInterval : measured.pairScores;
        }
    }
    return measured;
}

/// The test part: everything, and lists are kept.
Measured onTest(const Spec& spec, const Answers& answers)
{
    Measured measured = measuredBy(measuresOf(spec, answers.ratings), answers);
    measured.predicts = measured.predicts || (measured.ranks && answers.ratings);
    return measured;
}

/// Where the epochs are compared by: EpochWatch ranks beside ratings only where that is cheap.
Measured onValidation(const Spec& spec, const RunShape& shape, const Answers& answers)
{
    Measured measured = measuredBy({stopMeasure(spec.stop, answers.ratings).name}, answers);
    const Measured wanted = measuredBy(measuresOf(spec, answers.ratings), answers);
    if (measured.ranks || isRankingCheap(shape.validation.users, shape.data.target.items)) {
        measured.ranks = measured.ranks || wanted.ranks;
        measured.measures = std::max(measured.measures, wanted.measures);
    }
    measured.predicts = measured.predicts || (answers.ratings && wanted.predicts);
    measured.pairScores = std::max(measured.pairScores, wanted.pairScores);
    return measured;
}

/// One evaluation of a held-out part.
Effort evaluation(const Workload& load,
                  const RunShape& shape,
                  const HeldOutShape& part,
                  const Measured& measured)
{
    const double items = shape.data.target.items;
    Effort effort{.shared = {},
                  .alone = {.scattered = 2.0 * shape.data.users + 4.0 * part.pairs,
                            .steps = 20.0 * part.pairs + 40.0 * part.users}};
    if (measured.ranks) {
        const double history = shape.data.target.interactions / std::max(shape.data.target.users, 1.0);
        const Work choose{.streamed = items, .steps = 15.0 * history + 100.0 + 60.0 * measured.measures};
        effort.shared += part.ranked * (load.ranking + choose);
    }
    if (measured.predicts) {
        effort.shared +=
            measured.pairScores * (load.pair ? part.pairs * *load.pair : part.users * load.ranking);
    }
    return effort;
}

/// Loading is the same for every method.
Effort loading(const RunShape& shape)
{
    const DomainShape all = shape.data.joined();
    const double pairs = shape.validation.pairs + shape.test.pairs;
    return {.shared = {.steps = 70.0 * shape.loaded},
            .alone = {.scattered = 20.0 * shape.loaded + 10.0 * pairs,
                      .steps = 60.0 * shape.loaded + 60.0 * all.items + 60.0 * shape.data.users +
                               10.0 * all.terms + 150.0 * all.facets + 2.0 * all.dimension * all.vectors}};
}

double knowledgeBytes(const DomainShape& all)
{
    constexpr double ofItem = 3 * 24;
    constexpr double ofTerm = 8;
    constexpr double ofFacet = 2 * 32 + 8 + 40;
    constexpr double ofRow = 4; // where a facet's vector is, and where those of an item begin
    const double rows = all.vectors > all.items ? all.facets + 2.0 * all.items : 0.0;
    return all.dimension > 0.0 || all.terms > 0.0
               ? ofItem * all.items + ofTerm * all.terms + ofFacet * all.facets +
                     all.dimension * all.numberBytes * all.vectors + ofRow * rows
               : 0.0;
}

/// What stays in memory of the data while the run trains.
double dataBytes(const RunShape& shape)
{
    constexpr double ofEntry = 4 + 4 + 4 + 4 + 4; // of the matrix
    const DomainShape all = shape.data.joined();
    return ofEntry * all.interactions +
           sizeof(Event) * (shape.validation.pairs + shape.test.pairs + shape.unused) +
           8.0 *
               (shape.data.users * (1.0 + static_cast<double>(shape.data.sources.size())) + 2.0 * all.items) +
           knowledgeBytes(all);
}

/// Beside what stays: the events with their parts as they were read, and the order that a matrix is made in.
/// As it is where each has a line of its own: sorting by places in the files holds about as much again, for a
/// while.
double loadingBytes(const RunShape& shape)
{
    constexpr double ofPart = 2 * sizeof(Part); // in the files, in the split
    constexpr double ofOrder = 4;
    return (sizeof(Event) + ofPart + ofOrder) * shape.loaded;
}

/// The newest model, and beside it the best one where epochs are compared. A checkpoint on its way to the
/// store holds the best model and the state of the training, which is about as large, once more.
double heldModels(const Workload& load)
{
    constexpr double ofCheckpoint = 2.0;
    return load.epochs > 0 ? (load.modelsShare ? 1.0 : 2.0) + ofCheckpoint : 1.0;
}

double trainingBytes(const Spec& spec, const RunShape& shape, const Workload& load)
{
    const bool hasValidation = shape.validation.pairs > 0.0;
    const double ofTraining =
        hasValidation ? std::max(load.trainBytes, load.validationBytes) : load.trainBytes;
    const double earlierModels = spec.start ? 1.0 : 0.0; // about as large
    return ofTraining + (heldModels(load) + earlierModels) * load.modelBytes;
}

/// The model, lists and predictions; what is trained by epochs is also copied for the store.
double evaluatingBytes(const Workload& load, const RunShape& shape, const Measured& measured)
{
    constexpr double ofPlace = 4 + 4 + 8 + 4;
    const double lists = measured.ranks ? shape.test.ranked * (listPlaces * ofPlace + 200.0) : 0.0;
    return (load.epochs > 0 ? 2.0 : 1.0) * load.modelBytes + lists +
           16.0 * measured.measures * shape.test.users + 48.0 * shape.test.pairs;
}

std::optional<Workload> workloadOf(const Spec& spec, const DataShape& shape)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method || (*method)->workload == nullptr) {
        return std::nullopt;
    }
    return (*method)->workload(shape, spec.parameters);
}

Answers answersOf(const Spec& spec, const Workload& load)
{
    const auto method = findMethod(spec.method);
    return {.ratings = load.ratings, .deviations = method && (*method)->givesDeviations};
}

/// Training without what validation adds, for so many epochs.
Effort training(const Spec& spec, const RunShape& shape, const Workload& load, int epochs)
{
    Effort effort = load.start;
    Effort validation;
    if (shape.validation.pairs > 0.0) {
        Workload underTraining = load;
        underTraining.ranking = load.validationShare * load.ranking;
        if (load.pair) {
            underTraining.pair = load.validationShare * *load.pair;
        }
        validation = evaluation(
            underTraining, shape, shape.validation, onValidation(spec, shape, answersOf(spec, load)));
    }
    const double measured = load.epochs > 0 ? epochs : 1.0 + load.validations;
    for (const auto& [times, each] :
         {std::pair(static_cast<double>(epochs), load.epoch), std::pair(measured, validation)}) {
        effort += {.shared = times * each.shared, .alone = times * each.alone};
    }
    return effort;
}

std::string bytesText(double bytes)
{
    constexpr double mega = 1e6;
    constexpr double giga = 1e9;
    return bytes < giga ? fmt::format("{:.0f} MB", std::ceil(bytes / mega))
                        : fmt::format("{:.1f} GB", bytes / giga);
}

Spec withValue(const Spec& spec, const std::string& parameter, double value)
{
    Spec changed = spec;
    Json values = spec.parameters.json();
    values[parameter] = static_cast<std::int64_t>(value);
    changed.parameters = Parameters(std::move(values));
    return changed;
}

/// The parameter whose lower end saves the most memory, and the largest value of it that fits; nothing when
/// none makes the run fit.
struct Remedy
{
    std::string parameter;
    std::int64_t present = 0;
    std::int64_t fits = 0;
};

std::optional<Remedy> remedyFor(const Spec& spec, const RunShape& shape, double available)
{
    const auto bytesWith = [&](const std::string& parameter, double value) {
        const std::optional<Workload> load = workloadOf(withValue(spec, parameter, value), shape.data);
        return load ? trainingBytes(spec, shape, *load) : std::numeric_limits<double>::infinity();
    };
    std::optional<Remedy> best;
    double least = available;
    for (const Parameter& each : (*findMethod(spec.method))->parameters) {
        if (each.type != Parameter::Type::Integer || bytesWith(each.name, each.low) > least) {
            continue;
        }
        least = bytesWith(each.name, each.low);
        auto fits = static_cast<std::int64_t>(each.low);
        auto tooMuch = static_cast<std::int64_t>(spec.parameters.integer(each.name));
        const std::int64_t present = tooMuch;
        while (tooMuch - fits > 1) {
            const std::int64_t middle = fits + (tooMuch - fits) / 2;
            (bytesWith(each.name, static_cast<double>(middle)) <= available ? fits : tooMuch) = middle;
        }
        best = Remedy{.parameter = each.name, .present = present, .fits = fits};
    }
    return best;
}

double median(std::vector<double> values)
{
    if (values.empty()) {
        return 1.0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace

RunShape shapeOf(const SplitData& parts, const DataSelection& selection)
{
    RunShape shape{.data = shapeOf(*parts.training)};
    const auto heldOut = [&](const HeldOut& part) {
        const auto isRelevant = [&](const Event& event) {
            return !selection.positive || static_cast<double>(event.value) >= *selection.positive;
        };
        return HeldOutShape{.pairs = static_cast<double>(part.events.size()),
                            .users = static_cast<double>(peopleOf(part.events).size()),
                            .ranked = static_cast<double>(peopleOf(part.events, isRelevant).size())};
    };
    shape.validation = heldOut(parts.validation);
    shape.test = heldOut(parts.test);
    shape.unused = static_cast<double>(parts.unused.events.size());
    shape.loaded = shape.data.target.interactions + shape.validation.pairs + shape.test.pairs + shape.unused;
    for (const DomainShape& source : shape.data.sources) {
        shape.loaded += source.interactions;
    }
    return shape;
}

Machine thisMachine()
{
    const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return {.speeds = machineSpeeds(),
            .threads = std::min(threadCount(), processors),
            .residentBytes = heldMemory().resident};
}

std::optional<RunEstimate> estimate(const Spec& spec, const RunShape& shape, const Machine& machine)
{
    const std::optional<Workload> load = workloadOf(spec, shape.data);
    if (!load) {
        return std::nullopt;
    }
    const auto seconds = [&](const Effort& effort) {
        return machine.speeds.secondsFor(effort, machine.threads);
    };
    const auto trainSeconds = [&](int epochs) { return seconds(training(spec, shape, *load, epochs)); };
    RunEstimate result{.epochs = load->epochs, .leastEpochs = load->epochs};
    if (shape.validation.pairs > 0.0 && spec.stop.patience > 0) {
        result.leastEpochs = std::min(load->epochs, spec.stop.patience + 1);
    }
    const Measured measured = onTest(spec, answersOf(spec, *load));
    result.loadSeconds = seconds(loading(shape));
    result.trainSeconds = trainSeconds(load->epochs);
    result.leastTrainSeconds = trainSeconds(result.leastEpochs);
    result.evaluateSeconds = seconds(evaluation(*load, shape, shape.test, measured));
    const double held = machine.residentBytes + dataBytes(shape);
    result.loadMb = (held + loadingBytes(shape)) / mib;
    result.trainMb = (held + trainingBytes(spec, shape, *load)) / mib;
    result.evaluateMb = (held + evaluatingBytes(*load, shape, measured)) / mib;
    return result;
}

RunEstimate Experience::applied(RunEstimate to) const
{
    to.loadSeconds *= load;
    to.trainSeconds *= train;
    to.leastTrainSeconds *= train;
    to.evaluateSeconds *= evaluate;
    return to;
}

Experience experienceOf(std::span<const RunRecord> runs,
                        const Spec& spec,
                        const RunShape& shape,
                        const Machine& machine)
{
    constexpr std::size_t newest = 5;
    const Json wanted = toJson(spec);
    std::vector<double> load;
    std::vector<double> train;
    std::vector<double> evaluate;
    for (auto run = runs.rbegin(); run != runs.rend() && train.size() < newest; ++run) {
        if (run->state != RunState::Finished || !run->loadSeconds || !run->trainSeconds ||
            !run->evaluateSeconds) {
            continue;
        }
        const Result<Spec> own = specFrom(run->spec);
        if (!own || own->method != spec.method) {
            continue;
        }
        const Json document = toJson(*own);
        const bool isAlike = std::ranges::all_of(
            std::array{"data", "split", "knowledge", "knowledge_terms"},
            [&](const char* key) { return document.value(key, Json()) == wanted.value(key, Json()); });
        if (!isAlike) {
            continue;
        }
        const std::optional<Workload> work = workloadOf(*own, shape.data);
        const std::optional<RunEstimate> expected = transept::estimate(*own, shape, machine);
        if (!expected) {
            return {};
        }
        const double trained =
            machine.speeds.secondsFor(training(*own, shape, *work, run->epoch), machine.threads);
        load.push_back(*run->loadSeconds / expected->loadSeconds);
        train.push_back(*run->trainSeconds / trained);
        evaluate.push_back(*run->evaluateSeconds / expected->evaluateSeconds);
    }
    return {.load = median(load), .train = median(train), .evaluate = median(evaluate)};
}

Result<std::optional<RunEstimate>> estimateRun(const Workspace& workspace,
                                               const Spec& spec,
                                               const RunShape& shape)
{
    const Result<std::vector<RunRecord>> runs = RunStore(workspace).all();
    if (!runs) {
        return passOn(runs);
    }
    const Machine machine = thisMachine();
    std::optional<RunEstimate> expected = estimate(spec, shape, machine);
    if (expected) {
        expected = experienceOf(*runs, spec, shape, machine).applied(*expected);
    }
    return expected;
}

Status checkMemory(const Spec& spec, const RunShape& shape, double available)
{
    const std::optional<Workload> load = workloadOf(spec, shape.data);
    const double needed = load ? trainingBytes(spec, shape, *load) : 0.0;
    if (needed <= available) {
        return {};
    }
    if (const std::optional<Remedy> remedy = remedyFor(spec, shape, available)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "method.%1 is %2: training would take about %3 of memory for this data, and "
                                 "%4 is available. At most %5 fits."),
                    {remedy->parameter,
                     std::to_string(remedy->present),
                     bytesText(needed),
                     bytesText(available),
                     std::to_string(remedy->fits)});
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "method.name is %1: training would take about %2 of memory for this data, and %3 "
                     "is available. Keep fewer users and items with data.where.min_user and "
                     "data.where.min_item, leave out a source, or choose another method."),
        {spec.method, bytesText(needed), bytesText(available)});
}

Error outOfMemoryFor(const Spec& spec)
{
    const Json& values = spec.parameters.json();
    if (values.is_object() && values.contains("factors")) {
        return {.code = ErrorCode::OutOfMemory,
                .sentence = TRANSLATABLE(
                    "errors",
                    "The memory ran out. Lower method.factors (now %1), keep fewer users and items with "
                    "data.where.min_user and data.where.min_item, or leave out a source."),
                .arguments = {values["factors"].dump()}};
    }
    return {.code = ErrorCode::OutOfMemory,
            .sentence = TRANSLATABLE(
                "errors",
                "The memory ran out while %1 worked on this data. Keep fewer users and items with "
                "data.where.min_user and data.where.min_item, leave out a source, or choose another method."),
            .arguments = {spec.method}};
}

} // namespace transept
