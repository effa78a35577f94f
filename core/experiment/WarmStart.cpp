#include "core/experiment/WarmStart.h"

#include "core/base/RowOf.h"
#include "core/base/Sha256.h"
#include "core/store/KnowledgeStore.h"

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

/// Whether the target was a source, or a source the target.
bool changesSides(const Spec& spec, const Spec& earlier)
{
    return placeOf(spec.data.target, earlier).value_or(0) > 0 ||
           std::ranges::find(spec.data.sources, earlier.data.target) != spec.data.sources.end();
}

/// What is mapped from the sources to the target has vectors of its own in each.
Status checkSides(const Spec& spec,
                  const RunRecord& run,
                  const Spec& earlier,
                  const MethodDescription& method)
{
    if (method.needs.overlap && changesSides(spec, earlier)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "start.run is %1, whose target is %2: %3 learns vectors of the target apart "
                                 "from those of the sources, and a domain would change sides. Start from a "
                                 "run with the target %4."),
                    {std::to_string(number(run.id)), earlier.data.target, spec.method, spec.data.target});
    }
    return {};
}

/// Projections of knowledge mean something else where they enter the prediction in another way.
Status checkFusion(const Spec& spec, const RunRecord& run, const Spec& earlier)
{
    const bool fuses = spec.parameters.json().contains("fusion");
    if (fuses && earlier.parameters.text("fusion") != spec.parameters.text("fusion")) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "method.fusion is \"%1\", but run %2, from which it shall start, has \"%3\". "
                         "Give both the same."),
            {spec.parameters.text("fusion"),
             std::to_string(number(run.id)),
             earlier.parameters.text("fusion")});
    }
    return {};
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
    return checkFusion(spec, run, earlier).and_then([&] { return checkSides(spec, run, earlier, **method); });
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

/// As Model::factors() names the matrices of a domain.
std::string markOf(std::size_t place)
{
    return place == 0 ? "" : fmt::format("source-{}-", place);
}

/// Whether what the earlier model learnt of knowledge is of the same: of another base, of one that has come
/// under its name since, or of one that is shuffled, the numbers of a vector mean something else.
Result<bool> hasSameKnowledge(const Workspace& workspace, const Spec& spec, const Earlier& earlier)
{
    if (spec.knowledge.empty() || spec.knowledge != earlier.spec.knowledge ||
        spec.knowledgeTerms != earlier.spec.knowledgeTerms ||
        spec.shuffleKnowledge != earlier.spec.shuffleKnowledge) {
        return false;
    }
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(spec.knowledge);
    return base ? Result<bool>(base->started <= earlier.run.started.value_or(0)) : passOn(base);
}

/// What the earlier model learnt, and the ids of its rows: users, items of the target, of each source.
struct EarlierModel
{
    std::map<std::string, Matrix, std::less<>> factors;
    std::vector<std::vector<std::int64_t>> rows;

    /// Moves the matrix of a name, if there is one, to that of another.
    void handOver(const std::string& from, std::string to, StartingPoint& start)
    {
        if (auto matrix = factors.extract(from); !matrix.empty()) {
            matrix.key() = std::move(to);
            start.factors.insert(std::move(matrix));
        }
    }
};

/// Whether the matrix is of as many users, or items, as it says, and has the factors of each. What it says of
/// knowledge is looked at where the knowledge is.
bool fits(std::string_view name,
          const Matrix& matrix,
          const std::vector<std::vector<std::int64_t>>& rows,
          Eigen::Index factors)
{
    std::size_t place = 0;
    for (std::size_t source = 1; source + 1 < rows.size(); ++source) {
        if (const std::string mark = markOf(source); name.starts_with(mark)) {
            name.remove_prefix(mark.size());
            place = source;
            break;
        }
    }
    const bool isOfItems = name.ends_with("items") || name == "item-biases";
    const bool isOfUsers =
        name.ends_with("users") || name.ends_with("user-biases") || name == "noise-variances";
    if (!isOfItems && !isOfUsers) {
        return true;
    }
    const bool areVectors = name.ends_with("items") || name.ends_with("users");
    return matrix.rows() == std::ssize(rows[isOfItems ? place + 1 : 0]) &&
           (areVectors ? matrix.cols() >= factors : matrix.cols() == 1);
}

Result<EarlierModel> modelOf(const Workspace& workspace, const Earlier& earlier)
{
    const RunStore store(workspace);
    const Result<std::optional<std::string>> bytes = store.model(earlier.run.id);
    auto rows = bytes ? store.modelRows(earlier.run.id) : passOn(bytes);
    const Result<const MethodDescription*> method = rows ? findMethod(earlier.spec.method) : passOn(rows);
    if (!method) {
        return passOn(method);
    }
    const auto model =
        *bytes && rows->size() == earlier.spec.data.sources.size() + 2
            ? (*method)->create(earlier.spec.parameters)->restore(shapeOf(earlier.spec, *rows), **bytes)
            : nullptr;
    if (!model && model.error().code != ErrorCode::InvalidInput) {
        return passOn(model);
    }
    EarlierModel learnt{.factors = {}, .rows = std::move(*rows)};
    bool isWhole = model && *model != nullptr;
    if (isWhole) {
        const std::int64_t factors = earlier.spec.parameters.integer("factors");
        for (auto& [name, matrix] : (*model)->factors()) {
            isWhole = isWhole && fits(name, matrix, learnt.rows, factors);
            learnt.factors.emplace(name, std::move(matrix));
        }
    }
    if (!isWhole) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "start.run is %1, which kept no model, or was trained by an earlier version. "
                         "Run its spec again and start from that run."),
            {std::to_string(number(earlier.run.id))});
    }
    return learnt;
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
    Result<EarlierModel> model = earlier ? modelOf(workspace, *earlier) : passOn(earlier);
    const Result<bool> knowsTheSame = model ? hasSameKnowledge(workspace, spec, *earlier) : passOn(model);
    if (!knowsTheSame) {
        return passOn(knowsTheSame);
    }
    const auto start = std::make_shared<StartingPoint>();
    start->users = rowsOf(data.users, model->rows.front());
    for (const char* name : {"users", "own-users", "own-user-biases", "source-users"}) {
        model->handOver(name, name, *start);
    }
    if (data.target.name == earlier->spec.data.target) {
        model->handOver("noise-variances", "noise-variances", *start);
    }
    for (const char* name : {"projection", "attention", "gate"}) {
        if (*knowsTheSame) {
            model->handOver(name, name, *start);
        }
    }
    for (std::size_t at = 0; at <= data.sources.size(); ++at) {
        const DomainData& domain = at == 0 ? data.target : data.sources[at - 1];
        const std::optional<std::size_t> place = placeOf(domain.name, earlier->spec);
        start->items.push_back(
            rowsOf(domain.items, place ? model->rows[*place + 1] : std::vector<std::int64_t>()));
        for (const char* name : {"items", "own-items", "item-biases", "user-biases"}) {
            if (place) {
                model->handOver(markOf(*place) + name, markOf(at) + name, *start);
            }
        }
    }
    return std::shared_ptr<const StartingPoint>(start);
}

} // namespace transept
