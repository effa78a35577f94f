#include "core/ingest/Sniff.h"

#include "core/base/Words.h"
#include "core/ingest/TextSource.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>

namespace transept {
namespace {

constexpr std::size_t headBytes = std::size_t{1} << 18U;
constexpr std::size_t sampledLines = 400;

Status fill(ByteSource& source, std::string& bytes)
{
    while (bytes.size() < headBytes) {
        const Result<std::size_t> got = source.read(bytes, headBytes - bytes.size());
        if (!got || *got == 0) {
            return got.map([](std::size_t) {});
        }
    }
    return {};
}

struct Utf16Signs
{
    std::size_t evenZeros = 0;
    std::size_t oddZeros = 0;
};

Utf16Signs countZeros(std::string_view bytes)
{
    Utf16Signs signs;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] == '\0') {
            ++(at % 2 == 0 ? signs.evenZeros : signs.oddZeros);
        }
    }
    return signs;
}

bool looksLikeUtf16(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return true;
    }
    const Utf16Signs signs = countZeros(bytes);
    const std::size_t more = std::max(signs.evenZeros, signs.oddZeros);
    return more * 4 > bytes.size() && std::min(signs.evenZeros, signs.oddZeros) * 20 < more;
}

bool looksBinary(std::string_view bytes)
{
    if (looksLikeUtf16(bytes)) {
        return false;
    }
    const auto isControl = [](char each) {
        const auto byte = static_cast<unsigned char>(each);
        return byte < 0x20U && each != '\t' && each != '\n' && each != '\r' && each != '\f' && each != '\x1B';
    };
    const auto controls = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), isControl));
    return controls * 100 > bytes.size();
}

tl::unexpected<Error> binary(const std::filesystem::path& file, std::string_view bytes)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
        {{"PK\x03\x04", "ZIP"},
         {"SQLite format 3", "SQLite"},
         {"PAR1", "Parquet"},
         {"7z\xBC\xAF", "7z"},
         {"\xFD"
          "7zXZ",
          "xz"},
         {"BZh", "bzip2"}}};
    for (const auto& [start, name] : known) {
        if (bytes.starts_with(start)) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1 is a %2 file, not a text file. Unpack or convert it to CSV first."),
                        {file.string(), std::string(name)});
        }
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors", "%1 is not a text file: it holds binary data. Choose a delimited text file."),
        {file.string()});
}

/// Fields of a line, quotes respected when `quote`; -1: a quote does not close or text follows it.
int countFields(std::string_view line, std::string_view delimiter, bool quote)
{
    int fields = 1;
    bool atStart = true;
    for (std::size_t at = 0; at < line.size();) {
        if (quote && atStart && line[at] == '"') {
            std::size_t end = at + 1;
            while (end < line.size() &&
                   (line[end] != '"' || (end + 1 < line.size() && line[end + 1] == '"'))) {
                end += line[end] == '"' ? 2 : 1;
            }
            if (end >= line.size()) {
                return -1;
            }
            at = end + 1;
            if (at < line.size() && line.substr(at, delimiter.size()) != delimiter) {
                return -1;
            }
            atStart = false;
            continue;
        }
        if (line.substr(at, delimiter.size()) == delimiter) {
            at += delimiter.size();
            const bool isRun = delimiter == " " && at < line.size() && line[at] == ' ';
            fields += isRun || (delimiter == " " && at == line.size()) ? 0 : 1;
            atStart = true;
            continue;
        }
        ++at;
        atStart = false;
    }
    return fields;
}

struct Fit
{
    int columns = 0;
    double share = 0.0; ///< of the lines with this number
};

Fit fitOf(const std::vector<std::string_view>& lines, std::string_view delimiter)
{
    std::map<int, std::size_t> counts;
    for (const std::string_view line : lines) {
        ++counts[countFields(line, delimiter, delimiter == "," || delimiter == ";" || delimiter == "|")];
    }
    Fit best;
    for (const auto& [columns, count] : counts) {
        const double share = static_cast<double>(count) / static_cast<double>(lines.size());
        if (columns > 1 && share > best.share) {
            best = {columns, share};
        }
    }
    return best;
}

std::string nameOf(std::string_view delimiter)
{
    return toJson(Format{.delimiter = std::string(delimiter)}).at("delimiter").get<std::string>();
}

void guessDelimiter(const std::vector<std::string_view>& lines,
                    Format& format,
                    std::vector<Evidence>& evidence)
{
    Fit best;
    for (const std::string_view delimiter : {"::", "\t", ";", ",", "|", " "}) {
        const Fit fit = fitOf(lines, delimiter);
        // The earlier ones are rarer within texts: a later one must fit clearly better.
        if (fit.columns > 1 && fit.share > best.share + (best.share >= 0.8 ? 1.0 : 0.1)) {
            best = fit;
            format.delimiter = delimiter;
        }
    }
    if (best.columns == 0) {
        evidence.push_back(
            {"delimiter", TRANSLATABLE("inspect", "No delimiter occurs regularly: one column."), {}});
        return;
    }
    evidence.push_back({"delimiter",
                        TRANSLATABLE("inspect", "%1 gives %2 columns in %3 % of the first %4 lines."),
                        {nameOf(format.delimiter),
                         std::to_string(best.columns),
                         fmt::format("{:.0f}", best.share * 100.0),
                         std::to_string(lines.size())}});
}

void guessQuote(const std::vector<std::string_view>& lines, Format& format, std::vector<Evidence>& evidence)
{
    std::size_t opened = 0;
    std::size_t broken = 0;
    std::size_t needed = 0;
    for (const std::string_view line : lines) {
        const bool hasQuote =
            line.starts_with('"') || line.find(format.delimiter + '"') != std::string_view::npos;
        opened += hasQuote ? 1 : 0;
        const int quoted = countFields(line, format.delimiter, true);
        broken += hasQuote && quoted < 0 ? 1 : 0;
        needed += hasQuote && quoted > 0 && quoted != countFields(line, format.delimiter, false) ? 1 : 0;
    }
    const bool isCsv = format.delimiter == "," || format.delimiter == ";" || format.delimiter == "|";
    const bool allQuoted = opened * 2 > lines.size() && broken == 0;
    format.quote = isCsv || needed > 0 || allQuoted ? '"' : '\0';
    if (!isCsv && broken > 0 && needed == 0) {
        format.quote = '\0';
    }
    if (opened == 0) {
        evidence.push_back({"quote",
                            isCsv ? TRANSLATABLE("inspect",
                                                 "No field of the first lines is quoted; a quote would "
                                                 "enclose a field, as is usual with this delimiter.")
                                  : TRANSLATABLE("inspect",
                                                 "No field of the first lines is quoted; quotes are read "
                                                 "as text, as is usual with this delimiter."),
                            {}});
        return;
    }
    evidence.push_back({"quote",
                        format.quote != '\0'
                            ? TRANSLATABLE("inspect", "%1 of the first lines have quoted fields.")
                            : TRANSLATABLE("inspect",
                                           "%1 of the first lines have fields that begin with a quote and "
                                           "go on behind the next: quotes are text here."),
                        {std::to_string(opened)}});
}

bool isEventsLine(std::string_view line)
{
    const std::size_t user = line.find(' ');
    if (user == std::string_view::npos || user == 0) {
        return false;
    }
    std::string_view rest = line.substr(user);
    std::size_t events = 0;
    while (true) {
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        if (rest.empty()) {
            return events > 0;
        }
        const std::string_view event = rest.substr(0, rest.find(' '));
        const std::size_t bar = event.find('|');
        if (bar == std::string_view::npos || bar == 0 || !parseInteger(event.substr(bar + 1))) {
            return false;
        }
        ++events;
        rest.remove_prefix(event.size());
    }
}

/// The number of items of a line `number TAB item,item,...`; 0: it is none.
std::size_t itemsOfListLine(std::string_view line)
{
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0 || tab + 1 == line.size()) {
        return 0;
    }
    const std::string_view list = line.substr(tab + 1);
    if (list.find_first_of("\t \".") != std::string_view::npos || list.ends_with(',') ||
        list.starts_with(',') || list.find(",,") != std::string_view::npos) {
        return 0;
    }
    return 1 + static_cast<std::size_t>(std::count(list.begin(), list.end(), ','));
}

bool looksLikeItemLists(const std::vector<std::string_view>& lines)
{
    std::size_t fitting = 0;
    std::size_t several = 0;
    std::size_t shortest = SIZE_MAX;
    std::size_t longest = 0;
    for (const std::string_view line : lines) {
        const std::size_t items = itemsOfListLine(line);
        fitting += items > 0 ? 1 : 0;
        several += items > 1 ? 1 : 0;
        shortest = std::min(shortest, items);
        longest = std::max(longest, items);
    }
    return fitting * 20 >= lines.size() * 19 && several * 2 > lines.size() &&
           (longest > shortest || lines.size() < 4);
}

/// `(user, item) TAB negative ...`
bool isNegativesLine(std::string_view line)
{
    const std::string_view pair = line.substr(0, line.find('\t'));
    return pair.size() < line.size() && pair.starts_with('(') && pair.ends_with(')') &&
           std::count(pair.begin(), pair.end(), ',') == 1;
}

bool looksLikeJsonMap(std::string_view text)
{
    const std::size_t brace = text.find_first_not_of(" \t\r\n");
    if (brace == std::string_view::npos || text[brace] != '{') {
        return false;
    }
    const std::size_t quote = text.find_first_not_of(" \t\r\n", brace + 1);
    if (quote == std::string_view::npos || text[quote] != '"') {
        return false;
    }
    const std::size_t closing = text.find('"', quote + 1);
    const std::size_t colon =
        closing == std::string_view::npos ? closing : text.find_first_not_of(" \t", closing + 1);
    if (colon == std::string_view::npos || text[colon] != ':') {
        return false;
    }
    const std::size_t value = text.find_first_not_of(" \t\r\n", colon + 1);
    return value != std::string_view::npos &&
           (text[value] == '[' || text[value] == '-' || (text[value] >= '0' && text[value] <= '9'));
}

} // namespace

Result<Head> readHead(const std::filesystem::path& file)
{
    Result<ByteSource> source = ByteSource::open(file, false);
    if (!source) {
        return passOn(source);
    }
    Head head;
    if (const Status read = fill(*source, head.bytes); !read) {
        return passOn(read);
    }
    if (head.bytes.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is empty. Choose another file."),
                    {file.string()});
    }
    if (head.bytes.starts_with("\x1F\x8B")) {
        head.compressed = true;
        head.bytes.clear();
        Result<ByteSource> unpacked = ByteSource::open(file, true);
        if (!unpacked) {
            return passOn(unpacked);
        }
        if (const Status read = fill(*unpacked, head.bytes); !read) {
            return passOn(read);
        }
        if (head.bytes.empty()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1 is empty. Choose another file."),
                        {file.string()});
        }
    }
    head.whole = head.bytes.size() < headBytes;
    if (looksBinary(head.bytes)) {
        return binary(file, head.bytes);
    }
    return head;
}

Format::Encoding guessEncoding(const Head& head, std::vector<Evidence>& evidence)
{
    const std::string_view bytes = head.bytes;
    if (looksLikeUtf16(bytes)) {
        const bool hasMark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
        const Utf16Signs signs = countZeros(bytes);
        const bool isLittle = hasMark ? bytes.front() == '\xFF' : signs.oddZeros > signs.evenZeros;
        evidence.push_back({"encoding",
                            hasMark
                                ? TRANSLATABLE("inspect", "The file starts with a byte order mark of UTF-16.")
                                : TRANSLATABLE("inspect", "Every other byte is zero, as in UTF-16."),
                            {}});
        return isLittle ? Format::Encoding::Utf16Le : Format::Encoding::Utf16Be;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        evidence.push_back(
            {"encoding", TRANSLATABLE("inspect", "The file starts with a byte order mark of UTF-8."), {}});
        return Format::Encoding::Utf8;
    }
    const auto isHigh = [](char each) { return (static_cast<unsigned char>(each) & 0x80U) != 0; };
    const auto high = std::count_if(bytes.begin(), bytes.end(), isHigh);
    if (high == 0) {
        evidence.push_back(
            {"encoding",
             TRANSLATABLE("inspect", "Only ASCII in the first %1 bytes, which is valid UTF-8."),
             {std::to_string(bytes.size())}});
        return Format::Encoding::Utf8;
    }
    // Invalid bytes come out as \xNN, four bytes for one. A few among many valid ones are dirt, not another
    // encoding.
    const std::string_view complete = head.whole ? bytes : bytes.substr(0, bytes.find_last_of("\r\n") + 1);
    const std::string escaped = withEscapedBytes(complete.empty() ? bytes : complete);
    const auto stillHigh = std::count_if(escaped.begin(), escaped.end(), isHigh);
    const auto invalid = high - stillHigh;
    if (invalid <= 3 || invalid * 20 < stillHigh) {
        const bool valid = isValidUtf8(complete.empty() ? bytes : complete);
        evidence.push_back(
            {"encoding",
             valid ? TRANSLATABLE("inspect", "%1 bytes above 127, all of them valid UTF-8.")
                   : TRANSLATABLE("inspect",
                                  "%1 bytes above 127, nearly all of them valid UTF-8; rows with others "
                                  "will be rejected."),
             {std::to_string(high)}});
        if (valid || stillHigh > 0) {
            return Format::Encoding::Utf8;
        }
        evidence.pop_back();
    }
    evidence.push_back({"encoding",
                        TRANSLATABLE("inspect", "%1 bytes above 127 that are not valid UTF-8."),
                        {std::to_string(invalid)}});
    return Format::Encoding::Latin1;
}

std::vector<std::string_view> linesOf(std::string_view text, bool whole)
{
    const char lineEnd = text.find('\n') == std::string_view::npos ? '\r' : '\n';
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < sampledLines) {
        const std::size_t end = text.find(lineEnd);
        if (end == std::string_view::npos && !whole && !lines.empty()) {
            break;
        }
        std::string_view line = text.substr(0, end);
        while (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.find_first_not_of(" \t") != std::string_view::npos) {
            lines.push_back(line);
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

void guessLayout(const std::vector<std::string_view>& lines, Format& format, std::vector<Evidence>& evidence)
{
    if (lines.empty()) {
        return;
    }
    const auto take = [&](Format::Layout layout,
                          const std::string& delimiter,
                          char quote,
                          std::string sentence,
                          std::vector<std::string> counts = {}) {
        format.layout = layout;
        format.delimiter = delimiter;
        format.quote = quote;
        evidence.push_back({"layout", std::move(sentence), std::move(counts)});
    };
    // Nothing: too few of the lines are of the form.
    const auto countOf = [&](bool (*isOfForm)(std::string_view)) {
        const auto count = static_cast<std::size_t>(std::ranges::count_if(lines, isOfForm));
        return count * 10 >= lines.size() * 9 ? std::optional(std::to_string(count)) : std::nullopt;
    };
    const std::string all = std::to_string(lines.size());
    if (looksLikeJsonMap(lines.front())) {
        take(Format::Layout::JsonMap,
             format.delimiter,
             '"',
             TRANSLATABLE("inspect", "The file starts like a JSON object of lists or numbers."));
    } else if (const auto events = countOf(isEventsLine)) {
        take(Format::Layout::Events,
             " ",
             '\0',
             TRANSLATABLE("inspect", "%1 of the first %2 lines are a user and events of the form item|time."),
             {*events, all});
    } else if (const auto negatives = countOf(isNegativesLine)) {
        take(Format::Layout::Negatives,
             "\t",
             '\0',
             TRANSLATABLE("inspect",
                          "%1 of the first %2 lines are an interaction of the form (user, item) and items "
                          "behind it."),
             {*negatives, all});
    } else if (looksLikeItemLists(lines)) {
        take(Format::Layout::ItemList,
             "\t",
             '\0',
             TRANSLATABLE("inspect", "The lines are a number, a tab, and item ids joined by commas."));
    } else {
        evidence.push_back({"layout", TRANSLATABLE("inspect", "One row a line."), {}});
        guessDelimiter(lines, format, evidence);
        guessQuote(lines, format, evidence);
    }
}

} // namespace transept
