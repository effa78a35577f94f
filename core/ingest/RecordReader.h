#pragma once

#include "core/ingest/TextSource.h"

#include <optional>

namespace transept {

/// Why a row cannot be taken: English with %1, TRANSLATABLE("errors", ...).
struct Problem
{
    std::string sentence;
    std::vector<std::string> arguments;
};

/// One row of a file. The views are valid until the next call of RecordReader::next().
struct Record
{
    std::int64_t line = 0;   ///< physical, from 1; of the first line when the row has several
    std::int64_t entry = 0;  ///< place within a line that holds several rows, from 0
    std::int64_t offset = 0; ///< of its first byte in the decoded text
    std::string_view raw;    ///< without the line end
    std::vector<std::string_view> fields;
    std::optional<Problem> problem; ///< it could not be split into fields
    bool blank = false;
    bool last = true; ///< of its line: reading may go on after it from RecordReader::offset()
};

/// Splits the decoded text of a file into rows.
class RecordReader
{
public:
    explicit RecordReader(TextSource text) : m_text(std::move(text)) {}
    virtual ~RecordReader() = default;
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    /// False: there are no more rows.
    virtual Result<bool> next(Record& record) = 0;

    /// Where reading goes on: behind the last row when that was the last one of its line.
    std::int64_t offset() const { return m_text.offset(); }
    std::int64_t linesRead() const { return m_lines; }
    double fraction() const { return m_text.fraction(); }
    std::string hashOfConsumed() { return m_text.hashOfConsumed(); }

    /// Moves to a place where an earlier reading of the same file stopped. False: the file is shorter, or its
    /// bytes up to there have another hash.
    Result<bool> skipTo(std::int64_t offset, std::int64_t lines, std::string_view hash);

protected:
    struct Line
    {
        std::size_t end = 0;  ///< within rest(), without the line end
        std::size_t next = 0; ///< within rest()
    };
    /// The physical line that starts at `from` within rest(); nothing at the end of the file.
    Result<std::optional<Line>> lineFrom(std::size_t from);
    virtual void skipped() {}

    TextSource m_text;
    std::int64_t m_lines = 0; ///< consumed so far

private:
    std::optional<char> m_lineEnd; ///< '\n', or '\r' in a file without any '\n' in its first piece
};

/// A reader of this format. `columns`: how many fields a row must have; 0: any number.
Result<std::unique_ptr<RecordReader>> openRecords(const std::filesystem::path& file,
                                                  const Format& format,
                                                  std::size_t columns);

/// What is wrong with the encoding of a row, if anything.
std::optional<Problem> encodingProblem(std::string_view raw, Format::Encoding encoding);

std::unique_ptr<RecordReader> makeDelimitedReader(TextSource text, const Format& format, std::size_t columns);
std::unique_ptr<RecordReader> makeEventsReader(TextSource text, const Format& format);
std::unique_ptr<RecordReader> makeItemListReader(TextSource text, const Format& format);
std::unique_ptr<RecordReader> makeJsonMapReader(TextSource text, const Format& format);
std::unique_ptr<RecordReader> makeNegativesReader(TextSource text, const Format& format);

} // namespace transept
