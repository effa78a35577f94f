#include "core/model/ContentRidgeFit.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/Place.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t usersPerBlock = 4;
constexpr std::size_t itemsPerBlock = 64;
constexpr std::size_t itemsAtATime = 512;
constexpr int mostRounds = 50;
constexpr double smallestMove = 1e-4; // of a rating

Eigen::Map<const Eigen::VectorXf> vectorAt(const FactorMatrix& matrix, std::size_t row)
{
    return {matrix.at(row), place(matrix.width)};
}

/// The vectors around the mean of those of items with ratings, their squared length 1 on average.
FactorMatrix standardised(const KnowledgeVectors& vectors, const InteractionMatrix& ratings)
{
    const auto isDescribed = [&](std::size_t item) { return !vectors.isZero(place(item)); };
    VectorReader reader(vectors);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(vectors.cols());
    double squares = 0.0;
    double count = 0.0;
    for (std::size_t item = 0; item < ratings.itemCount(); ++item) {
        if (isDescribed(item) && !ratings.usersOf(static_cast<ItemRow>(item)).empty()) {
            const Eigen::VectorXd vector = reader.row(place(item)).cast<double>();
            sum += vector;
            squares += vector.squaredNorm();
            count += 1.0;
        }
    }
    const Eigen::VectorXd mean = sum / std::max(count, 1.0);
    const double spread = squares / std::max(count, 1.0) - mean.squaredNorm();
    const double scale = spread > 1e-12 ? 1.0 / std::sqrt(spread) : 1.0; // 0 when all texts are one
    FactorMatrix centred(static_cast<std::size_t>(vectors.rows()), static_cast<std::size_t>(vectors.cols()));
    for (std::size_t item = 0; item < centred.rows; ++item) {
        if (isDescribed(item)) {
            Eigen::VectorXf::Map(centred.at(item), vectors.cols()) =
                ((reader.row(place(item)).transpose().cast<double>() - mean) * scale).cast<float>();
        }
    }
    return centred;
}

double widthOf(const TrainingDomain& domain)
{
    return domain.scaleMax - domain.scaleMin;
}

std::optional<RatedTexts> ratedTextsOf(const TrainingData& data, int source, double weight)
{
    const TrainingDomain& domain = source < 0 ? data.target : data.sources[static_cast<std::size_t>(source)];
    const ItemKnowledge* knowledge = domain.knowledge.get();
    if (domain.kind != FeedbackKind::Explicit || knowledge == nullptr ||
        knowledge->dimension() != data.target.knowledge->dimension()) {
        return std::nullopt;
    }
    const double scale = source < 0 || widthOf(domain) <= 0.0 ? 1.0 : widthOf(data.target) / widthOf(domain);
    auto learnt = std::make_shared<FactorParameters>();
    learnt->mean = static_cast<float>(scale * domain.interactions.mean());
    learnt->items = standardised(knowledge->vectors, domain.interactions);
    learnt->itemBiases.resize(learnt->items.rows);
    learnt->userBiases.resize(data.userCount);
    return RatedTexts{.place = source,
                      .ratings = &domain.interactions,
                      .weight = weight,
                      .scale = scale,
                      .learnt = std::move(learnt)};
}

/// n lambda / (n + lambda): what the mean of n residuals weighs once the item's own bias is eliminated.
double weightOf(std::size_t count, double lambda)
{
    const auto n = static_cast<double>(count);
    return n * lambda / (n + lambda);
}

Result<Eigen::LLT<Eigen::MatrixXd>> momentsOf(const RatedTexts& domain,
                                              const ContentRidgeOptions& options,
                                              const JobContext& job)
{
    const FactorMatrix& vectors = domain.learnt->items;
    const Eigen::Index dimension = place(vectors.width);
    Eigen::MatrixXd sum = options.lambda * Eigen::MatrixXd::Identity(dimension, dimension);
    for (std::size_t first = 0; first < vectors.rows; first += itemsAtATime) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const std::size_t count = std::min(itemsAtATime, vectors.rows - first);
        Eigen::MatrixXd columns(dimension, place(count));
        for (std::size_t at = 0; at < count; ++at) {
            const std::size_t ratings = domain.ratings->usersOf(static_cast<ItemRow>(first + at)).size();
            columns.col(place(at)) = std::sqrt(weightOf(ratings, options.lambdaItem)) *
                                     vectorAt(vectors, first + at).cast<double>();
        }
        sum.selfadjointView<Eigen::Lower>().rankUpdate(columns);
    }
    return Eigen::LLT<Eigen::MatrixXd>(sum.selfadjointView<Eigen::Lower>());
}

/// The rows sqrt(c) (x, h e_d) of the ratings, and what is to be explained: sqrt(c) (r - mean - offset).
struct Regression
{
    Eigen::MatrixXd rows;
    Eigen::VectorXd wanted;
    Eigen::VectorXd roots; ///< sqrt(c)
};

Regression regressionOf(std::span<const RatedText> ratings,
                        std::span<const RatedTexts> domains,
                        double biasScale)
{
    const Eigen::Index dimension = place(domains.front().learnt->items.width);
    Regression regression{.rows =
                              Eigen::MatrixXd::Zero(place(ratings.size()), dimension + place(domains.size())),
                          .wanted = Eigen::VectorXd(place(ratings.size())),
                          .roots = Eigen::VectorXd(place(ratings.size()))};
    for (std::size_t at = 0; at < ratings.size(); ++at) {
        const RatedText& rating = ratings[at];
        const FactorParameters& learnt = *domains[rating.domain].learnt;
        const double root = std::sqrt(domains[rating.domain].weight);
        regression.rows.row(place(at)).head(dimension) =
            root * vectorAt(learnt.items, index(rating.item)).cast<double>().transpose();
        regression.rows(place(at), dimension + place(rating.domain)) = biasScale;
        const double expected = static_cast<double>(learnt.mean) + learnt.itemBiases[index(rating.item)];
        regression.wanted(place(at)) = root * (rating.value - expected);
        regression.roots(place(at)) = root;
    }
    return regression;
}

/// a with (R R' + lambda I) a = wanted; R' a are the coefficients.
Eigen::VectorXd dualOf(const Regression& regression, double lambda)
{
    const Eigen::MatrixXd& rows = regression.rows;
    if (rows.rows() <= rows.cols()) {
        Eigen::MatrixXd products = lambda * Eigen::MatrixXd::Identity(rows.rows(), rows.rows());
        products.selfadjointView<Eigen::Lower>().rankUpdate(rows);
        return products.selfadjointView<Eigen::Lower>().llt().solve(regression.wanted);
    }
    Eigen::MatrixXd moments = lambda * Eigen::MatrixXd::Identity(rows.cols(), rows.cols());
    moments.selfadjointView<Eigen::Lower>().rankUpdate(rows.transpose());
    const Eigen::VectorXd coefficients =
        moments.selfadjointView<Eigen::Lower>().llt().solve(rows.transpose() * regression.wanted);
    return (regression.wanted - rows * coefficients) / lambda;
}

} // namespace

std::vector<RatedTexts> ratedTexts(const TrainingData& data, double sourceWeight)
{
    std::vector<RatedTexts> domains;
    for (int source = -1; source < static_cast<int>(data.sources.size()); ++source) {
        if (auto domain = ratedTextsOf(data, source, source < 0 ? 1.0 : sourceWeight)) {
            domains.push_back(std::move(*domain));
        }
    }
    return domains;
}

std::vector<RatedText> ratingsOf(std::span<const RatedTexts> domains, UserRow user)
{
    std::vector<RatedText> ratings;
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const auto items = domains[domain].ratings->itemsOf(user);
        const auto values = domains[domain].ratings->valuesOf(user);
        for (std::size_t at = 0; at < items.size(); ++at) {
            ratings.push_back({.domain = domain,
                               .item = items[at],
                               .value = domains[domain].scale * static_cast<double>(values[at])});
        }
    }
    return ratings;
}

UserTaste tasteOf(std::span<const RatedText> ratings,
                  std::span<const RatedTexts> domains,
                  const ContentRidgeOptions& options)
{
    const Eigen::Index dimension = place(domains.front().learnt->items.width);
    UserTaste taste{.weights = Eigen::VectorXd::Zero(dimension),
                    .biases = std::vector<double>(domains.size()),
                    .pulls = std::vector<double>(ratings.size())};
    if (ratings.empty()) {
        return taste;
    }
    const double biasScale = std::sqrt(options.lambdaTaste / options.lambdaUser);
    const Regression regression = regressionOf(ratings, domains, biasScale);
    const Eigen::VectorXd dual = dualOf(regression, options.lambdaTaste);
    const Eigen::VectorXd coefficients = regression.rows.transpose() * dual;
    taste.weights = coefficients.head(dimension);
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        taste.biases[domain] =
            biasScale / std::sqrt(domains[domain].weight) * coefficients(dimension + place(domain));
    }
    Eigen::VectorXd::Map(taste.pulls.data(), dual.size()) = dual.cwiseProduct(regression.roots);
    return taste;
}

ContentRidgeFit::ContentRidgeFit(const TrainingData& data, const ContentRidgeOptions& options)
    : m_options(options)
    , m_domains(ratedTexts(data, options.sourceWeight))
{
    FactorParameters& target = *m_domains.front().learnt;
    target.users = FactorMatrix(data.userCount, target.items.width);
}

Status ContentRidgeFit::run(const JobContext& job)
{
    for (const RatedTexts& domain : m_domains) {
        Result<Eigen::LLT<Eigen::MatrixXd>> moments = momentsOf(domain, m_options, job);
        if (!moments) {
            return passOn(moments);
        }
        m_moments.push_back(std::move(*moments));
    }
    double largest = smallestMove;
    for (int round = 0; round < mostRounds && largest >= smallestMove; ++round) {
        job.progress({.fraction = -1.0, .stage = TRANSLATABLE("stages", "Training"), .done = round});
        if (const Status done = improveUsers(job); !done) {
            return done;
        }
        largest = 0.0;
        for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
            const Result<double> move = improveItems(domain, job);
            if (!move) {
                return passOn(move);
            }
            largest = std::max(largest, *move);
        }
    }
    return improveUsers(job); // so that a user's ratings explain the user's weights
}

Status ContentRidgeFit::improveUsers(const JobContext& job)
{
    FactorMatrix& weights = m_domains.front().learnt->users;
    TaskGuard guard(job);
    forEachBlock(weights.rows, usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
            const UserTaste taste =
                tasteOf(ratingsOf(m_domains, static_cast<UserRow>(user)), m_domains, m_options);
            Eigen::VectorXf::Map(weights.at(user), taste.weights.size()) = taste.weights.cast<float>();
            for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
                m_domains[domain].learnt->userBiases[user] = static_cast<float>(taste.biases[domain]);
            }
        }
    });
    return guard.status();
}

Result<double> ContentRidgeFit::improveItems(std::size_t which, const JobContext& job)
{
    const RatedTexts& domain = m_domains[which];
    FactorParameters& learnt = *domain.learnt;
    const FactorMatrix& tastes = m_domains.front().learnt->users;
    std::vector<double> sums(learnt.items.rows); // of r - mean - b_u - <w_u, x_i>
    TaskGuard guard(job);
    forEachBlock(sums.size(), itemsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t item = first; item < last && guard.mayGoOn(); ++item) {
            const auto users = domain.ratings->usersOf(static_cast<ItemRow>(item));
            const auto values = domain.ratings->itemValuesOf(static_cast<ItemRow>(item));
            for (std::size_t at = 0; at < users.size(); ++at) {
                const std::size_t user = index(users[at]);
                const float taste = vectorAt(tastes, user).dot(vectorAt(learnt.items, item));
                sums[item] += domain.scale * values[at] - learnt.mean - learnt.userBiases[user] - taste;
            }
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    const auto count = [&](std::size_t item) {
        return static_cast<double>(domain.ratings->usersOf(static_cast<ItemRow>(item)).size());
    };
    const double lambda = m_options.lambdaItem;
    Eigen::VectorXd right = Eigen::VectorXd::Zero(place(learnt.items.width));
    for (std::size_t item = 0; item < sums.size(); ++item) {
        right += lambda / (count(item) + lambda) * sums[item] * vectorAt(learnt.items, item).cast<double>();
    }
    const Eigen::VectorXd shared = m_moments[which].solve(right); // w_d
    double largest = 0.0;
    for (std::size_t item = 0; item < sums.size(); ++item) {
        const double expected = vectorAt(learnt.items, item).cast<double>().dot(shared);
        const double bias = expected + (sums[item] - count(item) * expected) / (count(item) + lambda);
        largest = std::max(largest, std::abs(bias - static_cast<double>(learnt.itemBiases[item])));
        learnt.itemBiases[item] = static_cast<float>(bias);
    }
    return largest;
}

} // namespace transept
