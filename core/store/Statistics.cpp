#include "core/store/Statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace transept {
namespace {

/// Somebody (or something) is in the domain of that place in the list.
struct Membership
{
    std::int64_t who = 0;
    std::size_t domain = 0;
    // clang-tidy 14 takes the 0 behind a defaulted comparison for a pointer.
    auto operator<=>(const Membership&) const = default; // NOLINT(modernize-use-nullptr)
};

/// How many are in each pair of domains, and in how many domains they are.
struct Memberships
{
    std::vector<std::int64_t> pairs; ///< row-major, domains x domains; the diagonal counts a domain's own
    std::int64_t all = 0;
    std::int64_t shared = 0;
};

/// One pass over the sorted list: each person's domains stand together, so no pair of domains needs a join.
Memberships count(std::vector<Membership>& memberships, std::size_t domains)
{
    std::sort(memberships.begin(), memberships.end());
    memberships.erase(std::unique(memberships.begin(), memberships.end()), memberships.end());
    Memberships counted{.pairs = std::vector<std::int64_t>(domains * domains)};
    for (auto first = memberships.begin(); first != memberships.end();) {
        const auto last = std::find_if(
            first, memberships.end(), [&](const Membership& each) { return each.who != first->who; });
        for (auto a = first; a != last; ++a) {
            for (auto b = a; b != last; ++b) {
                ++counted.pairs[a->domain * domains + b->domain];
            }
        }
        ++counted.all;
        counted.shared += last - first > 1 ? 1 : 0;
        first = last;
    }
    return counted;
}

using Numbers = std::unordered_map<std::int64_t, std::int64_t>;

Result<Numbers> personsByAccount(const Database& database)
{
    const Result<std::optional<std::int64_t>> accounts = database.scalar("SELECT count(*) FROM account");
    Result<Statement> rows = database.prepare("SELECT id, person FROM account");
    if (!accounts || !rows) {
        return accounts ? passOn(rows) : passOn(accounts);
    }
    Numbers persons;
    persons.reserve(static_cast<std::size_t>(accounts->value_or(0)));
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        persons.emplace(rows->integer(0), rows->integer(1));
    }
    if (!row) {
        return passOn(row);
    }
    return persons;
}

/// Reads the interactions of one domain once, in their clustered order.
Status addUsers(const Database& database,
                const Numbers& persons,
                std::size_t place,
                DomainStatistics& domain,
                std::vector<Membership>& members)
{
    Result<Statement> rows = database.prepare(
        "SELECT account, count(*), min(time), max(time) FROM interaction WHERE domain = ? GROUP BY account");
    if (!rows) {
        return passOn(rows);
    }
    Result<bool> row = rows->bind(1, number(domain.domain.id)).step();
    for (; row && *row; row = rows->step()) {
        domain.interactions += rows->integer(1);
        if (!rows->isNull(2)) {
            domain.firstTime = std::min(domain.firstTime.value_or(rows->integer(2)), rows->integer(2));
            domain.lastTime = std::max(domain.lastTime.value_or(rows->integer(3)), rows->integer(3));
        }
        if (const auto person = persons.find(rows->integer(0)); person != persons.end()) {
            members.push_back({person->second, place});
        }
    }
    return row ? Status{} : passOn(row);
}

/// The items are read through the index interaction_item, once a domain; both lists ascend by item.
Result<std::vector<std::int64_t>> activeItems(const Database& database, DomainId domain)
{
    Result<Statement> rows =
        database.prepare("SELECT DISTINCT item FROM interaction WHERE domain = ? ORDER BY item");
    if (!rows) {
        return passOn(rows);
    }
    std::vector<std::int64_t> items;
    Result<bool> row = rows->bind(1, number(domain)).step();
    for (; row && *row; row = rows->step()) {
        items.push_back(rows->integer(0));
    }
    if (!row) {
        return passOn(row);
    }
    return items;
}

Status addItems(const Database& database,
                std::size_t place,
                DomainStatistics& domain,
                std::vector<Membership>& works)
{
    const Result<std::vector<std::int64_t>> active = activeItems(database, domain.domain.id);
    Result<Statement> rows = database.prepare("SELECT id, work, import, coalesce(title, '') <> '' OR "
                                              "EXISTS(SELECT 1 FROM item_field WHERE item = item.id"
                                              " AND value <> '') FROM item WHERE domain = ?");
    if (!active || !rows) {
        return active ? passOn(rows) : passOn(active);
    }
    domain.activeItems = static_cast<std::int64_t>(active->size());
    Result<bool> row = rows->bind(1, number(domain.domain.id)).step();
    for (; row && *row; row = rows->step()) {
        const bool hasText = rows->integer(3) != 0;
        domain.texts += hasText ? 1 : 0;
        if (!hasText && rows->isNull(2) &&
            !std::binary_search(active->begin(), active->end(), rows->integer(0))) {
            continue;
        }
        ++domain.items;
        if (!rows->isNull(1)) {
            works.push_back({rows->integer(1), place});
        }
    }
    return row ? Status{} : passOn(row);
}

/// -inf: every interaction.
double leastValue(std::optional<double> value)
{
    return value.value_or(-std::numeric_limits<double>::infinity());
}

Status spreadOverPersons(const Database& database,
                         DomainId domain,
                         std::optional<double> minValue,
                         std::optional<double> positive,
                         DomainSpread& spread)
{
    const Result<Numbers> persons = personsByAccount(database);
    Result<Statement> rows = database.prepare(
        "SELECT account, count(*), sum(part = 2), sum(part = 3), sum(value >= ?3) FROM interaction"
        " WHERE domain = ?1 AND value >= ?2 GROUP BY account");
    if (!persons || !rows) {
        return persons ? passOn(rows) : passOn(persons);
    }
    Result<bool> row =
        rows->bind(1, number(domain)).bind(2, leastValue(minValue)).bind(3, leastValue(positive)).step();
    for (; row && *row; row = rows->step()) {
        const auto person = persons->find(rows->integer(0));
        if (person == persons->end()) { // an account that is not there is nobody's, as above
            continue;
        }
        spread.persons.push_back({.person = PersonId{person->second},
                                  .all = rows->integer(1),
                                  .validation = rows->integer(2),
                                  .test = rows->integer(3)});
        spread.interactions += rows->integer(1);
        spread.positive += rows->integer(4);
    }
    std::ranges::sort(spread.persons, {}, &DomainSpread::OfPerson::person);
    std::vector<DomainSpread::OfPerson> joined;
    for (const DomainSpread::OfPerson& each : spread.persons) {
        if (joined.empty() || joined.back().person != each.person) {
            joined.push_back(each);
            continue;
        }
        joined.back().all += each.all;
        joined.back().validation += each.validation;
        joined.back().test += each.test;
    }
    spread.persons = std::move(joined);
    return row ? Status{} : passOn(row);
}

/// Without a bound on values the index of items alone is read.
Status spreadOverItems(const Database& database,
                       DomainId domain,
                       std::optional<double> minValue,
                       DomainSpread& spread)
{
    Result<Statement> rows = database.prepare(
        minValue ? "SELECT count(*) FROM interaction WHERE domain = ?1 AND value >= ?2 GROUP BY item"
                 : "SELECT count(*) FROM interaction WHERE domain = ?1 AND ?2 IS NOT NULL GROUP BY item");
    if (!rows) {
        return passOn(rows);
    }
    Result<bool> row = rows->bind(1, number(domain)).bind(2, leastValue(minValue)).step();
    for (; row && *row; row = rows->step()) {
        spread.items.push_back(rows->integer(0));
    }
    Result<Statement> all = database.prepare("SELECT count(*) FROM item WHERE domain = ?");
    if (!row || !all) {
        return row ? passOn(all) : passOn(row);
    }
    const Result<bool> counted = all->bind(1, number(domain)).step();
    spread.catalogue = counted && *counted ? all->integer(0) : 0;
    return counted ? Status{} : passOn(counted);
}

/// Counts equal values as long as there are few different ones; else what is needed for bars of equal width.
class ValueCounter
{
public:
    static constexpr std::size_t mostBars = 40;

    void add(double value)
    {
        m_lowest = std::min(m_lowest, value);
        m_highest = std::max(m_highest, value);
        if (m_counts.size() <= mostBars) {
            ++m_counts[value];
        }
    }
    bool hasFewValues() const { return m_counts.size() <= mostBars; }
    double lowest() const { return m_lowest; }
    double highest() const { return m_highest; }

    /// The bar of a value reaches up to the next value, so that [low, high) holds it alone.
    std::vector<HistogramBar> bars() const
    {
        std::vector<HistogramBar> bars;
        for (const auto& [value, count] : m_counts) {
            if (!bars.empty()) {
                bars.back().high = value;
            }
            bars.push_back({.low = value, .high = value + 1.0, .count = count});
        }
        if (bars.size() > 1) {
            const HistogramBar& before = bars[bars.size() - 2];
            bars.back().high = bars.back().low + (before.high - before.low);
        }
        return bars;
    }

private:
    std::map<double, std::int64_t> m_counts;
    double m_lowest = std::numeric_limits<double>::infinity();
    double m_highest = -std::numeric_limits<double>::infinity();
};

Status readActivity(const Database& database, DomainId domain, DomainCurves& curves, ValueCounter& values)
{
    const Result<Numbers> persons = personsByAccount(database);
    Result<Statement> rows =
        database.prepare("SELECT account, value FROM interaction WHERE domain = ? ORDER BY account");
    if (!persons || !rows) {
        return persons ? passOn(rows) : passOn(persons);
    }
    Numbers activity;
    Result<bool> row = rows->bind(1, number(domain)).step();
    std::int64_t account = 0;
    std::int64_t* count = nullptr; // of the present account: its interactions stand together
    for (; row && *row; row = rows->step()) {
        if (count == nullptr || rows->integer(0) != account) {
            account = rows->integer(0);
            const auto person = persons->find(account);
            count = &activity[person == persons->end() ? -account : person->second];
        }
        ++*count;
        values.add(rows->real(1));
    }
    for (const auto& [person, interactions] : activity) {
        curves.userActivity.push_back(interactions);
    }
    std::sort(curves.userActivity.begin(), curves.userActivity.end(), std::greater<>());
    return row ? Status{} : passOn(row);
}

Status readPopularity(const Database& database, DomainId domain, DomainCurves& curves)
{
    Result<Statement> rows =
        database.prepare("SELECT count(*) FROM interaction WHERE domain = ? GROUP BY item");
    if (!rows) {
        return passOn(rows);
    }
    Result<bool> row = rows->bind(1, number(domain)).step();
    for (; row && *row; row = rows->step()) {
        curves.itemPopularity.push_back(rows->integer(0));
    }
    std::sort(curves.itemPopularity.begin(), curves.itemPopularity.end(), std::greater<>());
    return row ? Status{} : passOn(row);
}

/// 40 bars between the least and the greatest value; in the logarithm when the values are positive and span
/// more than two decades, as counts of plays do.
Status fillBars(const Database& database, DomainId domain, const ValueCounter& values, DomainCurves& curves)
{
    curves.logValues = values.lowest() > 0.0 && values.highest() / values.lowest() > 100.0;
    const auto place = [&](double value) { return curves.logValues ? std::log(value) : value; };
    const double low = place(values.lowest());
    const double width = (place(values.highest()) - low) / static_cast<double>(ValueCounter::mostBars);
    const auto edge = [&](std::size_t bar) {
        const double at = low + width * static_cast<double>(bar);
        return curves.logValues ? std::exp(at) : at;
    };
    for (std::size_t bar = 0; bar < ValueCounter::mostBars; ++bar) {
        curves.values.push_back({.low = edge(bar), .high = edge(bar + 1)});
    }
    curves.values.front().low = values.lowest();
    curves.values.back().high = values.highest();

    Result<Statement> rows = database.prepare("SELECT value FROM interaction WHERE domain = ?");
    if (!rows) {
        return passOn(rows);
    }
    const auto bars = curves.values.begin();
    Result<bool> row = rows->bind(1, number(domain)).step();
    for (; row && *row; row = rows->step()) {
        const auto after = std::upper_bound(
            bars + 1, curves.values.end(), rows->real(0), [](double value, const HistogramBar& bar) {
                return value < bar.low;
            });
        ++(after - 1)->count;
    }
    return row ? Status{} : passOn(row);
}

} // namespace

Result<WorkspaceStatistics> statistics(const Workspace& workspace, const JobContext& context)
{
    const Database& database = workspace.database();
    const StopWatcher watcher(database, context);
    Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    const Result<Numbers> persons = personsByAccount(database);
    if (!domains || !persons) {
        return domains ? passOn(persons) : passOn(domains);
    }
    const std::size_t size = domains->size();
    WorkspaceStatistics result;
    std::vector<Membership> members;
    std::vector<Membership> works;
    for (std::size_t place = 0; place < size; ++place) {
        context.progress({.fraction = static_cast<double>(place) / static_cast<double>(size),
                          .stage = TRANSLATABLE("stages", "Counting"),
                          .done = static_cast<std::int64_t>(place),
                          .total = static_cast<std::int64_t>(size)});
        DomainStatistics& domain =
            result.domains.emplace_back(DomainStatistics{.domain = std::move((*domains)[place])});
        const Status added = addUsers(database, *persons, place, domain, members).and_then([&] {
            return addItems(database, place, domain, works);
        });
        if (!added) {
            return passOn(added);
        }
    }
    const Memberships people = count(members, size);
    const Memberships things = count(works, size);
    result.persons = people.all;
    result.sharedPersons = people.shared;
    for (std::size_t a = 0; a < size; ++a) {
        DomainStatistics& domain = result.domains[a];
        domain.users = people.pairs[a * size + a];
        const double cells = static_cast<double>(domain.users) * static_cast<double>(domain.activeItems);
        domain.density = cells > 0.0 ? static_cast<double>(domain.interactions) / cells : 0.0;
        for (std::size_t b = a + 1; b < size; ++b) {
            result.overlap.push_back({.a = domain.domain.name,
                                      .b = result.domains[b].domain.name,
                                      .users = people.pairs[a * size + b],
                                      .items = things.pairs[a * size + b]});
        }
    }
    return result;
}

Result<DomainSpread> domainSpread(const Workspace& workspace,
                                  DomainId domain,
                                  std::optional<double> minValue,
                                  std::optional<double> positive,
                                  const JobContext& context)
{
    const Database& database = workspace.database();
    const StopWatcher watcher(database, context);
    DomainSpread spread;
    const Status read = spreadOverPersons(database, domain, minValue, positive, spread).and_then([&] {
        return spreadOverItems(database, domain, minValue, spread);
    });
    if (!read) {
        return passOn(read);
    }
    return spread;
}

Result<DomainCurves> domainCurves(const Workspace& workspace, DomainId domain, const JobContext& context)
{
    const Database& database = workspace.database();
    const StopWatcher watcher(database, context);
    DomainCurves curves;
    ValueCounter values;
    const Status read = readActivity(database, domain, curves, values).and_then([&] {
        return readPopularity(database, domain, curves);
    });
    if (!read) {
        return passOn(read);
    }
    if (values.hasFewValues()) {
        curves.values = values.bars();
        return curves;
    }
    if (const Status filled = fillBars(database, domain, values, curves); !filled) {
        return passOn(filled);
    }
    return curves;
}

} // namespace transept
