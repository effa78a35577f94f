#include "core/model/BlendWeights.h"
#include "core/model/Members.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

/// Close to 1 in small steps: a little of the content is often what helps.
constexpr double collaborativeWeights[] = {
    1.0, 0.995, 0.99, 0.98, 0.97, 0.95, 0.93, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0};

/// Collaborative, content.
std::vector<Member> bothFrom(const Parameters& parameters)
{
    std::vector<Member> members = membersOf(parameters.table("collaborative"));
    members.push_back(membersOf(parameters.table("content")).front());
    return members;
}

/// score(u, i) = w z(collaborative) + (1 - w) z(content), where z takes a user's mean over all items off and
/// divides by the spread.
class Hybrid final : public Method
{
public:
    explicit Hybrid(const Parameters& parameters)
        : m_members(bothFrom(parameters))
        , m_weight(parameters.real("weight"))
        , m_search(parameters.flag("search"))
    {
    }

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        constexpr double shareOfMembers = 0.8;
        const Result<Parts> parts = fitMembers(m_members, data, context, shareOfMembers);
        if (!parts) {
            return passOn(parts);
        }
        std::vector<std::vector<double>> candidates;
        for (const double weight : collaborativeWeights) {
            if (m_search) {
                candidates.push_back({weight, 1.0 - weight});
            }
        }
        return blended(*parts, {m_weight, 1.0 - m_weight}, candidates, context);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreBlend(
            bytes,
            m_members.size(),
            [](const Parts&) { return Calibration{}; },
            [&](std::size_t part, std::string_view own) {
                return restoreMember(m_members[part], data, own);
            });
    }

private:
    std::vector<Member> m_members;
    double m_weight;
    bool m_search;
};

Parameter part(const char* name, const MethodDescription& preset, const char* label, const char* meaning)
{
    Parameter table = tableOfMethods(1, 1);
    table.name = name;
    table.preset = Json::array({memberRow(preset)});
    table.label = label;
    table.meaning = meaning;
    return table;
}

std::vector<Parameter> parametersOfHybrid()
{
    Parameter content = part("content",
                             describeContent(),
                             TRANSLATABLE("methods", "Content"),
                             TRANSLATABLE("methods", "The method that goes by the items' knowledge alone."));
    content.choices = {"content", "text-knn", "whitened-profile", "rule"};
    return {
        part("collaborative",
             describeEase(),
             TRANSLATABLE("methods", "Collaborative"),
             TRANSLATABLE("methods",
                          "The method that goes by who had what. Take the strongest: a gain over a weak "
                          "one says nothing.")),
        std::move(content),
        {.name = "search",
         .type = Parameter::Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Choose the weight on validation"),
         .meaning = TRANSLATABLE(
             "methods",
             "Tries weights from 1 to 0 and takes the best on the validation part; without one the weight "
             "below is used.")},
        {.name = "weight",
         .type = Parameter::Type::Real,
         .preset = 0.9,
         .low = 0.0,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Weight of the collaborative method"),
         .meaning = TRANSLATABLE("methods",
                                 "Its share in the score, both methods brought to the same spread; used "
                                 "when it is not chosen on validation.")}};
}

} // namespace

MethodDescription describeHybrid()
{
    return {
        .name = "hybrid",
        .title = TRANSLATABLE("methods", "Hybrid"),
        .family = TRANSLATABLE("methods", "Combined"),
        .source = "Burke 2002 (weighted hybrid)",
        .meaning = TRANSLATABLE(
            "methods",
            "A collaborative method and one that goes by what the items are about, in the proportion that "
            "the validation part likes best. The second one serves items and users that the first knows "
            "little of."),
        .needs = {.knowledge = true},
        .usesSources = true,
        .usesKnowledge = true,
        .parameters = parametersOfHybrid(),
        .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
            return std::make_unique<Hybrid>(parameters);
        },
        .traitsOf = [](const Parameters& parameters) { return traitsOf(bothFrom(parameters)); },
        .workload =
            [](const DataShape& shape, const Parameters& parameters) {
                const double tries = parameters.flag("search") ? std::size(collaborativeWeights) : 0.0;
                return blendWorkload(bothFrom(parameters), shape, tries);
            }};
}

} // namespace transept
