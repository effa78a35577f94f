#include "core/model/Epochs.h"
#include "core/model/FactorWorkload.h"
#include "core/model/KfmfModel.h"
#include "core/model/Methods.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

class Kfmf final : public Method
{
public:
    explicit Kfmf(const KfmfSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (data->target.knowledge == nullptr || data->target.knowledge->dimension() == 0) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE(
                            "errors",
                            "kfmf needs a knowledge base with vectors of the items of %1. Extract one on the "
                            "Knowledge page or with `transept knowledge`."),
                        {data->target.name});
        }
        std::vector<FactorDomain> domains{factorDomain(data->target, data->target)};
        for (const TrainingDomain& source : data->sources) {
            if (m_settings.useSources) {
                domains.push_back(factorDomain(source, data->target, m_settings.sourceWeight));
            }
        }
        Result<FactorState> state = FactorState::start(
            data->userCount, std::move(domains), m_settings.factors, UserBias::Shared, context);
        if (!state) {
            return passOn(state);
        }
        KfmfTraining training(std::move(*state), m_settings, context.seed);
        if (context.start != nullptr) {
            training.startFrom(*context.start);
        }
        return runEpochs(
            m_settings.factors.epochs,
            context,
            [&](int epoch) { return training.runEpoch(epoch, context); },
            [&] { return std::make_shared<const KfmfModel>(training.parameters(), data, m_settings); },
            [&](TrainingState& numbers) { training.exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreKfmfModel(std::move(data), bytes, m_settings);
    }

private:
    KfmfSettings m_settings;
};

std::vector<Parameter> fusionParameters()
{
    using Type = Parameter::Type;
    return {
        {.name = "fusion",
         .type = Type::Choice,
         .preset = "seed",
         .choices = {"seed", "additive", "concat", "gated", "weighted"},
         .label = TRANSLATABLE("methods", "Fusion"),
         .meaning =
             TRANSLATABLE("methods",
                          "How knowledge enters: taken off the prediction (seed), added to it, as further "
                          "factors of the item, mixed with its factors by a learnt gate, or as one of three "
                          "weighted parts.")},
        {.name = "pooling",
         .type = Type::Choice,
         .preset = "attention",
         .choices = {"attention", "scalar"},
         .label = TRANSLATABLE("methods", "Pooling of facets"),
         .meaning = TRANSLATABLE(
             "methods",
             "What the facets of an item add up to for a user: their values weighted by attention, "
             "or only the largest attention itself."),
         .onlyWhen = "fusion=seed,additive"},
        {.name = "alpha",
         .type = Type::Real,
         .preset = 1.0,
         .low = 0.001,
         .high = 10.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Strength of knowledge (alpha)"),
         .meaning = TRANSLATABLE("methods", "What the knowledge part is multiplied by."),
         .onlyWhen = "fusion=seed,additive"},
        {.name = "user-weight",
         .type = Type::Real,
         .preset = 0.2,
         .low = 0.0,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Weight of the user part"),
         .meaning = TRANSLATABLE(
             "methods",
             "What the user's bias is multiplied by; knowledge gets what the two weights leave of 1."),
         .onlyWhen = "fusion=weighted"},
        {.name = "item-weight",
         .type = Type::Real,
         .preset = 0.2,
         .low = 0.0,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Weight of the item part"),
         .meaning =
             TRANSLATABLE("methods", "What the item's bias and its product with the user are multiplied by."),
         .onlyWhen = "fusion=weighted"},
    };
}

std::vector<Parameter> projectionParameters()
{
    using Type = Parameter::Type;
    using Scale = Parameter::Scale;
    return {
        {.name = "beta",
         .type = Type::Real,
         .preset = 0.2,
         .low = 1e-6,
         .high = 100.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of knowledge (beta)"),
         .meaning = TRANSLATABLE("methods", "Pulls the projected knowledge of every item towards 0.")},
        {.name = "knowledge-rate",
         .type = Type::Real,
         .preset = 0.002,
         .low = 1e-5,
         .high = 1.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Learning rate of knowledge"),
         .meaning = TRANSLATABLE("methods",
                                 "The step of Adam, which trains the projections of the knowledge vectors.")},
        {.name = "use-sources",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Use source domains"),
         .meaning =
             TRANSLATABLE("methods",
                          "Source domains are factorised with the target; they share its users and the "
                          "projection of knowledge.")},
        {.name = "source-weight",
         .type = Type::Real,
         .preset = 0.5,
         .low = 0.001,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of the sources"),
         .meaning = TRANSLATABLE(
             "methods", "How much an interaction of a source domain counts; one of the target counts 1."),
         .onlyWhen = "use-sources=true"},
    };
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = fusionParameters();
    for (auto part : {factorParameters(), projectionParameters()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

Fusion fusionOf(std::string_view word)
{
    const std::array<std::pair<std::string_view, Fusion>, 5> words{{{"seed", Fusion::Seed},
                                                                    {"additive", Fusion::Additive},
                                                                    {"concat", Fusion::Concat},
                                                                    {"gated", Fusion::Gated},
                                                                    {"weighted", Fusion::Weighted}}};
    const auto found = std::ranges::find(words, word, &std::pair<std::string_view, Fusion>::first);
    return found == words.end() ? Fusion::Seed : found->second;
}

KfmfSettings settingsOf(const Parameters& values)
{
    const FactorSettings factors = factorSettings(values);
    return {.factors = factors,
            .rules = {.fusion = fusionOf(values.text("fusion")),
                      .scalar = values.text("pooling") == "scalar",
                      .alpha = values.single("alpha"),
                      .userWeight = values.single("user-weight"),
                      .itemWeight = values.single("item-weight"),
                      .inverseRoot = 1.0F / std::sqrt(static_cast<float>(factors.factors))},
            .beta = values.real("beta"),
            .knowledgeRate = values.single("knowledge-rate"),
            .useSources = values.flag("use-sources"),
            .sourceWeight = values.single("source-weight")};
}

/// The factorisation, whose events also go through the facets of their item; and after every stratum the
/// projections of all vectors and their gradient.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const KfmfSettings settings = settingsOf(values);
    std::vector<DomainShape> domains{shape.target};
    if (settings.useSources) {
        domains.insert(domains.end(), shape.sources.begin(), shape.sources.end());
    }
    const FactorSettings& factors = settings.factors;
    const double numbers = workload::paddedFactors(factors.factors);
    Workload load = factorWorkload(shape.users, domains, factors);
    double interactions = 0.0;
    double items = 0.0;
    double facets = 0.0;
    double vectors = 0.0;
    for (const DomainShape& domain : domains) {
        interactions += domain.interactions;
        items += domain.items;
        facets += settings.rules.usesFacets() ? std::max(domain.facets, domain.items) : domain.items;
        vectors += settings.rules.usesFacets() ? domain.vectors : domain.items;
    }
    const double perItem = facets / std::max(items, 1.0);
    const double matrices = perItem > 1.0 ? 2.0 : 1.0; // values, and attention where there are several
    const double dimension = shape.target.dimension;
    const auto strata = static_cast<double>(bandsFor(static_cast<std::size_t>(interactions),
                                                     static_cast<std::size_t>(std::max(shape.users, items)),
                                                     static_cast<std::size_t>(numbers) * sizeof(float)));
    load.epoch.shared +=
        factorEvents(domains, factors) * Work{.products = numbers * (24.0 + 10.0 * matrices * perItem),
                                              .scattered = 4.0 + 4.0 * matrices * perItem,
                                              .steps = 20.0 + 10.0 * perItem};
    load.epoch.shared +=
        strata * matrices *
        Work{.products = 2.0 * vectors * dimension * numbers, .streamed = 2.0 * facets * numbers};
    load.epoch.alone += strata * Work{.products = (dimension + 20.0 * matrices) * dimension * numbers};
    load.start.alone += {.products = items * dimension * dimension, .scattered = 8.0 * facets};
    const double rows = matrices * (facets + vectors) + vectors;
    if (settings.rules.usesFacets()) {
        load.ranking +=
            {.products = matrices * shape.target.vectors * numbers, .steps = 0.5 * shape.target.facets};
    }
    load.trainBytes += workload::factorBytes(rows, factors.factors) + 24.0 * facets;
    const bool isFolded = matrices == 1.0 && settings.rules.fusion != Fusion::Concat;
    load.modelBytes += workload::factorBytes(matrices * vectors + (isFolded ? items : 0.0), factors.factors) +
                       16.0 * facets + factorModelBytes(0.0, items - shape.target.items, factors.factors);
    return load;
}

} // namespace

MethodDescription describeKfmf()
{
    return {.name = "kfmf",
            .title = TRANSLATABLE("methods", "Knowledge-fused matrix factorisation"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Koren, Bell, Volinsky 2009; fusion with language model knowledge",
            .meaning = TRANSLATABLE(
                "methods",
                "Matrix factorisation whose items also have what the knowledge base says about them: "
                "its vectors are projected to factors, and each user attends to the facets that "
                "matter to them."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .iterative = true,
            .startsWarm = true,
            .parameters = parameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<Kfmf>(settingsOf(values));
            },
            .workload = workloadOf};
}

} // namespace transept
