#include "tests/core/model/LinearTesting.h"

#include <cmath>

namespace transept::test {

std::shared_ptr<const TrainingData> twoKnownDomains(std::size_t users)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = users;
    data->target =
        domainOf("films", FeedbackKind::Implicit, users, 40, generatedEvents(users - 3, 38, 9 * users, 3));
    data->sources.push_back(
        domainOf("books", FeedbackKind::Implicit, users, 30, generatedEvents(users - 5, 30, 5 * users, 4)));
    int seed = 0;
    for (TrainingDomain* domain : {&data->target, &data->sources[0]}) {
        auto knowledge = std::make_shared<ItemKnowledge>();
        const auto items = static_cast<Eigen::Index>(domain->interactions.itemCount());
        Matrix vectors(items, 5);
        for (Eigen::Index item = 0; item < items; ++item) {
            for (Eigen::Index at = 0; at < 5; ++at) {
                vectors(item, at) = std::sin(static_cast<float>(++seed * 37));
            }
            vectors.row(item).normalize();
            knowledge->termWeights.push_back(
                {{.term = static_cast<std::uint32_t>(item % 4), .weight = 0.8F},
                 {.term = static_cast<std::uint32_t>(4 + item % 7), .weight = 0.6F}});
        }
        knowledge->vectors = std::move(vectors);
        domain->knowledge = knowledge;
    }
    return data;
}

Eigen::MatrixXd denseHistory(const TrainingData& data)
{
    const auto targets = static_cast<Eigen::Index>(data.target.interactions.itemCount());
    const auto sources =
        data.sources.empty() ? 0 : static_cast<Eigen::Index>(data.sources[0].interactions.itemCount());
    Eigen::MatrixXd dense =
        Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(data.userCount), targets + sources);
    for (const Event& event : test::eventsOf(data.target)) {
        dense(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item)) = 1.0;
    }
    if (sources > 0) {
        for (const Event& event : test::eventsOf(data.sources[0])) {
            dense(static_cast<Eigen::Index>(event.user), targets + static_cast<Eigen::Index>(event.item)) =
                1.0;
        }
    }
    return dense;
}

Eigen::MatrixXd recentHistory(const TrainingData& data, double decay)
{
    const auto targets = static_cast<int>(data.target.interactions.itemCount());
    std::vector<Event> all = test::eventsOf(data.target);
    for (Event event : test::eventsOf(data.sources[0])) {
        event.item = static_cast<ItemRow>(static_cast<int>(event.item) + targets);
        all.push_back(event);
    }
    std::stable_sort(all.begin(), all.end(), [](const Event& a, const Event& b) { return a.time > b.time; });
    Eigen::MatrixXd weighted =
        Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(data.userCount),
                              targets + static_cast<int>(data.sources[0].interactions.itemCount()));
    std::vector<int> met(data.userCount);
    for (const Event& event : all) {
        double& weight =
            weighted(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item));
        if (weight == 0.0) {
            weight = std::pow(decay, met[index(event.user)]++);
        }
    }
    return weighted;
}

double largestDifference(const Model& model, const Eigen::MatrixXd& expected)
{
    double largest = 0.0;
    std::vector<float> scores(model.itemCount());
    for (Eigen::Index user = 0; user < expected.rows(); ++user) {
        model.score(static_cast<UserRow>(user), scores);
        for (std::size_t item = 0; item < scores.size(); ++item) {
            largest = std::max(largest,
                               std::abs(static_cast<double>(scores[item]) -
                                        expected(user, static_cast<Eigen::Index>(item))));
        }
    }
    return largest;
}

std::vector<float> scoresOf(const Model& model, UserRow user)
{
    std::vector<float> scores(model.itemCount());
    model.score(user, scores);
    return scores;
}

} // namespace transept::test
