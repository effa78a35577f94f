#pragma once

#include "core/base/Job.h"
#include "core/base/Parameter.h"
#include "core/data/TrainingData.h"

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

    /// The scores of several users, one row of itemCount() a user: the same bits as score(). The default
    /// calls that for each.
    virtual void scoreUsers(std::span<const UserRow> users, std::span<float> scores) const;

    /// How many users scoreUsers() takes best at once: more than 1 where that is faster than one by one.
    virtual std::size_t usersAtOnce() const noexcept { return 1; }

    /// True when scores are ratings on the target's scale, so that rating measures make sense.
    virtual bool predictsRatings() const noexcept { return false; }

    /// The score of single items, in the order given. The default scores everything.
    virtual void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const;

    /// How unsure the expected ratings are: the standard deviation of each, in the order given. False, and
    /// nothing filled in, when the method cannot say.
    virtual bool deviations(UserRow /*user*/,
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

    /// Named matrices for `export --what factors`: "users", "items", ...; empty when there are none.
    virtual std::vector<std::pair<std::string, Matrix>> factors() const { return {}; }

protected:
    Model() = default;
    Model(const Model&) = default;
    Model& operator=(const Model&) = default;
};

struct EpochReport
{
    int epoch = 0;          ///< from 1
    double trainLoss = 0.0; ///< mean over the training interactions, regularisation left out
};

/// What a fit hears from its surroundings after an epoch.
enum class Verdict { Continue, Stop };

/// Everything a fit may ask of its surroundings beside its data.
struct FitContext
{
    JobContext job; ///< checkpoint() at least every 50 ms of work
    std::uint64_t seed = 1;

    /// To be called after every epoch with the model as it is now (a copy: it may be kept). The surroundings
    /// measure it on validation data, draw curves, and keep the best. The method never learns the figures.
    /// When the answer is Stop, the fit ends and returns the present model.
    std::function<Verdict(const EpochReport&, std::shared_ptr<const Model>)> onEpoch =
        [](const EpochReport&, const std::shared_ptr<const Model>&) { return Verdict::Continue; };

    /// How good a model is on validation data, higher is better; for methods that choose a weight by it. Null
    /// when the split has no validation part.
    std::function<double(const Model&)> validate;
};

/// What a method cannot do without; checked before a run starts.
struct Needs
{
    bool knowledge = false;        ///< a knowledge base with vectors
    bool terms = false;            ///< a knowledge base with term weights or vectors
    bool sources = false;          ///< at least one source domain
    bool overlap = false;          ///< people who act in the target and a source
    bool explicitFeedback = false; ///< ratings in the target
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
    bool usesSources = false;   ///< gains from source domains
    bool usesKnowledge = false; ///< gains from knowledge
    bool iterative = false;     ///< reports epochs
    std::vector<Parameter> parameters;
    std::unique_ptr<Method> (*create)(const Parameters&) = nullptr;
    /// What training and measuring will cost (Workload.h); null: nobody knows beforehand.
    Workload (*workload)(const DataShape&, const Parameters&) = nullptr;
};

} // namespace transept
