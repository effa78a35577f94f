#pragma once

#include "core/model/EaseRows.h"
#include "core/model/Method.h"
#include "core/model/Workload.h"

#include <memory>

namespace transept {

/// Which system gives the weights.
enum class EaseSystem {
    Auto,          ///< Exact up to `largestSystem`, above it Neighbourhood
    Exact,         ///< the items' or the users' whole system
    Neighbourhood, ///< one small system an item, see EaseNeighbourhoods.h
};

struct EaseOptions
{
    double lambda = 200.0;
    EntryValue values = EntryValue::Binary;
    double decay = 1.0; ///< weights of the history that is scored; the weights B are learnt without
    FeatureRows features = FeatureRows::None;
    double alpha = 0.0; ///< weight of the feature rows
    double kappa = 0.0; ///< pull of B to the semantic map S; above 0 the target needs knowledge vectors
    double ridge = 1.0; ///< of the semantic map
    EaseSystem solver = EaseSystem::Exact;
    int neighbourhood = 0; ///< items in each small system; 0: the method has no such way
};

/// The most rows (or columns) of the system that is inverted: 1.6 GB of float32.
constexpr std::size_t largestSystem = 20'000;

/// Item-item weights B with zero diagonal that minimise
///
///   ||Y - Y B||^2 + lambda ||B||^2 + kappa ||B - S||^2
///
/// where Y is the history of all users over all domains' items, below it sqrt(alpha) times the features of
/// the items (collective form), and S the semantic map (L3AE: Moon, Park and Lee 2025); without features and
/// with kappa 0 this is EASE (Steck 2019). A multiplier for each diagonal element gives, with P = (Y'Y +
/// (lambda + kappa) I)^-1,
///
///   B = P (Y'Y + kappa S - diag(mu)) = I + kappa P S - P diag(gamma)
///
/// With S = V W' outside its diagonal, S's own diagonal goes into gamma, and B_cc = 0 fixes it:
///
///   B = I + kappa (P V) W' - P diag(g),     g_c = (1 + kappa <(P V)_c, w_c>) / P_cc
///
/// so that knowledge costs products with k columns only. For kappa = 0: B_jc = -P_jc / P_cc for j != c. Of
/// the history w that is scored,
///
///   score(u, c) = sum over u's history of w_j B_jc
///
/// When Y has fewer rows than columns the same P comes from the smaller system A = (YY' + lambda I)^-1, as
/// P = (I - Y' A Y) / lambda; no items x items matrix is made then. When both sides exceed `largestSystem`,
/// InvalidInput, unless the options allow neighbourhoods; their error is told as a diagnostic.
Result<std::shared_ptr<const Model>> fitEase(std::shared_ptr<const TrainingData> data,
                                             const EaseOptions& options,
                                             const FitContext& context);

/// What fitEase() and its model take; nothing for neighbourhoods.
std::optional<Workload> easeWorkload(const DataShape& shape, const EaseOptions& options);

/// The parameters lambda, values and decay.
std::vector<Parameter> easeParameters();
EaseOptions easeOptionsFrom(const Parameters& parameters);

} // namespace transept
