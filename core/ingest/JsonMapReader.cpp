#include "core/ingest/RecordReader.h"

#include "core/base/Json.h"

namespace transept {
namespace {

constexpr std::size_t longestEntry = std::size_t{1} << 20U;

/// One JSON object whose members are `"key": [item, domain]` or `"key": id`; every member is a row. Reads
/// member by member, so the size of the file does not matter. What follows a place that is not JSON is one
/// rejected row.
class JsonMapReader final : public RecordReader
{
public:
    JsonMapReader(TextSource text, const Format& format)
        : RecordReader(std::move(text))
        , m_encoding(format.encoding)
    {
    }

    Result<bool> next(Record& record) override;

protected:
    void skipped() override { m_inside = offset() > 0; }

private:
    Result<bool> skipBlanks();
    Result<std::size_t> memberEnd();
    void splitMember(std::string_view member, Record& record);
    Result<bool> giveUp(Record& record);

    Format::Encoding m_encoding;
    bool m_inside = false;
    bool m_ended = false;
    std::vector<std::string> m_values;
};

/// Leaves blanks, line ends and commas behind; false at the end of the file.
Result<bool> JsonMapReader::skipBlanks()
{
    while (true) {
        const std::string_view rest = m_text.rest();
        const std::size_t blanks = std::min(rest.find_first_not_of(" \t\r\n,"), rest.size());
        m_lines += std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(blanks), '\n');
        m_text.consume(blanks);
        if (blanks < rest.size()) {
            return true;
        }
        const Result<bool> more = m_text.more();
        if (!more || !*more) {
            return more;
        }
    }
}

/// Where the member at the start of rest() ends: at a ',' or '}' outside of texts and brackets. 0: nowhere.
Result<std::size_t> JsonMapReader::memberEnd()
{
    bool inText = false;
    int depth = 0;
    for (std::size_t at = 0; at < longestEntry; ++at) {
        if (at == m_text.rest().size()) {
            const Result<bool> more = m_text.more();
            if (!more) {
                return passOn(more);
            }
            if (!*more) {
                return std::size_t{0};
            }
        }
        const char each = m_text.rest()[at];
        if (inText) {
            at += each == '\\' ? 1 : 0;
            inText = each != '"';
            continue;
        }
        inText = each == '"';
        depth += each == '[' || each == '{' ? 1 : 0;
        if (depth == 0 && (each == ',' || each == '}')) {
            return at;
        }
        depth -= each == ']' || each == '}' ? 1 : 0;
    }
    return std::size_t{0};
}

std::string textOf(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void JsonMapReader::splitMember(std::string_view member, Record& record)
{
    const Json parsed = Json::parse("{" + std::string(member) + "}", nullptr, false);
    if (!parsed.is_object() || parsed.size() != 1) {
        record.problem = Problem{TRANSLATABLE("errors", "This is not a member of a JSON object."), {}};
        return;
    }
    m_values = {parsed.begin().key()};
    const Json& value = parsed.begin().value();
    for (const Json& each : value.is_array() ? value : Json::array({value})) {
        if (each.is_structured() || each.is_null()) {
            record.problem =
                Problem{TRANSLATABLE("errors", "The value of %1 is not a number, a text or a list of these."),
                        {m_values.front()}};
            return;
        }
        m_values.push_back(textOf(each));
    }
    record.fields.assign(m_values.begin(), m_values.end());
}

/// The rest of the file as one row that cannot be read; up to 4 KiB of it are kept as its raw text.
Result<bool> JsonMapReader::giveUp(Record& record)
{
    constexpr std::size_t kept = 4096;
    record.raw = m_text.rest().substr(0, kept);
    record.problem =
        Problem{TRANSLATABLE("errors",
                             "The file is not valid JSON from here on. Nothing behind this place was read."),
                {}};
    m_ended = true;
    return true;
}

Result<bool> JsonMapReader::next(Record& record)
{
    record.fields.clear();
    record.problem.reset();
    record.blank = false;
    record.last = true;
    const Result<bool> more = m_ended ? Result<bool>(false) : skipBlanks();
    if (!more || !*more) {
        return more;
    }
    if (!m_inside && m_text.rest().front() == '{') {
        m_inside = true;
        m_text.consume(1);
        return next(record);
    }
    record.line = m_lines + 1;
    record.offset = m_text.offset();
    record.entry = record.offset; // many members may stand in one line
    if (m_inside && m_text.rest().front() == '}') {
        m_text.consume(1);
        const Result<bool> behind = skipBlanks();
        m_ended = behind && !*behind;
        return !behind || m_ended ? behind : giveUp(record);
    }
    const Result<std::size_t> end = memberEnd();
    if (!end) {
        return passOn(end);
    }
    if (!m_inside || *end == 0) {
        return giveUp(record);
    }
    record.raw = m_text.rest().substr(0, *end);
    record.problem = encodingProblem(record.raw, m_encoding);
    if (!record.problem) {
        splitMember(record.raw, record);
    }
    m_lines += std::count(record.raw.begin(), record.raw.end(), '\n');
    m_text.consume(*end);
    return true;
}

} // namespace

std::unique_ptr<RecordReader> makeJsonMapReader(TextSource text, const Format& format)
{
    return std::make_unique<JsonMapReader>(std::move(text), format);
}

} // namespace transept
