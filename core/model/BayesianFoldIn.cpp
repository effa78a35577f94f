#include "core/base/Kernels.h"
#include "core/model/BayesianModel.h"
#include "core/model/Place.h"

#include <Eigen/Cholesky>

#include <algorithm>

namespace transept {
namespace {

/// What a new row of one side of a sample is thought to be like before any rating of it is known: mean and
/// covariance over the known rows, or over so many of them, evenly spread. The prior that the chain has
/// beside what lends means stands in for as many rows as there are numbers. The bias is the last of them.
GaussianPrior newcomerPrior(const FactorMatrix& rows,
                            std::span<const float> biases,
                            const Matrix& chainCovariance,
                            std::span<const std::uint32_t> known,
                            std::size_t factors)
{
    constexpr std::size_t mostRows = 4096;
    const Eigen::Index size = place(factors + 1);
    const std::size_t count = std::min(mostRows, known.size());
    Eigen::MatrixXd vectors(place(count), size);
    for (std::size_t at = 0; at < count; ++at) {
        const std::uint32_t row = known[at * known.size() / count];
        vectors.row(place(at)) << Eigen::Map<const Eigen::RowVectorXf>(rows.at(row), size - 1).cast<double>(),
            static_cast<double>(biases[row]);
    }
    GaussianPrior prior{.mean = vectors.colwise().mean().transpose(), .precision = {}};
    vectors.rowwise() -= prior.mean.transpose();
    Eigen::MatrixXd ofChain(size, size);
    const Eigen::MatrixXd all = chainCovariance.cast<double>();
    ofChain.topLeftCorner(size - 1, size - 1) = all.topLeftCorner(size - 1, size - 1);
    ofChain.col(size - 1) << all.col(all.cols() - 1).head(size - 1), all(all.rows() - 1, all.cols() - 1);
    ofChain.row(size - 1) = ofChain.col(size - 1).transpose();
    const auto weight = static_cast<double>(size);
    const Eigen::MatrixXd covariance =
        (vectors.transpose() * vectors + weight * ofChain) / (static_cast<double>(count) + weight);
    prior.precision = covariance.llt().solve(Eigen::MatrixXd::Identity(size, size));
    return prior;
}

/// Of a row and its bias, the last number, while the rows that it is multiplied with stand.
class Posterior
{
public:
    explicit Posterior(const GaussianPrior& prior)
        : m_precision(prior.precision)
        , m_pull(prior.precision * prior.mean)
        , m_z(prior.mean.size())
    {
    }

    /// A rating, less all that is known of it, with such a row.
    void add(const float* other, float rest, float noiseVariance)
    {
        const auto noise = static_cast<double>(noiseVariance);
        m_z << Eigen::Map<const Eigen::VectorXf>(other, m_z.size() - 1).cast<double>(), 1.0;
        m_precision += m_z * m_z.transpose() / noise;
        m_pull += static_cast<double>(rest) / noise * m_z;
    }

    Eigen::VectorXf mean() const { return m_precision.llt().solve(m_pull).cast<float>(); }

private:
    Eigen::MatrixXd m_precision;
    Eigen::VectorXd m_pull;
    Eigen::VectorXd m_z;
};

} // namespace

GaussianPrior BayesianModel::newUserPrior(const PosteriorSample& sample) const
{
    std::vector<std::uint32_t> known;
    for (std::size_t user = 0; user < m_subject.places->of.size(); ++user) {
        if (!m_subject.places->isNew[user]) {
            known.push_back(m_subject.places->of[user]);
        }
    }
    return newcomerPrior(
        sample.users, sample.userBiases, sample.userCovariance, known, sample.users.width - periodCount());
}

GaussianPrior BayesianModel::newItemPrior(const PosteriorSample& sample) const
{
    std::vector<std::uint32_t> known;
    for (std::size_t item = 0; item < sample.items.rows; ++item) {
        if (!isNew(static_cast<ItemRow>(item))) {
            known.push_back(static_cast<std::uint32_t>(item));
        }
    }
    return newcomerPrior(
        sample.items, sample.itemBiases, sample.itemCovariance, known, sample.items.width - periodCount());
}

/// With z = (q_i, 1) and t what item i's biases leave of a rating, the mean of N(A^-1 c, A^-1) as
/// GaussianBatch has it; behind vector and bias nothing.
Eigen::VectorXf BayesianModel::foldedUser(std::size_t sample, std::span<const PastEvent> history) const
{
    const PosteriorSample& from = *m_samples[sample];
    const std::size_t factors = from.items.width - periodCount();
    Posterior posterior(m_newcomers[sample]);
    for (const PastEvent& event : history) {
        if (event.domain >= 0) {
            continue;
        }
        const float* item = from.items.at(index(event.item));
        float rest = event.value - m_mean - from.itemBiases[index(event.item)];
        if (periodCount() > 0) {
            const std::uint16_t period = m_subject.periods->periodOf(event.time);
            rest -= period == RatingPeriods::none ? 0.0F : item[factors + period];
        }
        posterior.add(item, rest, from.noiseVariances[m_subject.places->shared]);
    }
    return posterior.mean();
}

/// Of each period in the newcomer's ratings with times, or in everybody's when there are none.
std::vector<float> BayesianModel::sharesOf(std::span<const PastEvent> history) const
{
    std::vector<float> shares(periodCount());
    float sum = 0.0F;
    for (const PastEvent& event : history) {
        const bool isTimed = event.domain < 0 && event.time != 0 && !shares.empty();
        if (isTimed) {
            shares[m_subject.periods->periodOf(event.time)] += 1.0F;
            sum += 1.0F;
        }
    }
    if (sum == 0.0F && !shares.empty()) {
        std::ranges::copy(m_subject.periods->sharesOfAll(), shares.begin());
        return shares;
    }
    for (float& share : shares) {
        share /= sum;
    }
    return shares;
}

bool BayesianModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const bool hasTarget =
        std::ranges::any_of(history, [](const PastEvent& event) { return event.domain < 0; });
    if (!history.empty() && !hasTarget) {
        return false; // sources say nothing here
    }
    std::call_once(m_newcomersMade, [&] {
        for (const auto& sample : m_samples) {
            m_newcomers.push_back(newUserPrior(*sample));
        }
    });
    const std::vector<float> shares = sharesOf(history);
    std::fill(scores.begin(), scores.end(), 0.0F);
    std::vector<float> products(scores.size());
    for (std::size_t at = 0; at < m_samples.size(); ++at) {
        const FactorMatrix& items = m_samples[at]->items;
        const Eigen::VectorXf folded = foldedUser(at, history);
        std::vector<float> user(folded.begin(), folded.end() - 1);
        user.insert(user.end(), shares.begin(), shares.end());
        user.resize(items.stride);
        kernels::dotRows(
            items.values.data(), items.rows, items.stride, user.data(), items.stride, products.data());
        const float own = m_mean + folded[folded.size() - 1];
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += (products[item] + (own + m_samples[at]->itemBiases[item])) /
                            static_cast<float>(m_samples.size());
        }
    }
    return true;
}

bool BayesianModel::foldInItem(std::span<const Event> interactions,
                               std::span<const UserRow> users,
                               std::span<float> scores) const
{
    if (users.empty()) {
        return true;
    }
    std::call_once(m_newItemsMade, [&] {
        for (const auto& sample : m_samples) {
            m_newItems.push_back(newItemPrior(*sample));
        }
    });
    std::ranges::fill(scores, 0.0F);
    for (std::size_t at = 0; at < m_samples.size(); ++at) {
        const PosteriorSample& sample = *m_samples[at];
        Posterior posterior(m_newItems[at]);
        for (const Event& event : interactions) {
            const std::uint32_t user = placeOf(event.user);
            if (!isNew(event.user)) {
                posterior.add(
                    sample.users.at(user), event.value - base(sample, user), sample.noiseVariances[user]);
            }
        }
        const Eigen::VectorXf item = posterior.mean();
        const Eigen::Index factors = item.size() - 1;
        for (std::size_t each = 0; each < users.size(); ++each) {
            const std::uint32_t user = placeOf(users[each]);
            const Eigen::Map<const Eigen::VectorXf> own(sample.users.at(user), factors);
            scores[each] += (base(sample, user) + item[factors] + own.dot(item.head(factors))) /
                            static_cast<float>(m_samples.size());
        }
    }
    return true;
}

} // namespace transept
