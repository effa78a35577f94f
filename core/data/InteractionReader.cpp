#include "core/data/InteractionReader.h"

#include "core/base/Interruptible.h"
#include "core/base/LargePages.h"
#include "core/base/Parallel.h"
#include "core/base/RowOf.h"
#include "core/data/FileOrder.h"
#include "core/data/KeepEvents.h"
#include "core/store/PageCache.h"
#include "core/store/PassRows.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t accountsPerTask = 4096;
constexpr std::size_t eventsPerTask = std::size_t{1} << 16U;
constexpr std::int64_t kibibytesOfPages = 1024; ///< of each connection, while it passes rows
constexpr std::size_t mostEvents = std::numeric_limits<std::int32_t>::max();

struct Accounts
{
    AccountId first{};
    AccountId last{};
};

/// Hands out the connections, each to one task at a time.
class Pool
{
public:
    explicit Pool(const Snapshots& snapshots)
    {
        for (std::size_t number = 0; number < snapshots.count(); ++number) {
            m_free.push_back(&snapshots.at(number));
        }
    }
    const Database* take()
    {
        std::unique_lock lock(m_mutex);
        m_returned.wait(lock, [this] { return !m_free.empty(); });
        const Database* database = m_free.back();
        m_free.pop_back();
        return database;
    }
    void giveBack(const Database* database)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_free.push_back(database);
        }
        m_returned.notify_one();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<const Database*> m_free;
};

tl::unexpected<Error> damaged(const std::string& domain)
{
    return fail(ErrorCode::Database,
                TRANSLATABLE(
                    "errors",
                    "An interaction of the domain %1 names an account or an item that the workspace does not "
                    "hold. Restore the workspace from a backup copy, or import the domain again."),
                {domain});
}

tl::unexpected<Error> outsideOfTime(const std::string& domain)
{
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "An interaction of the domain %1 lies outside the years 1936 to 2071. Delete the "
                     "domain, and import its files again: the lines with such times are named."),
        {domain});
}

/// Looks up rows of accounts and items; both come in ascending order within a stretch, so most are found
/// where the last one was.
class Lookup
{
public:
    Lookup(const DomainData& domain, const People& people)
        : m_domain(domain)
        , m_people(people)
        , m_account(people.accounts.begin())
        , m_itemsHaveNoGaps(!domain.items.empty() &&
                            number(domain.items.back()) - number(domain.items.front()) + 1 ==
                                static_cast<std::int64_t>(domain.items.size()))
    {
    }

    const std::string& domain() const { return m_domain.name; }

    std::optional<UserRow> user(AccountId id)
    {
        if (m_account == m_people.accounts.end() || m_account->id != id) {
            m_account = std::ranges::lower_bound(m_people.accounts, id, {}, &People::Account::id);
        }
        const bool isKnown = m_account != m_people.accounts.end() && m_account->id == id;
        return isKnown ? std::optional(m_account->person) : std::nullopt;
    }

    /// Ids of a domain that was imported in one go have no gaps: then the place is the difference.
    std::optional<ItemRow> item(ItemId id) const
    {
        const std::vector<ItemId>& items = m_domain.items;
        if (items.empty() || id < items.front() || id > items.back()) {
            return std::nullopt;
        }
        const auto guess = static_cast<std::size_t>(number(id) - number(items.front()));
        if (m_itemsHaveNoGaps || (guess < items.size() && items[guess] == id)) {
            return ItemRow{static_cast<std::int32_t>(guess)};
        }
        return rowOf<ItemRow>(items, id);
    }

private:
    const DomainData& m_domain;
    const People& m_people;
    std::vector<People::Account>::const_iterator m_account;
    bool m_itemsHaveNoGaps;
};

/// What is read of a row, in this order. A workspace whose domain came from one file is asked for those
/// before `Import` alone: every value costs time.
enum Column { Account, Item, Value, Time, PartOfFile, Line, Import, Entry };
constexpr std::string_view columnsOfOneFile = "account, item, value, time, part, line";
constexpr std::string_view allColumns = "account, item, value, time, part, line, import, entry";

/// The event of a row; nothing when there cannot be such a one, for the reason that it sets.
std::optional<Event> eventOf(const RowValues& row, Lookup& lookup, Status& status)
{
    const std::optional<UserRow> user = lookup.user(AccountId{row.integer(Account)});
    const std::optional<ItemRow> item = lookup.item(ItemId{row.integer(Item)});
    const std::int64_t time = row.integer(Time);
    if (!user || !item) {
        status = damaged(lookup.domain());
        return std::nullopt;
    }
    if (!EventTime::holds(time)) {
        status = outsideOfTime(lookup.domain());
        return std::nullopt;
    }
    return Event{.user = *user, .item = *item, .value = static_cast<float>(row.real(Value)), .time = time};
}

Part partOf(const RowValues& row)
{
    return static_cast<Part>(std::clamp<std::int64_t>(row.integer(PartOfFile), 0, 3));
}

/// Takes a row; false: it cannot be, for the reason that it sets.
bool takeRow(const RowValues& row, Lookup& lookup, Status& status, Stretch& stretch)
{
    const std::optional<Event> event = eventOf(row, lookup, status);
    if (!event) {
        return false;
    }
    const std::int64_t import = row.integer(Import);
    const std::optional<std::uint64_t> place = placeInFile(row.integer(Line), row.integer(Entry));
    if (!place) {
        status = damaged(lookup.domain());
        return false;
    }
    if (stretch.imports.empty() || stretch.imports.back().second != import) {
        stretch.imports.emplace_back(stretch.events.size(), import);
    }
    stretch.places.push_back(*place);
    stretch.events.push_back(*event);
    stretch.parts.push_back(partOf(row));
    return true;
}

/// What is asked of all stretches.
struct Question
{
    const DomainData& domain;
    const People& people;
    const InteractionFilter& filter;
    const JobContext& context;
};

/// Which rows of the domain are read, and what of them.
struct RowsOf
{
    std::string_view columns;
    std::optional<double> minValue;
    std::optional<std::int64_t> lastImport;

    bool isWanted(const RowValues& row) const
    {
        return (!minValue || row.real(Value) >= *minValue) &&
               (!lastImport || row.integer(Import) <= *lastImport);
    }
};

RowsOf rowsOfAllFiles(const InteractionFilter& filter)
{
    return {.columns = allColumns, .minValue = filter.minValue, .lastImport = filter.lastImport};
}

/// Calls `take(row, lookup, status)` for the wanted rows of a stretch of accounts, in the order in which they
/// are stored (account, item, nth), so that SQLite need not sort. False: it cannot go on, for the reason that
/// it has set; to return a Status for every row would cost as much as the row. The last account is no part of
/// the query, which would compare keys of two columns for every row.
template<typename Take>
Status forEachRow(const Database& database,
                  const Question& question,
                  const RowsOf& rows,
                  const Accounts& accounts,
                  const Take& take)
{
    constexpr std::size_t rowsBetweenCheckpoints = 4096;
    Lookup lookup(question.domain, question.people);
    std::size_t done = 0;
    Status status;
    const auto takeWanted = [&](const RowValues& row) {
        if (++done % rowsBetweenCheckpoints == 0) {
            status = question.context.checkpoint();
        }
        return status && row.integer(Account) <= number(accounts.last) &&
               (!rows.isWanted(row) || take(row, lookup, status));
    };
    const Status passed = passRows(database,
                                   rows.columns,
                                   "FROM interaction WHERE domain = ?1 AND account >= ?2",
                                   {number(question.domain.id), number(accounts.first)},
                                   takeWanted);
    return status ? passed : status;
}

/// Cuts all accounts into stretches, and calls `work(number, connection, accounts)` for each on as many
/// threads as there are connections. The first and the last stretch have no outer end, so that an interaction
/// of an account that is not there is met as well. The first failure is passed on.
template<typename Work>
Status inStretches(const Snapshots& snapshots, const Question& question, std::size_t count, const Work& work)
{
    constexpr AccountId lowest{std::numeric_limits<std::int64_t>::min()};
    constexpr AccountId highest{std::numeric_limits<std::int64_t>::max()};
    const std::vector<People::Account>& accounts = question.people.accounts;
    const auto begin = [&](std::size_t stretch) {
        return stretch == 0 ? lowest : accounts[accounts.size() * stretch / count].id;
    };
    std::deque<PageCache> caches; // every page is read once: those that wait only cost memory
    for (std::size_t number = 0; number < snapshots.count(); ++number) {
        caches.emplace_back(snapshots.at(number), kibibytesOfPages);
    }
    Pool pool(snapshots);
    std::vector<Status> statuses(count);
    parallelTasks(count, [&](std::size_t task) {
        const Database* database = pool.take();
        const AccountId last = task + 1 == count ? highest : AccountId{number(begin(task + 1)) - 1};
        statuses[task] = question.context.checkpoint().and_then([&] {
            return work(task, *database, Accounts{begin(task), last});
        });
        pool.giveBack(database);
    });
    for (const Status& status : statuses) {
        if (!status) {
            return status;
        }
    }
    return {};
}

std::size_t stretchCount(const Snapshots& snapshots, const Question& question)
{
    return snapshots.count() == 1
               ? 1
               : std::max<std::size_t>(1, question.people.accounts.size() / accountsPerTask);
}

Result<std::vector<Stretch>> readStretches(const Snapshots& snapshots, const Question& question)
{
    std::vector<Stretch> stretches(stretchCount(snapshots, question));
    const Status done = inStretches(
        snapshots,
        question,
        stretches.size(),
        [&](std::size_t number, const Database& database, const Accounts& accounts) {
            const auto take = [&](const RowValues& row, Lookup& lookup, Status& status) {
                return takeRow(row, lookup, status, stretches[number]);
            };
            return forEachRow(database, question, rowsOfAllFiles(question.filter), accounts, take);
        });
    if (!done) {
        return passOn(done);
    }
    return stretches;
}

/// The lines of the files that a domain was imported from, one file after the other.
struct FileLines
{
    struct File
    {
        std::int64_t import = 0;
        std::size_t first = 0; ///< the place of its first line among all lines
        std::size_t count = 0;
    };
    std::vector<File> files; ///< ascending imports
    std::size_t count = 0;
    bool isOneFile = false; ///< from which all interactions of the domain are

    /// Where the row stands among all lines; nothing when it has one that the import does not tell of.
    std::optional<std::size_t> placeOf(const RowValues& row) const
    {
        const auto file = isOneFile ? files.begin()
                                    : std::ranges::lower_bound(files, row.integer(Import), {}, &File::import);
        const bool isKnown = file != files.end() && (isOneFile || file->import == row.integer(Import));
        const std::int64_t line = row.integer(Line);
        return isKnown && line >= 1 && static_cast<std::size_t>(line) <= file->count
                   ? std::optional(file->first + static_cast<std::size_t>(line) - 1)
                   : std::nullopt;
    }
};

/// Nothing when there may be far more lines than interactions of the domain: other domains' in the same file,
/// too.
Result<std::optional<FileLines>> fileLines(const Database& database, const Question& question)
{
    Result<Statement> rows =
        database.prepare("SELECT id, checkpoint_line, iif(domain IS NULL, 0, imported) FROM import "
                         "WHERE target = 'interactions' AND (domain = ?1 OR domain IS NULL) ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(question.domain.id));
    FileLines lines;
    std::size_t imported = 0;
    std::size_t files = 0;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        ++files;
        if (question.filter.lastImport && rows->integer(0) > *question.filter.lastImport) {
            continue;
        }
        constexpr auto most = static_cast<std::int64_t>(mostEvents) + 1; // too many in any case
        const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(rows->integer(1), 0, most));
        lines.files.push_back({rows->integer(0), lines.count, count});
        lines.count += count;
        imported += static_cast<std::size_t>(std::max<std::int64_t>(0, rows->integer(2)));
    }
    if (!row) {
        return passOn(row);
    }
    lines.isOneFile = files == 1 && lines.files.size() == 1;
    const bool isDense = lines.count <= imported + imported / 4 + 64 && lines.count <= mostEvents;
    return isDense ? std::optional(std::move(lines)) : std::nullopt;
}

/// What was read of a domain.
struct Interactions
{
    std::vector<Event> events;
    std::vector<Part> parts; ///< of each
};

/// Stands where no event was put.
constexpr Event gap{.item = ItemRow{-1}};

/// Gaps for so many lines.
Result<Interactions> gaps(std::size_t lines, const JobContext& context)
{
    Interactions all;
    all.events.reserve(lines);
    claimMemory(all.events.data(), lines * sizeof(Event));
    all.parts.resize(lines);
    const Status filled =
        interruptible(context, lines, [&](std::size_t, std::size_t last) { all.events.resize(last, gap); });
    return filled ? Result<Interactions>(std::move(all)) : passOn(filled);
}

Status closeGaps(Interactions& all, const JobContext& context)
{
    const auto isEvent = [](const Event& event) { return event.item != gap.item; };
    Status done = keepEvents(all.events, all.parts, isEvent, context);
    if (done && all.events.size() < all.events.capacity() / 4 * 3) {
        all.events.shrink_to_fit();
    }
    return done;
}

/// Writes events to places all over memory that is not in the cache, each a while after its place was asked
/// for: a store that waits holds up all that follow it.
class Placing
{
public:
    explicit Placing(Interactions& all) : m_all(all) {}
    Placing(const Placing&) = delete;
    Placing& operator=(const Placing&) = delete;
    ~Placing()
    {
        for (std::size_t at = 0; at < std::min(m_count, m_waiting.size()); ++at) {
            write(m_waiting[at]);
        }
    }

    void put(std::size_t place, const Event& event, Part part)
    {
        __builtin_prefetch(&m_all.events[place], 1);
        if (part != Part::None) {
            __builtin_prefetch(&m_all.parts[place], 1);
        }
        Waiting& waiting = m_waiting[m_count % m_waiting.size()];
        if (m_count >= m_waiting.size()) {
            write(waiting);
        }
        waiting = {event, part, place};
        ++m_count;
    }

private:
    struct Waiting
    {
        Event event;
        Part part = Part::None;
        std::size_t place = 0;
    };

    void write(const Waiting& waiting)
    {
        m_all.events[waiting.place] = waiting.event;
        if (waiting.part != Part::None) { // else it is as it was
            m_all.parts[waiting.place] = waiting.part;
        }
    }

    Interactions& m_all;
    std::array<Waiting, 16> m_waiting;
    std::size_t m_count = 0;
};

/// The interactions in file order, where each has a line of its own: then an event's place is known when it
/// is read, and nothing has to be sorted or copied. Nothing where that is not so.
Result<std::optional<Interactions>> readByLine(const Snapshots& snapshots, const Question& question)
{
    const Result<std::optional<FileLines>> lines = fileLines(snapshots.at(0), question);
    if (!lines) {
        return passOn(lines);
    }
    if (!*lines) {
        return std::nullopt;
    }
    Result<Interactions> all = gaps((*lines)->count, question.context);
    if (!all) {
        return passOn(all);
    }
    RowsOf rows = rowsOfAllFiles(question.filter);
    if ((*lines)->isOneFile) {
        rows.columns = columnsOfOneFile;
        rows.lastImport.reset();
    }
    const std::size_t stretches = stretchCount(snapshots, question);
    std::vector<std::size_t> taken(stretches, 0);
    std::atomic<bool> areInLines = true;
    const auto read = [&](std::size_t stretch, const Database& database, const Accounts& accounts) {
        Placing placing(*all);
        const auto take = [&](const RowValues& row, Lookup& lookup, Status& status) {
            const std::optional<std::size_t> place = (*lines)->placeOf(row);
            if (!place || !areInLines.load(std::memory_order_relaxed)) {
                areInLines = false;
                status = cancelled(); // this way of reading, not the job
                return false;
            }
            const std::optional<Event> event = eventOf(row, lookup, status);
            if (!event) {
                return false;
            }
            placing.put(*place, *event, partOf(row));
            ++taken[stretch];
            return true;
        };
        return forEachRow(database, question, rows, accounts, take);
    };
    const Status done = inStretches(snapshots, question, stretches, read);
    if (!areInLines) {
        return std::nullopt;
    }
    if (!done) {
        return passOn(done);
    }
    if (const Status closed = closeGaps(*all, question.context); !closed) {
        return passOn(closed);
    }
    const bool isWhole = all->events.size() == std::accumulate(taken.begin(), taken.end(), std::size_t{0});
    return isWhole ? std::optional(std::move(*all)) : std::nullopt; // else two were on one line
}

/// The interactions in file order, whatever it is.
Result<Interactions> readAndSort(const Snapshots& snapshots, const Question& question)
{
    Result<std::vector<Stretch>> stretches = readStretches(snapshots, question);
    if (!stretches) {
        return passOn(stretches);
    }
    std::size_t count = 0;
    for (const Stretch& stretch : *stretches) {
        count += stretch.events.size();
    }
    const Result<std::vector<std::uint32_t>> places = placesInFile(*stretches, count, question.context);
    if (!places) {
        return passOn(places);
    }
    Interactions all{.events = std::vector<Event>(count), .parts = std::vector<Part>(count)};
    auto place = places->begin();
    for (Stretch& stretch : *stretches) {
        forEachBlock(
            stretch.events.size(), eventsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
                for (std::size_t at = first; at < last; ++at) {
                    all.events[place[static_cast<std::ptrdiff_t>(at)]] = stretch.events[at];
                    all.parts[place[static_cast<std::ptrdiff_t>(at)]] = stretch.parts[at];
                }
            });
        place += static_cast<std::ptrdiff_t>(stretch.events.size());
        stretch = {}; // so that no more than one copy of all is in memory for long
    }
    return all;
}

} // namespace

Result<People> readPeople(const Database& database, const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT id, person FROM account ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    People result;
    std::vector<PersonId> persons;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        result.accounts.push_back({.id = AccountId{rows->integer(0)}});
        persons.push_back(PersonId{rows->integer(1)});
        if (const Status going = everyFewThousand(persons.size(), context); !going) {
            return passOn(going);
        }
    }
    if (!row) {
        return passOn(row);
    }
    result.people = persons;
    std::sort(result.people.begin(), result.people.end());
    result.people.erase(std::unique(result.people.begin(), result.people.end()), result.people.end());
    for (std::size_t at = 0; at < persons.size(); ++at) {
        result.accounts[at].person = knownRowOf<UserRow>(result.people, persons[at]);
    }
    return result;
}

Status readInteractions(const Snapshots& snapshots,
                        const People& people,
                        const InteractionFilter& filter,
                        const JobContext& context,
                        DomainData& domain)
{
    const Question question{domain, people, filter, context};
    Result<std::optional<Interactions>> byLine = readByLine(snapshots, question);
    if (!byLine) {
        return passOn(byLine);
    }
    Result<Interactions> all = *byLine ? std::move(**byLine) : readAndSort(snapshots, question);
    if (!all) {
        return passOn(all);
    }
    domain.events = std::move(all->events);
    if (std::ranges::any_of(all->parts, [](Part part) { return part != Part::None; })) {
        domain.parts = std::move(all->parts);
    }
    return {};
}

} // namespace transept
