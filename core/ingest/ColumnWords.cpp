#include "core/ingest/ColumnWords.h"

#include "core/base/Words.h"
#include "core/ingest/RecordReader.h"

#include <map>

namespace transept {
namespace {

constexpr std::int64_t rowsBetweenChecks = 512;

tl::unexpected<Error> tooMany(const Inspection& inspection, std::size_t column, std::size_t most)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1: the column %2 has more than %3 different values, so it hardly names "
                             "domains. Choose another role for it."),
                {inspection.file.string(), inspection.columns[column].name, std::to_string(most)});
}

} // namespace

Result<std::vector<ColumnWord>> columnWords(const Inspection& inspection,
                                            std::size_t column,
                                            std::size_t most,
                                            const JobContext& context)
{
    Result<std::unique_ptr<RecordReader>> reader =
        openRecords(inspection.file, inspection.format, inspection.columns.size());
    if (!reader) {
        return passOn(reader);
    }
    bool isHeader = inspection.format.header && inspection.format.layout == Format::Layout::Delimited;
    std::map<std::string, std::int64_t, std::less<>> counts;
    std::int64_t untilCheck = rowsBetweenChecks;
    Record record;
    Result<bool> more = (*reader)->next(record);
    for (; more && *more; more = (*reader)->next(record)) {
        if (--untilCheck == 0) {
            untilCheck = rowsBetweenChecks;
            if (const Status going = context.checkpoint(); !going) {
                return passOn(going);
            }
        }
        if (record.blank || std::exchange(isHeader, false) || record.problem ||
            column >= record.fields.size()) {
            continue;
        }
        const std::string_view word = trimmed(record.fields[column]);
        const auto known = counts.find(word);
        if (known != counts.end()) {
            ++known->second;
        } else if (!word.empty()) {
            if (counts.size() == most) {
                return tooMany(inspection, column, most);
            }
            counts.emplace(word, 1);
        }
    }
    if (!more) {
        return passOn(more);
    }
    std::vector<ColumnWord> words;
    for (const auto& [word, rows] : counts) {
        words.push_back({.word = word, .rows = rows});
    }
    return words;
}

} // namespace transept
