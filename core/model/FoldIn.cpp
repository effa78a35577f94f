#include "core/model/FoldIn.h"

#include <map>

namespace transept {
namespace {

TrainingDomain shapeOf(const TrainingDomain& domain)
{
    return {
        .name = domain.name, .kind = domain.kind, .scaleMin = domain.scaleMin, .scaleMax = domain.scaleMax};
}

} // namespace

Newcomer::Newcomer(const TrainingData& data)
    : m_shape{.userCount = 1, .target = shapeOf(data.target)}
    , m_itemCounts{data.target.interactions.itemCount()}
{
    for (const TrainingDomain& source : data.sources) {
        m_shape.sources.push_back(shapeOf(source));
        m_itemCounts.push_back(source.interactions.itemCount());
    }
}

TrainingData Newcomer::dataOf(std::span<const PastEvent> history) const
{
    TrainingData data = m_shape;
    for (std::size_t at = 0; at < m_itemCounts.size(); ++at) {
        TrainingDomain& domain = at == 0 ? data.target : data.sources[at - 1];
        std::vector<Event> events;
        for (const PastEvent& event : history) {
            if (event.domain == static_cast<int>(at) - 1) {
                events.push_back({.item = event.item, .value = event.value, .time = event.time});
            }
        }
        domain.interactions = InteractionMatrix(1, m_itemCounts[at], events);
    }
    return data;
}

SparseRows NewcomerHistory::rowOf(std::span<const PastEvent> history) const
{
    const Result<History> read = History::of(m_newcomer.dataOf(history), m_value, {});
    return read ? read->recent(m_decay) : SparseRows{.starts = {0, 0}}; // nobody stops it
}

SparseRows columnOfNewItem(const TrainingData& data, EntryValue value, std::span<const Event> interactions)
{
    const InteractionMatrix& known = data.target.interactions;
    const auto added = static_cast<ItemRow>(known.itemCount());
    std::map<UserRow, UserRow> places; // of those who had to do with it
    for (const Event& event : interactions) {
        places.emplace(event.user, UserRow{});
    }
    std::vector<Event> events;
    for (std::int32_t next = 0; auto& [user, place] : places) {
        place = UserRow{next++};
        const auto items = known.itemsOf(user);
        const auto values = known.valuesOf(user);
        for (std::size_t at = 0; at < items.size(); ++at) {
            events.push_back({.user = place, .item = items[at], .value = values[at], .time = {}});
        }
    }
    for (const Event& event : interactions) {
        events.push_back(
            {.user = places.at(event.user), .item = added, .value = event.value, .time = event.time});
    }
    TrainingData with{.userCount = places.size(), .target = shapeOf(data.target), .sources = {}};
    with.target.interactions = InteractionMatrix(places.size(), known.itemCount() + 1, events);
    const Result<History> history = History::of(with, value, {}); // nobody stops it
    SparseRows column{.columnCount = data.userCount};
    for (const auto& [user, place] : places) {
        const auto found = history ? placeInRow(history->rows(), index(place), index(added)) : std::nullopt;
        if (found) {
            column.add(static_cast<std::int32_t>(user), history->rows().valuesOf(index(place))[*found]);
        }
    }
    column.endRow();
    return column;
}

} // namespace transept
