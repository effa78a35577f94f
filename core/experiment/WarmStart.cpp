#include "core/experiment/WarmStart.h"

#include "core/base/RowOf.h"
#include "core/base/Sha256.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

/// What a model followed from: its run's spec and data.
std::string fingerprintOf(const RunRecord& run)
{
    constexpr std::size_t digits = 16;
    return sha256(run.specHash + " " + run.fingerprint).substr(0, digits);
}

Status checkMethods(const Spec& spec, const RunRecord& run, const Spec& earlier)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method) {
        return passOn(method);
    }
    if (!(*method)->startsWarm) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "start is given, but the method %1 cannot go on from an earlier model. Take "
                                 "start out."),
                    {spec.method});
    }
    if (earlier.method != spec.method) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "start.run is %1, a run of %2: %3 goes on from a run of %3 alone."),
            {std::to_string(number(run.id)), earlier.method, spec.method});
    }
    if (earlier.parameters.integer("factors") != spec.parameters.integer("factors")) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "method.factors is %1, but run %2, from which it shall start, has %3. Give "
                                 "both as many."),
                    {std::to_string(spec.parameters.integer("factors")),
                     std::to_string(number(run.id)),
                     std::to_string(earlier.parameters.integer("factors"))});
    }
    return {};
}

struct Earlier
{
    RunRecord run;
    Spec spec;
};

Result<Earlier> earlierOf(const Workspace& workspace, const Spec& spec)
{
    Result<RunRecord> run = startingRun(workspace, *spec.start);
    Result<Spec> earlier = run ? specFrom(run->spec) : passOn(run);
    const Status fits = earlier ? checkMethods(spec, *run, *earlier) : passOn(earlier);
    if (!fits) {
        return passOn(fits);
    }
    return Earlier{.run = std::move(*run), .spec = std::move(*earlier)};
}

/// Data of the shape that a model was trained on, without interactions.
std::shared_ptr<const TrainingData> shapeOf(const Spec& spec,
                                            const std::vector<std::vector<std::int64_t>>& rows)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = rows.front().size();
    data->sources.resize(rows.size() - 2);
    for (std::size_t at = 1; at < rows.size(); ++at) {
        TrainingDomain& domain = at == 1 ? data->target : data->sources[at - 2];
        domain.name = at == 1 ? spec.data.target : spec.data.sources[at - 2];
        domain.interactions = InteractionMatrix(data->userCount, rows[at].size(), {});
    }
    return data;
}

template<typename Id>
std::vector<std::int32_t> rowsOf(const std::vector<Id>& ids, const std::vector<std::int64_t>& earlier)
{
    std::vector<std::int32_t> rows;
    rows.reserve(ids.size());
    for (const Id id : ids) {
        rows.push_back(rowOf<std::int32_t>(earlier, number(id)).value_or(StartingPoint::isNew));
    }
    return rows;
}

/// The place of a domain among the earlier ones: 0 the target, then the sources; nothing when it was not one
/// of them.
std::optional<std::size_t> placeOf(const std::string& domain, const Spec& earlier)
{
    const auto& sources = earlier.data.sources;
    const auto found = std::ranges::find(sources, domain);
    if (domain == earlier.data.target) {
        return 0;
    }
    return found == sources.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(found - sources.begin()) + 1);
}

/// As Model::factors() names the matrices of a domain.
std::string markOf(std::size_t place)
{
    return place == 0 ? "" : fmt::format("source-{}-", place);
}

} // namespace

Result<RunRecord> startingRun(const Workspace& workspace, const StartRule& start)
{
    Result<RunRecord> run = RunStore(workspace).find(RunId{start.run});
    if (!run && run.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "start.run is %1; there is no such run."),
                    {std::to_string(start.run)});
    }
    if (!run) {
        return run;
    }
    if (run->state != RunState::Finished) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "start.run is %1, a run that is %2: only finished ones have a model."),
            {std::to_string(start.run), std::string(wordOf(run->state))});
    }
    const std::string found = fingerprintOf(*run);
    if (!start.fingerprint.empty() && start.fingerprint != found) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "start.fingerprint is \"%1\", but run %2 has \"%3\": it is another run, or was "
                         "trained on other data. Name the run that is meant, or leave the fingerprint "
                         "out."),
            {start.fingerprint, std::to_string(start.run), found});
    }
    return run;
}

Result<Spec> withStart(const Workspace& workspace, Spec spec)
{
    if (!spec.start) {
        return spec;
    }
    const Result<Earlier> earlier = earlierOf(workspace, spec);
    if (!earlier) {
        return passOn(earlier);
    }
    spec.start->fingerprint = fingerprintOf(earlier->run);
    return spec;
}

Result<std::shared_ptr<const StartingPoint>> startingPoint(const Workspace& workspace,
                                                           const Spec& spec,
                                                           const Dataset& data)
{
    if (!spec.start) {
        return std::shared_ptr<const StartingPoint>();
    }
    const Result<Earlier> earlier = earlierOf(workspace, spec);
    if (!earlier) {
        return passOn(earlier);
    }
    const RunStore store(workspace);
    const Result<std::optional<std::string>> bytes = store.model(earlier->run.id);
    const auto rows = bytes ? store.modelRows(earlier->run.id) : passOn(bytes);
    const Result<const MethodDescription*> method = rows ? findMethod(spec.method) : passOn(rows);
    if (!method) {
        return passOn(method);
    }
    if (!*bytes || rows->size() != earlier->spec.data.sources.size() + 2) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "start.run is %1, which kept no model, or was trained by an earlier version. "
                         "Run its spec again and start from that run."),
            {std::to_string(spec.start->run)});
    }
    const auto model =
        (*method)->create(earlier->spec.parameters)->restore(shapeOf(earlier->spec, *rows), **bytes);
    if (!model) {
        return passOn(model);
    }
    std::map<std::string, Matrix, std::less<>> known;
    for (auto& [name, matrix] : (*model)->factors()) {
        known.emplace(name, std::move(matrix));
    }
    auto start = std::make_shared<StartingPoint>();
    start->users = rowsOf(data.users, rows->front());
    start->factors.emplace("users", known.at("users"));
    for (std::size_t at = 0; at <= data.sources.size(); ++at) {
        const DomainData& domain = at == 0 ? data.target : data.sources[at - 1];
        const std::optional<std::size_t> place = placeOf(domain.name, earlier->spec);
        start->items.push_back(
            rowsOf(domain.items, place ? (*rows)[*place + 1] : std::vector<std::int64_t>()));
        for (const char* name : {"items", "item-biases", "user-biases"}) {
            const auto found = place ? known.find(markOf(*place) + name) : known.end();
            if (found != known.end()) {
                start->factors.emplace(markOf(at) + name, std::move(found->second));
            }
        }
    }
    return std::shared_ptr<const StartingPoint>(std::move(start));
}

} // namespace transept
