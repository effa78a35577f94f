#include "core/ingest/RecordReader.h"
#include "core/ingest/Repair.h"

#include <cstring>

namespace transept {
namespace {

/// A quoted field may run over this many lines and bytes. One that does not end by then began with a stray
/// quote.
constexpr int mostLinesOfRecord = 1000;
constexpr std::size_t mostBytesOfRecord = std::size_t{1} << 20U;

Problem unclosedQuote()
{
    return {
        TRANSLATABLE("errors",
                     "A quote opens in this line and does not close. Correct it, or read quotes as text."),
        {}};
}

Problem textBehindQuote()
{
    return {
        TRANSLATABLE("errors",
                     "Text follows a closing quote. Double the quotes within a field, or read them as text."),
        {}};
}

class DelimitedReader final : public RecordReader
{
public:
    DelimitedReader(TextSource text, const Format& format, std::size_t columns)
        : RecordReader(std::move(text))
        , m_format(format)
        , m_columns(columns)
    {
    }

    Result<bool> next(Record& record) override;

private:
    enum class Quoted { Complete, NeverClosed, TextBehindQuote };
    struct Piece
    {
        std::size_t from = 0;
        std::size_t length = 0;
        bool rewritten = false; ///< within m_rewritten instead of rest()
    };

    void splitPlain(std::string_view row, std::vector<std::string_view>& fields) const;
    Result<Quoted> splitQuoted(Line& line);
    Result<Quoted> quotedField(std::size_t& at, Line& line);
    void closePiece(std::size_t from, std::size_t to);
    bool atDelimiter(std::size_t at, const Line& line) const;
    bool endsField(std::size_t at, const Line& line) const { return at >= line.end || atDelimiter(at, line); }
    void materialise(std::vector<std::string_view>& fields) const;
    void checkColumns(Record& record);

    Format m_format;
    std::size_t m_columns;
    std::vector<Piece> m_pieces;
    std::string m_rewritten; ///< quoted fields without their doubled quotes
    std::int64_t m_linesOfRecord = 1;
    RepairedRow m_repaired;
};

bool DelimitedReader::atDelimiter(std::size_t at, const Line& line) const
{
    return at < line.end && m_text.rest().substr(at, m_format.delimiter.size()) == m_format.delimiter;
}

void DelimitedReader::splitPlain(std::string_view row, std::vector<std::string_view>& fields) const
{
    if (m_format.delimiter == " ") {
        for (std::size_t at = row.find_first_not_of(' '); at != std::string_view::npos;) {
            const std::size_t end = std::min(row.find(' ', at), row.size());
            fields.push_back(row.substr(at, end - at));
            at = row.find_first_not_of(' ', end);
        }
        return;
    }
    const std::size_t width = m_format.delimiter.size();
    const char first = m_format.delimiter.front();
    while (true) {
        const void* hit = row.empty() ? nullptr : std::memchr(row.data(), first, row.size());
        std::size_t end = hit == nullptr
                              ? row.size()
                              : static_cast<std::size_t>(static_cast<const char*>(hit) - row.data());
        if (width > 1) {
            end = std::min(row.find(m_format.delimiter), row.size());
        }
        fields.push_back(row.substr(0, end));
        if (end == row.size()) {
            return;
        }
        row.remove_prefix(end + width);
    }
}

void DelimitedReader::closePiece(std::size_t from, std::size_t to)
{
    m_pieces.push_back({.from = from, .length = to - from});
}

/// Reads the field whose opening quote is at `at`; leaves `at` behind its closing quote.
Result<DelimitedReader::Quoted> DelimitedReader::quotedField(std::size_t& at, Line& line)
{
    const std::size_t from = m_rewritten.size();
    ++at;
    while (true) {
        const std::string_view rest = m_text.rest();
        if (at >= line.end) {
            if (++m_linesOfRecord > mostLinesOfRecord || line.next > mostBytesOfRecord) {
                return Quoted::NeverClosed;
            }
            m_rewritten += rest.substr(at, line.next - at);
            at = line.next;
            const Result<std::optional<Line>> following = lineFrom(at);
            if (!following) {
                return passOn(following);
            }
            if (!*following) {
                return Quoted::NeverClosed;
            }
            line = **following;
            continue;
        }
        const char each = rest[at];
        const bool quoteFollows = at + 1 < line.end && rest[at + 1] == m_format.quote;
        if (each == m_format.quote && !quoteFollows) {
            m_pieces.push_back({.from = from, .length = m_rewritten.size() - from, .rewritten = true});
            ++at;
            return Quoted::Complete;
        }
        // The original Book-Crossing files write \" for a quote; a backslash right before the closing quote
        // is itself.
        if ((each == m_format.quote || each == '\\') && quoteFollows &&
            (each == m_format.quote || !endsField(at + 2, line))) {
            m_rewritten += m_format.quote;
            at += 2;
            continue;
        }
        m_rewritten += each;
        ++at;
    }
}

Result<DelimitedReader::Quoted> DelimitedReader::splitQuoted(Line& line)
{
    m_pieces.clear();
    m_rewritten.clear();
    m_linesOfRecord = 1;
    std::size_t at = 0;
    while (true) {
        while (m_format.delimiter == " " && atDelimiter(at, line)) {
            ++at;
        }
        if (at < line.end && m_text.rest()[at] == m_format.quote) {
            const Result<Quoted> field = quotedField(at, line);
            if (!field || *field != Quoted::Complete) {
                return field;
            }
            if (!endsField(at, line)) {
                return Quoted::TextBehindQuote;
            }
        } else {
            const std::size_t found = m_text.rest().substr(0, line.end).find(m_format.delimiter, at);
            const std::size_t end = std::min(found, line.end);
            closePiece(at, end);
            at = end;
        }
        if (at >= line.end) {
            return Quoted::Complete;
        }
        at += m_format.delimiter.size();
    }
}

void DelimitedReader::materialise(std::vector<std::string_view>& fields) const
{
    for (const Piece& piece : m_pieces) {
        const std::string_view whole = piece.rewritten ? std::string_view(m_rewritten) : m_text.rest();
        fields.push_back(whole.substr(piece.from, piece.length));
    }
}

void DelimitedReader::checkColumns(Record& record)
{
    if (m_columns == 0 || record.fields.size() == m_columns) {
        return;
    }
    // A delimiter at the end of the line is not one more column.
    if (record.fields.size() == m_columns + 1 && record.fields.back().empty()) {
        record.fields.pop_back();
        return;
    }
    if (m_format.repairEntities && repairCutEntities(record.fields, m_columns, m_repaired)) {
        record.fields.assign(m_repaired.fields.begin(), m_repaired.fields.end());
        return;
    }
    record.problem = Problem{TRANSLATABLE("errors", "The row has %1 fields instead of %2."),
                             {std::to_string(record.fields.size()), std::to_string(m_columns)}};
}

Result<bool> DelimitedReader::next(Record& record)
{
    record.fields.clear();
    record.problem.reset();
    record.blank = false;
    m_linesOfRecord = 1;
    const Result<std::optional<Line>> first = lineFrom(0);
    if (!first || !*first) {
        return first ? Result<bool>(false) : passOn(first);
    }
    Line line = **first;
    const std::string_view row = m_text.rest().substr(0, line.end);
    record.line = m_lines + 1;
    record.offset = m_text.offset();
    record.blank = row.find_first_not_of(" \t") == std::string_view::npos;
    if (m_format.quote != '\0' && row.find(m_format.quote) != std::string_view::npos) {
        const Result<Quoted> quoted = splitQuoted(line);
        if (!quoted) {
            return passOn(quoted);
        }
        if (*quoted == Quoted::Complete) {
            materialise(record.fields);
        } else {
            // Only the first line is given up: reading goes on with the next one, whatever the quote would
            // have eaten.
            line = **first;
            m_linesOfRecord = 1;
            record.problem = *quoted == Quoted::NeverClosed ? unclosedQuote() : textBehindQuote();
        }
    } else {
        splitPlain(row, record.fields);
    }
    record.raw = m_text.rest().substr(0, line.end);
    if (!record.blank && !record.problem) {
        checkColumns(record);
    }
    if (auto problem = encodingProblem(record.raw, m_format.encoding)) {
        record.problem = std::move(problem);
    }
    m_text.consume(line.next);
    m_lines += m_linesOfRecord;
    return true;
}

} // namespace

std::unique_ptr<RecordReader> makeDelimitedReader(TextSource text, const Format& format, std::size_t columns)
{
    return std::make_unique<DelimitedReader>(std::move(text), format, columns);
}

} // namespace transept
