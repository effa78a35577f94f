#include "core/model/Stacking.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/RandomStreams.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace transept {
namespace {

constexpr std::size_t usersPerBlock = 16;

/// Figures of pairs or ratings, a column a part.
using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The validation events by user, users ascending.
std::vector<std::vector<Event>> byUser(std::span<const Event> events)
{
    std::map<UserRow, std::vector<Event>> users;
    for (const Event& event : events) {
        users[event.user].push_back(event);
    }
    std::vector<std::vector<Event>> result;
    for (auto& [user, own] : users) {
        result.push_back(std::move(own));
    }
    return result;
}

/// Makes the pairs of users: rows of z_m(i) - z_m(j).
class Pairs
{
public:
    Pairs(const Parts& parts, const TrainingData& data, const FitContext& context)
        : m_parts(parts)
        , m_data(data)
        , m_context(context)
    {
    }

    Result<Rows> all() const
    {
        std::vector<std::vector<Event>> users = byUser(m_context.validation->events);
        randomFor(m_context.seed, Purpose::ValidationUsers).shuffle(std::span(users));
        std::vector<Rows> found(users.size());
        std::size_t count = 0;
        std::size_t done = 0;
        TaskGuard guard(m_context.job);
        // So many users at a time that the bound, and not the number of threads, says where it ends.
        for (; done < users.size() && count < mostStackedPairs;
             done = std::min(done + usersAtATime, users.size())) {
            const std::size_t last = std::min(done + usersAtATime, users.size());
            parallelTasks(last - done, [&](std::size_t task) {
                if (guard.mayGoOn()) {
                    found[done + task] = ofUser(users[done + task]);
                }
            });
            if (const Status status = guard.status(); !status) {
                return passOn(status);
            }
            for (std::size_t user = done; user < last; ++user) {
                count += static_cast<std::size_t>(found[user].rows());
            }
        }
        Rows pairs(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(m_parts.size()));
        Eigen::Index row = 0;
        for (std::size_t user = 0; user < done; ++user) {
            pairs.middleRows(row, found[user].rows()) = found[user];
            row += found[user].rows();
        }
        return pairs;
    }

private:
    static constexpr std::size_t usersAtATime = 256;

    Rows ofUser(const std::vector<Event>& events) const
    {
        std::set<ItemRow> owned;
        std::vector<ItemRow> relevant;
        for (const Event& event : events) {
            owned.insert(event.item);
            if (isRelevant(*m_context.validation, event)) {
                relevant.push_back(event.item);
            }
        }
        const UserRow user = events.front().user;
        const auto training = m_data.target.interactions.itemsOf(user);
        owned.insert(training.begin(), training.end());
        std::vector<ItemRow> others;
        for (std::size_t item = 0; item < m_parts.front()->itemCount(); ++item) {
            if (!owned.contains(static_cast<ItemRow>(item))) {
                others.push_back(static_cast<ItemRow>(item));
            }
        }
        if (others.empty()) {
            return Rows(0, static_cast<Eigen::Index>(m_parts.size()));
        }
        Rows pairs(static_cast<Eigen::Index>(relevant.size() * pairsOfRelevant),
                   static_cast<Eigen::Index>(m_parts.size()));
        std::vector<float> scores(m_parts.front()->itemCount());
        for (std::size_t part = 0; part < m_parts.size(); ++part) {
            m_parts[part]->score(user, scores);
            calibrate({}, user, scores);
            // The same items for every part.
            Random random = randomFor(m_context.seed, Purpose::UnrelatedItems, index(user));
            for (Eigen::Index row = 0; row < pairs.rows(); ++row) {
                const std::size_t good = index(relevant[static_cast<std::size_t>(row) / pairsOfRelevant]);
                const std::size_t other = index(others[random.below(others.size())]);
                pairs(row, static_cast<Eigen::Index>(part)) =
                    static_cast<double>(scores[good]) - static_cast<double>(scores[other]);
            }
        }
        return pairs;
    }

    const Parts& m_parts;
    const TrainingData& m_data;
    const FitContext& m_context;
};

/// The logistic loss of weights over pairs with its first and second derivatives.
struct Slope
{
    double loss = 0.0;
    Eigen::VectorXd gradient;
    Eigen::MatrixXd curvature;
};

Slope slopeAt(const Rows& pairs, const Eigen::VectorXd& weights)
{
    constexpr std::size_t rowsPerBlock = 4096;
    const auto parts = weights.size();
    const auto count = static_cast<std::size_t>(pairs.rows());
    std::vector<Slope> blocks((count + rowsPerBlock - 1) / rowsPerBlock);
    forEachBlock(count, rowsPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
        Slope sum{.gradient = Eigen::VectorXd::Zero(parts), .curvature = Eigen::MatrixXd::Zero(parts, parts)};
        for (auto row = static_cast<Eigen::Index>(first); row < static_cast<Eigen::Index>(last); ++row) {
            const double margin = pairs.row(row).dot(weights);
            // ln(1 + exp(-margin)) and its derivatives by the margin, without overflow on either side
            const double power = std::exp(-std::abs(margin));
            const double wrong = (margin > 0.0 ? power : 1.0) / (1.0 + power);
            sum.loss += std::log1p(power) + std::max(-margin, 0.0);
            sum.gradient -= wrong * pairs.row(row).transpose();
            sum.curvature += wrong * (1.0 - wrong) * pairs.row(row).transpose() * pairs.row(row);
        }
        blocks[block] = std::move(sum);
    });
    Slope all{.gradient = Eigen::VectorXd::Zero(parts), .curvature = Eigen::MatrixXd::Zero(parts, parts)};
    for (const Slope& block : blocks) {
        all.loss += block.loss;
        all.gradient += block.gradient;
        all.curvature += block.curvature;
    }
    return all;
}

std::vector<double> asWeights(const Eigen::VectorXd& values)
{
    return {values.begin(), values.end()};
}

} // namespace

Eigen::VectorXd nonNegativeMinimum(const Eigen::MatrixXd& a, const Eigen::VectorXd& b, Eigen::VectorXd start)
{
    constexpr int mostSweeps = 10'000;
    constexpr double smallestMove = 1e-12;
    for (int sweep = 0; sweep < mostSweeps; ++sweep) {
        double move = 0.0;
        for (Eigen::Index at = 0; at < start.size(); ++at) {
            const double slope = a.row(at).dot(start) - b(at);
            const double next = std::max(0.0, start(at) - slope / a(at, at));
            move = std::max(move, std::abs(next - start(at)));
            start(at) = next;
        }
        if (move < smallestMove) {
            break;
        }
    }
    return start;
}

Result<Stack> stackedRatings(const Parts& parts, double ridge, const FitContext& context)
{
    const std::vector<std::vector<Event>> users = byUser(context.validation->events);
    const auto width = static_cast<Eigen::Index>(parts.size()) + 1; // the last column: the rating itself
    std::vector<Rows> figures(users.size());
    TaskGuard guard(context.job);
    forEachBlock(users.size(), usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
            std::vector<ItemRow> items;
            Rows& own = figures[user];
            own.resize(static_cast<Eigen::Index>(users[user].size()), width);
            for (const Event& event : users[user]) {
                own(static_cast<Eigen::Index>(items.size()), width - 1) = static_cast<double>(event.value);
                items.push_back(event.item);
            }
            std::vector<float> scores(items.size());
            for (std::size_t part = 0; part < parts.size(); ++part) {
                parts[part]->scoreItems(users[user].front().user, items, scores);
                own.col(static_cast<Eigen::Index>(part)) =
                    Eigen::Map<const Eigen::VectorXf>(scores.data(), own.rows()).cast<double>();
            }
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(width);
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(width, width);
    for (const Rows& own : figures) {
        sums += own.colwise().sum().transpose();
        products += own.transpose() * own;
    }
    const auto count = static_cast<double>(context.validation->events.size());
    products -= sums * sums.transpose() / count; // about the means: the intercept takes them
    const Eigen::VectorXd equal = Eigen::VectorXd::Constant(width - 1, 1.0 / static_cast<double>(width - 1));
    Eigen::MatrixXd a = products.topLeftCorner(width - 1, width - 1);
    a.diagonal().array() += ridge;
    const Eigen::VectorXd b = products.col(width - 1).head(width - 1) + ridge * equal;
    const Eigen::VectorXd weights = nonNegativeMinimum(a, b, equal);
    return Stack{.weights = asWeights(weights),
                 .intercept = (sums(width - 1) - sums.head(width - 1).dot(weights)) / count};
}

Result<Stack> stackedRankings(const Parts& parts,
                              const TrainingData& data,
                              double ridge,
                              const FitContext& context)
{
    const Result<Rows> pairs = Pairs(parts, data, context).all();
    if (!pairs) {
        return passOn(pairs);
    }
    const auto count = static_cast<Eigen::Index>(parts.size());
    const Eigen::VectorXd equal = Eigen::VectorXd::Constant(count, 1.0 / static_cast<double>(count));
    Eigen::VectorXd weights = equal;
    const auto withRidge = [&](const Eigen::VectorXd& at) {
        Slope slope = slopeAt(*pairs, at);
        slope.loss += ridge / 2.0 * (at - equal).squaredNorm();
        slope.gradient += ridge * (at - equal);
        slope.curvature.diagonal().array() += ridge;
        return slope;
    };
    constexpr int mostSteps = 50;
    constexpr double smallestMove = 1e-8;
    Slope slope = withRidge(weights);
    for (int step = 0; step < mostSteps; ++step) {
        if (const Status status = context.job.checkpoint(); !status) {
            return passOn(status);
        }
        const Eigen::VectorXd target =
            nonNegativeMinimum(slope.curvature, slope.curvature * weights - slope.gradient, weights);
        const double before = slope.loss;
        Eigen::VectorXd next = target;
        slope = withRidge(next);
        for (int halving = 0; slope.loss > before && halving < mostSteps; ++halving) {
            next = (next + weights) / 2.0;
            slope = withRidge(next);
        }
        const double move = (next - weights).cwiseAbs().maxCoeff();
        weights = next;
        if (move < smallestMove) {
            break;
        }
    }
    return Stack{.weights = normalised(asWeights(weights))};
}

} // namespace transept
