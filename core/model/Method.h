#pragma once

#include "core/base/Job.h"
#include "core/base/Parameter.h"
#include "core/data/TrainingData.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

struct DataShape;
struct Workload;

/// One item of the user's history that speaks for (or against) a recommendation.
struct Contribution
{
    int domain = -1; ///< -1: the target, else the place among the sources
    ItemRow item{};
    float weight = 0.0F; ///< in the unit of the score
};

/// How much of the attention a facet of the recommended item got (kfmf).
struct FacetAttention
{
    int facet = 0; ///< place among the item's facets
    float weight = 0.0F;
};

/// Something that somebody did, by the rows of a model's training data.
struct PastEvent
{
    int domain = -1; ///< -1: the target, else the place among the sources
    ItemRow item{};
    float value = 1.0F;
    std::int64_t time = 0; ///< seconds since 1970; 0: not known
};

struct FactorParameters;

/// Scores of several users for a stretch of items.
struct ScoreStretch
{
    std::size_t firstItem = 0;
    std::size_t itemCount = 0;
    std::span<const float> scores; ///< one row of itemCount a user

    std::span<const float> ofUser(std::size_t at) const noexcept
    {
        return scores.subspan(at * itemCount, itemCount);
    }
};

using TakeScores = std::function<void(const ScoreStretch&)>;

/// What a method has learnt: immutable, safe to use from several threads, and only for the rows of its
/// training data.
class Model
{
public:
    virtual ~Model() = default;

    /// How many items the target domain has: the length of what score() fills.
    virtual std::size_t itemCount() const noexcept = 0;

    /// One score for every item of the target domain, higher is better; `scores` is itemCount() long.
    /// Every user row is answered, also one without training interactions.
    virtual void score(UserRow user, std::span<float> scores) const = 0;

    /// The scores of several users, handed to `take` one stretch of items after the other: the same bits as
    /// score(), but scores that are looked at once need not wait in memory for all the others. The default
    /// calls score() for each user and hands over all items at once.
    virtual void scoreUsers(std::span<const UserRow> users, const TakeScores& take) const;

    /// How many users scoreUsers() takes best at once: more than 1 where that is faster than one by one.
    virtual std::size_t usersAtOnce() const noexcept { return 1; }

    /// The vectors and biases when the score of any user and item is mean + b_u + b_i + <p_u, q_i>, for
    /// searches that need not compute all scores; null otherwise.
    virtual const FactorParameters* products() const noexcept { return nullptr; }

    /// True when scores are ratings on the target's scale, so that rating measures make sense.
    virtual bool predictsRatings() const noexcept { return false; }

    /// The score of single items, in the order given. The default scores everything.
    virtual void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const;

    /// The scores, as score() gives them, for somebody whom the training data does not know but for these
    /// events (in file order): what the method would answer with its knowledge of the items as it is. False,
    /// and nothing filled in, when the method has to be trained for that.
    virtual bool foldIn(std::span<const PastEvent> /*history*/, std::span<float> /*scores*/) const
    {
        return false;
    }

    /// The scores, as scoreItems() gives them, that these users have for an item of the target that the
    /// training data does not know but for these interactions (in file order; their `item` is not read): what
    /// the method would answer with its knowledge of the users as it is. `scores` is as long as `users`; with
    /// none of either it only tells whether the method can. False, and nothing filled in, when the method has
    /// to be trained for that.
    virtual bool foldInItem(std::span<const Event> /*interactions*/,
                            std::span<const UserRow> /*users*/,
                            std::span<float> /*scores*/) const
    {
        return false;
    }

    /// How unsure the expected ratings are: the standard deviation of each, in the order given. What a single
    /// rating scatters by around what is expected of it is not part of them. False, and nothing filled in,
    /// when the method cannot say.
    virtual bool deviations(UserRow /*user*/,
                            std::span<const ItemRow> /*items*/,
                            std::span<float> /*deviations*/) const
    {
        return false;
    }

    /// How far ratings that the user has not given yet are thought to be from the expected ones: deviations()
    /// and the noise of a single rating together. False as there.
    virtual bool ratingDeviations(UserRow /*user*/,
                                  std::span<const ItemRow> /*items*/,
                                  std::span<float> /*deviations*/) const
    {
        return false;
    }

    /// The user's items that contributed to this score, the strongest first; empty when the method cannot
    /// say.
    virtual std::vector<Contribution> contributions(UserRow user, ItemRow item) const;

    /// Attention over the item's facets, largest first; empty for methods without.
    virtual std::vector<FacetAttention> attention(UserRow user, ItemRow item) const;

    /// Everything a restored model needs beside the training data, as Method::restore() takes it; nothing
    /// when fitting again (same bits) is the better way.
    virtual std::optional<std::string> serialised() const { return std::nullopt; }

    /// Named matrices for `export --what factors`: "users", "items", "source-1-items" (of the first source)
    /// ...; empty when there are none. A warm start takes them from here: where a model predicts with vectors
    /// that are made of those it trained, the latter are beside them as "own-users", "own-items" ...
    virtual std::vector<std::pair<std::string, Matrix>> factors() const { return {}; }

protected:
    Model() = default;
    Model(const Model&) = default;
    Model& operator=(const Model&) = default;
};

/// What scoreUsers() hands over, put together: one row of itemCount() a user.
void scoreTogether(const Model& model, std::span<const UserRow> users, std::span<float> scores);

struct EpochReport
{
    int epoch = 0;          ///< from 1
    double trainLoss = 0.0; ///< mean over the training interactions, regularisation left out
    /// The whole training as it stands, for FitContext::resume of a later fit. To be called before the report
    /// is answered, at most once; null when the epoch was the last or the method cannot go on from there.
    std::function<std::string()> state = nullptr;
};

/// What an earlier model learnt, and which of its rows the present rows are.
struct StartingPoint
{
    static constexpr std::int32_t isNew = -1;

    /// As Model::factors() names them; what was learnt of knowledge only where it is of the same.
    std::map<std::string, Matrix, std::less<>> factors;
    std::vector<std::int32_t> users;              ///< by UserRow
    std::vector<std::vector<std::int32_t>> items; ///< by ItemRow, of the target and of every source

    bool has(std::string_view name) const { return factors.find(name) != factors.end(); }

    /// Calls `take(row, values)` with what the matrix of that name has for every row of `rows` that is not
    /// new; for none when there is no such matrix.
    template<typename Take>
    void forEachKnown(std::string_view name, std::span<const std::int32_t> rows, const Take& take) const
    {
        const auto matrix = factors.find(name);
        for (std::size_t row = 0; matrix != factors.end() && row < rows.size(); ++row) {
            if (rows[row] != isNew) {
                const float* values = matrix->second.row(rows[row]).data();
                take(row, std::span(values, static_cast<std::size_t>(matrix->second.cols())));
            }
        }
    }
};

/// What a fit hears from its surroundings after an epoch.
enum class Verdict { Continue, Stop };

/// The validation part of the run's split, for methods that combine others: they choose the weights of their
/// members by it, and how long a member trains. Nothing else may be learnt from it.
struct Validation
{
    std::span<const Event> events;  ///< interactions of the target, none of them in training
    std::optional<double> positive; ///< ratings from this value on are relevant; nothing: all are
    int patience = 5;               ///< of the run's stop rule

    /// What FitContext::validate says, of these users alone; they ascend.
    std::function<double(const Model&, std::span<const UserRow>)> ofUsers;
};

/// Everything a fit may ask of its surroundings beside its data.
struct FitContext
{
    JobContext job; ///< checkpoint() at least every 50 ms of work
    std::uint64_t seed = 1;

    /// What EpochReport::state() gave in a fit with the same data, parameters and seed: the fit goes on after
    /// that epoch and ends with the same bits as if it had never been interrupted. Empty: from the beginning.
    std::string resume;

    /// Rows that an earlier model knows start as it left them. Null: all start anew.
    std::shared_ptr<const StartingPoint> start;

    /// To be called after every epoch with the model as it is now (a copy: it may be kept). The surroundings
    /// measure it on validation data, draw curves, and keep the best. The method never learns the figures.
    /// When the answer is Stop, the fit ends and returns the present model.
    std::function<Verdict(const EpochReport&, std::shared_ptr<const Model>)> onEpoch =
        [](const EpochReport&, const std::shared_ptr<const Model>&) { return Verdict::Continue; };

    /// To be called with what a reader of the results has to know about the fit itself, as how far an
    /// approximation is off: a short name in English and a value. The run keeps it.
    std::function<void(std::string_view, double)> onDiagnostic = [](std::string_view, double) {};

    /// How good a model is on validation data, higher is better; for methods that choose a weight by it. Null
    /// when the split has no validation part.
    std::function<double(const Model&)> validate;
    std::optional<Validation> validation; ///< nothing when the split has no validation part
};

/// What a method cannot do without; checked before a run starts.
struct Needs
{
    bool knowledge = false;        ///< a knowledge base with vectors
    bool terms = false;            ///< a knowledge base with term weights or vectors
    bool sources = false;          ///< at least one source domain
    bool overlap = false;          ///< people who act in the target and a source
    bool explicitFeedback = false; ///< ratings in the target
    bool times = false;            ///< interactions of the target with a time
};

/// What a method needs and gains from.
struct Traits
{
    Needs needs;
    bool usesSources = false;   ///< gains from source domains
    bool usesKnowledge = false; ///< gains from knowledge
    bool iterative = false;     ///< trains in epochs, or a member of it does
};

/// A method with its hyperparameters, ready to be fitted. Stateless: fit() may be called again and from any
/// thread.
class Method
{
public:
    virtual ~Method() = default;

    /// Learns from `data`, which outlives the model. Diverged with the epoch and a remedy when a number is no
    /// longer finite; Cancelled when asked to stop. Same data, parameters and seed: same bits, for any number
    /// of threads.
    virtual Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                                     const FitContext& context) const = 0;

    /// The model that `serialised()` wrote, on the same data. The default says that the method is fitted
    /// again.
    virtual Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                         std::string_view bytes) const;

protected:
    Method() = default;
    Method(const Method&) = default;
    Method& operator=(const Method&) = default;
};

/// How a method describes itself. All texts English and TRANSLATABLE("methods", ...).
struct MethodDescription
{
    std::string name;    ///< in specs: kfmf
    std::string title;   ///< Knowledge-fused matrix factorisation
    std::string family;  ///< Controls, Neighbourhood, Linear, Factorisation, Cross-domain, Knowledge
    std::string source;  ///< the paper: authors and year
    std::string meaning; ///< one or two sentences for the analyst
    Needs needs;
    bool usesSources = false;     ///< gains from source domains
    bool usesKnowledge = false;   ///< gains from knowledge
    bool iterative = false;       ///< reports epochs
    bool startsWarm = false;      ///< heeds FitContext::start
    bool givesDeviations = false; ///< its models answer deviations() and ratingDeviations()
    std::vector<Parameter> parameters;
    std::unique_ptr<Method> (*create)(const Parameters&) = nullptr;

    /// For methods whose needs depend on their parameters; what stands above is then that of the defaults.
    Traits (*traitsOf)(const Parameters&) = nullptr;

    /// What the method needs and uses with these (complete) parameters.
    Traits traits(const Parameters& values) const
    {
        return traitsOf != nullptr ? traitsOf(values) : Traits{needs, usesSources, usesKnowledge, iterative};
    }

    /// What training and measuring will cost (Workload.h); null, or none: nobody knows beforehand.
    std::optional<Workload> (*workload)(const DataShape&, const Parameters&) = nullptr;
};

} // namespace transept
