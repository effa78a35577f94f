#include "core/recommend/Recommend.h"

#include "core/base/RowOf.h"
#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"
#include "core/recommend/Lists.h"
#include "core/recommend/Newcomers.h"
#include "core/store/Catalog.h"

#include <fmt/format.h>

#include <set>

namespace transept {
namespace {

constexpr std::size_t reasonsPerDomain = 5;
constexpr std::size_t facetReasons = 5;

/// What the run's own lists leave out as well: everything the user did in training and validation. And what
/// the user has done since.
std::vector<ItemRow> seenItems(const FittedRun& run, UserRow user, const KnownHistory& present)
{
    const std::vector<ItemRow> now = targetItemsOf(present.events);
    std::set<ItemRow> seen(now.begin(), now.end());
    for (const Event& event : run.parts.test.events) {
        if (event.user == user) {
            seen.erase(event.item);
        }
    }
    const std::span<const ItemRow> trained = run.parts.training->target.interactions.itemsOf(user);
    seen.insert(trained.begin(), trained.end());
    for (const Event& event : run.parts.validation.events) {
        if (event.user == user) {
            seen.insert(event.item);
        }
    }
    return {seen.begin(), seen.end()};
}

std::set<ItemRow> relevantItems(const FittedRun& run, UserRow user)
{
    std::set<ItemRow> relevant;
    for (const Event& event : run.parts.test.events) {
        const bool counts = !run.data.positive || static_cast<double>(event.value) >= *run.data.positive;
        if (event.user == user && counts) {
            relevant.insert(event.item);
        }
    }
    return relevant;
}

/// By row: those of the run, then the new ones.
std::vector<ItemId> rankedItems(const FittedRun& run, const ListRequest& request)
{
    std::vector<ItemId> items = run.data.target.items;
    const std::span<const NewItem> added = request.newItems.value_or(std::span<const NewItem>());
    std::ranges::transform(added, std::back_inserter(items), &NewItem::item);
    return items;
}

/// The user's list as evaluation makes it; what another program did not list, nobody knows. New items have
/// the rows after those of the run.
Result<TopItems> bestItems(const FittedRun& run,
                           UserRow user,
                           const KnownHistory& present,
                           const ListRequest& request,
                           const JobContext& context)
{
    const auto top = static_cast<std::size_t>(std::max(request.top, 0));
    const std::span<const NewItem> added = request.newItems.value_or(std::span<const NewItem>());
    const Result<std::vector<float>> folded =
        added.empty() ? std::vector<float>() : foldedScores(run, user, added, context);
    if (!folded) {
        return passOn(folded);
    }
    if (const auto* imported = dynamic_cast<const ImportedModel*>(run.model.get())) {
        const std::span<const ImportedModel::Entry> list = imported->listOf(user);
        if (list.empty()) {
            return fail(ErrorCode::NotFound,
                        TRANSLATABLE("errors",
                                     "These are results of another program (%1), with no list for this user: "
                                     "it recommends to those alone whose lists were imported. Choose another "
                                     "user or run."),
                        {run.spec.parameters.text("program")});
        }
        std::vector<ImportedModel::Entry> asked;
        std::ranges::copy_if(list, std::back_inserter(asked), [&](const ImportedModel::Entry& entry) {
            return request.asksFor(run.data.target.items[index(entry.item)]);
        });
        return firstItems(asked, top);
    }
    std::vector<float> scores(run.model->itemCount());
    run.model->score(user, scores);
    std::vector<ItemRow> seen = seenItems(run, user, present);
    for (std::size_t at = 0; at < added.size(); ++at) {
        if (std::ranges::any_of(added[at].interactions,
                                [user](const Event& event) { return event.user == user; })) {
            seen.push_back(static_cast<ItemRow>(scores.size()));
        }
        scores.push_back((*folded)[at]);
    }
    excludeOthers(rankedItems(run, request), request, seen);
    return topItems(scores, seen, top);
}

const DomainData& domainOf(const FittedRun& run, int domain)
{
    return domain < 0 ? run.data.target : run.data.sources[static_cast<std::size_t>(domain)];
}

/// The strongest contributions of every domain, strongest first, and how much every domain contributed.
Status addContributions(
    const FittedRun& run, UserRow user, ItemRow item, ItemNames& names, Recommendation& recommended)
{
    std::map<int, std::size_t> taken;
    std::map<int, double> sums;
    double total = 0.0;
    for (const Contribution& each : run.model->contributions(user, item)) {
        const double size = std::abs(static_cast<double>(each.weight));
        sums[each.domain] += size;
        total += size;
        if (taken[each.domain]++ >= reasonsPerDomain) {
            continue;
        }
        const DomainData& domain = domainOf(run, each.domain);
        Result<ItemNames::Name> name = names.of(domain.items[index(each.item)]);
        if (!name) {
            return passOn(name);
        }
        recommended.reasons.push_back({.kind = "item",
                                       .domain = domain.name,
                                       .key = std::move(name->key),
                                       .title = std::move(name->title),
                                       .weight = static_cast<double>(each.weight)});
    }
    for (const auto& [domain, sum] : sums) {
        recommended.shares.emplace_back(domainOf(run, domain).name, sum / total);
    }
    std::ranges::stable_sort(recommended.shares, std::greater(), &std::pair<std::string, double>::second);
    return {};
}

void addAttention(const FittedRun& run, UserRow user, ItemRow item, std::vector<Reason>& reasons)
{
    const auto& knowledge = run.parts.training->target.knowledge;
    if (knowledge == nullptr || index(item) >= knowledge->facets.size()) {
        return;
    }
    const std::vector<Facet>& facets = knowledge->facets[index(item)];
    std::size_t taken = 0;
    for (const FacetAttention& each : run.model->attention(user, item)) {
        if (taken == facetReasons || static_cast<std::size_t>(each.facet) >= facets.size()) {
            return;
        }
        const Facet& facet = facets[static_cast<std::size_t>(each.facet)];
        reasons.push_back({.kind = "facet",
                           .domain = run.data.target.name,
                           .key = facet.name,
                           .title = facet.text,
                           .weight = static_cast<double>(each.weight)});
        ++taken;
    }
}

/// The best items, with what is known of each.
Result<std::vector<Recommendation>> listOf(const Workspace& workspace,
                                           const FittedRun& run,
                                           UserRow user,
                                           const TopItems& best,
                                           const ListRequest& request,
                                           const JobContext& context)
{
    const std::size_t known = run.data.target.items.size();
    const std::span<const NewItem> added = request.newItems.value_or(std::span<const NewItem>());
    Result<ItemNames> names = ItemNames::open(workspace);
    Result<std::vector<Recommendation>> list =
        names ? named(best, rankedItems(run, request), *names, context) : passOn(names);
    if (!list) {
        return list;
    }
    const std::set<ItemRow> relevant = relevantItems(run, user);
    for (std::size_t place = 0; place < best.items.size(); ++place) {
        const ItemRow item = best.items[place];
        Recommendation& each = (*list)[place];
        if (index(item) >= known) {
            each.foldedFrom = added[index(item) - known].interactions.size();
            continue;
        }
        each.confirmed = relevant.contains(item);
        if (float deviation = 0.0F; run.model->deviations(user, {&item, 1}, {&deviation, 1})) {
            each.deviation = static_cast<double>(deviation);
        }
        if (!request.reasons) {
            continue;
        }
        const Status explained =
            context.checkpoint().and_then([&] { return addContributions(run, user, item, *names, each); });
        if (!explained) {
            return passOn(explained);
        }
        addAttention(run, user, item, each.reasons);
    }
    return list;
}

tl::unexpected<Error> noSuchUser(const Workspace& workspace, std::string_view key, std::string_view platform)
{
    std::string examples;
    Result<Statement> rows = workspace.database().prepare("SELECT key FROM account ORDER BY id LIMIT 3");
    Result<bool> row = rows ? rows->step() : passOn(rows);
    for (; row && *row; row = rows->step()) {
        examples += (examples.empty() ? "" : ", ") + std::string(rows->text(0));
    }
    if (examples.empty()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no user %1: the workspace is empty. Import data first."),
                    {std::string(key)});
    }
    if (!platform.empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE(
                "errors",
                "There is no user %1 on the platform %2. Users are named as in the imported file, for "
                "example %3."),
            {std::string(key), std::string(platform), examples});
    }
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors",
                             "There is no user %1. Users are named as in the imported file, for example %2."),
                {std::string(key), examples});
}

/// The smallest text above all that start with `prefix`; empty when there is none.
std::string endOfRange(std::string_view prefix)
{
    std::string end(prefix);
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFFU) {
        end.pop_back();
    }
    if (!end.empty()) {
        end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1U);
    }
    return end;
}

constexpr std::int64_t fewAccounts = 2000; ///< it is faster to count for each than to go through all rows

constexpr std::string_view fittingAccounts =
    "SELECT count(*) FROM (SELECT 1 FROM account WHERE key >= ?1 AND (?2 = '' OR key < ?2) LIMIT ?3 + 1)";

constexpr std::string_view mostActiveOfFew =
    // CROSS JOIN keeps the order: a look into every domain, not through all rows.
    "SELECT account.person, account.key, platform.name, (SELECT count(*) FROM domain CROSS JOIN interaction"
    "  ON interaction.domain = domain.id AND interaction.account = account.id WHERE domain.deleted IS NULL)"
    " AS amount FROM account JOIN platform ON platform.id = account.platform"
    " WHERE account.key >= ?1 AND (?2 = '' OR account.key < ?2) ORDER BY amount DESC, account.id LIMIT ?3";

constexpr std::string_view mostActiveOfMany =
    // Counts come from the clustered table in its own order.
    "WITH chosen AS MATERIALIZED (SELECT id, key, platform, person FROM account"
    " WHERE ?1 = '' OR (key >= ?1 AND (?2 = '' OR key < ?2))),"
    " activity AS MATERIALIZED (SELECT account, count(*) AS amount FROM interaction"
    "  WHERE domain IN (SELECT id FROM domain WHERE deleted IS NULL)"
    "  AND (?1 = '' OR account IN (SELECT id FROM chosen)) GROUP BY domain, account)"
    " SELECT chosen.person, chosen.key, platform.name FROM chosen"
    " JOIN platform ON platform.id = chosen.platform"
    " LEFT JOIN (SELECT account, sum(amount) AS amount FROM activity GROUP BY account) total"
    "  ON total.account = chosen.id"
    " ORDER BY coalesce(total.amount, 0) DESC, chosen.id LIMIT ?3";

constexpr std::string_view activityOfPerson =
    // CROSS JOIN keeps the order: from the person's accounts to their rows, not through all rows of the
    // domain.
    "SELECT domain.name, (SELECT count(*) FROM account CROSS JOIN interaction"
    "  ON interaction.domain = domain.id AND interaction.account = account.id WHERE account.person = ?1) AS "
    "amount"
    " FROM domain WHERE domain.deleted IS NULL AND amount > 0 ORDER BY domain.id";

constexpr std::string_view historyOfPerson =
    "SELECT domain.name, item.id, item.key, coalesce(item.title, ''), interaction.value, domain.scale_min,"
    " domain.scale_max, domain.kind, interaction.time FROM account CROSS JOIN domain ON domain.deleted IS "
    "NULL"
    " CROSS JOIN interaction ON interaction.domain = domain.id AND interaction.account = account.id"
    " JOIN item ON item.id = interaction.item WHERE account.person = ?1"
    " ORDER BY domain.id, interaction.time DESC NULLS LAST, interaction.import DESC, interaction.line DESC,"
    " interaction.entry DESC";

HistoryEntry historyEntryOf(const Statement& row)
{
    HistoryEntry entry{.domain = std::string(row.text(0)),
                       .item = ItemId{row.integer(1)},
                       .key = std::string(row.text(2)),
                       .title = std::string(row.text(3)),
                       .value = row.real(4),
                       .implicitFeedback = row.text(7) == wordOf(FeedbackKind::Implicit)};
    if (!row.isNull(5) && !row.isNull(6)) {
        entry.scaleMin = row.real(5);
        entry.scaleMax = row.real(6);
    }
    if (!row.isNull(8)) {
        entry.time = row.integer(8);
    }
    return entry;
}

Status addActivity(const Workspace& workspace, std::vector<UserSummary>& users)
{
    Result<Statement> rows = workspace.database().prepare(activityOfPerson);
    if (!rows) {
        return passOn(rows);
    }
    for (UserSummary& user : users) {
        rows->rewind();
        Result<bool> row = rows->bind(1, number(user.person)).step();
        for (; row && *row; row = rows->step()) {
            user.interactions.emplace_back(rows->text(0), rows->integer(1));
        }
        if (!row) {
            return passOn(row);
        }
    }
    return {};
}

} // namespace

Result<std::vector<Recommendation>> recommend(const Workspace& workspace,
                                              const FittedRun& run,
                                              PersonId person,
                                              const ListRequest& request,
                                              const JobContext& context)
{
    const Result<KnownHistory> present = presentHistory(workspace, run, person);
    if (!present) {
        return passOn(present);
    }
    if (!knows(run, person) && present->events.empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE(
                "errors",
                "This user has no interaction in the data of the run (target %1). Choose another user, or "
                "a run on other domains."),
            {run.data.target.name});
    }
    if (!knows(run, person) && request.newItems) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The run does not know this user, and new items are only scored for users "
                                 "whom it learnt from. Leave new items out, or run its spec again."));
    }
    if (!knows(run, person)) {
        return recommendTo(workspace, run, *present, request, context);
    }
    const UserRow user = knownRowOf<UserRow>(run.data.users, person);
    const Result<TopItems> best = bestItems(run, user, *present, request, context);
    return best ? listOf(workspace, run, user, *best, request, context) : passOn(best);
}

Result<PersonId> findPerson(const Workspace& workspace, std::string_view key, std::string_view platform)
{
    Result<Statement> rows = workspace.database().prepare(
        "SELECT account.person, platform.name FROM account JOIN platform ON platform.id = account.platform"
        " WHERE account.key = ?1 AND (?2 = '' OR platform.name = ?2) ORDER BY platform.id");
    if (!rows) {
        return passOn(rows);
    }
    std::set<PersonId> persons;
    std::vector<std::string> platforms;
    Result<bool> row = rows->bind(1, key).bind(2, platform).step();
    for (; row && *row; row = rows->step()) {
        persons.insert(PersonId{rows->integer(0)});
        platforms.emplace_back(rows->text(1));
    }
    if (!row) {
        return passOn(row);
    }
    if (persons.empty()) {
        return noSuchUser(workspace, key, platform);
    }
    if (persons.size() > 1) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The user %1 is on several platforms (%2). Say which one (--platform)."),
            {std::string(key), listed(platforms)});
    }
    return *persons.begin();
}

Result<std::vector<ItemId>> findItems(const Workspace& workspace,
                                      const std::string& domain,
                                      std::span<const std::string> keys)
{
    std::vector<ItemId> items;
    for (const std::string& key : keys) {
        const Result<ItemId> item = itemWithKey(workspace, std::span(&domain, 1), key);
        if (!item) {
            return passOn(item);
        }
        items.push_back(*item);
    }
    std::ranges::sort(items);
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return items;
}

Result<std::vector<UserSummary>> users(const Workspace& workspace, std::string_view text, int limit)
{
    const std::string end = endOfRange(text);
    Result<Statement> fitting = workspace.database().prepare(fittingAccounts);
    if (!fitting) {
        return passOn(fitting);
    }
    const Result<bool> counted =
        fitting->bind(1, text).bind(2, std::string_view(end)).bind(3, fewAccounts).step();
    if (!counted) {
        return passOn(counted);
    }
    Result<Statement> rows =
        workspace.database().prepare(fitting->integer(0) <= fewAccounts ? mostActiveOfFew : mostActiveOfMany);
    if (!rows) {
        return passOn(rows);
    }
    std::vector<UserSummary> found;
    Result<bool> row = rows->bind(1, text).bind(2, std::string_view(end)).bind(3, std::int64_t{limit}).step();
    for (; row && *row; row = rows->step()) {
        found.push_back({.person = PersonId{rows->integer(0)},
                         .key = std::string(rows->text(1)),
                         .platform = std::string(rows->text(2))});
    }
    if (!row) {
        return passOn(row);
    }
    const Status added = addActivity(workspace, found);
    return added ? Result<std::vector<UserSummary>>(std::move(found)) : passOn(added);
}

Result<UserSummary> user(const Workspace& workspace, PersonId person)
{
    Result<Statement> rows = workspace.database().prepare(
        "SELECT account.key, platform.name FROM account JOIN platform ON platform.id = account.platform"
        " WHERE account.person = ? ORDER BY account.id LIMIT 1");
    if (!rows) {
        return passOn(rows);
    }
    const Result<bool> row = rows->bind(1, number(person)).step();
    if (!row) {
        return passOn(row);
    }
    if (!*row) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "This user is no longer there. Choose another one."));
    }
    std::vector<UserSummary> found{
        {.person = person, .key = std::string(rows->text(0)), .platform = std::string(rows->text(1))}};
    const Status added = addActivity(workspace, found);
    return added ? Result<UserSummary>(std::move(found.front())) : passOn(added);
}

Result<std::vector<HistoryEntry>> history(const Workspace& workspace, PersonId person)
{
    Result<Statement> rows = workspace.database().prepare(historyOfPerson);
    if (!rows) {
        return passOn(rows);
    }
    std::vector<HistoryEntry> found;
    Result<bool> row = rows->bind(1, number(person)).step();
    for (; row && *row; row = rows->step()) {
        found.push_back(historyEntryOf(*rows));
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

} // namespace transept
