#include "core/base/Kernels.h"
#include "core/knowledge/Extractor.h"

#include <queue>

namespace transept {
namespace {

constexpr int itemsPerCheck = 2048; ///< a few milliseconds

struct Candidate
{
    float similarity = 0.0F;
    ItemId item{};
    DomainId domain{};

    /// Better ones first; of equals the smaller id.
    friend bool operator<(const Candidate& a, const Candidate& b)
    {
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.item < b.item;
    }
};

/// The best `count` of what is offered, the worst on top.
class Best
{
public:
    explicit Best(std::size_t count) : m_count(count) {}

    void offer(const Candidate& candidate)
    {
        if (m_kept.size() < m_count) {
            m_kept.push(candidate);
        } else if (m_count > 0 && candidate < m_kept.top()) {
            m_kept.pop();
            m_kept.push(candidate);
        }
    }
    std::vector<Candidate> bestFirst()
    {
        std::vector<Candidate> all;
        for (; !m_kept.empty(); m_kept.pop()) {
            all.push_back(m_kept.top());
        }
        std::ranges::reverse(all);
        return all;
    }

private:
    std::size_t m_count;
    std::priority_queue<Candidate> m_kept;
};

float lengthOf(std::span<const float> vector)
{
    return std::sqrt(kernels::dot(vector.data(), vector.data(), vector.size()));
}

Result<std::vector<Candidate>> best(
    const KnowledgeStore& store, KnowledgeId id, const ItemFacts& asked, int count, const JobContext& context)
{
    Best kept(static_cast<std::size_t>(std::max(count, 0)));
    const std::span<const float> mine = asked.vector;
    const float myLength = lengthOf(mine);
    int seen = 0;
    const Status walked = store.forEachVector(
        id, {}, [&](ItemId item, DomainId domain, std::span<const float> vector) -> Status {
            if (++seen % itemsPerCheck == 0) {
                if (const Status goOn = context.checkpoint(); !goOn) {
                    return goOn;
                }
            }
            const float length = myLength * lengthOf(vector);
            if (item != asked.item && vector.size() == mine.size() && length > 0.0F) {
                kept.offer({kernels::dot(mine.data(), vector.data(), mine.size()) / length, item, domain});
            }
            return {};
        });
    return walked ? Result<std::vector<Candidate>>(kept.bestFirst()) : passOn(walked);
}

} // namespace

Result<std::vector<NearItem>> nearestItems(
    const Workspace& workspace, KnowledgeId id, ItemId item, int count, const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<ItemFacts> asked = store.facts(id, item);
    if (!asked) {
        return passOn(asked);
    }
    if (asked->vector.empty()) {
        return std::vector<NearItem>{};
    }
    const Result<std::vector<Candidate>> found = best(store, id, *asked, count, context);
    Result<Statement> name =
        workspace.database().prepare("SELECT key, coalesce(title, '') FROM item WHERE id = ?");
    if (!found || !name) {
        return found ? passOn(name) : passOn(found);
    }
    std::vector<NearItem> near;
    for (const Candidate& each : *found) {
        const Result<bool> row = name->bind(1, number(each.item)).step();
        if (!row) {
            return passOn(row);
        }
        near.push_back({.item = each.item,
                        .domain = each.domain,
                        .key = std::string(name->text(0)),
                        .title = std::string(name->text(1)),
                        .similarity = each.similarity});
        name->rewind();
    }
    return near;
}

} // namespace transept
