#include "core/model/Positives.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t usersPerTask = 512;

/// Collects the columns of one user after the other.
class Collector
{
public:
    Collector(const TrainingData& data, bool likedOnly) : m_data(data), m_likedOnly(likedOnly) {}

    void addUser(UserRow user)
    {
        const std::size_t before = columns.size();
        std::size_t firstColumn = 0;
        for (std::size_t domain = 0; domain <= m_data.sources.size(); ++domain) {
            const TrainingDomain& from = domain == 0 ? m_data.target : m_data.sources[domain - 1];
            addDomain(from, user, firstColumn);
            firstColumn += from.interactions.itemCount();
        }
        lengths.push_back(columns.size() - before);
    }

    std::vector<std::uint32_t> columns;
    std::vector<std::size_t> lengths; ///< by user

private:
    void addDomain(const TrainingDomain& domain, UserRow user, std::size_t firstColumn)
    {
        const auto items = domain.interactions.itemsOf(user);
        const auto values = domain.interactions.valuesOf(user);
        m_entries.clear();
        for (std::size_t at = 0; at < items.size(); ++at) {
            m_entries.emplace_back(static_cast<std::uint32_t>(index(items[at])),
                                   static_cast<std::uint32_t>(at));
        }
        std::ranges::sort(m_entries);
        const auto repeated = [&](std::size_t at) {
            return at + 1 < m_entries.size() && m_entries[at].first == m_entries[at + 1].first;
        };
        double lowest = -std::numeric_limits<double>::infinity();
        if (m_likedOnly && domain.kind == FeedbackKind::Explicit) {
            double sum = 0.0;
            double count = 0.0;
            for (std::size_t at = 0; at < m_entries.size(); ++at) {
                sum += repeated(at) ? 0.0 : static_cast<double>(values[m_entries[at].second]);
                count += repeated(at) ? 0.0 : 1.0;
            }
            lowest = sum / count;
        }
        for (std::size_t at = 0; at < m_entries.size(); ++at) {
            if (!repeated(at) && static_cast<double>(values[m_entries[at].second]) >= lowest) {
                columns.push_back(static_cast<std::uint32_t>(firstColumn) + m_entries[at].first);
            }
        }
    }

    const TrainingData& m_data;
    bool m_likedOnly;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_entries; ///< item, place among the user's events
};

} // namespace

Result<Positives> Positives::of(const TrainingData& data, bool likedOnly, const JobContext& job)
{
    Positives positives;
    positives.firstColumns = {0, data.target.interactions.itemCount()};
    for (const TrainingDomain& source : data.sources) {
        positives.firstColumns.push_back(positives.firstColumns.back() + source.interactions.itemCount());
    }
    const std::size_t tasks = (data.userCount + usersPerTask - 1) / usersPerTask;
    std::vector<Collector> collected(tasks, Collector(data, likedOnly));
    TaskGuard guard(job);
    forEachBlock(data.userCount, usersPerTask, [&](std::size_t task, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
            collected[task].addUser(static_cast<UserRow>(user));
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    std::size_t size = 0;
    for (const Collector& each : collected) {
        for (const std::size_t length : each.lengths) {
            size += length;
            positives.starts.push_back(size);
        }
    }
    positives.columns.resize(size);
    parallelTasks(tasks, [&](std::size_t task) {
        const std::size_t first = positives.starts[task * usersPerTask];
        std::ranges::copy(collected[task].columns,
                          positives.columns.begin() + static_cast<std::ptrdiff_t>(first));
    });
    return positives;
}

} // namespace transept
