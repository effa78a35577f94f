#include "core/model/History.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace transept {
namespace {

struct Entry
{
    std::int32_t column = 0;
    float value = 0.0F;
    std::int64_t time = 0;
    std::int32_t age = 0;
};

float combined(FeedbackKind kind, float earlier, float later)
{
    return kind == FeedbackKind::Implicit ? earlier + later : later;
}

/// A column once: where its last occurrence stands.
void joinRepeats(std::vector<Entry>& entries, FeedbackKind kind)
{
    constexpr std::int32_t repeatedLater = -1;
    std::unordered_map<std::int32_t, std::size_t> places;
    for (std::size_t at = 0; at < entries.size(); ++at) {
        const auto [place, isNew] = places.try_emplace(entries[at].column, at);
        if (!isNew) {
            Entry& earlier = entries[place->second];
            entries[at].value = combined(kind, earlier.value, entries[at].value);
            earlier.column = repeatedLater;
            place->second = at;
        }
    }
    std::erase_if(entries, [](const Entry& entry) { return entry.column == repeatedLater; });
}

/// Replaces raw values by what they count and drops what does not.
void weigh(std::vector<Entry>& entries, const TrainingDomain& domain, EntryValue value)
{
    const bool ratings = domain.kind == FeedbackKind::Explicit;
    if (value == EntryValue::Value) {
        const auto highest = static_cast<float>(domain.scaleMax > 0.0 ? domain.scaleMax : 1.0);
        for (Entry& entry : entries) {
            entry.value = ratings ? entry.value / highest : std::log1p(std::max(entry.value, 0.0F));
        }
        return;
    }
    if (value == EntryValue::Liked && ratings && !entries.empty()) {
        double sum = 0.0;
        for (const Entry& entry : entries) {
            sum += static_cast<double>(entry.value);
        }
        const double mean = sum / static_cast<double>(entries.size());
        std::erase_if(entries,
                      [mean](const Entry& entry) { return static_cast<double>(entry.value) < mean; });
    }
    for (Entry& entry : entries) {
        entry.value = 1.0F;
    }
}

void countAges(std::span<Entry> entries)
{
    for (std::size_t at = 0; at < entries.size(); ++at) {
        entries[at].age = static_cast<std::int32_t>(entries.size() - 1 - at);
    }
}

/// Reads what users did, one after the other; has room of its own, so it belongs to one task.
class UserReader
{
public:
    UserReader(const TrainingData& data, EntryValue value, std::span<const std::size_t> firstColumns)
        : m_data(data)
        , m_value(value)
        , m_firstColumns(firstColumns)
        , m_met(firstColumns.back())
    {
    }

    /// All of a user's entries by column; valid until the next user.
    std::span<const Entry> read(UserRow user)
    {
        m_all.clear();
        for (std::size_t domain = 0; domain + 1 < m_firstColumns.size(); ++domain) {
            const TrainingDomain& from = domain == 0 ? m_data.target : m_data.sources[domain - 1];
            readDomain(from, user, m_firstColumns[domain]);
            weigh(m_ofDomain, from, m_value);
            countAges(m_ofDomain);
            m_all.insert(m_all.end(), m_ofDomain.begin(), m_ofDomain.end());
        }
        if (std::ranges::none_of(m_all, [](const Entry& entry) { return entry.time == 0; })) {
            std::ranges::stable_sort(m_all, {}, &Entry::time);
            countAges(m_all);
        }
        sortByColumn();
        return m_all;
    }

private:
    /// One domain's entries, oldest first.
    void readDomain(const TrainingDomain& domain, UserRow user, std::size_t firstColumn)
    {
        const auto items = domain.interactions.itemsOf(user);
        const auto values = domain.interactions.valuesOf(user);
        const auto times = domain.interactions.timesOf(user);
        m_ofDomain.clear();
        bool hasRepeats = false;
        for (std::size_t at = 0; at < items.size(); ++at) {
            const std::size_t column = firstColumn + index(items[at]);
            hasRepeats = hasRepeats || m_met[column] != 0;
            m_met[column] = 1;
            m_ofDomain.push_back(
                {.column = static_cast<std::int32_t>(column), .value = values[at], .time = times[at]});
        }
        for (const ItemRow item : items) {
            m_met[firstColumn + index(item)] = 0;
        }
        if (hasRepeats) {
            joinRepeats(m_ofDomain, domain.kind);
        }
    }

    /// Small numbers are sorted faster than entries.
    void sortByColumn()
    {
        if (std::ranges::is_sorted(m_all, {}, &Entry::column)) {
            return;
        }
        m_places.clear();
        for (std::size_t at = 0; at < m_all.size(); ++at) {
            m_places.push_back(std::uint64_t{static_cast<std::uint32_t>(m_all[at].column)} << 32U | at);
        }
        std::ranges::sort(m_places);
        m_sorted.clear();
        for (const std::uint64_t place : m_places) {
            m_sorted.push_back(m_all[static_cast<std::uint32_t>(place)]);
        }
        m_all.swap(m_sorted);
    }

    const TrainingData& m_data;
    EntryValue m_value;
    std::span<const std::size_t> m_firstColumns;
    std::vector<std::uint8_t> m_met; ///< a column each; 0 between domains
    std::vector<Entry> m_ofDomain;
    std::vector<Entry> m_all;
    std::vector<Entry> m_sorted;
    std::vector<std::uint64_t> m_places;
};

/// Of some users, one after the other.
struct Rows
{
    SparseRows rows;
    std::vector<std::int32_t> ages;
};

std::size_t interactionCount(const TrainingData& data)
{
    std::size_t count = data.target.interactions.size();
    for (const TrainingDomain& source : data.sources) {
        count += source.interactions.size();
    }
    return count;
}

} // namespace

Parameter entryValueParameter()
{
    return {.name = "values",
            .type = Parameter::Type::Choice,
            .preset = "binary",
            .choices = {"binary", "values", "liked"},
            .label = TRANSLATABLE("methods", "An interaction counts"),
            .meaning = TRANSLATABLE(
                "methods",
                "binary: every interaction counts the same. values: ratings count by their height, "
                "implicit strengths by their logarithm. liked: only ratings of at least the user's "
                "own mean count.")};
}

EntryValue entryValueFrom(const Parameters& parameters)
{
    const std::string value = parameters.text("values");
    if (value == "values") {
        return EntryValue::Value;
    }
    return value == "liked" ? EntryValue::Liked : EntryValue::Binary;
}

Parameter decayParameter()
{
    return {.name = "decay",
            .type = Parameter::Type::Real,
            .preset = 1.0,
            .low = 0.1,
            .high = 1.0,
            .label = TRANSLATABLE("methods", "Recency"),
            .meaning = TRANSLATABLE(
                "methods",
                "How much an event of the user's history counts compared with the next later one; 1: "
                "the order in time does not matter. About 0.7 where people shop in series.")};
}

Result<History> History::of(const TrainingData& data, EntryValue value, const JobContext& job)
{
    History history;
    history.m_firstColumns = {0, data.target.interactions.itemCount()};
    for (const TrainingDomain& source : data.sources) {
        history.m_firstColumns.push_back(history.m_firstColumns.back() + source.interactions.itemCount());
    }
    history.m_rows.columnCount = history.m_firstColumns.back();
    const std::size_t most = interactionCount(data);
    history.m_rows.starts.reserve(data.userCount + 1);
    history.m_rows.columns.reserve(most);
    history.m_rows.values.reserve(most);
    history.m_ages.reserve(most);
    constexpr std::size_t usersAtOnce = 8192;
    constexpr std::size_t usersPerBlock = 64;
    TaskGuard guard(job);
    for (std::size_t start = 0; start < data.userCount; start += usersAtOnce) {
        const std::size_t count = std::min(usersAtOnce, data.userCount - start);
        std::vector<Rows> found((count + usersPerBlock - 1) / usersPerBlock);
        forEachBlock(count, usersPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
            UserReader reader(data, value, history.m_firstColumns);
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                for (const Entry& entry : reader.read(static_cast<UserRow>(start + at))) {
                    found[block].rows.add(entry.column, entry.value);
                    found[block].ages.push_back(entry.age);
                }
                found[block].rows.endRow();
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        for (const Rows& each : found) {
            history.m_rows.append(each.rows);
            history.m_ages.insert(history.m_ages.end(), each.ages.begin(), each.ages.end());
        }
    }
    return history;
}

int History::domainOf(std::size_t column) const noexcept
{
    const auto after = std::upper_bound(m_firstColumns.begin(), m_firstColumns.end(), column);
    return static_cast<int>(after - m_firstColumns.begin()) - 2;
}

ItemRow History::itemOf(std::size_t column) const noexcept
{
    return static_cast<ItemRow>(column - m_firstColumns[static_cast<std::size_t>(domainOf(column)) + 1]);
}

SparseRows History::recent(double decay) const
{
    SparseRows result = m_rows;
    if (decay == 1.0) {
        return result;
    }
    for (std::size_t entry = 0; entry < result.values.size(); ++entry) {
        result.values[entry] *= static_cast<float>(std::pow(decay, m_ages[entry]));
    }
    return result;
}

} // namespace transept
