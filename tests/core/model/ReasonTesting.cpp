#include "tests/core/model/ReasonTesting.h"

#include "core/base/Random.h"

#include <Eigen/LU>

namespace transept::test {
namespace {

TrainingDomain tasteDomain(const std::string& name, FeedbackKind kind, std::uint64_t seed)
{
    Random random(seed);
    std::vector<Event> events;
    for (std::size_t user = 0; user < tasteUsers; ++user) {
        for (std::size_t item = 0; item < tasteItems; ++item) {
            const auto u = static_cast<double>(user);
            const auto i = static_cast<double>(item) + static_cast<double>(seed);
            const double liking = std::sin(u) * std::cos(1.3 * i) + std::cos(2.0 * u) * std::sin(0.7 * i);
            const bool isImplicit = kind == FeedbackKind::Implicit;
            if (random.uniform() > (isImplicit ? 0.15 + 0.3 * std::max(0.0, liking) : 0.4)) {
                continue;
            }
            events.push_back({.user = static_cast<UserRow>(user),
                              .item = static_cast<ItemRow>(item),
                              .value = isImplicit ? 1.0F : static_cast<float>(3.0 + liking)});
        }
    }
    TrainingDomain domain = domainOf(name, kind, tasteUsers, tasteItems, events);
    domain.scaleMin = 1.0;
    domain.scaleMax = 5.0;
    return domain;
}

} // namespace

std::shared_ptr<TrainingData> tastes(FeedbackKind kind)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = tasteUsers;
    std::vector<Event> events = eventsOf(tasteDomain("films", kind, 1));
    std::erase_if(events, [](const Event& event) { return isNew(index(event.user)); });
    data->target = domainOf("films", kind, tasteUsers, tasteItems, events);
    data->target.scaleMin = 1.0;
    data->target.scaleMax = 5.0;
    data->sources.push_back(tasteDomain("books", FeedbackKind::Explicit, 2));
    data->sources.front().scaleMax = 9.0; // another scale than the target's
    return data;
}

bool isNew(std::size_t user)
{
    return user % 5 == 0;
}

bool isKnown(std::size_t user)
{
    return !isNew(user);
}

Eigen::VectorXd slowVector(const std::vector<FactorDomain>& domains,
                           const FactorSettings& settings,
                           UserRow user,
                           const std::function<SeenItem(std::size_t place, std::size_t item)>& seen,
                           const LeftOut& left)
{
    const Eigen::Index width = seen(0, 0).vector.size();
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(width, width);
    Eigen::VectorXd pull = Eigen::VectorXd::Zero(width);
    for (std::size_t at = 0; at < domains.size(); ++at) {
        const FactorDomain& domain = domains[at];
        const bool isImplicit = domain.isImplicit();
        const auto weight = static_cast<double>(domain.weight);
        const double decay =
            static_cast<double>(isImplicit ? settings.implicitRegularisation : settings.regularisation);
        // an event that counts `times`
        const auto add = [&](double times, std::size_t row, double value, bool isNeutral) {
            const SeenItem item = seen(at, row);
            const Eigen::VectorXd q = domain.scale * item.vector;
            const double chance = 1.0 / (1.0 + std::exp(-item.level));
            const double error =
                isImplicit ? value - chance : domain.scale * (value - domain.mean - item.level);
            curvature += times * weight * (isImplicit ? chance * (1.0 - chance) : 1.0) * q * q.transpose();
            curvature.diagonal().array() += times * weight * decay;
            pull += times * weight * (isNeutral ? 0.0 : error) * q;
        };
        const auto items = domain.data->interactions.itemsOf(user);
        for (std::size_t event = 0; event < items.size(); ++event) {
            const double value =
                isImplicit ? 1.0 : static_cast<double>(domain.data->interactions.valuesOf(user)[event]);
            add(1.0, index(items[event]), value, left.has(at, items[event]));
        }
        const double sampled = static_cast<double>(items.size()) * settings.negatives / tasteItems;
        for (std::size_t item = 0; isImplicit && item < tasteItems; ++item) {
            add(sampled, item, 0.0, false);
        }
    }
    return curvature.inverse() * pull;
}

SeenItem seenItem(const FactorParameters& factors, UserRow user, std::size_t item)
{
    const Eigen::Map<const Vector> row(factors.items.at(item),
                                       static_cast<Eigen::Index>(factors.items.width));
    return {.vector = row.cast<double>(),
            .level = static_cast<double>(factors.userBiases[index(user)]) +
                     static_cast<double>(factors.itemBiases[item])};
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto count = static_cast<Eigen::Index>(a.size());
    const Eigen::ArrayXd x = Eigen::Map<const Eigen::ArrayXd>(a.data(), count);
    const Eigen::ArrayXd y = Eigen::Map<const Eigen::ArrayXd>(b.data(), count);
    const Eigen::ArrayXd dx = x - x.mean();
    const Eigen::ArrayXd dy = y - y.mean();
    return (dx * dy).sum() / std::sqrt(dx.square().sum() * dy.square().sum());
}

double sumOf(const std::vector<Contribution>& contributions)
{
    double sum = 0.0;
    for (const Contribution& each : contributions) {
        sum += static_cast<double>(each.weight);
    }
    return sum;
}

bool areSame(const std::vector<Contribution>& a, const std::vector<Contribution>& b)
{
    const auto alike = [](const Contribution& one, const Contribution& other) {
        return one.domain == other.domain && one.item == other.item && one.weight == other.weight;
    };
    return std::ranges::equal(a, b, alike);
}

std::set<int> domainsOf(const std::vector<Contribution>& contributions)
{
    std::set<int> domains;
    for (const Contribution& each : contributions) {
        domains.insert(each.domain);
    }
    return domains;
}

} // namespace transept::test
