#pragma once

#include "core/model/BayesianModel.h"

#include <functional>

namespace transept {

/// How long a chain is, and which of its samples make the model.
struct SamplingSettings
{
    int samples = 200; ///< after the burn-in
    int burnIn = 50;
    int kept = 50; ///< at most
};

/// Which sweeps are kept: every `every`-th after the burn-in, `count` of them. The model is reported when
/// `perReport` more are kept.
struct SampleSchedule
{
    int every = 1;
    int count = 1;
    int perReport = 1;

    SampleSchedule(const SamplingSettings& settings, std::size_t sampleBytes);

    int reports() const { return (count + perReport - 1) / perReport; }
    int keptAt(int report) const { return std::min(count, report * perReport); }
};

/// The parameters factors, samples, burn-in and kept.
std::vector<Parameter> samplingParameters();
SamplingSettings samplingFrom(const Parameters& parameters);

/// The parameter noise: by-user or shared.
Parameter noiseParameter();

/// A chain of samples as sampleModel() drives it.
struct Chain
{
    std::function<Status(int)> sweep; ///< by its number, from 1
    std::function<PosteriorSample()> keep;
    std::function<double()> squaredError;         ///< of the newest sample, the mean over the ratings
    std::function<void(TrainingState&)> exchange; ///< names what the next sweep goes on from
};

/// The error of a domain without any rating to learn from.
tl::unexpected<Error> noRatings(const TrainingDomain& target);

/// Sweeps through the burn-in and the samples, and reports the model of the samples kept so far at most 20
/// times: validation scores with all of them, which takes far longer than a sweep. Each kept sample has
/// vectors of `width` numbers; together they take at most 256 MB.
Result<std::shared_ptr<const Model>> sampleModel(const SamplingSettings& settings,
                                                 const BayesianModel::Subject& subject,
                                                 std::size_t width,
                                                 const Chain& chain,
                                                 const FitContext& context);

} // namespace transept
