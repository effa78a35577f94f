#include "core/knowledge/FacetChanges.h"

#include "core/knowledge/ItemFacets.h"
#include "core/knowledge/Prompt.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t longestName = 40; // bytes, as of a model's facets
constexpr int itemsBetweenChecks = 256;

/// The edits that a merge makes in one item.
void mergeInItem(const std::vector<HeldFacet>& facets,
                 const std::string& name,
                 const std::set<std::string>& texts,
                 const std::string& into,
                 std::vector<FacetEdit>& edits)
{
    const auto isOfName = [&](const HeldFacet& facet) { return facet.name == name && facet.text; };
    bool hasIt = std::ranges::any_of(
        facets, [&](const HeldFacet& facet) { return isOfName(facet) && *facet.text == into; });
    for (const HeldFacet& facet : facets) {
        if (isOfName(facet) && *facet.text != into && texts.contains(*facet.text)) {
            edits.push_back({facet.place, name, hasIt ? std::nullopt : std::optional(into)});
            hasIt = true;
        }
    }
}

} // namespace

Result<std::string> facetText(std::string text)
{
    const std::size_t bytes = text.size();
    std::string plain = plainParagraph(std::move(text), bytes);
    if (plain.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The text of a facet must say something. Strike the facet out instead."));
    }
    if (plain.size() > longestFacet) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The text of a facet has %1 bytes; %2 are the most. Say it shorter."),
            {std::to_string(plain.size()), std::to_string(longestFacet)});
    }
    return plain;
}

Result<std::int64_t> changeFacets(const Workspace& workspace, KnowledgeId id, std::vector<FacetEdit> edits)
{
    for (FacetEdit& edit : edits) {
        if (edit.text) {
            Result<std::string> text = facetText(std::move(*edit.text));
            if (!text) {
                return passOn(text);
            }
            edit.text = std::move(*text);
        }
        if (edit.place.nth == newFacet) {
            const std::size_t bytes = edit.name.size();
            edit.name = plainParagraph(std::move(edit.name), bytes);
        }
        if (edit.place.nth == newFacet && (edit.name.empty() || edit.name.size() > longestName)) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "A facet needs a name of at most %1 bytes, such as genre."),
                        {std::to_string(longestName)});
        }
    }
    return FacetEdits(workspace).commit(id, edits);
}

Result<bool> lacksVector(const Workspace& workspace,
                         KnowledgeId id,
                         const std::string& facet,
                         const std::string& text)
{
    Result<Statement> rows = workspace.database().prepare(
        "SELECT EXISTS(SELECT 1 FROM vector WHERE kb = ?1 AND facet >= 0) AND NOT EXISTS(SELECT 1 FROM facet"
        " JOIN vector ON vector.kb = facet.kb AND vector.item = facet.item AND vector.facet = facet.nth"
        " WHERE facet.kb = ?1 AND facet.name = ?2 AND facet.text = ?3)");
    if (!rows) {
        return passOn(rows);
    }
    const Result<bool> row = rows->bind(1, number(id)).bind(2, facet).bind(3, text).step();
    return row ? Result<bool>(rows->integer(0) != 0) : row;
}

Result<MergedTexts> mergeFacetTexts(const Workspace& workspace,
                                    KnowledgeId id,
                                    const std::string& facet,
                                    const std::vector<std::string>& texts,
                                    const std::string& into,
                                    const JobContext& context)
{
    const Result<std::string> wanted = facetText(into);
    if (!wanted) {
        return passOn(wanted);
    }
    const std::set<std::string> merged(texts.begin(), texts.end());
    std::vector<FacetEdit> edits;
    ItemFacets items(FacetCursor::from(workspace.database(), id));
    Status moved = items.next();
    for (int item = 0; moved && items.item(); ++item) {
        mergeInItem(items.facets(), facet, merged, *wanted, edits);
        const Status goOn = item % itemsBetweenChecks == 0 ? context.checkpoint() : Status();
        moved = goOn ? items.next() : goOn;
    }
    if (!moved) {
        return passOn(moved);
    }
    if (edits.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "No facet %1 has one of these texts beside %2: there is nothing to merge. "
                                 "Look at its vocabulary."),
                    {facet, *wanted});
    }
    const Result<std::int64_t> change = changeFacets(workspace, id, edits);
    if (!change) {
        return passOn(change);
    }
    const auto struck =
        std::ranges::count_if(edits, [](const FacetEdit& edit) { return !edit.text.has_value(); });
    return MergedTexts{
        .change = *change, .facets = static_cast<std::int64_t>(edits.size()) - struck, .struck = struck};
}

std::optional<std::int64_t> changeToUndo(const std::vector<FacetChange>& history)
{
    const auto last = std::find_if(
        history.rbegin(), history.rend(), [](const FacetChange& change) { return !change.undone; });
    return last == history.rend() ? std::nullopt : std::optional(last->number);
}

std::optional<std::int64_t> changeToRedo(const std::vector<FacetChange>& history)
{
    const std::int64_t last = changeToUndo(history).value_or(0);
    const auto next = std::ranges::find_if(
        history, [&](const FacetChange& change) { return change.undone && change.number > last; });
    return next == history.end() ? std::nullopt : std::optional(next->number);
}

} // namespace transept
