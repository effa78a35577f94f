#pragma once

#include "core/experiment/ResultRows.h"
#include "core/model/Imported.h"

namespace transept {

/// What of another program's results counts.
struct ResultCounts
{
    std::int64_t rows = 0;        ///< in all files
    std::int64_t notTested = 0;   ///< rows of people or pairs outside the test part: left out
    std::int64_t listUsers = 0;   ///< who have something relevant: whom lists are measured for
    std::int64_t withoutList = 0; ///< of these; an empty list, which hits nothing
    std::int64_t shortLists = 0;  ///< of the others; shorter than the measures look
    std::int64_t seen = 0;        ///< listed items that the user has in training or validation: left out
    std::int64_t pairs = 0;       ///< test interactions that predictions are measured on
    std::int64_t withoutPrediction = 0; ///< of these; the mean of the training ratings stands for it
};

struct ResultModel
{
    std::shared_ptr<const ImportedModel> model;
    ResultCounts counts;
};

/// How the rows are to be taken.
struct ResultRules
{
    std::optional<double> positive; ///< as in the spec
    std::size_t furthest = 0;       ///< place that a measure of lists looks at; 0: none
    bool meanForMissing = false;    ///< test interactions without a prediction get the mean of training
};

/// Lists in the order of their ranks, else of falling scores, equal ones in the order of items, as
/// everywhere; what the very user has in training or validation is left out and the next moves up. Without
/// scores the score of a place is 1 / place. InvalidInput, with file, line, reason and remedy, for a pair or
/// a rank that stands twice (a pair may stand as often as in the test part, with one prediction), for missing
/// ranks and scores that contradict them, for lists that all end before the furthest place, and for a test
/// interaction without a prediction unless the mean stands for it.
Result<ResultModel> modelOf(ResultRows rows,
                            const Prepared& prepared,
                            const ResultRules& rules,
                            const JobContext& context);

} // namespace transept
