#include "core/model/FoldIn.h"

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

} // namespace transept
