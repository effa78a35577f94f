#pragma once

#include "core/base/Job.h"
#include "core/model/FactorModel.h"

#include <Eigen/Cholesky>

#include <memory>
#include <span>
#include <vector>

namespace transept {

struct ContentRidgeOptions
{
    double lambda = 30.0;      ///< of the weights that all users share
    double lambdaTaste = 7.0;  ///< of a user's own weights
    double lambdaUser = 3.0;   ///< of the users' biases
    double lambdaItem = 100.0; ///< of the items' biases
    double sourceWeight = 0.5; ///< what a rating of a source counts, against one of the target
};

/// The ratings of one domain beside the texts of its items, and what is learnt of them.
struct RatedTexts
{
    int place = -1; ///< -1: the target, else the place among the sources
    const InteractionMatrix* ratings = nullptr;
    double weight = 1.0; ///< c: what its ratings count
    double scale = 1.0;  ///< takes its ratings to the width of the target's
    /// In the target's unit. `items` are the knowledge's vectors x_i, centred over the rated items and scaled
    /// so that their squared length is 1 on average; zero rows for items that nothing is known of. An item's
    /// bias is b_i + <w_d, x_i>. `users`, the w_u, are the target's alone.
    std::shared_ptr<FactorParameters> learnt;
};

/// A rating of somebody, in one of the domains.
struct RatedText
{
    std::size_t domain = 0;
    ItemRow item{};
    double value = 0.0; ///< in the target's unit
};

/// What the ratings of one user say when everything about the items stands.
struct UserTaste
{
    Eigen::VectorXd weights;    ///< w_u
    std::vector<double> biases; ///< b_u, by domain; 0 where the user rated nothing
    std::vector<double> pulls;  ///< of each rating: w_u = sum of pull times vector
};

/// Ratings explained by texts: a mixed model whose fixed effects all users share and whose random effects are
/// every user's own (GLMix: Zhang, Zhou, Ma, Chen, Zhang, Agarwal 2016, with squared error). Over domains d
/// with weights c_d it is the minimum of
///
///   sum_d c_d (sum_(u,i in d) (r_ui - mean_d - b_u - b_i - <w_d + w_u, x_i>)^2
///              + lambdaUser sum_u b_u^2 + lambdaItem sum_i b_i^2 + lambda |w_d|^2) + lambdaTaste sum_u
///              |w_u|^2
///
/// by exact steps in turn: all that is a user's (b_u in every domain and w_u), then all that is a domain's
/// items' (b_i and w_d). w_u is one for all domains: so ratings of one tell of the texts of another.
class ContentRidgeFit
{
public:
    /// The target, and the sources with ratings and vectors of the same length. The target has both. `data`
    /// outlives this.
    ContentRidgeFit(const TrainingData& data, const ContentRidgeOptions& options);

    Status run(const JobContext& job);

    std::vector<RatedTexts> domains() && { return std::move(m_domains); }

private:
    Status improveUsers(const JobContext& job);
    Result<double> improveItems(std::size_t domain, const JobContext& job); ///< the largest move of a bias

    ContentRidgeOptions m_options;
    std::vector<RatedTexts> m_domains;
    std::vector<Eigen::LLT<Eigen::MatrixXd>> m_moments; ///< by domain: of the shared weights
};

/// The domains as a fit begins with them: nothing learnt yet.
std::vector<RatedTexts> ratedTexts(const TrainingData& data, double sourceWeight);

/// What the user rated in these domains.
std::vector<RatedText> ratingsOf(std::span<const RatedTexts> domains, UserRow user);

/// The minimum over everything that is the user's. With h = sqrt(lambdaTaste / lambdaUser) and rows
/// sqrt(c) (x, h e_d), it is a ridge regression with lambdaTaste: solved over the ratings or over the
/// dimensions, whichever are fewer.
UserTaste tasteOf(std::span<const RatedText> ratings,
                  std::span<const RatedTexts> domains,
                  const ContentRidgeOptions& options);

} // namespace transept
