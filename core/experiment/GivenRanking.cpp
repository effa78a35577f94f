#include "core/experiment/GivenRanking.h"

#include "core/evaluation/Measures.h"
#include "core/evaluation/TestUsers.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

struct GivenMeasure
{
    std::string path;
    std::string name;

    std::string plain() const { return name.substr(0, name.find('~')); }
};

/// The first of the spec; nothing when it has none.
std::optional<GivenMeasure> givenMeasure(const Spec& spec)
{
    for (std::size_t at = 0; at < spec.measures.size(); ++at) {
        if (asksForGiven(std::span(&spec.measures[at], 1))) {
            return GivenMeasure{.path = fmt::format("measures[{}]", at), .name = spec.measures[at]};
        }
    }
    return std::nullopt;
}

std::optional<GivenMeasure> givenStop(const Spec& spec)
{
    return asksForGiven(std::span(&spec.stop.measure, 1))
               ? std::optional(GivenMeasure{.path = "stop.measure", .name = spec.stop.measure})
               : std::nullopt;
}

} // namespace

bool usesGiven(const Spec& spec)
{
    return givenMeasure(spec) || givenStop(spec);
}

Result<GivenCoverage> givenCoverage(const TrainingData& training,
                                    const HeldOut& heldOut,
                                    const HeldOut* alsoSeen,
                                    std::optional<double> positive,
                                    const JobContext& job)
{
    const auto users = testUsers(training, heldOut, alsoSeen, positive, true, job);
    if (!users) {
        return passOn(users);
    }
    GivenCoverage coverage;
    for (const TestUser& user : *users) {
        coverage.ranked += user.relevant.size();
        coverage.without += static_cast<std::size_t>(std::ranges::count_if(user.relevant, [&](ItemRow item) {
            return heldOut.negatives == nullptr || heldOut.negatives->of(user.row, item).empty();
        }));
    }
    return coverage;
}

Status checkHasGiven(const Domain& target, const Spec& spec)
{
    std::optional<GivenMeasure> measure = givenMeasure(spec);
    measure = measure ? measure : givenStop(spec);
    if (!measure || target.hasNegatives) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 is %2, but no negatives were given for interactions of %3. Import a file of "
                             "them (--as negatives), or write %4."),
                {measure->path, measure->name, target.name, measure->plain()});
}

Status checkGiven(const Spec& spec, const SplitData& parts, const JobContext& job)
{
    if (const std::optional<GivenMeasure> measure = givenMeasure(spec)) {
        const auto test =
            givenCoverage(*parts.training, parts.test, &parts.validation, spec.data.positive, job);
        if (!test) {
            return passOn(test);
        }
        if (test->without > 0) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 is %2, but %3 of %4 test interactions have no given negatives. Import those "
                             "that are missing, choose the split that they are for (split.kind given), or "
                             "write %5."),
                {measure->path,
                 measure->name,
                 std::to_string(test->without),
                 std::to_string(test->ranked),
                 measure->plain()});
        }
    }
    const std::optional<GivenMeasure> stop = givenStop(spec);
    if (!stop || parts.validation.events.empty()) {
        return {};
    }
    const auto validation =
        givenCoverage(*parts.training, parts.validation, nullptr, spec.data.positive, job);
    if (!validation || validation->without == 0) {
        return validation.map([](const GivenCoverage&) {});
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 is %2, but %3 of %4 validation interactions have no given negatives. Import "
                             "those that are missing, or write %5."),
                {stop->path,
                 stop->name,
                 std::to_string(validation->without),
                 std::to_string(validation->ranked),
                 stop->plain()});
}

} // namespace transept
