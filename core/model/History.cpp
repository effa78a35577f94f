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

bool hasRepeats(std::span<const ItemRow> items)
{
    std::vector<ItemRow> sorted(items.begin(), items.end());
    std::sort(sorted.begin(), sorted.end());
    return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
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

/// One domain's entries of a user, oldest first.
std::vector<Entry> entriesOf(const TrainingDomain& domain, UserRow user, std::size_t firstColumn)
{
    const auto items = domain.interactions.itemsOf(user);
    const auto values = domain.interactions.valuesOf(user);
    const auto times = domain.interactions.timesOf(user);
    std::vector<Entry> entries;
    entries.reserve(items.size());
    for (std::size_t at = 0; at < items.size(); ++at) {
        entries.push_back({.column = static_cast<std::int32_t>(firstColumn + index(items[at])),
                           .value = values[at],
                           .time = times[at]});
    }
    if (hasRepeats(items)) {
        joinRepeats(entries, domain.kind);
    }
    return entries;
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

std::vector<Entry> joinedEntries(const TrainingData& data,
                                 UserRow user,
                                 EntryValue value,
                                 std::span<const std::size_t> firstColumns)
{
    std::vector<Entry> all;
    for (std::size_t domain = 0; domain + 1 < firstColumns.size(); ++domain) {
        const TrainingDomain& from = domain == 0 ? data.target : data.sources[domain - 1];
        std::vector<Entry> entries = entriesOf(from, user, firstColumns[domain]);
        weigh(entries, from, value);
        countAges(entries);
        all.insert(all.end(), entries.begin(), entries.end());
    }
    if (std::none_of(all.begin(), all.end(), [](const Entry& entry) { return entry.time == 0; })) {
        std::stable_sort(
            all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.time < b.time; });
        countAges(all);
    }
    std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.column < b.column; });
    return all;
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
    constexpr std::size_t usersAtOnce = 8192;
    constexpr std::size_t usersPerBlock = 64;
    std::vector<std::vector<Entry>> found;
    TaskGuard guard(job);
    for (std::size_t start = 0; start < data.userCount; start += usersAtOnce) {
        found.resize(std::min(usersAtOnce, data.userCount - start));
        forEachBlock(found.size(), usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                found[at] =
                    joinedEntries(data, static_cast<UserRow>(start + at), value, history.m_firstColumns);
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        for (const std::vector<Entry>& entries : found) {
            for (const Entry& entry : entries) {
                history.m_rows.add(entry.column, entry.value);
                history.m_ages.push_back(entry.age);
            }
            history.m_rows.endRow();
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
    for (std::size_t entry = 0; entry < result.values.size(); ++entry) {
        result.values[entry] *= static_cast<float>(std::pow(decay, m_ages[entry]));
    }
    return result;
}

} // namespace transept
