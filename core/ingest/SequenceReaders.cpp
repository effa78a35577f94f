#include "core/ingest/RecordReader.h"

#include "core/base/Words.h"

namespace transept {
namespace {

/// All sequence layouts: what a line is about, then several events; every event is a row of its own.
class SequenceReader : public RecordReader
{
public:
    SequenceReader(TextSource text, const Format& format)
        : RecordReader(std::move(text))
        , m_encoding(format.encoding)
    {
    }

    Result<bool> next(Record& record) final;

protected:
    /// Splits a line into the fields that all of its rows begin with and the events; says what is wrong when
    /// it cannot be split so.
    virtual std::optional<Problem> splitHead(std::string_view line,
                                             std::vector<std::string_view>& head,
                                             std::string_view& events) const = 0;
    /// Takes the first event off `events`; false when there is none left.
    virtual bool takeEvent(std::string_view& events, std::string_view& event) const = 0;
    virtual void splitEvent(std::string_view event, Record& record) const = 0;

private:
    Result<bool> startLine(Record& record);

    Format::Encoding m_encoding;
    std::vector<std::string_view> m_head;
    std::string_view m_events; ///< of the present line, not given out yet
    std::size_t m_next = 0;    ///< of the present line; 0: no line is open
    std::int64_t m_entry = 0;
};

Result<bool> SequenceReader::startLine(Record& record)
{
    const Result<std::optional<Line>> line = lineFrom(0);
    if (!line || !*line) {
        return line ? Result<bool>(false) : passOn(line);
    }
    const std::string_view row = m_text.rest().substr(0, (*line)->end);
    record.line = m_lines + 1;
    record.entry = 0;
    record.offset = m_text.offset();
    record.raw = row;
    record.last = true;
    record.blank = row.find_first_not_of(" \t") == std::string_view::npos;
    record.problem = encodingProblem(row, m_encoding);
    if (!record.blank && !record.problem) {
        record.problem = splitHead(row, m_head, m_events);
    }
    if (record.blank || record.problem) {
        m_text.consume((*line)->next);
        ++m_lines;
        return true;
    }
    m_next = (*line)->next;
    m_entry = 0;
    return true;
}

Result<bool> SequenceReader::next(Record& record)
{
    record.fields.clear();
    record.problem.reset();
    record.blank = false;
    if (m_next == 0) {
        const Result<bool> started = startLine(record);
        if (!started || !*started || m_next == 0) {
            return started;
        }
    }
    std::string_view event;
    takeEvent(m_events, event);
    record.line = m_lines + 1;
    record.entry = m_entry++;
    record.offset = m_text.offset() + (event.data() - m_text.rest().data());
    record.raw = event;
    record.fields.insert(record.fields.end(), m_head.begin(), m_head.end());
    splitEvent(event, record);
    record.last = m_events.empty();
    if (record.last) {
        m_text.consume(m_next);
        ++m_lines;
        m_next = 0;
    }
    return true;
}

Problem noEvent()
{
    return {TRANSLATABLE("errors", "The line has a user and no event."), {}};
}

/// Takes what stands before the next delimiter, and the delimiter, off the front of a text.
void takeUpTo(char delimiter, std::string_view& text, std::string_view& part)
{
    const std::size_t end = std::min(text.find(delimiter), text.size());
    part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
}

/// `user item|time item|time ...`
class EventsReader final : public SequenceReader
{
public:
    EventsReader(TextSource text, const Format& format)
        : SequenceReader(std::move(text), format)
        , m_delimiter(format.delimiter.front())
    {
    }

protected:
    std::optional<Problem> splitHead(std::string_view line,
                                     std::vector<std::string_view>& head,
                                     std::string_view& events) const override
    {
        events = line;
        std::string_view user;
        const bool isWhole = takeEvent(events, user) && !events.empty();
        head.assign(1, user);
        return isWhole ? std::nullopt : std::optional(noEvent());
    }

    bool takeEvent(std::string_view& events, std::string_view& event) const override
    {
        events.remove_prefix(std::min(events.find_first_not_of(m_delimiter), events.size()));
        const std::size_t end = std::min(events.find(m_delimiter), events.size());
        event = events.substr(0, end);
        events.remove_prefix(end);
        events.remove_prefix(std::min(events.find_first_not_of(m_delimiter), events.size()));
        return !event.empty();
    }

    void splitEvent(std::string_view event, Record& record) const override
    {
        const std::size_t bar = event.find('|');
        record.fields.push_back(event.substr(0, bar));
        record.fields.push_back(bar == std::string_view::npos ? std::string_view() : event.substr(bar + 1));
        if (record.fields.back().find('|') != std::string_view::npos) {
            record.problem = Problem{TRANSLATABLE("errors", "%1 is not an event of the form item|time."),
                                     {withEscapedBytes(event)}};
        }
    }

private:
    char m_delimiter;
};

/// `number TAB item,item,...`
class ItemListReader final : public SequenceReader
{
public:
    ItemListReader(TextSource text, const Format& format)
        : SequenceReader(std::move(text), format)
        , m_delimiter(format.delimiter)
    {
    }

protected:
    std::optional<Problem> splitHead(std::string_view line,
                                     std::vector<std::string_view>& head,
                                     std::string_view& events) const override
    {
        const std::size_t end = line.find(m_delimiter);
        if (end == std::string_view::npos || end + m_delimiter.size() == line.size()) {
            return noEvent();
        }
        head.assign(1, line.substr(0, end));
        events = line.substr(end + m_delimiter.size());
        return std::nullopt;
    }

    bool takeEvent(std::string_view& events, std::string_view& event) const override
    {
        takeUpTo(',', events, event);
        return true;
    }

    void splitEvent(std::string_view event, Record& record) const override { record.fields.push_back(event); }

private:
    std::string m_delimiter;
};

/// A key of a pair as Python writes one: blanks around it and quotes are no part of it.
std::string_view withoutQuotes(std::string_view key)
{
    key = trimmed(key);
    const bool isQuoted =
        key.size() > 1 && (key.front() == '\'' || key.front() == '"') && key.back() == key.front();
    return isQuoted ? key.substr(1, key.size() - 2) : key;
}

/// `(user, item) TAB negative TAB negative ...`
class NegativesReader final : public SequenceReader
{
public:
    using SequenceReader::SequenceReader;

protected:
    std::optional<Problem> splitHead(std::string_view line,
                                     std::vector<std::string_view>& head,
                                     std::string_view& events) const override
    {
        line = trimmed(line);
        std::string_view pair;
        events = line;
        takeUpTo('\t', events, pair);
        pair = trimmed(pair);
        const std::size_t comma = pair.find(',');
        if (!pair.starts_with('(') || !pair.ends_with(')') || comma == std::string_view::npos ||
            pair.find(',', comma + 1) != std::string_view::npos) {
            return Problem{TRANSLATABLE("errors",
                                        "\"%1\" is not an interaction of the form (user, item) with a tab "
                                        "behind it."),
                           {withEscapedBytes(pair.substr(0, longestQuote))}};
        }
        head = {withoutQuotes(pair.substr(1, comma - 1)),
                withoutQuotes(pair.substr(comma + 1, pair.size() - comma - 2))};
        return events.empty()
                   ? std::optional(
                         Problem{TRANSLATABLE("errors", "The line has an interaction and no negative."), {}})
                   : std::nullopt;
    }

    bool takeEvent(std::string_view& events, std::string_view& event) const override
    {
        takeUpTo('\t', events, event);
        return true;
    }

    void splitEvent(std::string_view event, Record& record) const override
    {
        record.fields.push_back(trimmed(event));
    }

private:
    static constexpr std::size_t longestQuote = 80;
};

} // namespace

std::unique_ptr<RecordReader> makeEventsReader(TextSource text, const Format& format)
{
    return std::make_unique<EventsReader>(std::move(text), format);
}

std::unique_ptr<RecordReader> makeItemListReader(TextSource text, const Format& format)
{
    return std::make_unique<ItemListReader>(std::move(text), format);
}

std::unique_ptr<RecordReader> makeNegativesReader(TextSource text, const Format& format)
{
    return std::make_unique<NegativesReader>(std::move(text), format);
}

} // namespace transept
