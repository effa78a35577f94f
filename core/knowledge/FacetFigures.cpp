#include "core/knowledge/FacetFigures.h"

#include "core/knowledge/Budget.h"
#include "core/knowledge/FacetKey.h"
#include "core/knowledge/ItemFacets.h"
#include "core/store/Catalog.h"
#include "core/store/Rows.h"
#include "core/text/Segmentation.h"

#include <algorithm>
#include <unordered_map>

namespace transept {
namespace {

constexpr int itemsBetweenChecks = 256;

/// Calls each(facets) for every item whose domain is not deleted, with its facets.
template<typename Each>
Status forEachItem(const Workspace& workspace, KnowledgeId id, const JobContext& context, const Each& each)
{
    Result<VisibleItems> names = VisibleItems::open(workspace);
    if (!names) {
        return passOn(names);
    }
    ItemFacets items(FacetCursor::from(workspace.database(), id));
    Status moved = items.next();
    for (int item = 0; moved && items.item(); ++item) {
        const Status goOn = item % itemsBetweenChecks == 0 ? context.checkpoint() : Status();
        const Result<bool> isThere = goOn ? names->find(*items.item()) : passOn(goOn);
        if (!isThere) {
            return passOn(isThere);
        }
        if (*isThere) {
            each(items.facets());
        }
        moved = items.next();
    }
    return moved;
}

using TextCounts = std::unordered_map<std::string, std::int64_t>;

/// Adds up one facet.
struct FacetSum
{
    FacetFigure figure;
    TextCounts texts;
    std::int64_t characters = 0;

    void add(const HeldFacet& facet)
    {
        figure.edited += facet.edited > 0 ? 1 : 0;
        if (facet.text) {
            ++figure.facets;
            ++texts[*facet.text];
            characters += static_cast<std::int64_t>(characterCount(*facet.text));
        }
    }

    FacetFigure done() const
    {
        FacetFigure made = figure;
        made.texts = static_cast<std::int64_t>(texts.size());
        for (const auto& [text, count] : texts) {
            if (count > made.commonestFacets || (count == made.commonestFacets && text < made.commonest)) {
                made.commonest = text;
                made.commonestFacets = count;
            }
        }
        made.meanLength =
            figure.facets == 0 ? 0.0 : static_cast<double>(characters) / static_cast<double>(figure.facets);
        return made;
    }
};

/// Counts each item once for each name.
void countItem(const std::vector<HeldFacet>& facets, std::map<std::string, FacetSum>& sums)
{
    std::map<std::string_view, int> texts;
    for (const HeldFacet& facet : facets) {
        sums[facet.name].add(facet);
        texts[facet.name] += facet.text ? 1 : 0;
    }
    for (const auto& [name, count] : texts) {
        FacetFigure& figure = sums[std::string(name)].figure;
        figure.items += count > 0 ? 1 : 0;
        figure.several += count > 1 ? 1 : 0;
    }
}

/// The items of the domains that a knowledge base was extracted from.
Result<std::int64_t> itemsOf(const Workspace& workspace, const KnowledgeBase& base)
{
    const auto names = base.config.value("domains", std::vector<std::string>());
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    std::int64_t items = 0;
    for (const Domain& domain : *domains) {
        if (names.empty() || std::ranges::find(names, domain.name) != names.end()) {
            const auto count = gather<std::int64_t>(
                prepared(
                    workspace.database(), "SELECT count(*) FROM item WHERE domain = ?", number(domain.id)),
                [](std::int64_t& found, const Statement& row) { found = row.integer(0); });
            if (!count) {
                return count;
            }
            items += *count;
        }
    }
    return items;
}

/// What is known of it without its facets.
Result<FacetFigures> costOf(const Workspace& workspace, const KnowledgeBase& base)
{
    const Json settings = base.config.value("settings", Json::object());
    const Result<std::optional<ModelPrice>> price = PriceTable(workspace).of(
        settings.is_object() ? settings.value("model", std::string()) : std::string());
    const auto failures = gather<std::int64_t>(
        prepared(
            workspace.database(), "SELECT count(*) FROM extraction_failure WHERE kb = ?", number(base.id)),
        [](std::int64_t& found, const Statement& row) { found = row.integer(0); });
    const Result<std::int64_t> items = itemsOf(workspace, base);
    if (!price || !failures || !items) {
        return !price ? passOn(price) : !failures ? passOn(failures) : passOn(items);
    }
    FacetFigures figures{.items = *items,
                         .failures = *failures,
                         .tokensIn = base.tokensIn,
                         .tokensOut = base.tokensOut,
                         .answers = base.answers};
    if (*price) {
        figures.money =
            priceOf(**price).of(static_cast<double>(base.tokensIn), static_cast<double>(base.tokensOut));
        figures.currency = (*price)->currency;
    }
    return figures;
}

bool isBefore(const VocabularyText& a, const VocabularyText& b)
{
    return a.items != b.items ? a.items > b.items : a.text < b.text;
}

std::int64_t itemsOf(const std::vector<VocabularyText>& group)
{
    std::int64_t items = 0;
    for (const VocabularyText& each : group) {
        items += each.items;
    }
    return items;
}

/// Groups of texts that differ in writing alone.
std::vector<std::vector<VocabularyText>> alikeOf(const std::vector<VocabularyText>& texts, std::size_t limit)
{
    std::map<std::string, std::vector<VocabularyText>> byKey;
    for (const VocabularyText& each : texts) {
        if (std::string key = facetKey(each.text); !key.empty()) {
            byKey[std::move(key)].push_back(each);
        }
    }
    std::vector<std::vector<VocabularyText>> groups;
    for (auto& [key, group] : byKey) {
        if (group.size() > 1) {
            std::ranges::sort(group, isBefore);
            groups.push_back(std::move(group));
        }
    }
    std::ranges::stable_sort(groups, std::greater<>(), [](const auto& group) { return itemsOf(group); });
    groups.resize(std::min(groups.size(), limit));
    return groups;
}

} // namespace

Result<FacetFigures> facetFigures(const Workspace& workspace, KnowledgeId id, const JobContext& context)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(id);
    Result<FacetFigures> figures = base ? costOf(workspace, *base) : passOn(base);
    if (!figures) {
        return figures;
    }
    std::map<std::string, FacetSum> sums;
    const Status read = forEachItem(workspace, id, context, [&](const std::vector<HeldFacet>& facets) {
        countItem(facets, sums);
        figures->withFacets +=
            std::ranges::any_of(facets, [](const HeldFacet& facet) { return facet.text.has_value(); }) ? 1
                                                                                                       : 0;
    });
    if (!read) {
        return passOn(read);
    }
    for (const auto& [name, sum] : sums) {
        figures->byName.push_back(sum.done());
        figures->byName.back().name = name;
        figures->facets += sum.figure.facets;
        figures->edited += sum.figure.edited;
    }
    return figures;
}

Result<std::set<std::string>> facetsOfOneText(const Workspace& workspace,
                                              KnowledgeId id,
                                              const JobContext& context)
{
    constexpr std::int64_t oneIn = 20;
    std::map<std::string, FacetSum> sums;
    const Status read = forEachItem(
        workspace, id, context, [&](const std::vector<HeldFacet>& facets) { countItem(facets, sums); });
    if (!read) {
        return passOn(read);
    }
    std::set<std::string> names;
    for (const auto& [name, sum] : sums) {
        if (sum.figure.several * oneIn <= sum.figure.items) {
            names.insert(name);
        }
    }
    return names;
}

Result<FacetVocabulary> facetVocabulary(const Workspace& workspace,
                                        KnowledgeId id,
                                        const std::string& facet,
                                        const std::string& part,
                                        std::size_t limit,
                                        const JobContext& context)
{
    TextCounts counts;
    const Status read = forEachItem(workspace, id, context, [&](const std::vector<HeldFacet>& facets) {
        std::set<std::string_view> seen;
        for (const HeldFacet& each : facets) {
            if (each.name == facet && each.text && seen.insert(*each.text).second) {
                ++counts[*each.text];
            }
        }
    });
    if (!read) {
        return passOn(read);
    }
    const PartOfText wanted(part);
    std::vector<VocabularyText> texts;
    for (const auto& [text, items] : counts) {
        if (wanted.isIn(text)) {
            texts.push_back({text, items});
        }
    }
    std::ranges::sort(texts, isBefore);
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    FacetVocabulary vocabulary{
        .texts = static_cast<std::int64_t>(texts.size()), .common = {}, .alike = alikeOf(texts, limit)};
    texts.resize(std::min(texts.size(), limit));
    vocabulary.common = std::move(texts);
    return vocabulary;
}

Result<std::vector<FacetComparison>> compareFacets(const Workspace& workspace,
                                                   KnowledgeId one,
                                                   KnowledgeId other,
                                                   const JobContext& context)
{
    std::map<std::string, FacetComparison> byName;
    ItemFacets others(FacetCursor::from(workspace.database(), other));
    Result<VisibleItems> names = VisibleItems::open(workspace);
    Status moved = names ? others.next() : passOn(names);
    const auto onlyOther = [&](const FacetValueKeys& said) {
        for (const auto& [name, keys] : said) {
            ++byName[name].onlyOther;
        }
    };
    const auto passBy = [&](std::optional<ItemId> until) { // those of which this one says nothing
        while (moved && others.item() && (!until || *others.item() < *until)) {
            const Status goOn = context.checkpoint();
            const Result<bool> isThere = goOn ? names->find(*others.item()) : passOn(goOn);
            if (isThere && *isThere) {
                onlyOther(valueKeysOf(others.facets()));
            }
            moved = isThere ? others.next() : passOn(isThere);
        }
    };
    const Status read = forEachItem(workspace, one, context, [&](const std::vector<HeldFacet>& facets) {
        passBy(facets.front().place.item);
        FacetValueKeys said;
        if (moved && others.item() == facets.front().place.item) {
            said = valueKeysOf(others.facets());
            moved = others.next();
        }
        for (const auto& [name, keys] : valueKeysOf(facets)) {
            FacetComparison& comparison = byName[name];
            const auto found = said.find(name);
            comparison.onlyOne += found == said.end() ? 1 : 0;
            comparison.both += found == said.end() ? 0 : 1;
            comparison.agree += found == said.end() || areInConflict(keys, found->second) ? 0 : 1;
            if (found != said.end()) {
                said.erase(found);
            }
        }
        onlyOther(said);
    });
    if (read) {
        passBy(std::nullopt);
    }
    if (!read || !moved) {
        return read ? passOn(moved) : passOn(read);
    }
    std::vector<FacetComparison> compared;
    for (auto& [name, comparison] : byName) {
        if (other != importedFields || comparison.both + comparison.onlyOne > 0) {
            comparison.name = name;
            compared.push_back(std::move(comparison));
        }
    }
    return compared;
}

} // namespace transept
