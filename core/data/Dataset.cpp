#include "core/data/Dataset.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/data/Fingerprint.h"
#include "core/data/InteractionReader.h"
#include "core/data/KeepEvents.h"

#include <algorithm>
#include <atomic>

namespace transept {
namespace {

constexpr std::size_t eventsPerTask = std::size_t{1} << 16U;

/// What is read of every domain.
struct Request
{
    const DataSelection& selection;
    const std::optional<DataExtent>& upTo;
    const JobContext& context;
};

Result<std::vector<ItemId>> readItems(const Database& database, DomainId domain, const Request& request)
{
    Result<Statement> rows =
        database.prepare("SELECT id FROM item WHERE domain = ?1 AND (?2 IS NULL OR id <= ?2) ORDER BY id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain))
        .bind(2, request.upTo ? std::optional(request.upTo->lastItem) : std::nullopt);
    std::vector<ItemId> items;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        items.push_back(ItemId{rows->integer(0)});
        if (const Status going = everyFewThousand(items.size(), request.context); !going) {
            return passOn(going);
        }
    }
    if (!row) {
        return passOn(row);
    }
    return items;
}

Result<DomainData> readDomain(const Workspace& workspace,
                              const Snapshots& snapshots,
                              const std::string& name,
                              const People& people,
                              const Request& request)
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
    Result<std::vector<ItemId>> items = readItems(workspace.database(), found->id, request);
    if (!items) {
        return passOn(items);
    }
    domain.items = std::move(*items);
    InteractionFilter filter;
    if (name == request.selection.target) {
        filter.minValue = request.selection.minValue;
    }
    if (request.upTo) {
        filter.lastImport = request.upTo->lastImport;
    }
    if (const Status read = readInteractions(snapshots, people, filter, request.context, domain); !read) {
        return passOn(read);
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
        std::vector<std::size_t> ofUser(users, 0);
        std::fill(ofItem.begin(), ofItem.end(), 0);
        const std::size_t before = domain.events.size();
        const auto count = [&](std::size_t first, std::size_t last) {
            for (const Event& event : std::span(domain.events).subspan(first, last - first)) {
                ++ofUser[index(event.user)];
                ++ofItem[index(event.item)];
            }
        };
        const auto stays = [&](const Event& event) {
            return ofUser[index(event.user)] >= minUser && ofItem[index(event.item)] >= minItem;
        };
        const Status done = interruptible(context, before, count).and_then([&] {
            return keepEvents(domain.events, domain.parts, stays, context);
        });
        if (!done) {
            return done;
        }
        changed = domain.events.size() < before;
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

/// Gives rows to those who act in the selection.
void numberUsers(Dataset& data, const People& people)
{
    std::vector<UserRow> rowNow(people.people.size(), UserRow{-1});
    const auto forEachDomain = [&](const auto& work) {
        work(data.target);
        for (DomainData& source : data.sources) {
            work(source);
        }
    };
    const auto forEachEvent = [](auto& events, const auto& work) {
        forEachBlock(events.size(), eventsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                work(events[at]);
            }
        });
    };
    forEachDomain([&](const DomainData& domain) {
        forEachEvent(domain.events, [&](const Event& event) {
            const std::atomic_ref row(rowNow[index(event.user)]);
            if (row.load(std::memory_order_relaxed) != UserRow{0}) {
                row.store(UserRow{0}, std::memory_order_relaxed);
            }
        });
    });
    for (std::size_t person = 0; person < people.people.size(); ++person) {
        if (rowNow[person] == UserRow{0}) {
            rowNow[person] = UserRow{static_cast<std::int32_t>(data.users.size())};
            data.users.push_back(people.people[person]);
        }
    }
    if (data.users.size() == people.people.size()) {
        return; // everybody acts: all rows are as they were
    }
    forEachDomain([&](DomainData& domain) {
        forEachEvent(domain.events, [&](Event& event) { event.user = rowNow[index(event.user)]; });
    });
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
                        "selection asks for. Lower data.where.min_user and data.where.min_item."),
                    {target.name});
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE(
            "errors",
            "The domain %1 has no interactions, or none of the values that the selection keeps. Import "
            "interactions, or lower data.where.min_value."),
        {target.name});
}

} // namespace

Result<DataExtent> extentOf(const Workspace& workspace)
{
    const auto import = workspace.database().scalar("SELECT max(id) FROM import");
    const auto item = import ? workspace.database().scalar("SELECT max(id) FROM item") : passOn(import);
    if (!item) {
        return passOn(item);
    }
    return DataExtent{.lastImport = import->value_or(0), .lastItem = item->value_or(0)};
}

Result<Dataset> loadDataset(const Workspace& workspace,
                            const DataSelection& selection,
                            const JobContext& context,
                            const std::optional<DataExtent>& upTo)
{
    if (const Status sound = checkSelection(selection); !sound) {
        return passOn(sound);
    }
    const Result<Snapshots> snapshots = Snapshots::open(workspace, static_cast<std::size_t>(threadCount()));
    const Result<DataExtent> extent = snapshots ? extentOf(workspace) : passOn(snapshots);
    const Result<People> people = extent ? readPeople(workspace.database(), context) : passOn(extent);
    if (!people) {
        return passOn(people);
    }
    const Request request{selection, upTo, context};
    const auto domains = static_cast<double>(selection.sources.size() + 1);
    const auto report = [&](std::size_t done) {
        context.progress(
            {.fraction = static_cast<double>(done) / domains, .stage = TRANSLATABLE("stages", "Loading")});
    };
    report(0);
    Dataset data{
        .positive = selection.positive, .dropTwins = selection.dropTwins, .extent = upTo.value_or(*extent)};
    Result<DomainData> target = readDomain(workspace, *snapshots, selection.target, *people, request);
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
        Result<DomainData> source = readDomain(workspace, *snapshots, name, *people, request);
        if (!source) {
            return passOn(source);
        }
        data.sources.push_back(std::move(*source));
    }
    numberUsers(data, *people);
    if (const Status done = addFingerprints(workspace.database(), data, context); !done) {
        return passOn(done);
    }
    report(selection.sources.size() + 1);
    return data;
}

std::string fingerprintOf(const Dataset& data)
{
    const std::string ofEvents = data.targetFingerprint + "." + data.fingerprint;
    return data.negatives == nullptr ? ofEvents : ofEvents + "." + data.negativesFingerprint;
}

} // namespace transept
