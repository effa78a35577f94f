#include "core/ingest/ResultFile.h"

#include "core/base/Words.h"
#include "core/ingest/Columns.h"
#include "core/ingest/RecordReader.h"
#include "core/ingest/Values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace transept {
namespace {

constexpr std::int64_t rowsBetweenChecks = 4096;

using Words = std::vector<std::string_view>;

const Words rankWords{"rank", "position", "place"};
const Words scoreWords{"score", "relevance", "value", "rating", "weight"};
const Words predictionWords{
    "prediction", "pred", "predicted", "predictedrating", "ratingpred", "estimate", "est"};

constexpr std::array<std::pair<ResultRole, std::string_view>, 5> roleNames{
    {{ResultRole::User, "user"},
     {ResultRole::Item, "item"},
     {ResultRole::Rank, "rank"},
     {ResultRole::Score, "score"},
     {ResultRole::Prediction, "prediction"}}};

std::vector<std::string> namesOf(const Inspection& inspection)
{
    std::vector<std::string> names;
    for (const ColumnGuess& column : inspection.columns) {
        names.push_back(column.name);
    }
    return names;
}

/// The first column with one of these names, the names in their order.
std::optional<std::size_t> columnNamed(const Inspection& inspection, const Words& words)
{
    for (const std::string_view word : words) {
        const auto found = std::ranges::find(
            inspection.columns, word, [](const ColumnGuess& column) { return plainColumnName(column.name); });
        if (found != inspection.columns.end()) {
            return static_cast<std::size_t>(found - inspection.columns.begin());
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> columnWith(const Inspection& inspection, Role role)
{
    const auto found = std::ranges::find(inspection.columns, role, &ColumnGuess::role);
    return found == inspection.columns.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - inspection.columns.begin()));
}

/// `user Q0 item rank score program`, as the evaluation programs of information retrieval exchange lists.
bool isTrecRun(const Inspection& inspection)
{
    constexpr std::size_t columns = 6;
    return !inspection.format.header && inspection.columns.size() == columns && !inspection.rows.empty() &&
           std::ranges::all_of(inspection.rows, [](const PreviewRow& row) {
               return row.fields.size() == columns && row.fields[1] == "Q0";
           });
}

/// The places of the roles; a role that no column has is none.
using Found = std::map<ResultRole, std::size_t>;

Found foundByName(const Inspection& inspection)
{
    Found found;
    const auto add = [&found](ResultRole role, std::optional<std::size_t> at) {
        if (at) {
            found.emplace(role, *at);
        }
    };
    add(ResultRole::User, columnWith(inspection, Role::User));
    add(ResultRole::Item, columnWith(inspection, Role::Item));
    if (inspection.format.header) {
        add(ResultRole::Rank, columnNamed(inspection, rankWords));
        add(ResultRole::Score, columnNamed(inspection, scoreWords));
        add(ResultRole::Prediction, columnNamed(inspection, predictionWords));
    }
    return found;
}

Result<Found> foundAsAsked(const Inspection& inspection, const ResultFile& file)
{
    Found found;
    for (const auto& [name, role] : file.columns) {
        const Result<std::size_t> at = findColumn(namesOf(inspection), name);
        if (!at) {
            return passOn(at);
        }
        const bool isTaken = std::ranges::any_of(found, [&](const auto& each) { return each.second == *at; });
        if (isTaken || !found.emplace(role, *at).second) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1: the columns name %2 twice. Give each role one column of its own."),
                        {file.file.string(), name});
        }
    }
    return found;
}

tl::unexpected<Error> kindIsOpen(const ResultFile& file, const Inspection& inspection)
{
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "%1: nothing says whether these are predictions or lists. Say which (--what), or name "
                     "the columns user, item and rank, score or prediction. The columns are: %2."),
        {file.file.string(), listed(namesOf(inspection))});
}

/// A rank is of lists alone, a column named like a prediction of predictions, a score rather of lists.
std::optional<ResultKind> kindBy(const Found& found)
{
    if (found.contains(ResultRole::Rank)) {
        return ResultKind::Lists;
    }
    if (found.contains(ResultRole::Prediction)) {
        return ResultKind::Predictions;
    }
    return found.contains(ResultRole::Score) ? std::optional(ResultKind::Lists) : std::nullopt;
}

/// The number that a list is ordered by beside its rank, or that a pair is predicted.
std::optional<std::size_t> valueOf(const Found& found, ResultKind kind)
{
    const auto first = kind == ResultKind::Predictions ? ResultRole::Prediction : ResultRole::Score;
    const auto second = kind == ResultKind::Predictions ? ResultRole::Score : ResultRole::Prediction;
    for (const ResultRole role : {first, second}) {
        if (const auto place = found.find(role); place != found.end()) {
            return place->second;
        }
    }
    return std::nullopt;
}

/// Without a header the third of three columns can be the number that is missing.
void addByPlace(const Inspection& inspection, Found& found)
{
    const bool isBare = !inspection.format.header && inspection.columns.size() == 3;
    if (isBare && !found.contains(ResultRole::Rank) && !found.contains(ResultRole::Score) &&
        inspection.columns[2].type != "text") {
        found.emplace(ResultRole::Score, 2);
    }
}

Status place(ResultPlan& plan, const ResultFile& file, Found found)
{
    const std::vector<std::string> names = namesOf(plan.inspection);
    for (const ResultRole role : {ResultRole::User, ResultRole::Item}) {
        if (!found.contains(role)) {
            return noColumnFor(file.file, role == ResultRole::User ? "user" : "item", names);
        }
    }
    plan.user = found.at(ResultRole::User);
    plan.item = found.at(ResultRole::Item);
    const std::optional<ResultKind> kind = file.kind ? file.kind : kindBy(found);
    if (!kind) {
        return kindIsOpen(file, plan.inspection);
    }
    plan.kind = *kind;
    if (file.columns.empty()) {
        addByPlace(plan.inspection, found);
    }
    plan.value = valueOf(found, plan.kind);
    if (plan.kind == ResultKind::Predictions) {
        return plan.value ? Status{} : noColumnFor(file.file, "prediction", names);
    }
    if (const auto rank = found.find(ResultRole::Rank); rank != found.end()) {
        plan.rank = rank->second;
    }
    return plan.rank || plan.value ? Status{} : noColumnFor(file.file, "rank or score", names);
}

/// Lists of one user a line: the place in the line is the rank.
Status placeSequence(ResultPlan& plan, const ResultFile& file)
{
    if (plan.inspection.format.layout == Format::Layout::JsonMap) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 holds JSON. Results are read from tables and from lists of one user a "
                                 "line: convert it to CSV first."),
                    {file.file.string()});
    }
    if (file.kind == ResultKind::Predictions || !file.columns.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 looks like lists of one user a line, which have no columns to choose. If "
                         "it is a table, say so: --format layout=delimited."),
            {file.file.string()});
    }
    return {};
}

tl::unexpected<Error> badRow(const ResultPlan& plan, std::int64_t line, const Problem& problem)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1, line %2: %3 Nothing was imported: correct the file."),
                {plan.inspection.file.string(),
                 std::to_string(line),
                 describe({.sentence = problem.sentence, .arguments = problem.arguments})});
}

class RowTaker
{
public:
    explicit RowTaker(const ResultPlan& plan) : m_plan(plan), m_names(namesOf(plan.inspection)) {}

    /// What is wrong with the record, if anything; else `row` is filled in.
    std::optional<Problem> take(const Record& record, ResultRow& row) const
    {
        if (record.problem) {
            return record.problem;
        }
        const std::size_t needed =
            1 + std::max({m_plan.user, m_plan.item, m_plan.rank.value_or(0), m_plan.value.value_or(0)});
        if (record.fields.size() < needed) {
            return Problem{TRANSLATABLE("errors", "The row has %1 fields instead of %2."),
                           {std::to_string(record.fields.size()), std::to_string(m_names.size())}};
        }
        row = {.line = record.line, .user = record.fields[m_plan.user], .item = record.fields[m_plan.item]};
        if (trimmed(row.user).empty()) {
            return Problem{TRANSLATABLE("errors", "The user is empty."), {}};
        }
        if (trimmed(row.item).empty()) {
            return Problem{TRANSLATABLE("errors", "The item is empty."), {}};
        }
        if (m_plan.inspection.format.layout != Format::Layout::Delimited) {
            row.rank = record.entry + 1;
            return std::nullopt;
        }
        std::optional<Problem> problem = takeRank(record, row);
        return problem ? problem : takeValue(record, row);
    }

private:
    std::optional<Problem> takeRank(const Record& record, ResultRow& row) const
    {
        if (!m_plan.rank) {
            return std::nullopt;
        }
        const std::string_view text = trimmed(record.fields[*m_plan.rank]);
        const auto rank = parseInteger(text);
        if (!rank || *rank < 0) {
            return Problem{TRANSLATABLE("errors", "%1 \"%2\" is no rank: a whole number from 0 or 1 on."),
                           {m_names[*m_plan.rank], withEscapedBytes(text)}};
        }
        row.rank = *rank;
        return std::nullopt;
    }

    std::optional<Problem> takeValue(const Record& record, ResultRow& row) const
    {
        if (!m_plan.value) {
            return std::nullopt;
        }
        const std::string_view text = record.fields[*m_plan.value];
        double value = 0.0;
        NumberProblem problem = parseNumber(text, value);
        if (problem == NumberProblem::None && !std::isfinite(static_cast<float>(value))) {
            problem = NumberProblem::NotFinite;
        }
        if (problem != NumberProblem::None) {
            return Problem{problem == NumberProblem::NotFinite
                               ? TRANSLATABLE("errors", "%1 \"%2\" is not a finite number.")
                               : TRANSLATABLE("errors", "%1 \"%2\" is not a number."),
                           {m_names[*m_plan.value], withEscapedBytes(text)}};
        }
        row.value = value;
        return std::nullopt;
    }

    const ResultPlan& m_plan;
    std::vector<std::string> m_names;
};

} // namespace

std::string_view wordOf(ResultKind kind)
{
    return kind == ResultKind::Predictions ? "predictions" : "lists";
}

std::optional<ResultKind> resultKindFrom(std::string_view word)
{
    for (const ResultKind kind : {ResultKind::Predictions, ResultKind::Lists}) {
        if (wordOf(kind) == word) {
            return kind;
        }
    }
    return std::nullopt;
}

std::optional<ResultRole> resultRoleFrom(std::string_view word)
{
    const auto* const found =
        std::ranges::find(roleNames, word, &std::pair<ResultRole, std::string_view>::second);
    return found == roleNames.end() ? std::nullopt : std::optional(found->first);
}

std::vector<std::string> resultRoleWords()
{
    std::vector<std::string> words;
    for (const auto& [role, word] : roleNames) {
        words.emplace_back(word);
    }
    return words;
}

Result<ResultPlan> planResults(const ResultFile& file)
{
    Result<Inspection> inspection = inspect(file.file, file.format);
    if (!inspection) {
        return passOn(inspection);
    }
    ResultPlan plan{.inspection = std::move(*inspection)};
    if (plan.inspection.format.layout != Format::Layout::Delimited) {
        const Status placed = placeSequence(plan, file);
        return placed ? Result<ResultPlan>(std::move(plan)) : passOn(placed);
    }
    guessRoles(plan.inspection, ImportTarget::Interactions);
    Result<Found> found = file.columns.empty() ? Result<Found>(foundByName(plan.inspection))
                                               : foundAsAsked(plan.inspection, file);
    if (found && file.columns.empty() && isTrecRun(plan.inspection)) {
        found = Found{
            {ResultRole::User, 0}, {ResultRole::Item, 2}, {ResultRole::Rank, 3}, {ResultRole::Score, 4}};
    }
    const Status placed = found ? place(plan, file, std::move(*found)) : passOn(found);
    return placed ? Result<ResultPlan>(std::move(plan)) : passOn(placed);
}

Result<std::string> readResults(const ResultPlan& plan,
                                const std::function<Status(const ResultRow&)>& take,
                                const JobContext& context)
{
    const Inspection& inspection = plan.inspection;
    Result<std::unique_ptr<RecordReader>> reader =
        openRecords(inspection.file, inspection.format, inspection.columns.size());
    if (!reader) {
        return passOn(reader);
    }
    bool isHeader = inspection.format.header && inspection.format.layout == Format::Layout::Delimited;
    const RowTaker taker(plan);
    std::int64_t rows = 0;
    Record record;
    ResultRow row;
    Result<bool> more = (*reader)->next(record);
    for (; more && *more; more = (*reader)->next(record)) {
        if (rows++ % rowsBetweenChecks == 0) {
            context.progress({.fraction = (*reader)->fraction(),
                              .stage = TRANSLATABLE("stages", "Reading rows"),
                              .done = rows});
            if (const Status going = context.checkpoint(); !going) {
                return passOn(going);
            }
        }
        if (record.blank || std::exchange(isHeader, false)) {
            continue;
        }
        if (const std::optional<Problem> problem = taker.take(record, row)) {
            return badRow(plan, record.line, *problem);
        }
        if (const Status taken = take(row); !taken) {
            return passOn(taken);
        }
    }
    return more ? Result<std::string>((*reader)->hashOfConsumed()) : passOn(more);
}

} // namespace transept
