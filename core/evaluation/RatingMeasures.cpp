#include "core/evaluation/RatingMeasures.h"

#include "core/evaluation/NotApplicable.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace transept {
namespace {

double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : notApplicable;
}

bool isRelevant(float value, double threshold)
{
    return static_cast<double>(value) >= threshold;
}

template<typename Loss>
double meanOver(const RatedPairs& pairs, const Loss& loss)
{
    double sum = 0.0;
    for (std::size_t at = 0; at < pairs.truths.size(); ++at) {
        sum += loss(static_cast<double>(pairs.truths[at]), static_cast<double>(pairs.predictions[at]));
    }
    return ratio(sum, static_cast<double>(pairs.truths.size()));
}

} // namespace

double meanSquaredError(const RatedPairs& pairs)
{
    return meanOver(
        pairs, [](double truth, double prediction) { return (prediction - truth) * (prediction - truth); });
}

double meanAbsoluteError(const RatedPairs& pairs)
{
    return meanOver(pairs, [](double truth, double prediction) { return std::abs(prediction - truth); });
}

double intervalCoverage(const RatedPairs& pairs, std::span<const float> deviations)
{
    constexpr double halfWidth = 1.959964; // 97.5 % of a normal distribution lie below
    double covered = 0.0;
    for (std::size_t at = 0; at < pairs.truths.size(); ++at) {
        const auto off = static_cast<double>(pairs.truths[at]) - static_cast<double>(pairs.predictions[at]);
        const auto deviation = static_cast<double>(deviations[at]);
        if (std::isnan(off) || std::isnan(deviation)) {
            return notApplicable;
        }
        covered += std::abs(off) <= halfWidth * deviation ? 1.0 : 0.0;
    }
    return ratio(covered, static_cast<double>(pairs.truths.size()));
}

Confusion confusionAt(const RatedPairs& pairs, double threshold)
{
    Confusion confusion;
    for (std::size_t at = 0; at < pairs.truths.size(); ++at) {
        const bool said = isRelevant(pairs.predictions[at], threshold);
        const bool is = isRelevant(pairs.truths[at], threshold);
        double& cell = said ? (is ? confusion.truePositives : confusion.falsePositives)
                            : (is ? confusion.falseNegatives : confusion.trueNegatives);
        cell += 1.0;
    }
    return confusion;
}

double accuracy(const Confusion& confusion)
{
    return ratio(confusion.truePositives + confusion.trueNegatives,
                 confusion.truePositives + confusion.falsePositives + confusion.trueNegatives +
                     confusion.falseNegatives);
}

double precision(const Confusion& confusion)
{
    if (confusion.truePositives + confusion.falseNegatives == 0.0) {
        return notApplicable;
    }
    const double said = confusion.truePositives + confusion.falsePositives;
    return said > 0.0 ? confusion.truePositives / said : 0.0;
}

double recall(const Confusion& confusion)
{
    return ratio(confusion.truePositives, confusion.truePositives + confusion.falseNegatives);
}

double f1(const Confusion& confusion)
{
    if (confusion.truePositives + confusion.falseNegatives == 0.0) {
        return notApplicable;
    }
    return ratio(2.0 * confusion.truePositives,
                 2.0 * confusion.truePositives + confusion.falsePositives + confusion.falseNegatives);
}

double rocAuc(const RatedPairs& pairs, double threshold)
{
    std::vector<std::size_t> order(pairs.truths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto scoreOf = [&](std::size_t at) {
        return std::isnan(pairs.predictions[at]) ? -std::numeric_limits<float>::infinity()
                                                 : pairs.predictions[at];
    };
    std::sort(
        order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scoreOf(a) < scoreOf(b); });
    double below = 0.0; // others with a smaller prediction
    double right = 0.0;
    double wins = 0.0;
    for (std::size_t first = 0; first < order.size();) {
        double equalRight = 0.0;
        double equalOthers = 0.0;
        std::size_t last = first;
        for (; last < order.size() && scoreOf(order[last]) == scoreOf(order[first]); ++last) {
            (isRelevant(pairs.truths[order[last]], threshold) ? equalRight : equalOthers) += 1.0;
        }
        wins += equalRight * (below + 0.5 * equalOthers);
        below += equalOthers;
        right += equalRight;
        first = last;
    }
    return ratio(wins, below * right);
}

double logLoss(const RatedPairs& pairs, double threshold, double scaleMin, double scaleMax)
{
    if (!(scaleMax > scaleMin)) {
        return notApplicable;
    }
    constexpr double margin = std::numeric_limits<float>::epsilon();
    return meanOver(pairs, [&](double truth, double prediction) {
        const double chance =
            std::clamp((prediction - scaleMin) / (scaleMax - scaleMin), margin, 1.0 - margin);
        return -std::log(truth >= threshold ? chance : 1.0 - chance);
    });
}

} // namespace transept
