#include "tests/core/model/ModelTesting.h"

#include "core/base/Random.h"
#include "core/model/Registry.h"

#include <cmath>
#include <fstream>
#include <numeric>
#include <set>
#include <stdexcept>

namespace transept::test {
namespace {

std::vector<std::string> cut(const std::string& line, const std::string& delimiter)
{
    std::vector<std::string> cells;
    std::size_t from = 0;
    for (std::size_t at = line.find(delimiter); at != std::string::npos; at = line.find(delimiter, from)) {
        cells.push_back(line.substr(from, at - from));
        from = at + delimiter.size();
    }
    cells.push_back(line.substr(from));
    return cells;
}

std::vector<std::vector<ItemRow>> itemsByUser(std::span<const Event> events, std::size_t users)
{
    std::vector<std::vector<ItemRow>> items(users);
    for (const Event& event : events) {
        items[index(event.user)].push_back(event.item);
    }
    return items;
}

} // namespace

std::vector<Event> readEvents(const std::filesystem::path& file,
                              const std::string& delimiter,
                              bool hasHeader,
                              Numbering& users,
                              Numbering& items)
{
    std::vector<Event> events;
    std::ifstream input(file);
    std::string line;
    if (hasHeader) {
        std::getline(input, line);
    }
    while (std::getline(input, line)) {
        const std::vector<std::string> cells = cut(line, delimiter);
        events.push_back({.user = UserRow{users.of(cells[0])},
                          .item = ItemRow{items.of(cells[1])},
                          .value = std::stof(cells[2]),
                          .time = cells.size() > 3 ? std::stoll(cells[3]) : 0});
    }
    return events;
}

Parts foldOf(std::span<const Event> events, int fold)
{
    Parts parts;
    for (std::size_t number = 0; number < events.size(); ++number) {
        (static_cast<int>(number % 5) == fold ? parts.test : parts.training).push_back(events[number]);
    }
    return parts;
}

TrainingDomain domainOf(std::string name,
                        FeedbackKind kind,
                        std::size_t users,
                        std::size_t items,
                        const std::vector<Event>& events)
{
    TrainingDomain domain{.name = std::move(name), .kind = kind};
    domain.interactions = InteractionMatrix(users, items, events);
    return domain;
}

RankingCase movieLensPositives(const std::filesystem::path& sharedData)
{
    Numbering users;
    Numbering items;
    std::vector<Event> events =
        readEvents(sharedData / "movielens_latest_small_2016" / "ratings.csv", ",", true, users, items);
    std::erase_if(events, [](const Event& event) { return event.value < 4.0F; });
    Parts parts = foldOf(events, 0);
    auto data = std::make_shared<TrainingData>();
    data->userCount = users.size();
    data->target =
        domainOf("films", FeedbackKind::Implicit, users.size(), items.size(), std::move(parts.training));
    return {.data = std::move(data), .test = std::move(parts.test)};
}

RankingCase sportPhone(const std::filesystem::path& sharedData, bool withSource)
{
    Numbering users;
    Numbering phones;
    Numbering sports;
    const std::filesystem::path folder = sharedData / "amazon_sport_phone";
    std::vector<Event> training =
        readEvents(folder / "phone_sport" / "train.txt", "\t", false, users, phones);
    std::vector<Event> test = readEvents(folder / "phone_sport" / "test.txt", "\t", false, users, phones);
    std::vector<Event> source = readEvents(folder / "sport_phone" / "train.txt", "\t", false, users, sports);
    auto data = std::make_shared<TrainingData>();
    data->userCount = users.size();
    data->target =
        domainOf("phone", FeedbackKind::Implicit, users.size(), phones.size(), std::move(training));
    if (withSource) {
        data->sources.push_back(
            domainOf("sport", FeedbackKind::Implicit, users.size(), sports.size(), std::move(source)));
    }
    return {.data = std::move(data), .test = std::move(test)};
}

std::shared_ptr<const Model> fitted(std::string_view method,
                                    const Json& parameters,
                                    std::shared_ptr<const TrainingData> data,
                                    const FitContext& context)
{
    const auto description = findMethod(method);
    if (!description) {
        throw std::runtime_error(describe(description.error()));
    }
    const auto checked = checkParameters((*description)->parameters, parameters, "method");
    if (!checked) {
        throw std::runtime_error(describe(checked.error()));
    }
    auto model = (*description)->create(*checked)->fit(std::move(data), context);
    if (!model) {
        throw std::runtime_error(describe(model.error()));
    }
    return *model;
}

std::vector<float> scoresTogether(const Model& model, std::span<const UserRow> users)
{
    std::vector<float> scores(users.size() * model.itemCount());
    scoreTogether(model, users, scores);
    return scores;
}

double ndcgAt10(const Model& model, const RankingCase& ranking)
{
    const auto seen = itemsByUser(test::eventsOf(ranking.data->target), ranking.data->userCount);
    const auto relevant = itemsByUser(ranking.test, ranking.data->userCount);
    std::vector<float> scores(model.itemCount());
    std::vector<std::size_t> order(scores.size());
    double sum = 0.0;
    int users = 0;
    for (std::size_t user = 0; user < relevant.size(); ++user) {
        const std::set<ItemRow> wanted(relevant[user].begin(), relevant[user].end());
        if (wanted.empty()) {
            continue;
        }
        model.score(static_cast<UserRow>(user), scores);
        for (const ItemRow item : seen[user]) {
            scores[index(item)] = -INFINITY;
        }
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::partial_sort(order.begin(), order.begin() + 10, order.end(), [&](std::size_t a, std::size_t b) {
            return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
        });
        double gain = 0.0;
        double ideal = 0.0;
        for (std::size_t place = 0; place < 10; ++place) {
            const double discount = 1.0 / std::log2(static_cast<double>(place) + 2.0);
            gain += wanted.contains(static_cast<ItemRow>(order[place])) ? discount : 0.0;
            ideal += place < wanted.size() ? discount : 0.0;
        }
        sum += gain / ideal;
        ++users;
    }
    return sum / users;
}

double rmse(const Model& model, std::span<const Event> test, double lowest, double highest)
{
    double sum = 0.0;
    for (const Event& event : test) {
        float score = 0.0F;
        model.scoreItems(event.user, {&event.item, 1}, {&score, 1});
        const double predicted = std::clamp(static_cast<double>(score), lowest, highest);
        sum +=
            (predicted - static_cast<double>(event.value)) * (predicted - static_cast<double>(event.value));
    }
    return std::sqrt(sum / static_cast<double>(test.size()));
}

std::vector<Event> generatedEvents(std::size_t users,
                                   std::size_t items,
                                   std::size_t count,
                                   std::uint64_t seed)
{
    Random random(seed);
    std::vector<Event> events;
    for (std::size_t at = 0; at < count; ++at) {
        const double skewed = random.uniform() * random.uniform();
        events.push_back(
            {.user = static_cast<UserRow>(random.below(users)),
             .item = static_cast<ItemRow>(static_cast<std::int32_t>(skewed * static_cast<double>(items))),
             .value = static_cast<float>(1 + random.below(5)),
             .time = static_cast<std::int64_t>(1000 + random.below(100000))});
    }
    return events;
}

TrainingDomain generatedDomain(
    const char* name, FeedbackKind kind, std::size_t users, std::size_t items, std::uint64_t seed)
{
    std::vector<Event> events = generatedEvents(users, items, 900, seed);
    for (std::size_t at = 0; at < events.size(); ++at) {
        events[at].time = static_cast<std::int64_t>(2 * at + seed % 2 + 1);
    }
    TrainingDomain domain = domainOf(name, kind, users, items, std::move(events));
    domain.scaleMin = 1.0;
    domain.scaleMax = 5.0;
    return domain;
}

std::shared_ptr<const TrainingData> twoDomains(const TwoDomains& shape)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = shape.users;
    std::vector<Event> films = generatedEvents(shape.users, shape.films, shape.filmEvents, 1);
    std::erase_if(films, [](const Event& event) { return index(event.user) % 10 == 0; });
    data->target = domainOf("films", FeedbackKind::Implicit, shape.users, shape.films, std::move(films));
    data->sources.push_back(domainOf("books",
                                     FeedbackKind::Explicit,
                                     shape.users,
                                     shape.books,
                                     generatedEvents(shape.users, shape.books, shape.bookEvents, 2)));
    return data;
}

std::vector<Triple> triplesOf(TripleSchedule& schedule, int epoch)
{
    std::vector<Triple> all;
    if (!schedule.deal(epoch, {})) {
        return all;
    }
    for (const std::size_t stratum : schedule.strataOf(epoch)) {
        for (std::size_t band = 0; band < schedule.groups(); ++band) {
            schedule.visit(stratum, band, [&](std::span<const Triple> piece) {
                all.insert(all.end(), piece.begin(), piece.end());
                return true;
            });
        }
    }
    return all;
}

Eigen::MatrixXd factorOf(const Model& model, std::string_view name)
{
    for (const auto& [each, matrix] : model.factors()) {
        if (each == name) {
            return matrix.cast<double>();
        }
    }
    throw std::runtime_error("the model has no such factors: " + std::string(name));
}

double softplus(double x)
{
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

} // namespace transept::test
