#include "core/knowledge/ItemTexts.h"

#include "core/base/Parallel.h"
#include "core/base/Words.h"
#include "core/store/Catalog.h"
#include "core/text/Clean.h"

namespace transept {
namespace {

// Words of field names, sorted. A name is cut at everything that is no letter and before capitals:
// "avg_rating", "ratingsCount", "Image-URL-S".
constexpr std::array figureWords = std::to_array<std::string_view>({
    "asin",      "average",    "avg",       "barcode", "clicks", "count",   "counts",     "downloads",
    "favorites", "fans",       "followers", "gross",   "href",   "id",      "ids",        "image",
    "imageurl",  "images",     "imdb",      "img",     "isbn",   "isbn13",  "likes",      "link",
    "links",     "listeners",  "members",   "owners",  "photo",  "picture", "pictureurl", "playcount",
    "plays",     "popularity", "poster",    "price",   "prices", "rank",    "ranking",    "rating",
    "ratings",   "revenue",    "reviews",   "sales",   "score",  "scores",  "scored",     "thumbnail",
    "tmdb",      "uri",        "url",       "urls",    "users",  "views",   "viewers",    "vote",
    "votes",
});

std::vector<std::string> wordsOfName(std::string_view name)
{
    std::vector<std::string> words(1);
    bool wasLower = false;
    for (const char c : name) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isPart = isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!isPart || (isUpper && wasLower)) {
            words.emplace_back();
        }
        if (isPart) {
            words.back() += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
        }
        wasLower = isPart && !isUpper;
    }
    return words;
}

/// How many of a field's values are numbers.
struct ValueCounts
{
    std::int64_t values = 0;
    std::int64_t numbers = 0;
};

} // namespace

bool isPopularityFigure(std::string_view field)
{
    return std::ranges::any_of(wordsOfName(field), [](const std::string& word) {
        return std::ranges::find(figureWords, word) != figureWords.end();
    });
}

Result<std::vector<std::string>> textFields(const Workspace& workspace, std::span<const DomainId> domains)
{
    const Result<std::vector<ItemText>> texts = KnowledgeStore(workspace).itemTexts(domains, {});
    if (!texts) {
        return passOn(texts);
    }
    std::map<std::string, ValueCounts> counts;
    for (const ItemText& text : *texts) {
        for (const auto& [name, value] : text.fields) {
            ValueCounts& count = counts[name];
            ++count.values;
            count.numbers += parseReal(trimmed(value)).has_value() || trimmed(value).empty() ? 1 : 0;
        }
    }
    std::vector<std::string> fields{std::string(titleField)};
    for (const auto& [name, count] : counts) {
        const bool isNumeric = count.numbers * 10 >= count.values * 9; // the tenth may say "unknown"
        if (!isNumeric && !isPopularityFigure(name) && name != titleField) {
            fields.push_back(name);
        }
    }
    return fields;
}

Result<std::vector<ItemText>> readTexts(const Workspace& workspace,
                                        const Extraction& extraction,
                                        const JobContext& context,
                                        std::optional<ItemId> only)
{
    Result<std::vector<ItemText>> texts = [&] {
        const StopWatcher watcher(workspace.database(), context);
        return KnowledgeStore(workspace).itemTexts(extraction.domains, extraction.request.fields, only);
    }();
    if (!texts) {
        return texts;
    }
    const bool wantsTitle =
        std::ranges::find(extraction.request.fields, titleField) != extraction.request.fields.end();
    forEachBlock(texts->size(), 256, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!context.checkpoint()) {
            return;
        }
        for (std::size_t at = first; at < last; ++at) {
            ItemText& text = (*texts)[at];
            text.title = wantsTitle ? cleanText(text.title) : std::string();
            for (auto& [name, value] : text.fields) {
                value = cleanText(value);
            }
            std::erase_if(text.fields, [](const auto& field) { return field.second.empty(); });
        }
    });
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    return texts;
}

Result<ItemId> itemWithKey(const Workspace& workspace,
                           std::span<const std::string> domains,
                           const std::string& key)
{
    const Result<std::vector<Domain>> all = Catalog(workspace).domains();
    Result<Statement> find = workspace.database().prepare("SELECT id FROM item WHERE domain = ? AND key = ?");
    if (!all || !find) {
        return all ? passOn(find) : passOn(all);
    }
    std::vector<ItemId> items;
    std::vector<std::string> names;
    for (const Domain& domain : *all) {
        if (!domains.empty() && std::ranges::find(domains, domain.name) == domains.end()) {
            continue;
        }
        find->rewind();
        const Result<bool> row = find->bind(1, number(domain.id)).bind(2, key).step();
        if (!row) {
            return passOn(row);
        }
        if (*row) {
            items.push_back(ItemId{find->integer(0)});
            names.push_back(domain.name);
        }
    }
    if (items.size() == 1) {
        return items.front();
    }
    return items.empty()
               ? fail(ErrorCode::NotFound, TRANSLATABLE("errors", "There is no item with the key %1."), {key})
               : fail(ErrorCode::InvalidInput,
                      TRANSLATABLE("errors",
                                   "Several domains have an item with the key %1: %2. Choose one of them."),
                      {key, listed(names)});
}

std::vector<std::string> listedValues(std::string_view value)
{
    const bool hasBars = value.find('|') != std::string_view::npos;
    const bool hasSemicolons = value.find(';') != std::string_view::npos;
    const char separator = hasBars ? '|' : hasSemicolons ? ';' : ',';
    std::vector<std::string> values;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(separator), value.size());
        const std::string_view part = trimmed(value.substr(0, end));
        if (!part.empty()) {
            values.emplace_back(part);
        }
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return values;
}

} // namespace transept
