#include "core/data/Dataset.h"

#include "core/base/Parallel.h"
#include "core/base/Sha256.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <tuple>

namespace transept {
namespace {

constexpr std::size_t rowsPerCheckpoint = 4096;
constexpr std::size_t sortBlock = std::size_t{1} << 16U;

/// All reads of one load see the same state of the workspace, whatever another connection commits meanwhile.
class ReadSnapshot
{
public:
    explicit ReadSnapshot(const Database& database)
        : m_database(database)
        , m_opened(database.execute("SAVEPOINT load_dataset"))
    {
    }
    ReadSnapshot(const ReadSnapshot&) = delete;
    ReadSnapshot& operator=(const ReadSnapshot&) = delete;
    ~ReadSnapshot()
    {
        if (m_opened) {
            (void)m_database.execute("RELEASE load_dataset"); // nothing was written, nothing can be lost
        }
    }
    const Status& opened() const { return m_opened; }

private:
    const Database& m_database;
    Status m_opened;
};

/// Everybody who has an account. Until it is known who acts in the selection, users are numbered by their
/// place in `people`.
struct People
{
    std::vector<PersonId> people; ///< ascending
    struct Account
    {
        AccountId id{};
        UserRow person{}; ///< place in `people`
    };
    std::vector<Account> accounts; ///< ascending ids
};

/// The rows of one domain while it is read.
struct Reading
{
    /// (import, line, entry) is the file order; `row` breaks the ties that only kept duplicates have.
    struct FilePlace
    {
        std::int64_t import = 0;
        std::int64_t line = 0;
        std::int32_t entry = 0;
        std::uint32_t row = 0;
        bool operator<(const FilePlace& other) const
        {
            return std::tie(import, line, entry, row) <
                   std::tie(other.import, other.line, other.entry, other.row);
        }
    };
    std::vector<Event> events;
    std::vector<FilePlace> places;
};

Status everyFewThousand(std::size_t done, const JobContext& context)
{
    return done % rowsPerCheckpoint == 0 ? context.checkpoint() : Status{};
}

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

Result<std::vector<ItemId>> readItems(const Database& database, DomainId domain, const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT id FROM item WHERE domain = ?1 ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain));
    std::vector<ItemId> items;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        items.push_back(ItemId{rows->integer(0)});
        if (const Status going = everyFewThousand(items.size(), context); !going) {
            return passOn(going);
        }
    }
    if (!row) {
        return passOn(row);
    }
    return items;
}

tl::unexpected<Error> damaged(const std::string& domain)
{
    return fail(ErrorCode::Database,
                TRANSLATABLE(
                    "errors",
                    "An interaction of the domain %1 names an account or an item that the workspace does not "
                    "hold. Restore the workspace from a backup copy, or import the domain again."),
                {domain});
}

/// Sorted runs of one block each, merged two by two: the blocks are independent, and a stop is heard between
/// passes.
Status sortPlaces(std::vector<Reading::FilePlace>& places, const JobContext& context)
{
    const auto at = [](std::vector<Reading::FilePlace>& all, std::size_t place) {
        return all.begin() + static_cast<std::ptrdiff_t>(std::min(place, all.size()));
    };
    forEachBlock(places.size(), sortBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!context.stop.stop_requested()) {
            std::sort(at(places, first), at(places, last));
        }
    });
    std::vector<Reading::FilePlace> merged(places.size());
    for (std::size_t width = sortBlock; width < places.size(); width *= 2) {
        if (Status going = context.checkpoint(); !going) {
            return going;
        }
        forEachBlock(places.size(), 2 * width, [&](std::size_t, std::size_t first, std::size_t last) {
            const auto middle = at(places, std::min(first + width, last));
            std::merge(at(places, first), middle, middle, at(places, last), at(merged, first));
        });
        places.swap(merged);
    }
    return context.checkpoint();
}

/// Reads a domain's interactions in the order in which they are stored (account, item, nth), so that neither
/// SQLite sorts nor an account is looked up twice. Users are places in `people`.
Result<Reading> readInteractions(const Database& database,
                                 const DomainData& domain,
                                 const People& people,
                                 std::optional<double> minValue,
                                 const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT account, item, value, time, part, import, line, entry "
                                              "FROM interaction WHERE domain = ?1");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain.id));
    Reading reading;
    std::size_t done = 0;
    auto account = people.accounts.begin();
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        if (const Status going = everyFewThousand(++done, context); !going) {
            return passOn(going);
        }
        const double value = rows->real(2);
        if (minValue && !(value >= *minValue)) {
            continue;
        }
        const AccountId accountId{rows->integer(0)};
        if (account == people.accounts.end() || account->id != accountId) {
            account = std::ranges::lower_bound(people.accounts, accountId, {}, &People::Account::id);
        }
        const ItemId itemId{rows->integer(1)};
        const auto item = std::lower_bound(domain.items.begin(), domain.items.end(), itemId);
        if (account == people.accounts.end() || account->id != accountId || item == domain.items.end() ||
            *item != itemId) {
            return damaged(domain.name);
        }
        reading.places.push_back({.import = rows->integer(5),
                                  .line = rows->integer(6),
                                  .entry = static_cast<std::int32_t>(rows->integer(7)),
                                  .row = static_cast<std::uint32_t>(reading.events.size())});
        reading.events.push_back(
            {.user = account->person,
             .item = ItemRow{static_cast<std::int32_t>(item - domain.items.begin())},
             .value = static_cast<float>(value),
             .time = rows->integer(3),
             .part = static_cast<Part>(std::clamp<std::int64_t>(rows->integer(4), 0, 3))});
    }
    if (!row) {
        return passOn(row);
    }
    return reading;
}

Result<DomainData> readDomain(const Workspace& workspace,
                              const std::string& name,
                              const People& people,
                              std::optional<double> minValue,
                              const JobContext& context)
{
    const Result<Domain> found = Catalog(workspace).domain(name);
    if (!found) {
        return passOn(found);
    }
    DomainData domain{.id = found->id, .name = found->name, .kind = found->kind};
    if (found->kind == FeedbackKind::Explicit) {
        domain.scaleMin = found->scaleMin.value_or(0.0);
        domain.scaleMax = found->scaleMax.value_or(1.0);
    }
    Result<std::vector<ItemId>> items = readItems(workspace.database(), found->id, context);
    if (!items) {
        return passOn(items);
    }
    domain.items = std::move(*items);
    Result<Reading> reading = readInteractions(workspace.database(), domain, people, minValue, context);
    if (!reading) {
        return passOn(reading);
    }
    if (const Status sorted = sortPlaces(reading->places, context); !sorted) {
        return passOn(sorted);
    }
    domain.events.reserve(reading->events.size());
    for (const Reading::FilePlace& place : reading->places) {
        domain.events.push_back(reading->events[place.row]);
    }
    return domain;
}

/// Takes away users and items with too few interactions, again and again until all that are left have enough.
Status keepCore(DomainData& domain,
                std::size_t users,
                const DataSelection& selection,
                const JobContext& context)
{
    const auto minUser = static_cast<std::size_t>(std::max(selection.minUser, 0));
    const auto minItem = static_cast<std::size_t>(std::max(selection.minItem, 0));
    std::vector<std::size_t> ofItem(domain.items.size(), 0);
    for (bool changed = minUser > 1 || minItem > 0; changed;) {
        if (Status going = context.checkpoint(); !going) {
            return going;
        }
        std::vector<std::size_t> ofUser(users, 0);
        std::fill(ofItem.begin(), ofItem.end(), 0);
        for (const Event& event : domain.events) {
            ++ofUser[index(event.user)];
            ++ofItem[index(event.item)];
        }
        changed = std::erase_if(domain.events, [&](const Event& event) {
                      return ofUser[index(event.user)] < minUser || ofItem[index(event.item)] < minItem;
                  }) > 0;
    }
    if (minItem == 0) {
        return {};
    }
    std::vector<ItemRow> rowNow(domain.items.size());
    std::vector<ItemId> kept;
    for (std::size_t item = 0; item < domain.items.size(); ++item) {
        rowNow[item] = ItemRow{static_cast<std::int32_t>(kept.size())};
        if (ofItem[item] >= minItem) {
            kept.push_back(domain.items[item]);
        }
    }
    for (Event& event : domain.events) {
        event.item = rowNow[index(event.item)];
    }
    domain.items = std::move(kept);
    return {};
}

/// Gives rows to those who act in the selection, and places to their events.
void numberUsers(Dataset& data, const People& people)
{
    std::vector<UserRow> rowNow(people.people.size(), UserRow{-1});
    const auto forEachDomain = [&](const auto& work) {
        work(data.target);
        for (DomainData& source : data.sources) {
            work(source);
        }
    };
    forEachDomain([&](const DomainData& domain) {
        for (const Event& event : domain.events) {
            rowNow[index(event.user)] = UserRow{0};
        }
    });
    for (std::size_t person = 0; person < people.people.size(); ++person) {
        if (rowNow[person] == UserRow{0}) {
            rowNow[person] = UserRow{static_cast<std::int32_t>(data.users.size())};
            data.users.push_back(people.people[person]);
        }
    }
    forEachDomain([&](DomainData& domain) {
        std::int32_t place = 0;
        for (Event& event : domain.events) {
            event.user = rowNow[index(event.user)];
            event.place = place++;
        }
    });
}

/// Feeds numbers and texts to the hash in a form that does not depend on the processor. Texts carry their
/// length, so that no two different sequences give the same bytes.
class Digest
{
public:
    void add(std::uint64_t word)
    {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            m_buffer.push_back(static_cast<char>((word >> shift) & 0xFFU));
        }
        if (m_buffer.size() >= std::size_t{1} << 16U) {
            flush();
        }
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    void add(std::string_view text)
    {
        add(std::uint64_t{text.size()});
        m_buffer.append(text);
    }
    std::string hex()
    {
        flush();
        return m_hash.hex();
    }

private:
    void flush()
    {
        m_hash.add(m_buffer);
        m_buffer.clear();
    }

    Sha256 m_hash;
    std::string m_buffer;
};

/// The user's own keys of a domain's items, in row order.
Status digestItems(const Database& database,
                   const DomainData& domain,
                   Digest& digest,
                   const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT id, key FROM item WHERE domain = ?1 ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain.id));
    std::size_t done = 0;
    auto item = domain.items.begin();
    Result<bool> row = rows->step();
    for (; row && *row && item != domain.items.end(); row = rows->step()) {
        if (ItemId{rows->integer(0)} == *item) {
            digest.add(rows->text(1));
            ++item;
        }
        if (Status going = everyFewThousand(++done, context); !going) {
            return going;
        }
    }
    return row ? Status{} : passOn(row);
}

/// The accounts of the selection's users on the platforms of the selection's domains, in row order.
Status digestUsers(const Database& database, const Dataset& data, Digest& digest, const JobContext& context)
{
    Result<Statement> rows = database.prepare("SELECT account.person, platform.name, account.key FROM "
                                              "account JOIN platform ON platform.id = account.platform "
                                              "WHERE account.platform IN (SELECT platform FROM domain WHERE "
                                              "id = ?1) ORDER BY account.person, account.key");
    if (!rows) {
        return passOn(rows);
    }
    std::vector<DomainId> domains{data.target.id};
    std::transform(data.sources.begin(),
                   data.sources.end(),
                   std::back_inserter(domains),
                   [](const DomainData& domain) { return domain.id; });
    std::size_t done = 0;
    for (const DomainId domain : domains) {
        rows->rewind();
        rows->bind(1, number(domain));
        Result<bool> row = rows->step();
        for (; row && *row; row = rows->step()) {
            const auto user =
                std::lower_bound(data.users.begin(), data.users.end(), PersonId{rows->integer(0)});
            if (user != data.users.end() && *user == PersonId{rows->integer(0)}) {
                digest.add(static_cast<std::uint64_t>(user - data.users.begin()));
                digest.add(rows->text(1));
                digest.add(rows->text(2));
            }
            if (Status going = everyFewThousand(++done, context); !going) {
                return going;
            }
        }
        if (!row) {
            return passOn(row);
        }
    }
    return {};
}

Status digestDomain(const Database& database,
                    const DomainData& domain,
                    Digest& digest,
                    const JobContext& context)
{
    digest.add(std::string_view(domain.name));
    digest.add(wordOf(domain.kind));
    digest.add(domain.scaleMin);
    digest.add(domain.scaleMax);
    digest.add(std::uint64_t{domain.items.size()});
    if (Status added = digestItems(database, domain, digest, context); !added) {
        return added;
    }
    digest.add(std::uint64_t{domain.events.size()});
    for (const Event& event : domain.events) {
        const std::uint64_t pair =
            (std::uint64_t{index(event.user)} << 32U) | std::uint64_t{index(event.item)};
        const std::uint64_t strength = (std::uint64_t{std::bit_cast<std::uint32_t>(event.value)} << 8U) |
                                       static_cast<std::uint64_t>(event.part);
        digest.add(pair);
        digest.add(strength);
        digest.add(static_cast<std::uint64_t>(event.time));
        if (Status going = everyFewThousand(static_cast<std::size_t>(event.place) + 1, context); !going) {
            return going;
        }
    }
    return {};
}

/// Of the target's interactions alone. Users are numbered as they appear, because their rows depend on the
/// sources.
std::string targetFingerprint(const Dataset& data)
{
    Digest digest;
    digest.add(std::string_view(data.target.name));
    digest.add(data.positive ? *data.positive : -1.0);
    digest.add(std::string_view(data.positive ? "positive" : "all"));
    std::vector<std::uint64_t> numbers(data.users.size(), 0);
    std::uint64_t appeared = 0;
    for (const Event& event : data.target.events) {
        std::uint64_t& number = numbers[index(event.user)];
        number = number == 0 ? ++appeared : number;
        digest.add(number);
        digest.add((std::uint64_t{index(event.item)} << 32U) | std::bit_cast<std::uint32_t>(event.value));
        digest.add(static_cast<std::uint64_t>(event.time));
        digest.add(static_cast<std::uint64_t>(event.part));
    }
    return digest.hex();
}

/// By names and keys, never by ids of the workspace: the same files imported into another one give the same
/// text.
Status fingerprint(const Database& database, Dataset& data, const JobContext& context)
{
    Digest digest;
    digest.add(std::string_view(data.positive ? "positive" : "all"));
    digest.add(data.positive.value_or(0.0));
    digest.add(std::uint64_t{data.users.size()});
    if (Status added = digestUsers(database, data, digest, context); !added) {
        return added;
    }
    if (Status added = digestDomain(database, data.target, digest, context); !added) {
        return added;
    }
    for (const DomainData& source : data.sources) {
        if (Status added = digestDomain(database, source, digest, context); !added) {
            return added;
        }
    }
    data.fingerprint = digest.hex();
    data.targetFingerprint = targetFingerprint(data);
    return {};
}

Status checkSelection(const DataSelection& selection)
{
    std::vector<std::string> names = selection.sources;
    names.push_back(selection.target);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "The domain %1 is named twice in the selection. Name each domain once, as the target "
                        "or as a source."),
                    {*twice});
    }
    return {};
}

Status checkTarget(const DomainData& target, bool hadInteractions)
{
    if (!target.events.empty()) {
        return {};
    }
    if (hadInteractions) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "Nothing is left of the domain %1: no user and item have as many interactions as the "
                        "selection asks for. Lower min_user and min_item."),
                    {target.name});
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE(
            "errors",
            "The domain %1 has no interactions, or none of the values that the selection keeps. Import "
            "interactions, or lower min_value."),
        {target.name});
}

} // namespace

Result<Dataset> loadDataset(const Workspace& workspace,
                            const DataSelection& selection,
                            const JobContext& context)
{
    if (const Status sound = checkSelection(selection); !sound) {
        return passOn(sound);
    }
    const ReadSnapshot snapshot(workspace.database());
    if (!snapshot.opened()) {
        return passOn(snapshot.opened());
    }
    const Result<People> people = readPeople(workspace.database(), context);
    if (!people) {
        return passOn(people);
    }
    const auto domains = static_cast<double>(selection.sources.size() + 1);
    const auto report = [&](std::size_t done) {
        context.progress(
            {.fraction = static_cast<double>(done) / domains, .stage = TRANSLATABLE("stages", "Loading")});
    };
    report(0);
    Dataset data{.positive = selection.positive};
    Result<DomainData> target = readDomain(workspace, selection.target, *people, selection.minValue, context);
    if (!target) {
        return passOn(target);
    }
    data.target = std::move(*target);
    const bool hadInteractions = !data.target.events.empty();
    if (const Status kept = keepCore(data.target, people->people.size(), selection, context); !kept) {
        return passOn(kept);
    }
    if (const Status left = checkTarget(data.target, hadInteractions); !left) {
        return passOn(left);
    }
    for (const std::string& name : selection.sources) {
        report(data.sources.size() + 1);
        Result<DomainData> source = readDomain(workspace, name, *people, std::nullopt, context);
        if (!source) {
            return passOn(source);
        }
        data.sources.push_back(std::move(*source));
    }
    numberUsers(data, *people);
    if (const Status done = fingerprint(workspace.database(), data, context); !done) {
        return passOn(done);
    }
    report(selection.sources.size() + 1);
    return data;
}

std::string fingerprintOf(const Dataset& data)
{
    return data.targetFingerprint + "." + data.fingerprint;
}

} // namespace transept
