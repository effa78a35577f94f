#include "tests/core/model/LaterFilm.h"

#include "tests/core/model/ModelTesting.h"

#include <cmath>

namespace transept::test::laterfilm {

std::shared_ptr<TrainingData> twoDomains(FeedbackKind kind)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = World::users;
    data->target = generatedDomain("films", kind, World::users, World::films, 1);
    data->sources.push_back(generatedDomain("books", FeedbackKind::Explicit, World::users, World::books, 2));
    return data;
}

std::vector<Event> eventsOfAdded(const TrainingData& data)
{
    std::vector<Event> events = test::eventsOf(data.target);
    std::erase_if(events, [](const Event& event) { return event.item != added; });
    return events;
}

std::shared_ptr<const TrainingData> before(const TrainingData& data)
{
    auto earlier = std::make_shared<TrainingData>(data);
    std::vector<Event> events = test::eventsOf(data.target);
    std::erase_if(events, [](const Event& event) { return event.item == added; });
    earlier->target.interactions = InteractionMatrix(World::users, World::films, events);
    return earlier;
}

std::vector<UserRow> everybody()
{
    std::vector<UserRow> users;
    for (std::size_t user = 0; user < World::users; ++user) {
        users.push_back(static_cast<UserRow>(user));
    }
    return users;
}

std::vector<float> foldedScores(const Model& model, std::span<const Event> events)
{
    const std::vector<UserRow> users = everybody();
    std::vector<float> scores(users.size());
    if (!model.foldInItem(events, users, scores)) {
        throw std::runtime_error("the model cannot fold in items");
    }
    return scores;
}

float scoreOf(const Model& model, UserRow user, ItemRow item)
{
    float score = 0.0F;
    model.scoreItems(user, {&item, 1}, {&score, 1});
    return score;
}

bool isNear(double expected, float found)
{
    return std::abs(expected - static_cast<double>(found)) <= 1e-4 * (1.0 + std::abs(expected));
}

std::map<std::size_t, double> lastValues(std::span<const Event> events)
{
    std::map<std::size_t, double> values;
    for (const Event& event : events) {
        values[index(event.user)] = static_cast<double>(event.value);
    }
    return values;
}

} // namespace transept::test::laterfilm
