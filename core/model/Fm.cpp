#include "core/model/BayesianFit.h"
#include "core/model/FmSampler.h"
#include "core/model/Methods.h"
#include "core/model/Sampling.h"

#include <algorithm>

namespace transept {
namespace {

struct FactorisationMachineSettings
{
    FmOptions features;
    FmSettings chain;
    SamplingSettings sampling;
};

/// Users are known who have a rating that is learnt from, in whatever domain.
BayesianModel::Subject subjectOf(std::shared_ptr<const TrainingData> data, const FmOptions& options)
{
    UserPlaces places(data->target.interactions, true);
    for (const TrainingDomain& source : data->sources) {
        const bool isLearnt = options.sources == SourceUse::Shared && source.kind == FeedbackKind::Explicit;
        for (std::size_t user = 0; isLearnt && user < data->userCount; ++user) {
            places.isNew[user] =
                places.isNew[user] && source.interactions.itemsOf(static_cast<UserRow>(user)).empty();
        }
    }
    return {.data = std::move(data),
            .places = std::make_shared<const UserPlaces>(std::move(places)),
            .periods = nullptr,
            .untold = nullptr};
}

/// What the rows themselves, without a rating, scatter by around the mean of their group.
Matrix covarianceOf(const FmSide& side, double factorScale, double biasScale)
{
    const auto factors = static_cast<Eigen::Index>(side.vectors.size());
    Vector variances(factors + 1);
    for (Eigen::Index factor = 0; factor < factors; ++factor) {
        const FmPrior& prior = side.vectors[static_cast<std::size_t>(factor)].priors.front();
        variances[factor] = static_cast<float>(factorScale * factorScale / prior.precision);
    }
    variances[factors] = static_cast<float>(biasScale * biasScale / side.weights.priors.front().precision);
    return variances.asDiagonal();
}

/// The sums of the first rows of a side, and their biases.
void keep(const FmSide& side,
          double factorScale,
          double biasScale,
          FactorMatrix& factors,
          std::vector<float>& biases)
{
    for (std::size_t row = 0; row < factors.rows; ++row) {
        for (std::size_t factor = 0; factor < factors.width; ++factor) {
            factors.at(row)[factor] = static_cast<float>(factorScale * side.vectors[factor].sums[row]);
        }
        biases[row] = static_cast<float>(biasScale * side.biases[row]);
    }
}

/// a_u and c_i as vectors of users and items: a machine is a factorisation when its features are summed.
PosteriorSample keptSample(const FmSampler& chain,
                           const FmProblem& problem,
                           const UserPlaces& places,
                           std::size_t items)
{
    const std::size_t users = chain.users().biases.size();
    const std::size_t factors = chain.users().vectors.size();
    const double scale = problem.scale;
    const Matrix userCovariance = covarianceOf(chain.users(), 1.0, scale);
    const Matrix itemCovariance = covarianceOf(chain.items(), scale, scale);
    PosteriorSample kept{.users = FactorMatrix(places.rows(), factors),
                         .items = FactorMatrix(items, factors),
                         .userBiases = std::vector<float>(places.rows()),
                         .itemBiases = std::vector<float>(items),
                         .userCovariance = userCovariance,
                         .itemCovariance = itemCovariance,
                         .untoldUserCovariance = userCovariance,
                         .untoldItemCovariance = itemCovariance,
                         .noiseVariances = std::vector<float>(places.rows())};
    FactorMatrix ofUsers(users, factors);
    keep(chain.users(), 1.0, scale, ofUsers, kept.userBiases);
    std::ranges::copy(ofUsers.values, kept.users.values.begin());
    keep(chain.items(), scale, scale, kept.items, kept.itemBiases);
    for (float& bias : kept.itemBiases) {
        bias += static_cast<float>(scale * chain.bias());
    }
    const double noise = scale * scale / chain.noisePrecision();
    for (std::size_t user = 0; user < places.rows(); ++user) {
        const bool isKnown = user < users && !places.isNew[user];
        kept.noiseVariances[user] =
            static_cast<float>(noise * (isKnown ? 1.0 / chain.noiseWeight(user) : chain.noiseOfNewUsers()));
    }
    return kept;
}

class FactorisationMachine final : public Method
{
public:
    explicit FactorisationMachine(const FactorisationMachineSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (data->target.interactions.size() == 0) {
            return noRatings(data->target);
        }
        FmOptions options = m_settings.features;
        if (data->target.knowledge == nullptr) {
            options.fields = ItemFields::None;
        }
        const Result<FmProblem> problem = fmProblem(*data, options, context.job);
        if (!problem) {
            return passOn(problem);
        }
        Result<FmSampler> sampler = FmSampler::of(*problem, m_settings.chain, context.seed, context.job);
        if (!sampler) {
            return passOn(sampler);
        }
        if (context.start != nullptr) {
            sampler->startFrom(*context.start, problem->scale);
        }
        const std::size_t items = data->target.interactions.itemCount();
        const BayesianModel::Subject subject = subjectOf(std::move(data), options);
        const Chain chain{.sweep = [&](int number) { return sampler->sweep(number, context.job); },
                          .keep = [&] { return keptSample(*sampler, *problem, *subject.places, items); },
                          .squaredError = [&] { return sampler->squaredError(); },
                          .exchange = [&](TrainingState& state) { sampler->exchange(state); }};
        return sampleModel(m_settings.sampling, subject, m_settings.chain.factors, chain, context);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return BayesianModel::restored(subjectOf(std::move(data), m_settings.features), bytes);
    }

private:
    FactorisationMachineSettings m_settings;
};

std::vector<Parameter> featureParameters()
{
    return {
        {.name = "item-fields",
         .type = Parameter::Type::Choice,
         .preset = "terms",
         .choices = {"terms", "facets", "vectors", "none"},
         .label = TRANSLATABLE("methods", "Fields of items"),
         .meaning = TRANSLATABLE(
             "methods",
             "What describes an item when the run has a knowledge base: the words of its text, its facets, "
             "the numbers of its vector, or nothing.")},
        {.name = "implicit",
         .type = Parameter::Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Implicit feedback"),
         .meaning = TRANSLATABLE("methods",
                                 "Learns from what users rated at all, whatever the rating, as SVD++ does.")},
        {.name = "sources",
         .type = Parameter::Type::Choice,
         .preset = "history",
         .choices = {"history", "shared", "none"},
         .label = TRANSLATABLE("methods", "Source domains"),
         .meaning = TRANSLATABLE(
             "methods",
             "history: what users did in a source, and how high they rate there, describes them. shared: "
             "the ratings of sources are learnt as well, of items marked by their domain.")}};
}

std::vector<Parameter> allParameters()
{
    std::vector<Parameter> all = samplingParameters();
    all.push_back(noiseParameter());
    std::ranges::move(featureParameters(), std::back_inserter(all));
    return all;
}

FactorisationMachineSettings settingsFrom(const Parameters& values)
{
    const std::string fields = values.text("item-fields");
    const std::string sources = values.text("sources");
    return {.features = {.fields = fields == "facets"    ? ItemFields::Facets
                                   : fields == "terms"   ? ItemFields::Terms
                                   : fields == "vectors" ? ItemFields::Vectors
                                                         : ItemFields::None,
                         .implicit = values.flag("implicit"),
                         .sources = sources == "history"  ? SourceUse::History
                                    : sources == "shared" ? SourceUse::Shared
                                                          : SourceUse::None},
            .chain = {.factors = static_cast<std::size_t>(values.integer("factors")),
                      .noiseByUser = values.text("noise") == "by-user"},
            .sampling = samplingFrom(values)};
}

/// Entries of the features of users and of items.
std::pair<double, double> featureEntries(const DataShape& shape, const FmOptions& options)
{
    const DomainShape& target = shape.target;
    double users = shape.users + (options.implicit ? target.interactions : 0.0);
    double items = target.items;
    for (const DomainShape& source : shape.sources) {
        const bool isShared = options.sources == SourceUse::Shared && source.kind == FeedbackKind::Explicit;
        users += options.sources == SourceUse::History ? source.interactions + source.users : 0.0;
        items += isShared ? source.items : 0.0;
    }
    const DomainShape known = options.sources == SourceUse::Shared ? shape.joined() : target;
    items += options.fields == ItemFields::Terms     ? known.terms
             : options.fields == ItemFields::Facets  ? known.facets
             : options.fields == ItemFields::Vectors ? known.items * known.dimension
                                                     : 0.0;
    return {users, items};
}

/// A sweep goes through the cases by users and by items for every factor, and through the features' entries
/// one after the other; the model is that of Bayesian matrix factorisation.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const FactorisationMachineSettings settings = settingsFrom(values);
    const auto [ofUsers, ofItems] = featureEntries(shape, settings.features);
    const double entries = ofUsers + ofItems;
    double cases = shape.target.interactions;
    for (const DomainShape& source : shape.sources) {
        const bool isLearnt =
            settings.features.sources == SourceUse::Shared && source.kind == FeedbackKind::Explicit;
        cases += isLearnt ? source.interactions : 0.0;
    }
    const auto factors = static_cast<double>(settings.chain.factors);
    const double rows = shape.users + shape.target.items;
    const Work sharedWork{.scattered = (factors + 1.0) * (4.0 * cases + entries),
                          .steps = (factors + 1.0) * (2.5 * cases + entries)};
    const Work aloneWork{.scattered = (factors + 1.0) * 3.0 * entries,
                         .steps = (factors + 1.0) * (3.0 * entries + 15.0 * rows)};
    auto [load, perReport] =
        samplingLoad(shape,
                     {.chain = {.factors = settings.chain.factors}, .sampling = settings.sampling},
                     shape.users,
                     0.0);
    load.start = {
        .shared = {},
        .alone = {.scattered = 10.0 * entries + 6.0 * cases, .steps = 60.0 * entries + 20.0 * cases}};
    load.epoch = {.shared = perReport * sharedWork, .alone = perReport * aloneWork};
    load.trainBytes = 24.0 * entries + 20.0 * cases + 16.0 * (factors + 1.0) * rows + 80.0 * rows;
    return load;
}

} // namespace

MethodDescription describeFm()
{
    return {.name = "fm",
            .title = TRANSLATABLE("methods", "Factorisation machine"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Rendle 2010; Rendle 2012; Rendle 2013",
            .meaning = TRANSLATABLE(
                "methods",
                "Learns how any two features of a rating act together: who rates, what, the item's fields, "
                "what else the user rated and what the user did in source domains. Sampled as Bayesian "
                "matrix factorisation is, so it needs hardly any tuning and says how unsure it is."),
            .needs = {.explicitFeedback = true},
            .usesSources = true,
            .usesKnowledge = true,
            .iterative = true,
            .startsWarm = true,
            .givesDeviations = true,
            .parameters = allParameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<FactorisationMachine>(settingsFrom(values));
            },
            .workload = workloadOf};
}

} // namespace transept
