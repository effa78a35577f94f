#pragma once

#include "core/model/Sampling.h"
#include "core/model/Workload.h"

namespace transept {

struct BayesianSettings
{
    GibbsSettings chain;
    SamplingSettings sampling;
    std::size_t periods = 0; ///< of time, in which items have biases of their own; 0: none
};

/// The parameters of Bayesian matrix factorisation, also with side information.
std::vector<Parameter> bayesianParameters();
BayesianSettings bayesianSettingsFrom(const Parameters& parameters);

/// What is known of users and items beside their ratings: principalComponents(), a row each.
struct SideFeatures
{
    Matrix users;
    Matrix items;
    std::shared_ptr<const Untold> untold;
};

/// What the samples of a chain with these settings are about. `untold` is null when the chain is told nothing
/// of users and items; else every user has a row.
BayesianModel::Subject bayesianSubject(std::shared_ptr<const TrainingData> data,
                                       const BayesianSettings& settings,
                                       std::shared_ptr<const Untold> untold);

/// Samples the model; `features` may be null. InvalidInput when there is no rating, or no time where periods
/// are asked for.
Result<std::shared_ptr<const Model>> fitBayesian(std::shared_ptr<const TrainingData> data,
                                                 const BayesianSettings& settings,
                                                 const SideFeatures* features,
                                                 const FitContext& context);

struct SamplingLoad
{
    Workload load;
    double sweepsOfReport = 0.0; ///< from one report to the next
};

/// What sampling takes. `users` have a row; `told` numbers are known of all rows beside their ratings.
SamplingLoad samplingLoad(const DataShape& shape,
                          const BayesianSettings& settings,
                          double users,
                          double told);

} // namespace transept
