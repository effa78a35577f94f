#include "core/knowledge/FacetTable.h"

#include "core/knowledge/FacetFigures.h"
#include "core/knowledge/FacetKey.h"
#include "core/knowledge/ItemFacets.h"
#include "core/text/Segmentation.h"

#include <algorithm>

namespace transept {
namespace {

constexpr int itemsBetweenChecks = 64;

/// The texts of a name that hold.
std::vector<std::string> textsOf(const std::vector<HeldFacet>& facets, std::string_view name)
{
    std::vector<std::string> texts;
    for (const HeldFacet& facet : facets) {
        if (facet.name == name && facet.text) {
            texts.push_back(*facet.text);
        }
    }
    return texts;
}

/// What stands beside a facet: the text that is the same but for its writing, or all of them.
std::optional<std::string> besides(const HeldFacet& facet, const std::vector<std::string>& texts)
{
    if (texts.empty()) {
        return std::nullopt;
    }
    if (facet.text) {
        const std::string key = facetKey(*facet.text);
        const auto same =
            std::ranges::find(texts, key, [](const std::string& text) { return facetKey(text); });
        if (same != texts.end()) {
            return *same;
        }
    }
    std::string joined;
    for (const std::string& text : texts) {
        joined += (joined.empty() ? "" : "; ") + text;
    }
    return joined;
}

/// Whether listedValues() of the text hold a value for certain.
bool saysSomething(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// Those that may be in conflict. A text that stands on both sides tells that a facet is in none, and most
/// are: the keys that are compared otherwise cost far more than this look.
std::vector<HeldFacet> withoutAgreeing(const std::vector<HeldFacet>& facets,
                                       const std::vector<HeldFacet>& others)
{
    std::set<std::string_view> agreeing;
    for (const HeldFacet& facet : facets) {
        const auto isSame = [&](const HeldFacet& other) {
            return other.text == facet.text && other.name == facet.name;
        };
        if (facet.text && saysSomething(*facet.text) && std::ranges::any_of(others, isSame)) {
            agreeing.insert(facet.name);
        }
    }
    std::vector<HeldFacet> left;
    std::ranges::copy_if(facets, std::back_inserter(left), [&](const HeldFacet& facet) {
        return !agreeing.contains(facet.name) &&
               std::ranges::find(others, facet.name, &HeldFacet::name) != others.end();
    });
    return left;
}

/// Walks the rows of the table from a place on.
class FacetWalk
{
public:
    static Result<FacetWalk> open(const Workspace& workspace,
                                  KnowledgeId id,
                                  const FacetFilter& filter,
                                  FacetPlace from,
                                  const JobContext& context)
    {
        Result<VisibleItems> names = VisibleItems::open(workspace);
        Result<std::set<std::string>> single = filter.conflicts && !filter.other
                                                   ? facetsOfOneText(workspace, id, context)
                                                   : Result<std::set<std::string>>();
        if (!names || !single) {
            return names ? passOn(single) : passOn(names);
        }
        const auto cursor = [&](KnowledgeId base) {
            return filter.only ? FacetCursor::ofItem(workspace.database(), base, *filter.only)
                               : FacetCursor::from(workspace.database(), base, {from.item, 0});
        };
        FacetWalk walk(filter, from, std::move(*names), ItemFacets(cursor(id)));
        walk.m_single = std::move(*single);
        if (filter.other) {
            walk.m_others.emplace(cursor(*filter.other));
        }
        return walk;
    }

    /// The rows need not say what stands beside them, unless the filter asks for it.
    void skipWhatStandsBeside() { m_looksBeside = m_filter.conflicts || !m_filter.text.empty(); }

    /// Calls `each` for every row until it says false.
    template<typename Each>
    Status forEach(const Each& each, const JobContext& context)
    {
        Status moved = begin();
        for (int item = 0; moved && isAny(); ++item) {
            if (item % itemsBetweenChecks == 0) {
                if (const Status goOn = context.checkpoint(); !goOn) {
                    return goOn;
                }
            }
            Result<std::vector<FacetRow>> rows = rowsOfItem();
            if (!rows) {
                return passOn(rows);
            }
            for (FacetRow& row : *rows) {
                if (!each(std::move(row))) {
                    return {};
                }
            }
            moved = goOn();
        }
        return moved;
    }

private:
    FacetWalk(const FacetFilter& filter, FacetPlace from, VisibleItems names, ItemFacets facets)
        : m_filter(filter)
        , m_from(from)
        , m_text(filter.text)
        , m_item(filter.item)
        , m_names(std::move(names))
        , m_mine(std::move(facets))
    {
    }

    Status begin()
    {
        return m_mine.next().and_then([this] { return m_others ? m_others->next() : Status(); });
    }
    bool isAny() const { return m_mine.item() || (m_others && m_others->item()); }
    bool hasOthers() const { return m_others && m_others->item() == item(); }
    ItemId item() const
    {
        const std::optional<ItemId> other = m_others ? m_others->item() : std::nullopt;
        return !m_mine.item() ? *other : other ? std::min(*other, *m_mine.item()) : *m_mine.item();
    }
    Status goOn()
    {
        const bool others = hasOthers();
        const bool mine = m_mine.item() == item();
        return (mine ? m_mine.next() : Status()).and_then([&] {
            return others ? m_others->next() : Status();
        });
    }

    Result<std::vector<FacetRow>> rowsOfItem()
    {
        std::vector<FacetRow> rows;
        if (m_filter.among && !std::ranges::binary_search(*m_filter.among, item())) {
            return rows;
        }
        const Result<bool> isThere = m_names.find(item());
        if (!isThere) {
            return passOn(isThere);
        }
        const bool isWanted = *isThere && (!m_filter.domain || m_names.domain() == *m_filter.domain) &&
                              (m_item.isIn(m_names.title()) || m_item.isIn(m_names.key()));
        if (!isWanted) {
            return rows;
        }
        static const std::vector<HeldFacet> none;
        const std::vector<HeldFacet>& mine = m_mine.item() == item() ? m_mine.facets() : none;
        const std::vector<HeldFacet>& others = hasOthers() ? m_others->facets() : none;
        const std::set<std::string> conflicts =
            m_looksBeside ? conflictsOf(mine, others) : std::set<std::string>();
        for (const HeldFacet& facet : mine) {
            if (m_filter.conflicts && !conflicts.contains(facet.name)) {
                continue; // what stands beside it is of no interest
            }
            add(rows,
                facet,
                m_looksBeside ? besides(facet, textsOf(others, facet.name)) : std::nullopt,
                conflicts);
        }
        for (const HeldFacet& facet : m_filter.other == importedFields ? none : others) {
            if (facet.text && std::ranges::find(mine, facet.name, &HeldFacet::name) == mine.end()) {
                const FacetPlace place{facet.place.item, firstFacetOfOther + facet.place.nth};
                add(rows,
                    {.place = place, .name = facet.name, .weight = facet.weight},
                    facet.text,
                    conflicts);
            }
        }
        return rows;
    }

    /// The names of the facets of the item that are in conflict.
    std::set<std::string> conflictsOf(const std::vector<HeldFacet>& mine,
                                      const std::vector<HeldFacet>& others) const
    {
        std::set<std::string> conflicts;
        if (m_others) {
            const FacetValueKeys one = valueKeysOf(withoutAgreeing(mine, others));
            const FacetValueKeys other = one.empty() ? FacetValueKeys() : valueKeysOf(others);
            for (const auto& [name, keys] : one) {
                if (const auto found = other.find(name);
                    found != other.end() && areInConflict(keys, found->second)) {
                    conflicts.insert(name);
                }
            }
        } else if (m_filter.conflicts) {
            for (const std::string& name : m_single) {
                if (haveNothingInCommon(textsOf(mine, name))) {
                    conflicts.insert(name);
                }
            }
        }
        return conflicts;
    }

    /// Of several texts.
    static bool haveNothingInCommon(const std::vector<std::string>& texts)
    {
        std::set<std::string> seen;
        for (const std::string& text : texts) {
            const FacetValueKeys keys = valueKeysOf({{.text = text}});
            for (const auto& [name, values] : keys) {
                for (const std::string& value : values) {
                    if (!seen.insert(value).second) {
                        return false;
                    }
                }
            }
        }
        return texts.size() > 1;
    }

    void add(std::vector<FacetRow>& rows,
             const HeldFacet& facet,
             std::optional<std::string> other,
             const std::set<std::string>& conflicts) const
    {
        const bool isConflict = conflicts.contains(facet.name);
        const bool isWanted =
            (facet.place.item > m_from.item || facet.place.nth >= m_from.nth) &&
            (m_filter.facet.empty() || facet.name == m_filter.facet) &&
            (!m_filter.edited || facet.edited > 0) && (!m_filter.conflicts || isConflict) &&
            (m_filter.text.empty() || isSaid(facet.text) || isSaid(facet.extracted) || isSaid(other));
        if (isWanted) {
            rows.push_back({.facet = facet,
                            .domain = m_names.domain(),
                            .key = m_names.key(),
                            .title = m_names.title().empty() ? m_names.key() : m_names.title(),
                            .other = std::move(other),
                            .conflict = isConflict});
        }
    }

    bool isSaid(const std::optional<std::string>& text) const { return text && m_text.isIn(*text); }

    FacetFilter m_filter;
    FacetPlace m_from;
    PartOfText m_text;
    PartOfText m_item;
    VisibleItems m_names;
    ItemFacets m_mine;
    std::optional<ItemFacets> m_others;
    std::set<std::string> m_single; ///< facets of which items have one text
    bool m_looksBeside = true;
};

} // namespace

Result<std::vector<FacetRow>> facetRows(const Workspace& workspace,
                                        KnowledgeId id,
                                        const FacetFilter& filter,
                                        FacetPlace from,
                                        int limit,
                                        const JobContext& context)
{
    std::vector<FacetRow> rows;
    if (limit <= 0) {
        return rows;
    }
    Result<FacetWalk> walk = FacetWalk::open(workspace, id, filter, from, context);
    const Status walked = walk ? walk->forEach(
                                     [&](FacetRow row) {
                                         rows.push_back(std::move(row));
                                         return rows.size() < static_cast<std::size_t>(limit);
                                     },
                                     context)
                               : passOn(walk);
    return walked ? Result<std::vector<FacetRow>>(std::move(rows)) : passOn(walked);
}

Result<FacetAnchors> facetAnchors(const Workspace& workspace,
                                  KnowledgeId id,
                                  const FacetFilter& filter,
                                  int step,
                                  const JobContext& context)
{
    FacetAnchors anchors;
    Result<FacetWalk> walk = FacetWalk::open(workspace, id, filter, {}, context);
    if (walk) {
        walk->skipWhatStandsBeside();
    }
    const Status walked = walk ? walk->forEach(
                                     [&](const FacetRow& row) {
                                         if (anchors.count++ % std::max(step, 1) == 0) {
                                             anchors.places.push_back(row.facet.place);
                                         }
                                         return true;
                                     },
                                     context)
                               : passOn(walk);
    return walked ? Result<FacetAnchors>(std::move(anchors)) : passOn(walked);
}

} // namespace transept
