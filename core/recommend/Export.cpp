#include "core/recommend/Export.h"

#include "core/experiment/Preparation.h"
#include "core/experiment/ResultCurves.h"
#include "core/knowledge/Extractor.h"
#include "core/recommend/ModelFile.h"
#include "core/recommend/TableFile.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"

#include <fmt/format.h>

namespace transept {
namespace {

constexpr std::size_t rowsBetweenChecks = 4096;

using Paths = std::vector<std::filesystem::path>;

/// The users' own identifiers: of the account on the target's platform, where a person has one there.
class Keys
{
public:
    static Result<Keys> load(const Workspace& workspace, const std::string& domain)
    {
        const Result<Domain> found = Catalog(workspace).domain(domain);
        if (!found) {
            return passOn(found);
        }
        Keys keys;
        const Status items = keys.read(
            workspace, "SELECT id, key FROM item WHERE domain = ?1", number(found->id), keys.m_items);
        const Status users = keys.read(workspace,
                                       "SELECT person, key FROM account ORDER BY platform <> ?1, id",
                                       number(found->platform),
                                       keys.m_users);
        return items && users ? Result<Keys>(std::move(keys)) : items ? passOn(users) : passOn(items);
    }

    const std::string& of(PersonId person) const { return lookUp(m_users, number(person)); }
    const std::string& of(ItemId item) const { return lookUp(m_items, number(item)); }

private:
    using Map = std::unordered_map<std::int64_t, std::string>;

    Status read(const Workspace& workspace, std::string_view sql, std::int64_t value, Map& into) const
    {
        Result<Statement> rows = workspace.database().prepare(sql);
        Result<bool> row = rows ? rows->bind(1, value).step() : passOn(rows);
        for (; row && *row; row = rows->step()) {
            into.emplace(rows->integer(0), rows->text(1));
        }
        return row ? Status{} : passOn(row);
    }

    static const std::string& lookUp(const Map& map, std::int64_t id)
    {
        static const std::string unknown;
        const auto found = map.find(id);
        return found == map.end() ? unknown : found->second;
    }

    Map m_users;
    Map m_items;
};

/// Writes `count` rows that `rowAt` makes.
template<typename RowAt>
Result<Paths> writeTable(const std::filesystem::path& to,
                         std::vector<std::string> columns,
                         std::size_t count,
                         const RowAt& rowAt,
                         const JobContext& context)
{
    Result<TableFile> table = TableFile::open(to, std::move(columns));
    if (!table) {
        return passOn(table);
    }
    for (std::size_t at = 0; at < count; ++at) {
        if (at % rowsBetweenChecks == 0) {
            context.progress({.fraction = static_cast<double>(at) / static_cast<double>(count),
                              .stage = TRANSLATABLE("stages", "Writing"),
                              .done = static_cast<std::int64_t>(at),
                              .total = static_cast<std::int64_t>(count)});
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        if (const Status added = table->add(rowAt(at)); !added) {
            return passOn(added);
        }
    }
    const Status closed = table->close();
    return closed ? Result<Paths>(Paths{to}) : passOn(closed);
}

/// The deviations of stored predictions by the model as it was. Empty when its method cannot say, or when the
/// data has changed since, so that there is no way back to the model.
Result<std::vector<float>> deviationsOf(const Workspace& workspace,
                                        const RunRecord& run,
                                        const Spec& spec,
                                        const StoredPredictions& stored,
                                        const JobContext& context)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method || !(*method)->givesDeviations) {
        return method ? Result<std::vector<float>>(std::vector<float>()) : passOn(method);
    }
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    if (!fitted) {
        const bool isGone = fitted.error().code == ErrorCode::InvalidInput;
        return isGone ? Result<std::vector<float>>(std::vector<float>()) : passOn(fitted);
    }
    const std::vector<PersonId>& users = (*fitted)->data.users;
    const std::vector<ItemId>& items = (*fitted)->data.target.items;
    std::vector<float> deviations(stored.items.size());
    for (std::size_t at = 0; at < deviations.size(); ++at) {
        if (at % rowsBetweenChecks == 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        const auto user =
            static_cast<UserRow>(std::ranges::lower_bound(users, stored.persons[at]) - users.begin());
        const auto item =
            static_cast<ItemRow>(std::ranges::lower_bound(items, stored.items[at]) - items.begin());
        (*fitted)->model->deviations(user, {&item, 1}, {&deviations[at], 1});
    }
    return deviations;
}

Result<Paths> exportPredictions(const Workspace& workspace,
                                const RunRecord& run,
                                const Spec& spec,
                                const std::filesystem::path& to,
                                const JobContext& context)
{
    const Result<StoredPredictions> stored = RunStore(workspace).predictions(run.id);
    const Result<Keys> keys = Keys::load(workspace, spec.data.target);
    if (!stored || !keys) {
        return stored ? passOn(keys) : passOn(stored);
    }
    if (stored->items.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "Run %1 (%2) kept no predictions: its method ranks items and predicts no ratings, or it is "
                "not finished. Export lists instead."),
            {std::to_string(number(run.id)), spec.method});
    }
    const Result<std::vector<float>> deviations = deviationsOf(workspace, run, spec, *stored, context);
    if (!deviations) {
        return passOn(deviations);
    }
    std::vector<std::string> columns{"user", "item", "truth", "prediction"};
    if (!deviations->empty()) {
        columns.emplace_back("deviation");
    }
    return writeTable(
        to,
        std::move(columns),
        stored->items.size(),
        [&](std::size_t at) {
            std::vector<Json> cells{keys->of(stored->persons[at]),
                                    keys->of(stored->items[at]),
                                    stored->truths[at],
                                    stored->predictions[at]};
            if (!deviations->empty()) {
                cells.emplace_back((*deviations)[at]);
            }
            return cells;
        },
        context);
}

Result<Paths> exportLists(const Workspace& workspace,
                          const RunRecord& run,
                          const Spec& spec,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    const Result<std::vector<StoredList>> lists = RunStore(workspace).lists(run.id);
    const Result<Keys> keys = Keys::load(workspace, spec.data.target);
    if (!lists || !keys) {
        return lists ? passOn(keys) : passOn(lists);
    }
    if (lists->empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "Run %1 kept no lists: it is not finished, or its measures are of ratings only. Run it with "
                "a ranking measure such as ndcg@10."),
            {std::to_string(number(run.id))});
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows; // list, place in it
    for (std::uint32_t list = 0; list < lists->size(); ++list) {
        for (std::uint32_t place = 0; place < (*lists)[list].items.size(); ++place) {
            rows.emplace_back(list, place);
        }
    }
    return writeTable(
        to,
        {"user", "rank", "item", "score"},
        rows.size(),
        [&](std::size_t at) {
            const StoredList& list = (*lists)[rows[at].first];
            const std::size_t place = rows[at].second;
            return std::vector<Json>{
                keys->of(list.person), place + 1, keys->of(list.items[place]), list.scores[place]};
        },
        context);
}

/// User, item, value, time; nothing for a time that the source did not give.
std::vector<Json> rowOf(const Event& event,
                        const std::vector<PersonId>& users,
                        const DomainData& domain,
                        const Keys& keys)
{
    return {keys.of(users[index(event.user)]),
            keys.of(domain.items[index(event.item)]),
            event.value,
            event.time == 0 ? Json() : Json(event.time)};
}

Result<Paths> exportPart(const Workspace& workspace,
                         const Prepared& prepared,
                         const std::vector<Event>& events,
                         const std::filesystem::path& to,
                         const JobContext& context)
{
    const DomainData& target = prepared.data.target;
    const Result<Keys> keys = Keys::load(workspace, target.name);
    if (!keys) {
        return passOn(keys);
    }
    return writeTable(
        to,
        {"user", "item", "value", "time"},
        events.size(),
        [&](std::size_t at) { return rowOf(events[at], prepared.data.users, target, *keys); },
        context);
}

Result<Paths> exportSources(const Workspace& workspace,
                            const Prepared& prepared,
                            const std::filesystem::path& to,
                            const JobContext& context)
{
    std::vector<Keys> keys;
    std::vector<std::pair<std::size_t, const Event*>> rows;
    for (std::size_t source = 0; source < prepared.data.sources.size(); ++source) {
        Result<Keys> own = Keys::load(workspace, prepared.data.sources[source].name);
        if (!own) {
            return passOn(own);
        }
        keys.push_back(std::move(*own));
        for (const Event& event : prepared.parts.training->sources[source].events) {
            rows.emplace_back(source, &event);
        }
    }
    return writeTable(
        to,
        {"domain", "user", "item", "value", "time"},
        rows.size(),
        [&](std::size_t at) {
            const auto& [source, event] = rows[at];
            const DomainData& domain = prepared.data.sources[source];
            std::vector<Json> row = rowOf(*event, prepared.data.users, domain, keys[source]);
            row.insert(row.begin(), domain.name);
            return row;
        },
        context);
}

Result<Paths> exportInteractions(const Workspace& workspace,
                                 const RunRecord& run,
                                 RunExport what,
                                 const std::filesystem::path& to,
                                 const JobContext& context)
{
    const Result<Prepared> prepared = prepareAgain(workspace, run, KnowledgeOfRun::Left, context);
    if (!prepared) {
        return passOn(prepared);
    }
    if (what == RunExport::Sources) {
        return exportSources(workspace, *prepared, to, context);
    }
    const std::vector<Event>& events = what == RunExport::Train ? prepared->parts.training->target.events
                                       : what == RunExport::Validation ? prepared->parts.validation.events
                                                                       : prepared->parts.test.events;
    return exportPart(workspace, *prepared, events, to, context);
}

std::vector<std::string> numbered(std::vector<std::string> columns, Eigen::Index count)
{
    for (Eigen::Index at = 1; at <= count; ++at) {
        columns.push_back(std::to_string(at));
    }
    return columns;
}

/// Whose the rows of a model's matrices are, by the names that Model::factors() gives them.
class RowKeys
{
public:
    static Result<RowKeys> load(const Workspace& workspace, const Dataset& data)
    {
        RowKeys keys(data);
        for (std::size_t at = 0; at <= data.sources.size(); ++at) {
            Result<Keys> own = Keys::load(workspace, keys.domainAt(at).name);
            if (!own) {
                return passOn(own);
            }
            keys.m_keys.push_back(std::move(*own));
        }
        return keys;
    }

    /// Nothing for a matrix whose rows are neither users nor items.
    std::optional<std::string> of(std::string_view matrix, std::size_t row) const
    {
        std::size_t place = 0;
        for (std::size_t at = 1; at < m_keys.size(); ++at) {
            const std::string mark = fmt::format("source-{}-", at);
            if (matrix.starts_with(mark)) {
                matrix.remove_prefix(mark.size());
                place = at;
                break;
            }
        }
        if ((matrix == "users" || matrix == "user-biases") && row < m_data->users.size()) {
            return m_keys[place].of(m_data->users[row]);
        }
        const std::vector<ItemId>& items = domainAt(place).items;
        if ((matrix == "items" || matrix == "item-biases") && row < items.size()) {
            return m_keys[place].of(items[row]);
        }
        return std::nullopt;
    }

private:
    explicit RowKeys(const Dataset& data) : m_data(&data) {}

    const DomainData& domainAt(std::size_t place) const
    {
        return place == 0 ? m_data->target : m_data->sources[place - 1];
    }

    const Dataset* m_data;
    std::vector<Keys> m_keys; ///< of the target and of each source
};

/// The matrix as FILE-NAME.npy and the keys of its rows, where it has some, as FILE-NAME.csv.
Result<Paths> writeMatrix(const std::filesystem::path& to,
                          const std::string& name,
                          const Matrix& matrix,
                          const RowKeys& keys,
                          const JobContext& context)
{
    const auto beside = [&](std::string_view ending) {
        std::filesystem::path place = to;
        return place.replace_filename(fmt::format("{}-{}{}", to.stem().string(), name, ending));
    };
    Paths written{beside(".npy")};
    if (const Status done = writeNpy(written.front(), matrix); !done) {
        return passOn(done);
    }
    const auto count = static_cast<std::size_t>(matrix.rows());
    if (count > 0 && keys.of(name, 0)) {
        Result<Paths> table = writeTable(
            beside(".csv"),
            {"row", "key"},
            count,
            [&](std::size_t row) {
                return std::vector<Json>{row, keys.of(name, row).value_or("")};
            },
            context);
        if (!table) {
            return passOn(table);
        }
        written.push_back(table->front());
    }
    return written;
}

Result<Paths> exportFactors(const Workspace& workspace,
                            const RunRecord& run,
                            const Spec& spec,
                            const std::filesystem::path& to,
                            const JobContext& context)
{
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    const Result<RowKeys> keys = fitted ? RowKeys::load(workspace, (*fitted)->data) : passOn(fitted);
    if (!keys) {
        return passOn(keys);
    }
    const std::vector<std::pair<std::string, Matrix>> matrices = (*fitted)->model->factors();
    if (matrices.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The method %1 learns no factors. Export its lists or predictions instead."),
                    {spec.method});
    }
    Paths written;
    Eigen::Index widest = 0;
    std::vector<std::pair<std::size_t, Eigen::Index>> rows;
    for (std::size_t at = 0; at < matrices.size(); ++at) {
        const auto& [name, matrix] = matrices[at];
        if (to.extension() == ".npy") {
            const Result<Paths> files = writeMatrix(to, name, matrix, *keys, context);
            if (!files) {
                return passOn(files);
            }
            written.insert(written.end(), files->begin(), files->end());
        }
        widest = std::max(widest, matrix.cols());
        for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
            rows.emplace_back(at, row);
        }
    }
    if (!written.empty()) {
        return written;
    }
    return writeTable(
        to,
        numbered({"matrix", "key"}, widest),
        rows.size(),
        [&](std::size_t at) {
            const auto& [name, matrix] = matrices[rows[at].first];
            const auto row = static_cast<std::size_t>(rows[at].second);
            std::vector<Json> cells{name, keys->of(name, row).value_or(std::to_string(row))};
            for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
                cells.emplace_back(matrix(rows[at].second, column));
            }
            cells.resize(static_cast<std::size_t>(widest) + 2);
            return cells;
        },
        context);
}

Result<Paths> exportModel(const Workspace& workspace,
                          const RunRecord& run,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    const Status written = fitted ? writeModelFile(workspace, **fitted, to) : passOn(fitted);
    return written ? Result<Paths>(Paths{to}) : passOn(written);
}

Result<Paths> exportCurves(const Workspace& workspace,
                           const RunRecord& run,
                           const std::filesystem::path& to,
                           const JobContext& context)
{
    const auto curves = RunStore(workspace).curves(run.id);
    if (!curves) {
        return passOn(curves);
    }
    std::vector<std::vector<Json>> rows;
    for (const auto& [series, points] : *curves) {
        for (const CurvePoint& point : points) {
            rows.push_back({series, point.step, point.value});
        }
    }
    return writeTable(
        to, {"series", "step", "value"}, rows.size(), [&](std::size_t at) { return rows[at]; }, context);
}

Result<Paths> exportMeasures(const RunRecord& run, const std::filesystem::path& to, const JobContext& context)
{
    std::map<std::string, std::vector<Json>> byName;
    const auto rowOf = [&byName](const std::string& measure) -> std::vector<Json>& {
        return byName.try_emplace(measure, std::vector<Json>{measure, nullptr, nullptr}).first->second;
    };
    for (const auto& [measure, value] : run.measures) {
        rowOf(measure)[1] = value;
    }
    for (const auto& [measure, value] : run.validation) {
        rowOf(measure)[2] = value;
    }
    std::vector<std::vector<Json>> rows;
    for (auto& [measure, row] : byName) {
        rows.push_back(std::move(row));
    }
    return writeTable(
        to,
        {"measure", "value", "validation"},
        rows.size(),
        [&](std::size_t at) { return rows[at]; },
        context);
}

Result<Paths> exportRoc(const Workspace& workspace,
                        RunId run,
                        const std::filesystem::path& to,
                        const JobContext& context)
{
    const Result<RunRoc> roc = rocOf(workspace, run);
    if (!roc) {
        return passOn(roc);
    }
    return writeTable(
        to,
        {"threshold", "false_positives", "true_positives"},
        roc->curve.size(),
        [&](std::size_t at) {
            const RocPoint& point = roc->curve[at];
            return std::vector<Json>{point.threshold, point.falsePositives, point.truePositives};
        },
        context);
}

Result<Paths> exportCalibration(const Workspace& workspace,
                                RunId run,
                                const std::filesystem::path& to,
                                const JobContext& context)
{
    const auto curve = calibrationOf(workspace, run);
    if (!curve) {
        return passOn(curve);
    }
    return writeTable(
        to,
        {"pairs", "low", "high", "mean_prediction", "mean_truth", "standard_error"},
        curve->size(),
        [&](std::size_t at) {
            const CalibrationBin& bin = (*curve)[at];
            return std::vector<Json>{
                bin.pairs, bin.low, bin.high, bin.meanPrediction, bin.meanTruth, bin.standardError};
        },
        context);
}

/// The facts of every domain that has some, with the items' keys.
struct DomainFacts
{
    std::string domain;
    Keys keys;
    std::vector<ItemFacts> facts;
};

Result<std::vector<DomainFacts>> allFacts(const Workspace& workspace,
                                          KnowledgeId base,
                                          const JobContext& context)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    std::vector<DomainFacts> all;
    for (const Domain& domain : *domains) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        Result<std::vector<ItemFacts>> facts = KnowledgeStore(workspace).factsOf(base, domain.id);
        Result<Keys> keys = Keys::load(workspace, domain.name);
        if (!facts || !keys) {
            return facts ? passOn(keys) : passOn(facts);
        }
        all.push_back({.domain = domain.name, .keys = std::move(*keys), .facts = std::move(*facts)});
    }
    return all;
}

Result<Paths> writeFacets(const std::vector<DomainFacts>& all,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    std::vector<std::vector<Json>> rows;
    for (const DomainFacts& domain : all) {
        for (const ItemFacts& item : domain.facts) {
            for (const StoredFacet& facet : item.facets) {
                rows.push_back(
                    {domain.domain, domain.keys.of(item.item), facet.name, facet.text, facet.weight});
            }
        }
    }
    return writeTable(
        to,
        {"domain", "item", "facet", "text", "weight"},
        rows.size(),
        [&](std::size_t at) { return rows[at]; },
        context);
}

Result<Paths> writeVectors(const std::vector<DomainFacts>& all,
                           const std::filesystem::path& to,
                           const JobContext& context)
{
    std::vector<std::pair<const DomainFacts*, const ItemFacts*>> rows;
    std::size_t dimension = 0;
    for (const DomainFacts& domain : all) {
        for (const ItemFacts& item : domain.facts) {
            if (!item.vector.empty()) {
                rows.emplace_back(&domain, &item);
                dimension = std::max(dimension, item.vector.size());
            }
        }
    }
    if (to.extension() == ".npy") {
        Matrix matrix =
            Matrix::Zero(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(dimension));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::vector<float>& vector = rows[row].second->vector;
            std::copy(vector.begin(), vector.end(), matrix.row(static_cast<Eigen::Index>(row)).begin());
        }
        const Status done = writeNpy(to, matrix);
        return done ? Result<Paths>(Paths{to}) : passOn(done);
    }
    return writeTable(
        to,
        numbered({"domain", "item"}, static_cast<Eigen::Index>(dimension)),
        rows.size(),
        [&](std::size_t at) {
            const auto& [domain, item] = rows[at];
            std::vector<Json> cells{domain->domain, domain->keys.of(item->item)};
            cells.insert(cells.end(), item->vector.begin(), item->vector.end());
            cells.resize(dimension + 2);
            return cells;
        },
        context);
}

} // namespace

Result<Paths> exportRun(const Workspace& workspace,
                        RunId id,
                        RunExport what,
                        const std::filesystem::path& to,
                        const JobContext& context)
{
    const Result<RunRecord> run = RunStore(workspace).find(id);
    if (!run) {
        return passOn(run);
    }
    const Result<Spec> spec = specFrom(run->spec);
    if (!spec) {
        return passOn(spec);
    }
    switch (what) {
    case RunExport::Predictions:
        return exportPredictions(workspace, *run, *spec, to, context);
    case RunExport::Lists:
        return exportLists(workspace, *run, *spec, to, context);
    case RunExport::Train:
    case RunExport::Validation:
    case RunExport::Test:
    case RunExport::Sources:
        return exportInteractions(workspace, *run, what, to, context);
    case RunExport::Model:
        return exportModel(workspace, *run, to, context);
    case RunExport::Factors:
        return exportFactors(workspace, *run, *spec, to, context);
    case RunExport::Curves:
        return exportCurves(workspace, *run, to, context);
    case RunExport::Measures:
        return exportMeasures(*run, to, context);
    case RunExport::Roc:
        return exportRoc(workspace, id, to, context);
    case RunExport::Calibration:
        return exportCalibration(workspace, id, to, context);
    }
    return Paths{};
}

Result<Paths> exportKnowledge(const Workspace& workspace,
                              std::string_view name,
                              KnowledgeExport what,
                              const std::filesystem::path& to,
                              const JobContext& context)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(name);
    if (!base) {
        return passOn(base);
    }
    if (const Status finished = checkFinished(*base); !finished) {
        return passOn(finished);
    }
    const Result<std::vector<DomainFacts>> facts = allFacts(workspace, base->id, context);
    if (!facts) {
        return passOn(facts);
    }
    return what == KnowledgeExport::Facets ? writeFacets(*facts, to, context)
                                           : writeVectors(*facts, to, context);
}

} // namespace transept
