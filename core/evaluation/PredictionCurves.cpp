#include "core/evaluation/PredictionCurves.h"

#include "core/evaluation/NotApplicable.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace transept {
namespace {

/// Places of the pairs by ascending prediction, then by place; minus infinity for what is not a number.
std::vector<std::size_t> byPrediction(const RatedPairs& pairs, std::vector<float>& predictions)
{
    predictions.assign(pairs.predictions.begin(), pairs.predictions.end());
    for (float& prediction : predictions) {
        prediction = std::isnan(prediction) ? -std::numeric_limits<float>::infinity() : prediction;
    }
    std::vector<std::size_t> order(predictions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t pair) { return predictions[pair]; });
    return order;
}

CalibrationBin binOf(const RatedPairs& pairs, std::span<const std::size_t> places)
{
    const auto count = static_cast<double>(places.size());
    double predictions = 0.0;
    double truths = 0.0;
    for (const std::size_t pair : places) {
        predictions += static_cast<double>(pairs.predictions[pair]);
        truths += static_cast<double>(pairs.truths[pair]);
    }
    CalibrationBin bin{.pairs = places.size(),
                       .low = static_cast<double>(pairs.predictions[places.front()]),
                       .high = static_cast<double>(pairs.predictions[places.back()]),
                       .meanPrediction = predictions / count,
                       .meanTruth = truths / count,
                       .standardError = notApplicable};
    if (places.size() > 1) {
        double squares = 0.0;
        for (const std::size_t pair : places) {
            const double distance = static_cast<double>(pairs.truths[pair]) - bin.meanTruth;
            squares += distance * distance;
        }
        bin.standardError = std::sqrt(squares / (count - 1.0) / count);
    }
    return bin;
}

} // namespace

std::vector<RocPoint> rocCurve(const RatedPairs& pairs, double relevant)
{
    std::vector<float> predictions;
    const std::vector<std::size_t> order = byPrediction(pairs, predictions);
    const auto isRelevant = [&](std::size_t pair) {
        return static_cast<double>(pairs.truths[pair]) >= relevant;
    };
    const auto rights = static_cast<double>(std::ranges::count_if(order, isRelevant));
    const double others = static_cast<double>(order.size()) - rights;
    if (rights == 0.0 || others == 0.0) {
        return {};
    }
    std::vector<RocPoint> curve{{.threshold = std::numeric_limits<double>::infinity()}};
    double right = 0.0;
    double wrong = 0.0;
    for (std::size_t left = order.size(); left > 0; --left) {
        const std::size_t pair = order[left - 1];
        (isRelevant(pair) ? right : wrong) += 1.0;
        if (left == 1 || predictions[order[left - 2]] != predictions[pair]) {
            curve.push_back({.threshold = static_cast<double>(predictions[pair]),
                             .falsePositives = wrong / others,
                             .truePositives = right / rights});
        }
    }
    return curve;
}

double areaUnder(std::span<const RocPoint> curve)
{
    double area = 0.0;
    for (std::size_t at = 1; at < curve.size(); ++at) {
        area += (curve[at].falsePositives - curve[at - 1].falsePositives) *
                (curve[at].truePositives + curve[at - 1].truePositives) / 2.0;
    }
    return curve.empty() ? notApplicable : area;
}

std::vector<CalibrationBin> calibrationCurve(const RatedPairs& pairs, std::size_t bins)
{
    std::vector<float> predictions;
    std::vector<std::size_t> order = byPrediction(pairs, predictions);
    std::erase_if(order, [&](std::size_t pair) { return !std::isfinite(predictions[pair]); });
    std::vector<CalibrationBin> curve;
    std::size_t first = 0;
    std::size_t present = 0; // the bin of the pairs from `first` on
    for (std::size_t at = 0; at <= order.size(); ++at) {
        const bool isNew =
            at == order.size() || (at > 0 && predictions[order[at]] != predictions[order[at - 1]] &&
                                   bins * at / order.size() != present);
        if (isNew && at > first) {
            curve.push_back(binOf(pairs, std::span(order).subspan(first, at - first)));
            first = at;
            present = at == order.size() ? present : bins * at / order.size();
        }
    }
    return curve;
}

} // namespace transept
