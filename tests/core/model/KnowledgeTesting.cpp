#include "tests/core/model/KnowledgeTesting.h"

#include "core/base/Random.h"

#include <cmath>

namespace transept::test {

std::shared_ptr<const TrainingData> filmsAndBooks(FeedbackKind kind)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = users;
    const auto make = [kind](const char* name, int items, std::uint64_t seed) {
        std::vector<Event> events =
            generatedEvents(users - 2, static_cast<std::size_t>(items - 1), 200, seed);
        for (std::size_t at = 0; at < events.size(); ++at) {
            events[at].time = static_cast<std::int64_t>(2 * at + seed % 2 + 1);
        }
        TrainingDomain domain =
            domainOf(name, kind, users, static_cast<std::size_t>(items), std::move(events));
        domain.scaleMin = 1.0;
        domain.scaleMax = 5.0;
        auto knowledge = std::make_shared<ItemKnowledge>();
        Matrix vectors(items, 4);
        Random random(seed);
        for (int item = 0; item < items; ++item) {
            for (Eigen::Index at = 0; at < 4; ++at) {
                vectors(item, at) = static_cast<float>(random.normal());
            }
            vectors.row(item).normalize();
            const auto term = static_cast<std::uint32_t>(random.below(6));
            knowledge->termWeights.push_back(
                {{.term = term, .weight = 0.8F},
                 {.term = term + 1 + static_cast<std::uint32_t>(random.below(5)), .weight = 0.6F}});
        }
        knowledge->vectors = std::move(vectors);
        domain.knowledge = std::move(knowledge);
        return domain;
    };
    data->target = make("films", films, 3);
    data->sources.push_back(make("books", books, 4));
    return data;
}

Eigen::MatrixXd denseHistory(const TrainingData& data, double decay)
{
    std::vector<Event> all = test::eventsOf(data.target);
    for (Event event : test::eventsOf(data.sources[0])) {
        event.item = static_cast<ItemRow>(static_cast<int>(event.item) + films);
        all.push_back(event);
    }
    std::stable_sort(all.begin(), all.end(), [](const Event& a, const Event& b) { return a.time > b.time; });
    Eigen::MatrixXd history = Eigen::MatrixXd::Zero(users, films + books);
    std::vector<int> met(users);
    for (const Event& event : all) {
        double& weight =
            history(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item));
        if (weight == 0.0) {
            weight = std::pow(decay, met[index(event.user)]++);
        }
    }
    return history;
}

Eigen::MatrixXd denseFeatures(const TrainingData& data, bool terms)
{
    Eigen::MatrixXd features = Eigen::MatrixXd::Zero(films + books, terms ? 12 : 4);
    for (int item = 0; item < films + books; ++item) {
        const ItemKnowledge& knowledge = item < films ? *data.target.knowledge : *data.sources[0].knowledge;
        const int at = item < films ? item : item - films;
        if (!terms) {
            features.row(item) = knowledge.vectors.floats()->row(at).cast<double>();
            continue;
        }
        for (const TermWeight& term : knowledge.termWeights[static_cast<std::size_t>(at)]) {
            features(item, term.term) = static_cast<double>(term.weight);
        }
    }
    return features;
}

Eigen::MatrixXd scoresOf(const Model& model)
{
    Eigen::MatrixXd all(users, static_cast<Eigen::Index>(model.itemCount()));
    std::vector<float> scores(model.itemCount());
    for (int user = 0; user < users; ++user) {
        model.score(UserRow{user}, scores);
        all.row(user) = Eigen::Map<const Eigen::RowVectorXf>(scores.data(), all.cols()).cast<double>();
    }
    return all;
}

Eigen::MatrixXd standardised(Eigen::MatrixXd scores)
{
    for (Eigen::Index user = 0; user < scores.rows(); ++user) {
        scores.row(user).array() -= scores.row(user).mean();
        const double spread = std::sqrt(scores.row(user).squaredNorm() / static_cast<double>(scores.cols()));
        if (spread > 1e-9) {
            scores.row(user) /= spread;
        }
    }
    return scores;
}

} // namespace transept::test
