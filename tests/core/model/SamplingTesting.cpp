#include "tests/core/model/SamplingTesting.h"

#include "core/base/Parallel.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace transept::test {

std::unique_ptr<Method> methodOf(std::string_view name, const Json& values)
{
    const MethodDescription& description = **findMethod(name);
    return description.create(*checkParameters(description.parameters, values, "method"));
}

std::vector<float> allScores(const Model& model, std::size_t users)
{
    const std::size_t items = model.itemCount();
    std::vector<float> scores(users * items);
    for (std::size_t user = 0; user < users; ++user) {
        model.score(static_cast<UserRow>(user), std::span(scores).subspan(user * items, items));
    }
    return scores;
}

double coveredRatings(const BayesianModel& model, std::span<const Event> events, double deviations)
{
    int inside = 0;
    for (const Event& event : events) {
        float score = 0.0F;
        float deviation = 0.0F;
        model.scoreItems(event.user, {&event.item, 1}, {&score, 1});
        model.deviations(event.user, {&event.item, 1}, {&deviation, 1});
        const double variance = static_cast<double>(deviation) * static_cast<double>(deviation);
        const double width = deviations * std::sqrt(variance + model.noiseVariance(event.user));
        inside += std::abs(static_cast<double>(event.value - score)) <= width ? 1 : 0;
    }
    return inside / static_cast<double>(events.size());
}

double rmseOf(const Model& model, std::span<const Event> events)
{
    return rmse(model, events, -100.0, 100.0);
}

bool hasTheSameBitsForAnyThreads(const Method& method, const std::shared_ptr<const TrainingData>& data)
{
    std::vector<std::vector<float>> scores;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        scores.push_back(allScores(**method.fit(data, {}), data->userCount));
    }
    setThreadCount(0);
    return std::ranges::all_of(scores, [&](const auto& each) { return each == scores.front(); });
}

bool restoresTheSame(const Method& method,
                     const std::shared_ptr<const TrainingData>& data,
                     std::span<const Event> events)
{
    const auto model = method.fit(data, {});
    const auto restored = method.restore(data, *(*model)->serialised());
    return restored && allScores(**restored, data->userCount) == allScores(**model, data->userCount) &&
           coveredRatings(dynamic_cast<const BayesianModel&>(**restored), events) ==
               coveredRatings(dynamic_cast<const BayesianModel&>(**model), events);
}

StartingPoint turnedStart(const Model& model, std::size_t newUser, std::size_t newItem)
{
    StartingPoint start;
    for (auto& [name, matrix] : model.factors()) {
        start.factors.emplace(name, std::move(matrix));
    }
    const auto turned = [](const Matrix& rows, std::size_t without) {
        std::vector<std::int32_t> places(static_cast<std::size_t>(rows.rows()));
        std::iota(places.rbegin(), places.rend(), 0);
        places[without] = StartingPoint::isNew;
        return places;
    };
    start.users = turned(start.factors.at("users"), newUser);
    start.items = {turned(start.factors.at("items"), newItem)};
    return start;
}

double lastSampleOf(const StartingPoint& start, std::size_t user, std::size_t item)
{
    const Eigen::Index row = start.users[user];
    const Eigen::Index column = start.items.front()[item];
    const auto p = start.factors.at("users").row(row).cast<double>();
    const auto q = start.factors.at("items").row(column).cast<double>();
    return static_cast<double>(start.factors.at("user-biases")(row, 0)) +
           static_cast<double>(start.factors.at("item-biases")(column, 0)) + p.dot(q);
}

std::chrono::nanoseconds cancelledAfter(const Method& method, const std::shared_ptr<const TrainingData>& data)
{
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    FitContext context;
    context.job.stop = source.get_token();
    context.job.progress = [&](const Progress& progress) {
        if (progress.done == 3 && !source.stop_requested()) {
            asked = std::chrono::steady_clock::now();
            source.request_stop();
        }
    };
    const auto model = method.fit(data, context);
    return !model && model.error().code == ErrorCode::Cancelled ? std::chrono::steady_clock::now() - asked
                                                                : std::chrono::nanoseconds::max();
}

std::optional<Error> errorWithInfiniteRating(const Method& method, const TrainingData& data)
{
    auto wrong = std::make_shared<TrainingData>(data);
    std::vector<Event> events = eventsOf(data.target);
    events.front().value = std::numeric_limits<float>::infinity();
    wrong->target.interactions =
        InteractionMatrix(data.userCount, data.target.interactions.itemCount(), events);
    const auto model = method.fit(wrong, {});
    return model ? std::nullopt : std::optional(model.error());
}

std::optional<Error> errorWithoutRatings(const Method& method)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 3;
    data->target = domainOf("films", FeedbackKind::Explicit, 3, 4, {});
    const auto model = method.fit(data, {});
    return model ? std::nullopt : std::optional(model.error());
}

double rmseOnMovieLens(std::string_view method, const std::filesystem::path& sharedData)
{
    Numbering users;
    Numbering items;
    const std::vector<Event> events =
        readEvents(sharedData / "movielens_latest_small_2016/ratings.csv", ",", true, users, items);
    const Parts parts = foldOf(events, 1);
    auto data = std::make_shared<TrainingData>();
    data->userCount = users.size();
    data->target = domainOf("films", FeedbackKind::Explicit, users.size(), items.size(), parts.training);
    return rmse(*fitted(method, {{"samples", 100}}, data), parts.test, 0.5, 5.0);
}

} // namespace transept::test
