#include "core/evaluation/Measures.h"
#include "core/model/FactorModel.h"
#include "tests/bench/engine/Bench.h"

#include <fstream>

namespace transept::bench {
namespace {

constexpr std::size_t factors = 64;

FactorMatrix readFactors(const std::filesystem::path& file, std::size_t rows)
{
    FactorMatrix matrix(rows, factors);
    std::ifstream input(file, std::ios::binary);
    for (std::size_t row = 0; row < rows; ++row) {
        input.read(reinterpret_cast<char*>(matrix.at(row)), factors * sizeof(float));
    }
    return matrix;
}

} // namespace

/// Every 5th interaction is tested, the rest is seen.
Json benchEvaluation(const std::filesystem::path& folder, const Json& /*options*/)
{
    PartedInteractions parts = partInteractions(folder, [](std::size_t number) { return number % 5 == 0; });
    TrainingData training = *parts.training;
    training.target.kind = FeedbackKind::Implicit;
    const std::size_t items = training.target.interactions.itemCount();
    const HeldOut test{.events = std::move(parts.tested)};
    const FactorModel model({.ratings = false,
                             .users = readFactors(folder / "p.f32", training.userCount),
                             .items = readFactors(folder / "q.f32", items),
                             .userBiases = std::vector<float>(training.userCount),
                             .itemBiases = std::vector<float>(items)});
    std::vector<std::string> measures;
    for (const char* base : {"recall", "ndcg", "mrr"}) {
        for (const char* cut : {"@10", "@20", "@50"}) {
            measures.push_back(std::string(base) + cut);
        }
    }
    const Stopwatch watch;
    const Result<Evaluation> evaluation =
        evaluate(model, training, test, nullptr, {.measures = measures}, {});
    Json result = evaluation.value().values;
    result["seconds"] = watch.seconds();
    return result;
}

} // namespace transept::bench
