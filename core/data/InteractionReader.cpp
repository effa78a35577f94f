#include "core/data/InteractionReader.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t accountsPerTask = 4096;
constexpr std::size_t eventsPerTask = std::size_t{1} << 16U;

/// Where an event stands in its file, as a number: the line, then the place within the line.
constexpr unsigned entryBits = 24;
constexpr std::int64_t mostEntries = std::int64_t{1} << entryBits;
constexpr std::int64_t mostLines = std::int64_t{1} << (63 - entryBits);

struct FilePlace
{
    std::uint64_t place = 0;
    std::uint32_t row = 0;
    std::uint32_t import = 0; ///< place among the imports, in their order
};

/// The rows of one stretch of accounts.
struct Stretch
{
    std::vector<Event> events;
    std::vector<std::uint64_t> places;
    std::vector<std::pair<std::size_t, std::int64_t>> imports; ///< from which row on which import
    Status status;
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

/// Looks up rows of accounts and items; both come in ascending order within a stretch, so most are found
/// where the last one was.
class Lookup
{
public:
    Lookup(const DomainData& domain, const People& people)
        : m_domain(domain)
        , m_people(people)
        , m_account(people.accounts.begin())
    {
    }

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
        if (guess < items.size() && items[guess] == id) {
            return ItemRow{static_cast<std::int32_t>(guess)};
        }
        const auto found = std::lower_bound(items.begin(), items.end(), id);
        return *found == id ? std::optional(ItemRow{static_cast<std::int32_t>(found - items.begin())})
                            : std::nullopt;
    }

private:
    const DomainData& m_domain;
    const People& m_people;
    std::vector<People::Account>::const_iterator m_account;
};

/// Takes the row that a statement stands at; false: it names what is not there.
bool takeRow(const Statement& row, Lookup& lookup, Stretch& stretch)
{
    const std::optional<UserRow> user = lookup.user(AccountId{row.integer(0)});
    const std::optional<ItemRow> item = lookup.item(ItemId{row.integer(1)});
    const std::int64_t import = row.integer(5);
    const std::int64_t line = row.integer(6);
    const std::int64_t entry = row.integer(7);
    if (!user || !item || line < 0 || line >= mostLines || entry < 0 || entry >= mostEntries) {
        return false;
    }
    if (stretch.imports.empty() || stretch.imports.back().second != import) {
        stretch.imports.emplace_back(stretch.events.size(), import);
    }
    stretch.places.push_back((static_cast<std::uint64_t>(line) << entryBits) |
                             static_cast<std::uint64_t>(entry));
    stretch.events.push_back({.user = *user,
                              .item = *item,
                              .value = static_cast<float>(row.real(2)),
                              .time = row.integer(3),
                              .part = static_cast<Part>(std::clamp<std::int64_t>(row.integer(4), 0, 3))});
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

bool isWanted(const Statement& row, const InteractionFilter& filter)
{
    return (!filter.minValue || row.real(2) >= *filter.minValue) &&
           (!filter.lastImport || row.integer(5) <= *filter.lastImport);
}

/// Reads in the order in which rows are stored (account, item, nth), so that SQLite need not sort.
Status readStretch(
    const Database& database, const Question& question, AccountId first, AccountId last, Stretch& stretch)
{
    Result<Statement> rows =
        database.prepare("SELECT account, item, value, time, part, import, line, entry "
                         "FROM interaction WHERE domain = ?1 AND account BETWEEN ?2 AND ?3");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(question.domain.id)).bind(2, number(first)).bind(3, number(last));
    Lookup lookup(question.domain, question.people);
    std::size_t done = 0;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        if (Status going = everyFewThousand(++done, question.context); !going) {
            return going;
        }
        if (!isWanted(*rows, question.filter)) {
            continue;
        }
        if (!takeRow(*rows, lookup, stretch)) {
            return damaged(question.domain.name);
        }
    }
    return row ? Status() : passOn(row);
}

/// All interactions, by stretches of accounts; the first and the last stretch have no outer end, so that an
/// interaction of an account that is not there is met as well.
Result<std::vector<Stretch>> readStretches(const Snapshots& snapshots, const Question& question)
{
    constexpr AccountId lowest{std::numeric_limits<std::int64_t>::min()};
    constexpr AccountId highest{std::numeric_limits<std::int64_t>::max()};
    const std::vector<People::Account>& accounts = question.people.accounts;
    const std::size_t wanted =
        snapshots.count() == 1 ? 1 : std::max<std::size_t>(1, accounts.size() / accountsPerTask);
    std::vector<Stretch> stretches(wanted);
    Pool pool(snapshots);
    const auto begin = [&](std::size_t stretch) {
        return stretch == 0 ? lowest : accounts[accounts.size() * stretch / wanted].id;
    };
    parallelTasks(wanted, [&](std::size_t task) {
        const Database* database = pool.take();
        const AccountId last = task + 1 == wanted ? highest : AccountId{number(begin(task + 1)) - 1};
        stretches[task].status = question.context.checkpoint().and_then(
            [&] { return readStretch(*database, question, begin(task), last, stretches[task]); });
        pool.giveBack(database);
    });
    for (const Stretch& stretch : stretches) {
        if (!stretch.status) {
            return passOn(stretch.status);
        }
    }
    return stretches;
}

/// Stable sort by one byte of the key after the other, leaving out bytes that all have in common.
template<typename KeyOf>
Status sortBy(std::vector<FilePlace>& places, const KeyOf& keyOf, const JobContext& context)
{
    std::uint64_t differing = 0;
    const auto forEach = [&](const auto& work) {
        return interruptible(context, places.size(), [&](std::size_t first, std::size_t last) {
            std::for_each(places.data() + first, places.data() + last, work);
        });
    };
    Status going =
        forEach([&](const FilePlace& place) { differing |= keyOf(place) ^ keyOf(places.front()); });
    std::vector<FilePlace> sorted;
    for (unsigned shift = 0; going && shift < 64; shift += 8) {
        if (((differing >> shift) & 0xFFU) == 0) {
            continue;
        }
        const auto byteOf = [&](const FilePlace& place) { return (keyOf(place) >> shift) & 0xFFU; };
        std::array<std::size_t, 257> starts{};
        going = forEach([&](const FilePlace& place) { ++starts[byteOf(place) + 1]; });
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        sorted.resize(places.size());
        if (going) {
            going = forEach([&](const FilePlace& place) { sorted[starts[byteOf(place)]++] = place; });
        }
        places.swap(sorted);
    }
    return going;
}

std::vector<std::int64_t> importsOf(const std::vector<Stretch>& stretches)
{
    std::vector<std::int64_t> imports;
    for (const Stretch& stretch : stretches) {
        for (const auto& [row, import] : stretch.imports) {
            imports.push_back(import);
        }
    }
    std::sort(imports.begin(), imports.end());
    imports.erase(std::unique(imports.begin(), imports.end()), imports.end());
    return imports;
}

/// Where all events stand, in the order of the stretches.
std::vector<FilePlace> placesOf(const std::vector<Stretch>& stretches, std::size_t count)
{
    const std::vector<std::int64_t> imports = importsOf(stretches);
    std::vector<FilePlace> places;
    places.reserve(count);
    for (const Stretch& stretch : stretches) {
        std::size_t row = 0;
        for (std::size_t at = 0; at < stretch.imports.size(); ++at) {
            const auto rank = std::lower_bound(imports.begin(), imports.end(), stretch.imports[at].second) -
                              imports.begin();
            const std::size_t end =
                at + 1 < stretch.imports.size() ? stretch.imports[at + 1].first : stretch.places.size();
            for (; row < end; ++row) {
                places.push_back({.place = stretch.places[row],
                                  .row = static_cast<std::uint32_t>(places.size()),
                                  .import = static_cast<std::uint32_t>(rank)});
            }
        }
    }
    return places;
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
        const auto found = std::lower_bound(result.people.begin(), result.people.end(), persons[at]);
        result.accounts[at].person = UserRow{static_cast<std::int32_t>(found - result.people.begin())};
    }
    return result;
}

Result<std::vector<Event>> readInteractions(const Snapshots& snapshots,
                                            const DomainData& domain,
                                            const People& people,
                                            const InteractionFilter& filter,
                                            const JobContext& context)
{
    Result<std::vector<Stretch>> stretches = readStretches(snapshots, {domain, people, filter, context});
    if (!stretches) {
        return passOn(stretches);
    }
    std::size_t count = 0;
    for (const Stretch& stretch : *stretches) {
        count += stretch.events.size();
    }
    std::vector<FilePlace> places = placesOf(*stretches, count);
    std::vector<Event> stored;
    stored.reserve(count);
    for (Stretch& stretch : *stretches) {
        stored.insert(stored.end(), stretch.events.begin(), stretch.events.end());
        stretch = {};
    }
    const Status sorted =
        sortBy(
            places, [](const FilePlace& place) { return place.place; }, context)
            .and_then([&] {
                return sortBy(
                    places, [](const FilePlace& place) { return std::uint64_t{place.import}; }, context);
            });
    if (!sorted) {
        return passOn(sorted);
    }
    std::vector<Event> events(count);
    forEachBlock(count, eventsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            events[at] = stored[places[at].row];
        }
    });
    return events;
}

} // namespace transept
