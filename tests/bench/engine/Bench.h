#pragma once

#include "core/base/Json.h"
#include "core/data/TrainingData.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

/// The cases of `./dev bench engine`: our side of a measurement. The other side is the file peer_CASE.py, and
/// engine.py runs both in turn on the same data and prints the ratios.
namespace transept::bench {

/// Interactions as engine.py writes them for both sides: users.i32, items.i32 and, for ratings, values.f32
/// (little endian, file order), and shape.json with "users", "items" and "ratings" (a flag). All of them
/// are training data of the target.
std::shared_ptr<const TrainingData> readInteractions(const std::filesystem::path& folder);

/// The same in two: for interaction number n `isTested(n)` says where it goes.
struct PartedInteractions
{
    std::shared_ptr<const TrainingData> training;
    std::vector<Event> tested;
};
PartedInteractions partInteractions(const std::filesystem::path& folder,
                                    const std::function<bool(std::size_t)>& isTested);

class Stopwatch
{
public:
    double seconds() const;

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// One case: works on the data in `folder` with the options that engine.py gives to both sides, and tells
/// "seconds" (of the work alone, without reading) and whatever makes the sides comparable ("loss", "rmse").
using Case = Json (*)(const std::filesystem::path& folder, const Json& options);

Json benchBayesianMf(const std::filesystem::path& folder, const Json& options);
Json benchBpr(const std::filesystem::path& folder, const Json& options);
Json benchEase(const std::filesystem::path& folder, const Json& options);
Json benchEvaluation(const std::filesystem::path& folder, const Json& options);
Json benchItemKnn(const std::filesystem::path& folder, const Json& options);
Json benchLoading(const std::filesystem::path& folder, const Json& options);
Json benchIals(const std::filesystem::path& folder, const Json& options);
Json benchMf(const std::filesystem::path& folder, const Json& options);

} // namespace transept::bench
