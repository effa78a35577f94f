#include "core/base/Parallel.h"
#include "tests/bench/engine/Bench.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <map>

namespace transept::bench {
namespace {

const std::map<std::string_view, Case> cases{
    {"bayesian-mf", benchBayesianMf},
    {"bpr", benchBpr},
    {"ease", benchEase},
    {"evaluation", benchEvaluation},
    {"ials", benchIals},
    {"item-knn", benchItemKnn},
    {"loading", benchLoading},
    {"mf", benchMf},
};

template<typename T>
std::vector<T> readNumbers(const std::filesystem::path& file)
{
    std::vector<T> numbers(std::filesystem::file_size(file) / sizeof(T));
    std::ifstream(file, std::ios::binary)
        .read(reinterpret_cast<char*>(numbers.data()),
              static_cast<std::streamsize>(numbers.size() * sizeof(T)));
    return numbers;
}

} // namespace

PartedInteractions partInteractions(const std::filesystem::path& folder,
                                    const std::function<bool(std::size_t)>& isTested)
{
    const Json shape = Json::parse(std::ifstream(folder / "shape.json"));
    const bool ratings = shape.at("ratings").get<bool>();
    const auto users = readNumbers<std::int32_t>(folder / "users.i32");
    const auto items = readNumbers<std::int32_t>(folder / "items.i32");
    const auto values =
        ratings ? readNumbers<float>(folder / "values.f32") : std::vector<float>(users.size(), 1.0F);
    PartedInteractions parts;
    std::vector<Event> trained;
    trained.reserve(users.size());
    for (std::size_t at = 0; at < users.size(); ++at) {
        (isTested(at) ? parts.tested : trained)
            .push_back({.user = UserRow{users[at]}, .item = ItemRow{items[at]}, .value = values[at]});
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = shape.at("users").get<std::size_t>();
    TrainingDomain& target = data->target;
    target.name = "bench";
    target.kind = ratings ? FeedbackKind::Explicit : FeedbackKind::Implicit;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    target.scaleMin = *low;
    target.scaleMax = *high;
    target.interactions = InteractionMatrix(data->userCount, shape.at("items").get<std::size_t>(), trained);
    parts.training = std::move(data);
    return parts;
}

std::shared_ptr<const TrainingData> readInteractions(const std::filesystem::path& folder)
{
    return partInteractions(folder, [](std::size_t) { return false; }).training;
}

double Stopwatch::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
}

} // namespace transept::bench

/// EngineBench CASE FOLDER OPTIONS: prints what the case tells, one JSON object.
int main(int argc, char** argv)
{
    using namespace transept;
    if (argc != 4 || !bench::cases.contains(argv[1])) {
        fmt::print(stderr, "usage: EngineBench CASE FOLDER OPTIONS, as engine.py calls it\n");
        return EXIT_FAILURE;
    }
    const Json options = Json::parse(argv[3]);
    setThreadCount(options.value("threads", 2));
    fmt::print("{}\n", bench::cases.at(argv[1])(argv[2], options).dump());
    return EXIT_SUCCESS;
}
