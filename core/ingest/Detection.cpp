#include "core/base/Words.h"
#include "core/ingest/Columns.h"
#include "core/ingest/RecordReader.h"
#include "core/ingest/Sniff.h"

#include <map>

namespace transept {
namespace {

constexpr int sampledRows = 200;

Result<std::vector<PreviewRow>> firstRows(
    const std::filesystem::path& file, const Format& format, std::size_t columns, int most, bool* all)
{
    Result<std::unique_ptr<RecordReader>> reader = openRecords(file, format, columns);
    if (!reader) {
        return passOn(reader);
    }
    std::vector<PreviewRow> rows;
    Record record;
    Result<bool> more = (*reader)->next(record);
    for (; more && *more; more = (*reader)->next(record)) {
        if (static_cast<int>(rows.size()) == most) {
            return rows;
        }
        if (record.blank) {
            continue;
        }
        PreviewRow row{.line = record.line, .fields = {}};
        for (const std::string_view field : record.fields) {
            row.fields.push_back(withEscapedBytes(field));
        }
        if (record.fields.empty()) {
            row.fields.push_back(withEscapedBytes(record.raw));
        }
        rows.push_back(std::move(row));
    }
    if (!more) {
        return passOn(more);
    }
    *all = true;
    return rows;
}

std::size_t usualFieldCount(const std::vector<PreviewRow>& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const PreviewRow& row : rows) {
        ++counts[row.fields.size()];
    }
    const auto most = std::max_element(
        counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? 0 : most->first;
}

bool isNumeric(std::string_view text)
{
    return parseReal(trimmed(text)).has_value();
}

/// True when the first row names the columns.
bool guessHeader(const std::vector<PreviewRow>& rows, Evidence& evidence)
{
    evidence = {"header", TRANSLATABLE("inspect", "The first row looks like the others: no header."), {}};
    if (rows.empty()) {
        return false;
    }
    const std::vector<std::string>& first = rows.front().fields;
    const auto hasType = [](const std::string& name) {
        return name.find(':') != std::string::npos && name.back() != ':';
    };
    if (first.size() > 1 && std::all_of(first.begin(), first.end(), hasType) &&
        isKnownColumnName(first.front())) {
        evidence.sentence = TRANSLATABLE("inspect", "The first row has the form name:type.");
        return true;
    }
    if (std::any_of(first.begin(), first.end(), isNumeric)) {
        return false;
    }
    std::string different;
    for (std::size_t at = 0; at < first.size() && different.empty(); ++at) {
        std::size_t numbers = 0;
        for (std::size_t row = 1; row < rows.size(); ++row) {
            numbers += at < rows[row].fields.size() && isNumeric(rows[row].fields[at]) ? 1 : 0;
        }
        if (rows.size() > 1 && numbers * 10 >= (rows.size() - 1) * 9) {
            different = first[at];
        }
    }
    if (!different.empty()) {
        evidence.sentence = TRANSLATABLE("inspect", "\"%1\" stands above a column of numbers.");
        evidence.arguments = {different};
        return true;
    }
    const auto known = std::find_if(first.begin(), first.end(), isKnownColumnName);
    if (known != first.end()) {
        evidence.sentence = TRANSLATABLE("inspect", "\"%1\" is a usual name of a column.");
        evidence.arguments = {*known};
        return true;
    }
    return false;
}

std::vector<std::string> namesOfLayout(const Inspection& inspection)
{
    switch (inspection.format.layout) {
    case Format::Layout::Events:
        return {"user", "item", "time"};
    case Format::Layout::ItemList:
        return {"user", "item"};
    case Format::Layout::Negatives:
        return {"user", "item", "negative"};
    case Format::Layout::JsonMap: {
        const std::size_t fields = usualFieldCount(inspection.rows);
        const std::string file = inspection.file.filename().string();
        const auto isAsin = [](const PreviewRow& row) {
            return !row.fields.empty() && row.fields.front().size() == 10;
        };
        const bool allAsins = std::all_of(inspection.rows.begin(), inspection.rows.end(), isAsin);
        if (fields == 2) {
            return {file.find("user") == std::string::npos ? (allAsins ? "asin" : "key") : "key",
                    file.find("user") == std::string::npos ? "item" : "user"};
        }
        std::vector<std::string> names{allAsins ? "asin" : "key", "item", "domain"};
        for (std::size_t at = names.size(); at < fields; ++at) {
            names.push_back(std::to_string(at + 1));
        }
        names.resize(std::max<std::size_t>(fields, 2));
        return names;
    }
    case Format::Layout::Delimited:
        break;
    }
    std::vector<std::string> names;
    for (std::size_t at = 1; at <= usualFieldCount(inspection.rows); ++at) {
        names.push_back(std::to_string(at));
    }
    return names;
}

Status readColumns(Inspection& inspection, bool& all)
{
    const Format& format = inspection.format;
    Result<std::vector<PreviewRow>> rows = firstRows(inspection.file, format, 0, sampledRows + 1, &all);
    if (!rows) {
        return passOn(rows);
    }
    std::vector<std::string> names;
    if (format.layout == Format::Layout::Delimited && format.header && !rows->empty()) {
        names = rows->front().fields;
        for (std::string& name : names) {
            name = trimmed(name);
        }
        while (names.size() > 1 && names.back().empty()) {
            names.pop_back();
        }
    }
    inspection.rows = std::move(*rows);
    if (names.empty()) {
        names = namesOfLayout(inspection);
    }
    rows = firstRows(inspection.file, format, names.size(), sampledRows + 1, &all);
    if (!rows) {
        return passOn(rows);
    }
    inspection.rows = std::move(*rows);
    if (format.layout == Format::Layout::Delimited && format.header && !inspection.rows.empty()) {
        inspection.rows.erase(inspection.rows.begin());
    }
    inspection.columns.clear();
    for (std::string& name : names) {
        inspection.columns.push_back({.name = std::move(name)});
    }
    return {};
}

/// Ragged rows that the repair of cut entities makes whole: then it is worth doing.
void guessRepair(Inspection& inspection)
{
    if (inspection.format.layout != Format::Layout::Delimited || inspection.columns.size() < 3) {
        return;
    }
    Format repairing = inspection.format;
    repairing.repairEntities = true;
    bool all = false;
    const auto fits = [&](const std::vector<PreviewRow>& rows) {
        return std::count_if(rows.begin(), rows.end(), [&](const PreviewRow& row) {
            return row.fields.size() == inspection.columns.size();
        });
    };
    Result<std::vector<PreviewRow>> rows =
        firstRows(inspection.file, repairing, inspection.columns.size(), sampledRows + 1, &all);
    if (!rows) {
        return;
    }
    if (inspection.format.header && !rows->empty()) {
        rows->erase(rows->begin());
    }
    const auto gained = fits(*rows) - fits(inspection.rows);
    if (gained > 0) {
        inspection.format = repairing;
        inspection.rows = std::move(*rows);
        inspection.evidence.push_back({"repair",
                                       TRANSLATABLE("inspect",
                                                    "%1 of the first rows have too many fields because an "
                                                    "HTML entity was cut at its semicolon."),
                                       {std::to_string(gained)}});
    }
}

bool hasColumns(const Inspection& inspection, const std::vector<std::string>& names)
{
    std::vector<std::string> found;
    for (const ColumnGuess& column : inspection.columns) {
        found.push_back(column.name);
    }
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::find(found.begin(), found.end(), name) != found.end();
    });
}

/// MovieTweetings numbers films as IMDb does: seven digits or more, with leading zeros.
bool hasImdbNumbers(const Inspection& inspection, std::size_t column)
{
    return std::all_of(inspection.rows.begin(), inspection.rows.end(), [&](const PreviewRow& row) {
        return row.fields.size() <= column || row.fields[column].size() >= 7;
    });
}

std::string presetOfHeader(const Inspection& inspection)
{
    const Format& format = inspection.format;
    if (inspection.target == ImportTarget::Negatives) {
        return format.delimiter == "," ? "negatives-csv" : format.delimiter == "\t" ? "negatives-tab" : "";
    }
    if (format.delimiter == "," && hasColumns(inspection, {"userId", "movieId", "rating", "timestamp"})) {
        return "movielens-csv";
    }
    if (format.delimiter == "," && hasColumns(inspection, {"movieId", "title", "genres"})) {
        return "movielens-csv-movies";
    }
    if (format.delimiter == ";" && hasColumns(inspection, {"User-ID", "ISBN", "Book-Rating"})) {
        return "book-crossing";
    }
    if (format.delimiter == ";" && hasColumns(inspection, {"ISBN", "Book-Title"})) {
        return "book-crossing-books";
    }
    if (format.delimiter != "\t") {
        return {};
    }
    if (hasColumns(inspection, {"Book_ID", "Book-Title"})) {
        return "book-crossing-items";
    }
    const bool typed =
        std::all_of(inspection.columns.begin(), inspection.columns.end(), [](const ColumnGuess& column) {
            return column.name.find(':') != std::string::npos;
        });
    const bool isItems = inspection.target == ImportTarget::Items;
    if (typed) {
        return isItems                                    ? "recbole-items"
               : inspection.target == ImportTarget::Users ? "recbole-users"
                                                          : "recbole";
    }
    return isItems ? "tab-header-items" : inspection.target == ImportTarget::Users ? "" : "tab-header";
}

std::string presetOf(const Inspection& inspection)
{
    switch (inspection.format.layout) {
    case Format::Layout::Events:
        return "sequence-events";
    case Format::Layout::ItemList:
        return "sequence-lists";
    case Format::Layout::JsonMap:
        return inspection.target == ImportTarget::Items ? "json-map" : "";
    case Format::Layout::Negatives:
        return "negative-lists";
    case Format::Layout::Delimited:
        break;
    }
    if (inspection.format.header) {
        return presetOfHeader(inspection);
    }
    const std::size_t columns = inspection.columns.size();
    if (inspection.format.delimiter == "::") {
        const bool isItems = inspection.target == ImportTarget::Items;
        if (isItems && columns == 3) {
            return hasImdbNumbers(inspection, 0) ? "movietweetings-movies" : "movielens-dat-movies";
        }
        if (inspection.target == ImportTarget::Users && columns == 5) {
            return "movielens-dat-users";
        }
        return isItems || columns != 4         ? ""
               : hasImdbNumbers(inspection, 1) ? "movietweetings"
                                               : "movielens-dat";
    }
    const bool isRating = inspection.format.delimiter == "\t" && columns == 3 &&
                          inspection.target == ImportTarget::Interactions &&
                          inspection.columns[2].role == Role::Value;
    return isRating ? "douban" : "";
}

void choosePreset(Inspection& inspection)
{
    inspection.preset = presetOf(inspection);
    if (inspection.preset.empty()) {
        return;
    }
    const Preset& preset = **findPreset(inspection.preset);
    inspection.evidence.push_back(
        {"preset", TRANSLATABLE("inspect", "Columns and delimiter are those of %1."), {preset.name}});
    if (inspection.format.header || inspection.format.layout != Format::Layout::Delimited) {
        return;
    }
    for (std::size_t at = 0; at < std::min(preset.names.size(), inspection.columns.size()); ++at) {
        inspection.columns[at].name = preset.names[at];
    }
    // Texts of these files are Latin-1; that cannot be seen in a head without any of its letters.
    if (inspection.ascii && preset.format.encoding == Format::Encoding::Latin1) {
        inspection.format.encoding = Format::Encoding::Latin1;
    }
}

Status detect(Inspection& inspection, const Head& head)
{
    Format& format = inspection.format;
    format.encoding = guessEncoding(head, inspection.evidence);
    std::string text;
    Decoder(format.encoding).decode(head.bytes, text);
    const std::vector<std::string_view> lines = linesOf(text, head.whole);
    guessLayout(lines, format, inspection.evidence);
    if (format.layout == Format::Layout::Delimited && !lines.empty() && lines.front().starts_with('{')) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "%1 holds JSON, of which only one object of lists is read. Convert it to CSV first."),
                    {inspection.file.string()});
    }
    if (format.layout == Format::Layout::Delimited) {
        bool all = false;
        const Result<std::vector<PreviewRow>> rows = firstRows(inspection.file, format, 0, sampledRows, &all);
        if (!rows) {
            return passOn(rows);
        }
        Evidence evidence;
        format.header = guessHeader(*rows, evidence);
        inspection.evidence.push_back(std::move(evidence));
    }
    return {};
}

} // namespace

Result<Inspection> inspect(const std::filesystem::path& file,
                           const std::optional<Format>& format,
                           int previewRows)
{
    const Result<Head> head = readHead(file);
    if (!head) {
        return passOn(head);
    }
    std::error_code ignored;
    Inspection inspection{.file = file, .bytes = std::filesystem::file_size(file, ignored)};
    inspection.ascii = std::none_of(head->bytes.begin(), head->bytes.end(), [](char each) {
        return (static_cast<unsigned char>(each) & 0x80U) != 0;
    });
    inspection.format.compressed = head->compressed;
    if (head->compressed) {
        inspection.evidence.push_back(
            {"compressed", TRANSLATABLE("inspect", "The first two bytes are those of a gzip file."), {}});
    }
    Status done = format ? Status() : detect(inspection, *head);
    if (format) {
        inspection.format = *format;
    }
    bool all = false;
    done = done.and_then([&] { return readColumns(inspection, all); });
    if (!done) {
        return passOn(done);
    }
    if (!format) {
        guessRepair(inspection);
    }
    guessTypes(inspection);
    std::string why;
    inspection.target = guessTarget(inspection, why);
    inspection.evidence.push_back({"target", why, {}});
    guessRoles(inspection, inspection.target);
    if (!format) {
        choosePreset(inspection);
    }
    guessRoles(inspection, inspection.target);
    const auto wanted = static_cast<std::size_t>(std::max(previewRows, 0));
    inspection.wholeFile = all && inspection.rows.size() <= wanted;
    inspection.rows.resize(std::min(inspection.rows.size(), wanted));
    return inspection;
}

} // namespace transept
