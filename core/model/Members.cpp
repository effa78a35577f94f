#include "core/model/Members.h"

#include "core/model/BestEpoch.h"
#include "core/model/BlendWeights.h"
#include "core/model/RandomStreams.h"
#include "core/model/Registry.h"

#include <algorithm>
#include <cmath>

namespace transept {

Parameter tableOfMethods(int least, int most)
{
    return {.type = Parameter::Type::Table,
            .low = static_cast<double>(least),
            .high = static_cast<double>(most),
            .completeRow = completeMethod};
}

Parameter memberWeight()
{
    return {.name = "member-weight",
            .type = Parameter::Type::Real,
            .preset = 1.0,
            .low = 0.0,
            .high = 100.0,
            .label = TRANSLATABLE("methods", "Weight"),
            .meaning = TRANSLATABLE("methods", "How much the member counts; 0: not at all.")};
}

Json memberRow(const MethodDescription& method, const Json& changes)
{
    Json row{{"name", method.name}};
    for (const Parameter& parameter : method.parameters) {
        row[parameter.name] = parameter.preset;
    }
    row.update(changes);
    return row;
}

std::vector<Member> membersOf(const Json& rows)
{
    std::vector<Member> members;
    for (const Json& row : rows) {
        Json parameters = row;
        parameters.erase("name");
        parameters.erase("member-weight");
        members.push_back({.method = findMethod(row.at("name").get<std::string>()).value(),
                           .parameters = Parameters(std::move(parameters)),
                           .weight = row.value("member-weight", 1.0)});
    }
    return members;
}

Traits traitsOf(std::span<const Member> members)
{
    Traits all;
    for (const Member& member : members) {
        const Traits own = member.method->traits(member.parameters);
        all.needs.knowledge |= own.needs.knowledge;
        all.needs.terms |= own.needs.terms;
        all.needs.sources |= own.needs.sources;
        all.needs.overlap |= own.needs.overlap;
        all.needs.explicitFeedback |= own.needs.explicitFeedback;
        all.needs.times |= own.needs.times;
        all.usesSources |= own.usesSources;
        all.usesKnowledge |= own.usesKnowledge;
        all.iterative |= own.iterative;
    }
    return all;
}

Result<std::shared_ptr<const Model>> fitMember(const Member& member,
                                               std::size_t number,
                                               std::shared_ptr<const TrainingData> data,
                                               const FitContext& context)
{
    FitContext own = context;
    own.resume.clear(); // members begin anew, and where they like
    own.start = nullptr;
    own.onDiagnostic = [&](std::string_view name, double value) {
        if (!isWeight(name)) { // of a blend within: the parts that are told are those of the outermost
            context.onDiagnostic(name, value);
        }
    };
    if (number > 0) {
        own.seed = randomFor(context.seed, Purpose::Members, number).next();
    }
    BestEpoch best(context.validation ? context.validation->patience : 0);
    own.onEpoch = [&](const EpochReport& report, std::shared_ptr<const Model> model) {
        const double score = context.validate ? context.validate(*model) : NAN;
        // Where the run's measure says nothing about this member, it trains to its end.
        return std::isnan(score) ? Verdict::Continue : best.take(report.epoch, score, std::move(model));
    };
    Result<std::shared_ptr<const Model>> model =
        member.method->create(member.parameters)->fit(std::move(data), own);
    return model && best.model() != nullptr ? best.model() : model;
}

Result<std::vector<std::shared_ptr<const Model>>> fitMembers(std::span<const Member> members,
                                                             const std::shared_ptr<const TrainingData>& data,
                                                             const FitContext& context,
                                                             double until)
{
    std::vector<std::shared_ptr<const Model>> models;
    const double step = until / static_cast<double>(std::max<std::size_t>(1, members.size()));
    for (std::size_t number = 0; number < members.size(); ++number) {
        FitContext own = context;
        own.job =
            partOf(context.job, step * static_cast<double>(number), step * static_cast<double>(number + 1));
        Result<std::shared_ptr<const Model>> model = fitMember(members[number], number, data, own);
        if (!model) {
            return passOn(model);
        }
        models.push_back(std::move(*model));
    }
    return models;
}

Result<std::shared_ptr<const Model>> restoreMember(const Member& member,
                                                   std::shared_ptr<const TrainingData> data,
                                                   std::string_view bytes)
{
    return member.method->create(member.parameters)->restore(std::move(data), bytes);
}

namespace {

/// Roughly how long, to compare works with each other.
double lengthOf(const Work& work)
{
    return 0.02 * work.products + 0.3 * work.streamed + work.scattered + 6.0 * work.steps;
}

} // namespace

/// A member that trains in epochs is measured after each, all members once when their scores are kept, and
/// the blend at the end.
std::optional<Workload> blendWorkload(std::span<const Member> members, const DataShape& shape, double tries)
{
    constexpr double standardising = 3.0; // a score is read for its mean and written
    const auto parts = static_cast<double>(members.size());
    const double items = shape.target.items;
    Workload all{.ratings = true};
    double measured = 0.0; // scores of one user
    Work pairs;
    for (const Member& member : members) {
        const auto own = member.method->workload != nullptr
                             ? member.method->workload(shape, member.parameters)
                             : std::nullopt;
        if (!own) {
            return std::nullopt;
        }
        const auto epochs = static_cast<double>(own->epochs);
        all.start += own->start;
        all.start += {.shared = epochs * own->epoch.shared, .alone = epochs * own->epoch.alone};
        all.ratings = all.ratings && own->ratings;
        all.ranking += own->ranking + Work{.streamed = standardising * items};
        pairs += own->pair.value_or(own->ranking);
        measured += (epochs + own->validations) * own->validationShare * lengthOf(own->ranking);
        const bool holdsBest = own->epochs > 0 && !own->modelsShare; // the best one so far
        const double besides = holdsBest ? own->modelBytes : 0.0;
        all.trainBytes = std::max(all.trainBytes, own->trainBytes + besides);
        all.modelBytes += own->modelBytes;
    }
    if (all.ratings) {
        all.pair = pairs;
    }
    const double whole = std::max(1.0, lengthOf(all.ranking));
    measured += 2.0 * whole + tries * lengthOf({.streamed = parts * items});
    if (tries > 0.0) {
        const double scores =
            std::min(static_cast<double>(mostKeptScores), parts * shape.target.users * items);
        all.validationBytes = sizeof(float) * scores;
    }
    all.validations = static_cast<int>(std::lround(tries));
    all.validationShare = measured / (whole * (1.0 + all.validations));
    return all;
}

} // namespace transept
