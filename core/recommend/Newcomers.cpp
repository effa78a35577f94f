#include "core/recommend/Newcomers.h"

#include "core/base/RowOf.h"
#include "core/base/Words.h"
#include "core/evaluation/TopItems.h"
#include "core/ingest/RecordReader.h"
#include "core/ingest/Values.h"
#include "core/recommend/Lists.h"
#include "core/store/Rows.h"

#include <algorithm>
#include <array>

namespace transept {
namespace {

/// The domains of a run by their names, and what they know of an item.
class RunDomains
{
public:
    explicit RunDomains(const FittedRun& run)
    {
        m_domains.push_back(&run.data.target);
        for (const DomainData& source : run.data.sources) {
            m_domains.push_back(&source);
        }
    }

    /// As PastEvent has it.
    std::optional<int> placeOf(std::string_view name) const
    {
        const auto found = std::ranges::find(m_domains, name, &DomainData::name);
        return found == m_domains.end() ? std::nullopt
                                        : std::optional(static_cast<int>(found - m_domains.begin()) - 1);
    }
    std::optional<int> placeOf(DomainId id) const
    {
        const auto found = std::ranges::find(m_domains, id, &DomainData::id);
        return found == m_domains.end() ? std::nullopt
                                        : std::optional(static_cast<int>(found - m_domains.begin()) - 1);
    }
    const DomainData& at(int place) const
    {
        const int at = place + 1;
        return *m_domains[static_cast<std::size_t>(at)];
    }

    std::optional<ItemRow> itemAt(int place, ItemId item) const
    {
        return rowOf<ItemRow>(at(place).items, item);
    }

    std::string names() const
    {
        std::vector<std::string> all;
        for (const DomainData* domain : m_domains) {
            all.push_back(domain->name);
        }
        return listed(all);
    }

private:
    std::vector<const DomainData*> m_domains;
};

constexpr std::array<std::string_view, 4> columnNames{"item", "domain", "value", "time"};

/// Where the columns of a history stand in its file; nothing for those that it has not.
using Places = std::array<std::optional<std::size_t>, columnNames.size()>;

Result<Places> placesOf(const Record& header, const std::string& file)
{
    Places places;
    for (std::size_t at = 0; at < header.fields.size(); ++at) {
        const auto found = std::ranges::find(columnNames, trimmed(header.fields[at]));
        if (found == columnNames.end()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1 has a column \"%2\". A history has the columns item, and domain, "
                                     "value and time where they are known, named in its first line."),
                        {file, std::string(trimmed(header.fields[at]))});
        }
        places[static_cast<std::size_t>(found - columnNames.begin())] = at;
    }
    if (!places[0]) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 has no column \"item\". A history has the columns item, and domain, value "
                         "and time where they are known, named in its first line."),
            {file});
    }
    return places;
}

/// Reads the rows of a history.
class HistoryTable
{
public:
    HistoryTable(std::string file,
                 Places places,
                 const RunDomains& domains,
                 const DataSelection& selection,
                 Statement items)
        : m_file(std::move(file))
        , m_places(places)
        , m_domains(domains)
        , m_selection(selection)
        , m_items(std::move(items))
    {
    }

    Status take(const Record& record, KnownHistory& history)
    {
        const auto field = [&](std::size_t column) {
            return m_places[column] && *m_places[column] < record.fields.size()
                       ? trimmed(record.fields[*m_places[column]])
                       : std::string_view();
        };
        PastEvent event;
        if (const std::string_view name = field(1); !name.empty()) {
            const std::optional<int> place = m_domains.placeOf(name);
            if (!place) {
                return wrong(record, "domain", name, "one of " + m_domains.names());
            }
            event.domain = *place;
        }
        const DomainData& domain = m_domains.at(event.domain);
        double value = domain.kind == FeedbackKind::Explicit ? domain.scaleMax : 1.0;
        if (const std::string_view text = field(2);
            !text.empty() && parseNumber(text, value) != NumberProblem::None) {
            return wrong(record, "value", text, "a number");
        }
        event.value = static_cast<float>(value);
        if (const std::string_view text = field(3); !text.empty()) {
            const std::optional<std::int64_t> time = parseTime(text);
            if (!time || !EventTime::holds(*time)) {
                return wrong(record, "time", text, "seconds since 1970 or a date, of the years 1936 to 2071");
            }
            event.time = *time;
        }
        if (field(0).empty()) {
            return wrong(record, "item", "", "an item's key as it was imported");
        }
        if (isTooLow(m_selection, event.domain, value)) {
            ++history.unknown;
            return {};
        }
        return add(event, field(0), domain, history);
    }

private:
    Status add(PastEvent event, std::string_view key, const DomainData& domain, KnownHistory& history)
    {
        m_items.rewind();
        const Result<bool> found = m_items.bind(1, number(domain.id)).bind(2, key).step();
        if (!found) {
            return passOn(found);
        }
        const std::optional<ItemRow> row =
            *found ? m_domains.itemAt(event.domain, ItemId{m_items.integer(0)}) : std::nullopt;
        if (row) {
            event.item = *row;
            history.events.push_back(event);
        } else {
            ++history.unknown;
        }
        return {};
    }

    Status wrong(const Record& record,
                 std::string_view column,
                 std::string_view text,
                 std::string_view wanted) const
    {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1, line %2: the %3 is \"%4\"; it must be %5."),
                    {m_file,
                     std::to_string(record.line),
                     std::string(column),
                     std::string(text),
                     std::string(wanted)});
    }

    std::string m_file;
    Places m_places;
    const RunDomains& m_domains;
    const DataSelection& m_selection;
    Statement m_items;
};

constexpr std::string_view presentEvents =
    // CROSS JOIN keeps the order: from the person's accounts to their rows, not through all rows of a domain.
    "SELECT domain.id, interaction.item, interaction.value, coalesce(interaction.time, 0) FROM account"
    " CROSS JOIN domain ON domain.deleted IS NULL"
    " CROSS JOIN interaction ON interaction.domain = domain.id AND interaction.account = account.id"
    " WHERE account.person = ?1 ORDER BY interaction.import, interaction.line, interaction.entry";

} // namespace

bool knows(const FittedRun& run, PersonId person)
{
    return rowOf<UserRow>(run.data.users, person).has_value();
}

bool isTooLow(const DataSelection& selection, int place, double value)
{
    return place < 0 && selection.minValue && value < *selection.minValue;
}

Result<KnownHistory> presentHistory(const Workspace& workspace, const FittedRun& run, PersonId person)
{
    const RunDomains domains(run);
    KnownHistory known;
    Result<Statement> rows = prepared(workspace.database(), presentEvents, number(person));
    const Status read = forEachRow(rows, [&](const Statement& row) {
        const std::optional<int> place = domains.placeOf(DomainId{row.integer(0)});
        const std::optional<ItemRow> item =
            place ? domains.itemAt(*place, ItemId{row.integer(1)}) : std::nullopt;
        const double value = row.real(2);
        if (item && !isTooLow(run.spec.data, *place, value)) {
            known.events.push_back({.domain = *place,
                                    .item = *item,
                                    .value = static_cast<float>(value),
                                    .time = row.integer(3)});
        } else {
            ++known.unknown;
        }
    });
    return read ? Result<KnownHistory>(std::move(known)) : passOn(read);
}

Result<KnownHistory> historyFrom(const Workspace& workspace,
                                 const FittedRun& run,
                                 const std::filesystem::path& file)
{
    const Result<Inspection> inspected = inspect(file);
    if (!inspected) {
        return passOn(inspected);
    }
    Format format = inspected->format;
    format.layout = Format::Layout::Delimited;
    const Result<std::unique_ptr<RecordReader>> reader = openRecords(file, format, 0);
    Result<Statement> items =
        workspace.database().prepare("SELECT id FROM item WHERE domain = ?1 AND key = ?2");
    if (!reader || !items) {
        return reader ? passOn(items) : passOn(reader);
    }
    Record record;
    Result<bool> more = (*reader)->next(record);
    const Result<Places> places = more ? placesOf(record, file.string()) : passOn(more);
    if (!places) {
        return passOn(places);
    }
    const RunDomains domains(run);
    HistoryTable table(file.string(), *places, domains, run.spec.data, std::move(*items));
    KnownHistory known;
    for (more = (*reader)->next(record); more && *more; more = (*reader)->next(record)) {
        if (record.blank) {
            continue;
        }
        if (record.problem) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1, line %2: %3"),
                        {file.string(),
                         std::to_string(record.line),
                         describe(Error{.sentence = record.problem->sentence,
                                        .arguments = record.problem->arguments})});
        }
        if (const Status taken = table.take(record, known); !taken) {
            return passOn(taken);
        }
    }
    return more ? Result<KnownHistory>(std::move(known)) : passOn(more);
}

Result<std::vector<Recommendation>> recommendTo(const Workspace& workspace,
                                                const FittedRun& run,
                                                const KnownHistory& history,
                                                const ListRequest& request,
                                                const JobContext& context)
{
    if (history.events.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "Nothing of this history is in the data of the run (target %1). Choose another "
                         "user, or a run on other domains."),
            {run.data.target.name});
    }
    std::vector<float> scores(run.model->itemCount());
    if (!run.model->foldIn(history.events, scores)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The method %1 has to be trained to know somebody new. Run its spec again on "
                         "data with that user, or take a run of another method."),
            {run.spec.method});
    }
    Result<ItemNames> names = ItemNames::open(workspace);
    if (!names) {
        return passOn(names);
    }
    std::vector<ItemRow> excluded = targetItemsOf(history.events);
    excludeOthers(run.data.target.items, request, excluded);
    const TopItems best = topItems(scores, excluded, static_cast<std::size_t>(std::max(request.top, 0)));
    return named(best, run.data.target.items, *names, context);
}

} // namespace transept
