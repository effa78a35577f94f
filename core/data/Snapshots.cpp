#include "core/data/Snapshots.h"

#include <optional>
#include <utility>

namespace transept {
namespace {

/// Of a writer that commits all the time, sooner or later one commit is far enough from the next.
constexpr int mostTries = 50;

/// The state is fixed by the first read, not by the beginning.
Status beginReading(const Database& database)
{
    return database.execute("SAVEPOINT snapshot; SELECT count(*) FROM platform");
}

} // namespace

Result<Snapshots> Snapshots::open(const Workspace& workspace, std::size_t wanted)
{
    Snapshots snapshots(workspace.database());
    while (wanted > 1 && snapshots.m_others.size() < wanted) { // one more, to watch for commits
        Result<Workspace> opened = Workspace::open(workspace.file(), Access::ReadOnly);
        if (!opened) {
            break;
        }
        snapshots.m_others.push_back(std::move(*opened));
    }
    std::optional<Workspace> watch;
    if (!snapshots.m_others.empty()) {
        watch.emplace(std::move(snapshots.m_others.back()));
        snapshots.m_others.pop_back();
    }
    for (int attempt = 0; !snapshots.m_others.empty() && attempt < mostTries; ++attempt) {
        // It changes when anybody else has committed.
        const auto before = watch->database().scalar("PRAGMA data_version");
        const Status begun = snapshots.begin();
        const auto after = watch->database().scalar("PRAGMA data_version");
        if (begun && before && after && *before == *after) {
            return snapshots;
        }
        snapshots.end();
    }
    snapshots.m_others.clear();
    if (const Status begun = beginReading(workspace.database()); !begun) {
        return passOn(begun);
    }
    return snapshots;
}

Snapshots::Snapshots(Snapshots&& other) noexcept
    : m_own(std::exchange(other.m_own, nullptr))
    , m_others(std::move(other.m_others))
{
}

Snapshots::~Snapshots()
{
    end();
}

Status Snapshots::begin()
{
    for (std::size_t number = 0; number < count(); ++number) {
        if (Status begun = beginReading(at(number)); !begun) {
            return begun;
        }
    }
    return {};
}

void Snapshots::end()
{
    for (std::size_t number = 0; m_own != nullptr && number < count(); ++number) {
        (void)at(number).execute("RELEASE snapshot"); // nothing was written, nothing can be lost
    }
}

} // namespace transept
