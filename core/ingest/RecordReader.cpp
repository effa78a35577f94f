#include "core/ingest/RecordReader.h"

namespace transept {
namespace {

constexpr std::size_t longestLine = std::size_t{1} << 24U;

} // namespace

Result<std::optional<RecordReader::Line>> RecordReader::lineFrom(std::size_t from)
{
    std::size_t searched = from;
    while (true) {
        const std::string_view rest = m_text.rest();
        if (!m_lineEnd && !rest.empty()) {
            m_lineEnd = rest.find('\n') != std::string_view::npos || rest.find('\r') == std::string_view::npos
                            ? '\n'
                            : '\r';
        }
        const std::size_t found =
            searched < rest.size() ? rest.find(m_lineEnd.value_or('\n'), searched) : std::string_view::npos;
        if (found != std::string_view::npos) {
            std::size_t end = found;
            while (end > from && rest[end - 1] == '\r') {
                --end;
            }
            return std::optional(Line{.end = end, .next = found + 1});
        }
        if (rest.size() - from > longestLine) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "Line %1 is longer than %2 MiB. Check the delimiter and the line ends of the file."),
                {std::to_string(m_lines + 1), std::to_string(longestLine >> 20U)});
        }
        searched = rest.size();
        const Result<bool> more = m_text.more();
        if (!more) {
            return passOn(more);
        }
        if (!*more) {
            std::size_t end = m_text.rest().size();
            const std::size_t next = end;
            while (end > from && m_text.rest()[end - 1] == '\r') {
                --end;
            }
            return from < next ? std::optional(Line{.end = end, .next = next}) : std::optional<Line>{};
        }
    }
}

Result<bool> RecordReader::skipTo(std::int64_t offset, std::int64_t lines, std::string_view hash)
{
    if (offset > 0) {
        if (const Result<std::optional<Line>> first = lineFrom(0); !first) { // settles what ends a line
            return passOn(first);
        }
    }
    while (m_text.offset() < offset) {
        const auto wanted = static_cast<std::size_t>(offset - m_text.offset());
        m_text.consume(std::min(wanted, m_text.rest().size()));
        if (m_text.offset() == offset) {
            break;
        }
        const Result<bool> more = m_text.more();
        if (!more) {
            return passOn(more);
        }
        if (!*more) {
            return false;
        }
    }
    m_lines = lines;
    skipped();
    return m_text.hashOfConsumed() == hash;
}

std::optional<Problem> encodingProblem(std::string_view raw, Format::Encoding encoding)
{
    if (raw.find('\0') != std::string_view::npos) {
        return Problem{TRANSLATABLE("errors", "The row holds a zero byte, which no text has."), {}};
    }
    if (isValidUtf8(raw)) {
        return std::nullopt;
    }
    return Problem{
        TRANSLATABLE("errors", "The row is not valid %1 text. Choose another encoding if many rows are so."),
        {encoding == Format::Encoding::Utf8     ? "UTF-8"
         : encoding == Format::Encoding::Latin1 ? "Latin-1"
                                                : "UTF-16"}};
}

Result<std::unique_ptr<RecordReader>> openRecords(const std::filesystem::path& file,
                                                  const Format& format,
                                                  std::size_t columns)
{
    Result<TextSource> text = TextSource::open(file, format);
    if (!text) {
        return passOn(text);
    }
    switch (format.layout) {
    case Format::Layout::Events:
        return makeEventsReader(std::move(*text), format);
    case Format::Layout::ItemList:
        return makeItemListReader(std::move(*text), format);
    case Format::Layout::JsonMap:
        return makeJsonMapReader(std::move(*text), format);
    case Format::Layout::Negatives:
        return makeNegativesReader(std::move(*text), format);
    case Format::Layout::Delimited:
        break;
    }
    return makeDelimitedReader(std::move(*text), format, columns);
}

} // namespace transept
