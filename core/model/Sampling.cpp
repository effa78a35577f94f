#include "core/model/Sampling.h"

#include "core/model/Epochs.h"
#include "core/model/FactorState.h"

#include <algorithm>

namespace transept {
namespace {

/// What the kept samples may take of the memory.
constexpr std::size_t mostBytes = std::size_t{256} << 20U;

/// How often the model is reported: validation scores with all samples kept so far, which takes far longer
/// than a sweep.
constexpr int mostReports = 20;

std::size_t bytesOfSample(const BayesianModel::Subject& subject, std::size_t width)
{
    const std::size_t rows = subject.places->rows() + subject.data->target.interactions.itemCount();
    return rows * (FactorMatrix(0, width).stride + 1) * sizeof(float);
}

} // namespace

SampleSchedule::SampleSchedule(const SamplingSettings& settings, std::size_t sampleBytes)
{
    const int affordable = static_cast<int>(std::clamp<std::size_t>(mostBytes / sampleBytes, 1, 100000));
    const int most = std::min({settings.kept, settings.samples, affordable});
    every = (settings.samples + most - 1) / most;
    count = settings.samples / every;
    perReport = (count + mostReports - 1) / mostReports;
}

std::vector<Parameter> samplingParameters()
{
    Parameter factors = sharedParameter(factorParameters(), "factors", 16);
    factors.high = 128; // the work grows with their cube
    return {
        std::move(factors),
        {.name = "samples",
         .type = Parameter::Type::Integer,
         .preset = 200,
         .low = 1,
         .high = 10000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Samples"),
         .meaning = TRANSLATABLE("methods", "How many samples are drawn after the burn-in.")},
        {.name = "burn-in",
         .type = Parameter::Type::Integer,
         .preset = 50,
         .low = 0,
         .high = 10000,
         .label = TRANSLATABLE("methods", "Burn-in"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many samples are drawn and thrown away first, until the chain has left its random start."),
         .unit = TRANSLATABLE("methods", "samples")},
        {.name = "kept",
         .type = Parameter::Type::Integer,
         .preset = 50,
         .low = 1,
         .high = 10000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Samples kept"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many of the samples, evenly spread, the model is made of: predictions are means over "
             "them. They never take more than 256 MB; with large data fewer are kept."),
         .unit = TRANSLATABLE("methods", "samples")}};
}

SamplingSettings samplingFrom(const Parameters& parameters)
{
    return {.samples = parameters.integer("samples"),
            .burnIn = parameters.integer("burn-in"),
            .kept = parameters.integer("kept")};
}

Parameter noiseParameter()
{
    return {.name = "noise",
            .type = Parameter::Type::Choice,
            .preset = "by-user",
            .choices = {"by-user", "shared"},
            .label = TRANSLATABLE("methods", "Noise"),
            .meaning = TRANSLATABLE("methods",
                                    "Whether every user has a noise of their own, so that people who rate "
                                    "steadily count for more, or all ratings are equally precise.")};
}

tl::unexpected<Error> noRatings(const TrainingDomain& target)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "There are no ratings of %1 to learn from. Give the training part of the "
                             "split more."),
                {target.name});
}

Result<std::shared_ptr<const Model>> sampleModel(const SamplingSettings& settings,
                                                 const BayesianModel::Subject& subject,
                                                 std::size_t width,
                                                 const Chain& chain,
                                                 const FitContext& context)
{
    const SampleSchedule schedule(settings, bytesOfSample(subject, width));
    BayesianModel::Samples kept;
    int sweeps = 0;
    const int all = settings.burnIn + schedule.count * schedule.every;
    const auto train = [&](int report) -> Result<double> {
        while (static_cast<int>(kept.size()) < schedule.keptAt(report)) {
            reportEpoch(context.job, sweeps + 1, all, 0.0);
            if (const Status swept = chain.sweep(++sweeps); !swept) {
                return passOn(swept);
            }
            if (sweeps > settings.burnIn && (sweeps - settings.burnIn) % schedule.every == 0) {
                kept.push_back(std::make_shared<const PosteriorSample>(chain.keep()));
            }
        }
        return chain.squaredError();
    };
    return runEpochs(
        schedule.reports(),
        context,
        train,
        [&] { return std::make_shared<const BayesianModel>(subject, kept); },
        [&](TrainingState& state) {
            state.value(sweeps);
            chain.exchange(state);
            exchangeSamples(state, kept);
        });
}

} // namespace transept
