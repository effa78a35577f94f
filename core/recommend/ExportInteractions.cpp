#include "core/experiment/Preparation.h"
#include "core/recommend/ExportRun.h"
#include "core/recommend/Keys.h"

namespace transept {
namespace {

/// User, item, value, time; nothing for a time that the source did not give.
std::vector<Json> rowOf(const Event& event,
                        const std::vector<PersonId>& users,
                        const DomainData& domain,
                        const Keys& keys)
{
    return {keys.of(users[index(event.user)]),
            keys.of(domain.items[index(event.item)]),
            event.value,
            event.time == 0 ? Json() : Json(std::int64_t{event.time})};
}

Result<Paths> exportPart(const Workspace& workspace,
                         const Prepared& prepared,
                         Part part,
                         const std::filesystem::path& to,
                         const JobContext& context)
{
    const DomainData& target = prepared.data.target;
    const Result<Keys> keys = Keys::load(workspace, target.name);
    if (!keys) {
        return passOn(keys);
    }
    std::vector<const Event*> events;
    for (std::size_t at = 0; at < target.events.size(); ++at) {
        if (prepared.parts.ofTarget[at] == part) {
            events.push_back(&target.events[at]);
        }
    }
    return writeTable(
        to,
        {"user", "item", "value", "time"},
        events.size(),
        [&](std::size_t at) { return rowOf(*events[at], prepared.data.users, target, *keys); },
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
        const std::vector<Event>& events = prepared.data.sources[source].events;
        for (std::size_t at = 0; at < events.size(); ++at) {
            if (prepared.parts.ofSources[source][at] == Part::Train) {
                rows.emplace_back(source, &events[at]);
            }
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

} // namespace

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
    const Part part = what == RunExport::Train        ? Part::Train
                      : what == RunExport::Validation ? Part::Validation
                                                      : Part::Test;
    return exportPart(workspace, *prepared, part, to, context);
}

} // namespace transept
