#pragma once

#include "core/base/Parameter.h"
#include "core/data/TrainingData.h"

namespace transept {

/// Counts of the kinds of work that machines do at different speeds. A unit is one number.
struct Work
{
    double products = 0.0;  ///< multiply-adds of dense algebra, whose numbers come from the caches
    double streamed = 0.0;  ///< multiply-adds along long rows that come from memory
    double scattered = 0.0; ///< numbers read or written at places that nothing foresees, in 1 MB
    double nearby = 0.0;    ///< the same in what the first cache holds
    double steps = 0.0;     ///< plain steps: a comparison, a hash, a random number

    Work& operator+=(const Work& other) noexcept;
};
Work operator+(Work a, const Work& b) noexcept;
Work operator*(double factor, const Work& work) noexcept;

/// Work that all threads share, and work that one thread does alone.
struct Effort
{
    Work shared;
    Work alone;

    Effort& operator+=(const Effort& other) noexcept;
};
Effort operator+(Effort a, const Effort& b) noexcept;

/// Sizes of one domain's training part.
struct DomainShape
{
    FeedbackKind kind = FeedbackKind::Explicit;
    double users = 0.0; ///< with an interaction
    double items = 0.0; ///< of the catalogue
    double interactions = 0.0;
    double userSquares = 0.0; ///< sum over users of the square of their interactions
    double itemSquares = 0.0; ///< sum over items
    double dimension = 0.0;   ///< of the knowledge's vectors; 0: none
    double numberBytes = 4.0; ///< of a number of these
    double terms = 0.0;       ///< term weights of all items
    double termSquares = 0.0; ///< sum over terms of the square of their items
    double vocabulary = 0.0;  ///< terms of at least two items
    double facets = 0.0;      ///< of all items
    double vectors = 0.0;     ///< of all items and facets, each different one once
};

/// Sizes of what a method is handed, exact or expected.
struct DataShape
{
    double users = 0.0;  ///< rows
    double shared = 0.0; ///< who act in the target and in a source
    DomainShape target;
    std::vector<DomainShape> sources;

    DomainShape joined() const; ///< all domains as one; its squares are those of equally mixed histories
};

/// The exact shape of training data.
DataShape shapeOf(const TrainingData& data);

/// What a method does with data of a shape, by its dominating operations. Where the work depends on the
/// numbers themselves (steps until convergence, early stopping), what is usual or at most.
struct Workload
{
    Effort start;                 ///< before the first epoch; all of it for a method without epochs
    Effort epoch;                 ///< one of them
    int epochs = 0;               ///< at most, as they are reported; 0: none
    int validations = 0;          ///< calls of FitContext::validate
    bool ratings = false;         ///< Model::predictsRatings()
    Work ranking;                 ///< Model::score() of one user
    std::optional<Work> pair;     ///< a single score of scoreItems(); none: it scores everything
    double validationShare = 1.0; ///< of these two: what a model needs while it is trained, on average
    double trainBytes = 0.0;      ///< held at the peak of training, beside the training data and models
    double validationBytes = 0.0; ///< the same with a validation part, if that is more
    double modelBytes = 0.0;      ///< of one model
    bool modelsShare = false;     ///< the models of different epochs hold the same memory
};

/// The effort of parts that several methods have in common.
namespace workload {

/// Bytes of rows of `factors` float32 numbers, padded as FactorMatrix has them.
double factorBytes(double rows, double factors);
double paddedFactors(double factors);

double countedShare(std::string_view values); ///< of interactions that count by a parameter "values"
Effort history(const DataShape& shape);       ///< History::of() and its copies
double historyBytes(const DataShape& shape);  ///< a history and its weighted copy
Effort baseline(const DomainShape& domain);   ///< fitBaseline()
Work dotScores(double items, double factors); ///< a user's ranking by products with all items' factors

/// How many different cells of `rows` x `columns` so many meetings fall on, as when each item of `rows` meets
/// those of its users' histories. `carrying` of the columns have most of the interactions: as many of equal
/// size as would have the same sum of squares.
double differentPairs(double pairs, double rows, double columns, double carrying);
double carryingUsers(const DomainShape& domain);
double carryingItems(const DomainShape& domain);

Work longDots(double rows, double numbers); ///< products of one vector with many rows

/// Numbers read or written at unforeseen places among so many bytes.
Work scatteredAmong(double numbers, double bytes);

/// Multiply-adds along rows that lie at unforeseen places among so many bytes.
Work gatheredAmong(double numbers, double bytes);

} // namespace workload

} // namespace transept
