#include "core/knowledge/FactFile.h"

#include "core/base/Words.h"
#include "core/ingest/Sniff.h"
#include "core/knowledge/Npy.h"
#include "core/text/Clean.h"

namespace transept {
namespace {

Problem problemIn(std::int64_t line, std::string_view sentence, std::vector<std::string> arguments = {})
{
    arguments.insert(arguments.begin(), std::to_string(line));
    return {std::string(sentence), std::move(arguments)};
}

/// What is wrong with a record before its meaning is asked for.
std::optional<Problem> problemOf(const Record& record)
{
    const std::optional<Problem> problem =
        record.problem ? record.problem : encodingProblem(record.raw, Format::Encoding::Utf8);
    if (!problem) {
        return std::nullopt;
    }
    return problemIn(record.line,
                     TRANSLATABLE("errors", "Line %1: %2"),
                     {describe({.sentence = problem->sentence, .arguments = problem->arguments})});
}

/// The rows of a text file; `format` but for the packing, which the head tells.
Result<std::unique_ptr<RecordReader>> openText(const std::filesystem::path& file, Format format)
{
    const Result<Head> head = readHead(file);
    if (!head) {
        return passOn(head);
    }
    format.compressed = head->compressed;
    if (format.delimiter.empty()) {
        const std::string_view line = std::string_view(head->bytes).substr(0, head->bytes.find('\n'));
        format.delimiter = line.find('\t') != std::string_view::npos  ? "\t"
                           : line.find(',') != std::string_view::npos ? ","
                                                                      : ";";
    }
    return openRecords(file, format, 0);
}

/// For texts of which only Record::raw is read.
Format wholeLines()
{
    return {.delimiter = "\t", .quote = '\0'};
}

/// Which columns of a table say what an item is.
struct KeyColumns
{
    std::size_t key = 0;
    std::optional<std::size_t> domain;
};

/// Nothing when the fields are no header.
std::optional<KeyColumns> headerIn(std::span<const std::string_view> fields)
{
    const auto key = std::ranges::find(fields, "key");
    const auto domain = std::ranges::find(fields, "domain");
    if (key == fields.end()) {
        return std::nullopt;
    }
    KeyColumns columns{.key = static_cast<std::size_t>(key - fields.begin()), .domain = std::nullopt};
    if (domain != fields.end()) {
        columns.domain = static_cast<std::size_t>(domain - fields.begin());
    }
    return columns;
}

/// False: the record has too few fields.
bool takeKey(const Record& record, const KeyColumns& columns, FactRow& row)
{
    if (record.fields.size() <= std::max(columns.key, columns.domain.value_or(0))) {
        row.problem =
            problemIn(record.line,
                      TRANSLATABLE("errors", "Line %1 has no key, or no domain where the header says so."));
        return false;
    }
    row.key = trimmed(record.fields[columns.key]);
    row.domain = columns.domain ? std::string(trimmed(record.fields[*columns.domain])) : std::string();
    return true;
}

/// Records that are not blank.
Result<bool> nextRecord(RecordReader& reader, Record& record)
{
    while (true) {
        record = {};
        Result<bool> found = reader.next(record);
        if (!found || !*found || !record.blank) {
            return found;
        }
    }
}

class CsvFacts final : public FactFile
{
public:
    explicit CsvFacts(std::unique_ptr<RecordReader> reader) : m_reader(std::move(reader)) {}

    double fraction() const override { return m_reader->fraction(); }

    Result<bool> next(FactRow& row) override
    {
        Record record;
        Result<bool> found = nextRecord(*m_reader, record);
        if (found && *found && std::exchange(m_isFirst, false)) {
            if (const auto header = headerIn(record.fields)) {
                m_columns = *header;
                found = nextRecord(*m_reader, record);
            }
        }
        if (!found || !*found) {
            return found;
        }
        row = {.line = record.line, .problem = problemOf(record)};
        if (!row.problem && takeKey(record, m_columns, row)) {
            takeNumbers(record, row);
        }
        return true;
    }

private:
    void takeNumbers(const Record& record, FactRow& row) const
    {
        for (std::size_t at = 0; at < record.fields.size(); ++at) {
            if (at == m_columns.key || at == m_columns.domain) {
                continue;
            }
            const auto number = parseReal(trimmed(record.fields[at]));
            if (!number) {
                row.problem = problemIn(record.line,
                                        TRANSLATABLE("errors", "Line %1: %2 is no finite number."),
                                        {"\"" + std::string(record.fields[at]) + "\""});
                return;
            }
            row.vector.push_back(static_cast<float>(*number));
        }
    }

    std::unique_ptr<RecordReader> m_reader;
    KeyColumns m_columns;
    bool m_isFirst = true;
};

/// The keys of an array's rows.
class KeyLines
{
public:
    /// A table when its first line names a column "key", else a key a line.
    static Result<KeyLines> open(const std::filesystem::path& file)
    {
        Result<std::unique_ptr<RecordReader>> table = openText(file, {.delimiter = ""});
        if (!table) {
            return passOn(table);
        }
        Record record;
        const Result<bool> found = nextRecord(**table, record);
        if (!found) {
            return passOn(found);
        }
        if (const auto columns = headerIn(record.fields)) {
            return KeyLines(std::move(*table), columns);
        }
        Result<std::unique_ptr<RecordReader>> lines = openText(file, wholeLines());
        if (!lines) {
            return passOn(lines);
        }
        return KeyLines(std::move(*lines), std::nullopt);
    }

    Result<bool> next(FactRow& row)
    {
        Record record;
        const Result<bool> found = nextRecord(*m_reader, record);
        if (!found || !*found) {
            return found;
        }
        row = {.line = record.line, .problem = problemOf(record)};
        if (m_columns && !row.problem) {
            takeKey(record, *m_columns, row);
        } else {
            row.key = trimmed(record.raw);
        }
        return true;
    }

private:
    KeyLines(std::unique_ptr<RecordReader> reader, std::optional<KeyColumns> columns)
        : m_reader(std::move(reader))
        , m_columns(columns)
    {
    }

    std::unique_ptr<RecordReader> m_reader;
    std::optional<KeyColumns> m_columns;
};

class NpyFacts final : public FactFile
{
public:
    NpyFacts(NpyFile array, KeyLines keys, const std::filesystem::path& file)
        : m_array(std::move(array))
        , m_keys(std::move(keys))
        , m_file(file)
    {
    }

    double fraction() const override
    {
        return static_cast<double>(m_done) / static_cast<double>(m_array.rows());
    }

    Result<bool> next(FactRow& row) override
    {
        const Result<bool> found = m_keys.next(row);
        if (!found) {
            return found;
        }
        if (*found != (m_done < m_array.rows())) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The array in %1 has %2 rows, but its keys file has %3. Each row needs "
                                     "one key, in the same order."),
                        {m_file.string(),
                         std::to_string(m_array.rows()),
                         *found ? fmt::format("{}+", m_done + 1) : std::to_string(m_done)});
        }
        if (!*found) {
            return false;
        }
        ++m_done;
        const Status read = m_array.read(row.vector);
        return read ? Result<bool>(true) : passOn(read);
    }

private:
    NpyFile m_array;
    KeyLines m_keys;
    std::filesystem::path m_file;
    std::size_t m_done = 0;
};

/// A text, or a list of texts, as facets of one name; false for anything else.
bool addFacets(const std::string& name, const Json& value, std::vector<StoredFacet>& facets)
{
    for (const Json& text : value.is_array() ? value : Json::array({value})) {
        if (!text.is_string()) {
            return false;
        }
        std::string cleaned = cleanText(text.get<std::string>());
        if (!cleaned.empty()) {
            facets.push_back({.name = cleanText(name), .text = std::move(cleaned)});
        }
    }
    return true;
}

class JsonFacts final : public FactFile
{
public:
    explicit JsonFacts(std::unique_ptr<RecordReader> reader) : m_reader(std::move(reader)) {}

    double fraction() const override { return m_reader->fraction(); }

    Result<bool> next(FactRow& row) override
    {
        Record record;
        Result<bool> found = nextRecord(*m_reader, record);
        if (found && *found) {
            row = {.line = record.line, .problem = problemOf(record)};
            if (!row.problem) {
                read(record, row);
            }
        }
        return found;
    }

private:
    static void read(const Record& record, FactRow& row)
    {
        const Json object = Json::parse(record.raw, nullptr, false);
        if (!object.is_object()) {
            row.problem = problemIn(row.line, TRANSLATABLE("errors", "Line %1 is not one JSON object."));
            return;
        }
        const Json key = object.value("key", Json());
        const Json domain = object.value("domain", Json(""));
        if (!(key.is_string() || key.is_number_integer()) || !domain.is_string()) {
            row.problem = problemIn(
                row.line,
                TRANSLATABLE("errors", "Line %1: key must be a text or a whole number, domain a text."));
            return;
        }
        row.key = key.is_string() ? key.get<std::string>() : key.dump();
        row.domain = domain.get<std::string>();
        readFacets(object.value("facets", Json::object()), row);
        readVector(object.value("vector", Json::array()), row);
    }

    static void readFacets(const Json& facets, FactRow& row)
    {
        bool fits = facets.is_object();
        for (auto facet = facets.begin(); fits && facet != facets.end(); ++facet) {
            fits = addFacets(facet.key(), *facet, row.facets);
        }
        if (!fits) {
            row.problem =
                problemIn(row.line,
                          TRANSLATABLE("errors",
                                       "Line %1: facets must be an object whose values are texts or lists "
                                       "of texts."));
        }
    }

    static void readVector(const Json& vector, FactRow& row)
    {
        const bool fits = vector.is_array() &&
                          std::ranges::all_of(vector, [](const Json& each) { return each.is_number(); });
        if (!fits) {
            row.problem =
                problemIn(row.line, TRANSLATABLE("errors", "Line %1: vector must be a list of numbers."));
            return;
        }
        std::ranges::transform(
            vector, std::back_inserter(row.vector), [](const Json& each) { return each.get<float>(); });
    }

    std::unique_ptr<RecordReader> m_reader;
};

Result<std::unique_ptr<FactFile>> openArray(const std::filesystem::path& file,
                                            const std::filesystem::path& keys)
{
    if (keys.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The rows of the array in %1 need names: give a file with one item key a "
                                 "line as keys."),
                    {file.string()});
    }
    Result<NpyFile> array = NpyFile::open(file);
    if (!array) {
        return passOn(array);
    }
    Result<KeyLines> lines = KeyLines::open(keys);
    if (!lines) {
        return passOn(lines);
    }
    return std::make_unique<NpyFacts>(std::move(*array), std::move(*lines), file);
}

} // namespace

Result<std::unique_ptr<FactFile>> FactFile::open(const std::filesystem::path& file,
                                                 const std::filesystem::path& keys)
{
    if (NpyFile::isOne(file)) {
        return openArray(file, keys);
    }
    const Result<Head> head = readHead(file);
    if (!head) {
        return passOn(head);
    }
    const bool isJson = trimmed(head->bytes).starts_with('{');
    Result<std::unique_ptr<RecordReader>> reader =
        openText(file, isJson ? wholeLines() : Format{.delimiter = ""});
    if (!reader) {
        return passOn(reader);
    }
    if (isJson) {
        return std::make_unique<JsonFacts>(std::move(*reader));
    }
    return std::make_unique<CsvFacts>(std::move(*reader));
}

} // namespace transept
