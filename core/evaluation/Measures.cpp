#include "core/evaluation/Measures.h"

#include "core/base/Words.h"
#include "core/evaluation/RankingMeasures.h"

#include <algorithm>
#include <iterator>

namespace transept {
namespace {

constexpr int largestK = 1000;
constexpr int mostNegatives = 100'000;
constexpr std::string_view given = "given";
constexpr std::string_view cold = "cold";

/// Of predicted ratings.
std::vector<MeasureDescription> errorMeasures()
{
    return {
        {.base = "rmse",
         .title = TRANSLATABLE("measures", "RMSE"),
         .meaning = TRANSLATABLE(
             "measures",
             "Root of the mean squared error of the predicted ratings, clipped to the scale, over all "
             "held-out pairs. Per user: the mean squared error."),
         .higherIsBetter = false,
         .needsRatings = true,
         .perUser = true},
        {.base = "mae",
         .title = TRANSLATABLE("measures", "MAE"),
         .meaning = TRANSLATABLE(
             "measures",
             "Mean absolute error of the predicted ratings, clipped to the scale, over all held-out "
             "pairs."),
         .higherIsBetter = false,
         .needsRatings = true,
         .perUser = true},
        {.base = "picp",
         .title = TRANSLATABLE("measures", "PICP"),
         .meaning = TRANSLATABLE(
             "measures",
             "Prediction interval coverage: share of the held-out ratings within the 95 % interval around "
             "the expected rating, 1.96 deviations to either side, the noise of a single rating included. "
             "Right is 0.95: less says too sure, more too unsure. For methods that say how unsure they are."),
         .hasOptimum = true,
         .needsRatings = true},
    };
}

/// Of held-out pairs on either side of the relevance threshold.
std::vector<MeasureDescription> classMeasures()
{
    return {
        {.base = "accuracy",
         .title = TRANSLATABLE("measures", "Accuracy"),
         .meaning =
             TRANSLATABLE("measures",
                          "Share of the held-out pairs whose predicted rating lies on the right side of the "
                          "relevance threshold (the middle of the scale when none is set)."),
         .needsRatings = true},
        {.base = "precision",
         .title = TRANSLATABLE("measures", "Precision"),
         .meaning = TRANSLATABLE(
             "measures",
             "Share of the held-out pairs predicted relevant that are (threshold as for accuracy)."),
         .needsRatings = true},
        {.base = "recall",
         .title = TRANSLATABLE("measures", "Recall"),
         .meaning = TRANSLATABLE(
             "measures",
             "Share of the relevant held-out pairs that are predicted relevant (threshold as for "
             "accuracy)."),
         .needsRatings = true},
        {.base = "f1",
         .title = TRANSLATABLE("measures", "F1"),
         .meaning =
             TRANSLATABLE("measures", "Harmonic mean of precision and recall over the held-out pairs."),
         .needsRatings = true},
        {.base = "auc",
         .title = TRANSLATABLE("measures", "AUC"),
         .meaning = TRANSLATABLE(
             "measures",
             "Area under the ROC curve over the held-out pairs: how often a relevant pair scores above "
             "another one, equal scores counting half (threshold as for accuracy).")},
        {.base = "log-loss",
         .title = TRANSLATABLE("measures", "Log loss"),
         .meaning = TRANSLATABLE(
             "measures",
             "Mean negative log-likelihood of relevance over the held-out pairs, the predicted rating's "
             "place on the scale read as its probability."),
         .higherIsBetter = false,
         .needsRatings = true},
    };
}

/// Of a user's ranking, by what is right in it.
std::vector<MeasureDescription> rankingMeasures()
{
    return {
        {.base = "ranking-auc",
         .title = TRANSLATABLE("measures", "Ranking AUC"),
         .meaning = TRANSLATABLE(
             "measures",
             "How often a user's relevant held-out item scores above another item that the user has not "
             "seen, equal scores counting half; the mean over users."),
         .perUser = true},
        {.base = "precision",
         .title = TRANSLATABLE("measures", "Precision at K"),
         .meaning =
             TRANSLATABLE("measures", "Share of the first K places that are relevant; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "recall",
         .title = TRANSLATABLE("measures", "Recall at K"),
         .meaning = TRANSLATABLE(
             "measures", "Share of the user's relevant items among the first K places; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "f1",
         .title = TRANSLATABLE("measures", "F1 at K"),
         .meaning =
             TRANSLATABLE("measures", "Harmonic mean of precision and recall at K; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "hit-rate",
         .title = TRANSLATABLE("measures", "Hit rate at K"),
         .meaning =
             TRANSLATABLE("measures", "Share of the users with a relevant item among the first K places."),
         .hasK = true,
         .perUser = true},
        {.base = "ndcg",
         .title = TRANSLATABLE("measures", "NDCG at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "Discounted gain of the relevant items among the first K places, over that of the best "
             "possible list; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "map",
         .title = TRANSLATABLE("measures", "MAP at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "Mean of the precision at each relevant place among the first K, over the most that could "
             "be reached; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "mrr",
         .title = TRANSLATABLE("measures", "MRR at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "One over the place of the first relevant item, 0 when none is among the first K; the mean "
             "over users."),
         .hasK = true,
         .perUser = true},
    };
}

/// Of what the lists are made of.
std::vector<MeasureDescription> catalogueMeasures()
{
    return {
        {.base = "coverage",
         .title = TRANSLATABLE("measures", "Coverage at K"),
         .meaning =
             TRANSLATABLE("measures", "Share of the catalogue that stands in anybody's first K places."),
         .hasK = true},
        {.base = "gini",
         .title = TRANSLATABLE("measures", "Gini at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "How unevenly the recommendations are spread over the catalogue: 0 evenly, 1 all on one "
             "item."),
         .hasK = true,
         .higherIsBetter = false},
        {.base = "novelty",
         .title = TRANSLATABLE("measures", "Novelty at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "Mean of -log2 of the recommended items' share of the training interactions, in bits; "
             "unknown items count as seen once."),
         .hasK = true,
         .perUser = true},
        {.base = "diversity",
         .title = TRANSLATABLE("measures", "Diversity at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "1 minus the mean cosine between the knowledge vectors of the items of a list; the mean "
             "over users."),
         .hasK = true,
         .needsKnowledge = true,
         .perUser = true},
        {.base = "serendipity",
         .title = TRANSLATABLE("measures", "Serendipity at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "Share of the first K places with a relevant item that is not among the user's K most "
             "popular unseen items; the mean over users."),
         .hasK = true,
         .perUser = true},
        {.base = "calibration",
         .title = TRANSLATABLE("measures", "Calibration at K"),
         .meaning = TRANSLATABLE(
             "measures",
             "Divergence (KL) of a list's shares of genres from those of the user's training items, by "
             "the knowledge base's genre facets or its most common ones; 0 is a perfect mirror."),
         .hasK = true,
         .higherIsBetter = false,
         .needsKnowledge = true,
         .perUser = true},
    };
}

const std::vector<MeasureDescription>& table()
{
    static const std::vector<MeasureDescription> all = [] {
        std::vector<MeasureDescription> joined;
        for (auto* part : {errorMeasures, classMeasures, rankingMeasures, catalogueMeasures}) {
            std::ranges::move(part(), std::back_inserter(joined));
        }
        return joined;
    }();
    return all;
}

const MeasureDescription* find(std::string_view base, bool hasK)
{
    const auto found = std::find_if(table().begin(), table().end(), [&](const MeasureDescription& measure) {
        return measure.base == base && measure.hasK == hasK;
    });
    return found == table().end() ? nullptr : &*found;
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

tl::unexpected<Error> unknown(std::string_view name, std::string_view base, const std::string& path)
{
    std::vector<std::string> bases;
    for (const MeasureDescription& measure : table()) {
        if (std::find(bases.begin(), bases.end(), measure.base) == bases.end()) {
            bases.push_back(measure.base);
        }
    }
    if (const std::optional<std::string> nearest = nearestWord(lowered(base), bases)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1: there is no measure %2. Did you mean %3?"),
            {path, std::string(name), find(*nearest, false) == nullptr ? *nearest + "@10" : *nearest});
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1: there is no measure %2. There are %3."),
                {path, std::string(name), listed(bases)});
}

/// The measure among as many negatives as `count` says, among those that are given, or among cold items.
Result<MeasureName> amongSome(MeasureName measure, std::string_view count, const std::string& path)
{
    const std::string plain = measure.base + "@" + std::to_string(measure.k);
    if (hitsMeasure(measure.base) == nullptr) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1: %2 looks at all items and takes no ~; write %3. Measures of "
                                 "relevant items can, such as ndcg@10~99."),
                    {path, plain + "~" + std::string(count), plain});
    }
    if (count == given) {
        measure.isGiven = true;
        return measure;
    }
    if (count == cold) {
        measure.isCold = true;
        return measure;
    }
    const std::optional<long long> negatives = parseInteger(count);
    if (!negatives || *negatives < 1 || *negatives > mostNegatives) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1: behind the ~ of %2 stands how many negatives are sampled for each "
                         "relevant item, a whole number from 1 to %3, as in %4~99, given for those that "
                         "were imported, as in %4~given, or cold for items new to the training, as in "
                         "%4~cold."),
            {path, plain + "~" + std::string(count), std::to_string(mostNegatives), plain});
    }
    measure.negatives = static_cast<int>(*negatives);
    return measure;
}

} // namespace

std::span<const MeasureDescription> measures()
{
    return table();
}

Result<MeasureName> parseMeasure(std::string_view name, const std::string& path)
{
    const std::size_t mark = name.find('@');
    const std::string_view base = name.substr(0, mark);
    const bool hasK = mark != std::string_view::npos;
    if (find(base, hasK) == nullptr) {
        if (find(base, !hasK) == nullptr) {
            return unknown(name, base, path);
        }
        const std::string right(base);
        if (hasK) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1: the measure %2 has no K; write %2 in place of %3."),
                        {path, right, std::string(name)});
        }
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1: the measure %2 needs a K, as in %2@10."),
                    {path, right});
    }
    if (!hasK) {
        return MeasureName{.base = std::string(base)};
    }
    const std::string_view places = name.substr(mark + 1);
    const std::size_t wave = places.find('~');
    const std::string_view digits = places.substr(0, wave);
    const std::optional<long long> k = parseInteger(digits);
    // One measure has one name: no ndcg@010.
    if (!k || *k < 1 || *k > largestK || std::to_string(*k) != digits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1: the K of %2 must be a whole number from 1 to %3, as in %4@10."),
            {path, std::string(name), std::to_string(largestK), std::string(base)});
    }
    MeasureName measure{.base = std::string(base), .k = static_cast<int>(*k)};
    return wave == std::string_view::npos ? Result<MeasureName>(std::move(measure))
                                          : amongSome(std::move(measure), places.substr(wave + 1), path);
}

bool asksForGiven(std::span<const std::string> names)
{
    return std::ranges::any_of(names, [](const std::string& name) {
        const Result<MeasureName> parsed = parseMeasure(name, "");
        return parsed && parsed->isGiven;
    });
}

const MeasureDescription& describe(const MeasureName& name)
{
    const MeasureDescription* found = find(name.base, name.k > 0);
    return found == nullptr ? table().front() : *found;
}

bool looksAtLists(const MeasureName& name)
{
    return name.k > 0 || name.base == "ranking-auc";
}

} // namespace transept
