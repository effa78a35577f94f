#include "core/model/BlendWeights.h"
#include "core/model/Members.h"
#include "core/model/Methods.h"
#include "core/model/Stacking.h"

#include <algorithm>

namespace transept {
namespace {

enum class Combination { Mean, Vote, Stacking };

struct EnsembleOptions
{
    std::vector<Member> members;
    Combination combination = Combination::Mean;
    bool search = true;
    std::size_t seats = 100;
    double ridge = 1.0;
};

EnsembleOptions optionsFrom(const Parameters& parameters)
{
    const std::string word = parameters.text("combination");
    return {.members = membersOf(parameters.table("members")),
            .combination = word == "mean"   ? Combination::Mean
                           : word == "vote" ? Combination::Vote
                                            : Combination::Stacking,
            .search = parameters.flag("search"),
            .seats = static_cast<std::size_t>(parameters.integer("seats")),
            .ridge = parameters.real("ridge")};
}

/// score(u, i) = intercept + sum_m w_m c_m(u, i): the members' scores as they are when all of them are
/// ratings, else standardised, or votes.
class Ensemble final : public Method
{
public:
    explicit Ensemble(EnsembleOptions options) : m_options(std::move(options)) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (m_options.combination == Combination::Stacking && !context.validation) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "Stacking learns the members' weights from a validation part, and this "
                                     "split has none. Hold one out, or choose another combination."));
        }
        constexpr double shareOfMembers = 0.8;
        const Result<Parts> parts = fitMembers(m_options.members, data, context, shareOfMembers);
        if (!parts) {
            return passOn(parts);
        }
        const Calibration calibration = calibrationFor(data, *parts);
        Result<Stack> stack = weightsOf(*parts, *data, calibration, context);
        if (!stack) {
            return passOn(stack);
        }
        const bool wereToBeChosen = m_options.search && m_options.combination != Combination::Stacking;
        tellWeights(stack->weights, wereToBeChosen, context);
        return std::make_shared<const BlendModel>(
            *parts,
            std::vector<float>(stack->weights.begin(), stack->weights.end()),
            calibration,
            static_cast<float>(stack->intercept));
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreBlend(
            bytes,
            m_options.members.size(),
            [&](const Parts& parts) { return calibrationFor(data, parts); },
            [&](std::size_t part, std::string_view own) {
                return restoreMember(m_options.members[part], data, own);
            });
    }

private:
    Calibration calibrationFor(const std::shared_ptr<const TrainingData>& data, const Parts& parts) const
    {
        using Kind = Calibration::Kind;
        if (m_options.combination == Combination::Vote) {
            return {.kind = Kind::Votes, .seats = m_options.seats, .data = data};
        }
        return {.kind = allPredictRatings(parts) ? Kind::AsIs : Kind::Standardised};
    }

    Result<Stack> weightsOf(const Parts& parts,
                            const TrainingData& data,
                            const Calibration& calibration,
                            const FitContext& context) const
    {
        if (m_options.combination == Combination::Stacking) {
            return calibration.kind == Calibration::Kind::AsIs
                       ? stackedRatings(parts, m_options.ridge, context)
                       : stackedRankings(parts, data, m_options.ridge, context);
        }
        std::vector<double> given;
        for (const Member& member : m_options.members) {
            given.push_back(member.weight);
        }
        if (!m_options.search || !context.validate) {
            return Stack{.weights = normalised(std::move(given))};
        }
        const Result<BlendJudge> judge = BlendJudge::of(parts, calibration, context);
        if (!judge) {
            return passOn(judge);
        }
        return searchedWeights(*judge, given, context).map([](std::vector<double> weights) {
            return Stack{.weights = std::move(weights)};
        });
    }

    EnsembleOptions m_options;
};

Parameter membersParameter()
{
    Parameter members = tableOfMethods(1, 12);
    members.name = "members";
    const Json weight{{"member-weight", 1.0}};
    members.preset = Json::array({memberRow(describeEase(), weight), memberRow(describeItemKnn(), weight)});
    members.columns = {memberWeight()};
    members.label = TRANSLATABLE("methods", "Members");
    members.meaning = TRANSLATABLE("methods",
                                   "The methods that are combined, each with its own parameters. Members "
                                   "that err differently help most.");
    return members;
}

std::vector<Parameter> parametersOfEnsemble()
{
    return {membersParameter(),
            {.name = "combination",
             .type = Parameter::Type::Choice,
             .preset = "mean",
             .choices = {"mean", "vote", "stacking"},
             .label = TRANSLATABLE("methods", "Combination"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "mean: the weighted mean of the members' scores, brought to the same spread unless all are "
                 "ratings. vote: every member gives points to the items it ranks first. stacking: weights "
                 "fitted on what the members say of the validation part.")},
            {.name = "search",
             .type = Parameter::Type::Flag,
             .preset = true,
             .label = TRANSLATABLE("methods", "Choose the weights on validation"),
             .meaning = TRANSLATABLE("methods",
                                     "Begins with the members' weights and keeps every change that the "
                                     "validation part likes; without one the weights stay as they are."),
             .onlyWhen = "combination=mean,vote"},
            {.name = "seats",
             .type = Parameter::Type::Integer,
             .preset = 100,
             .low = 1,
             .high = 10000,
             .label = TRANSLATABLE("methods", "Items voted for"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "How many items get points from a member: the first one this many, each further one less."),
             .onlyWhen = "combination=vote"},
            {.name = "ridge",
             .type = Parameter::Type::Real,
             .preset = 1.0,
             .low = 0.001,
             .high = 100000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Pull towards equal weights"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "The larger, the more validation data it takes to give the members different weights."),
             .onlyWhen = "combination=stacking"}};
}

/// How many weights are tried before none gets better; stacking fits them to pairs of items.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    constexpr double usualTriesOfPart = 22.0;
    constexpr double usualSteps = 10.0;
    const EnsembleOptions options = optionsFrom(parameters);
    const auto parts = static_cast<double>(options.members.size());
    const bool isStacked = options.combination == Combination::Stacking;
    const bool searches = !isStacked && options.search;
    std::optional<Workload> load =
        blendWorkload(options.members, shape, searches ? 2.0 + (1.0 + usualTriesOfPart) * parts : 0.0);
    if (load && options.combination == Combination::Vote) {
        load->ratings = false;
        load->pair.reset();
        load->ranking += {.steps = 2.0 * parts * shape.target.items};
    }
    if (load && isStacked) {
        const double pairs = std::min(double{mostStackedPairs}, pairsOfRelevant * shape.target.users);
        load->start.shared += {.steps = usualSteps * pairs * (20.0 + parts * parts)};
    }
    return load;
}

} // namespace

MethodDescription describeEnsemble()
{
    return {.name = "ensemble",
            .title = TRANSLATABLE("methods", "Ensemble"),
            .family = TRANSLATABLE("methods", "Combined"),
            .source = "Breiman 1996 (stacking); Dwork, Kumar, Naor, Sivakumar 2001 (Borda)",
            .meaning = TRANSLATABLE(
                "methods",
                "Several methods that recommend together. Each is trained as it would be alone; how much it "
                "counts is chosen on the validation part. Usually better than its best member, and slower "
                "than all of them together."),
            .usesSources = true,
            .parameters = parametersOfEnsemble(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Ensemble>(optionsFrom(parameters));
            },
            .traitsOf =
                [](const Parameters& parameters) { return traitsOf(membersOf(parameters.table("members"))); },
            .workload = workloadOf};
}

} // namespace transept
