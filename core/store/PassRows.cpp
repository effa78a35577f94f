#include "core/store/PassRows.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <exception>
#include <utility>

namespace transept {
namespace {

constexpr auto functionName = "pass_row";

struct Passing
{
    const std::function<bool(const RowValues&)>& take;
    bool hasEnded = false;
    std::exception_ptr thrown; ///< SQLite's code in between cannot be unwound
};

/// What this thread is in the middle of: a query's own argument would be looked up for every row.
thread_local Passing* current = nullptr;

void passRow(sqlite3_context* context, int /*count*/, sqlite3_value** values)
{
    Passing& passing = *current;
    try {
        if (passing.take(RowValues(values))) {
            return;
        }
        passing.hasEnded = true;
    } catch (...) {
        passing.thrown = std::current_exception();
    }
    sqlite3_result_error_code(context, SQLITE_ABORT);
}

void endOfRows(sqlite3_context* /*context*/) {}

} // namespace

std::int64_t RowValues::integer(int column) const
{
    return sqlite3_value_int64(m_values[column]);
}

double RowValues::real(int column) const
{
    return sqlite3_value_double(m_values[column]);
}

Status passRows(const Database& database,
                std::string_view columns,
                std::string_view rest,
                std::initializer_list<std::int64_t> bound,
                const std::function<bool(const RowValues&)>& take)
{
    // Again is not wrong; that it could not be done is told by prepare().
    sqlite3_create_function(database.handle(),
                            functionName,
                            -1,
                            SQLITE_UTF8 | SQLITE_DIRECTONLY,
                            nullptr,
                            nullptr,
                            passRow,
                            endOfRows);
    Result<Statement> query = database.prepare(fmt::format("SELECT {}({}) {}", functionName, columns, rest));
    if (!query) {
        return passOn(query);
    }
    int place = 0;
    for (const std::int64_t value : bound) {
        query->bind(++place, value);
    }
    Passing passing{.take = take, .thrown = nullptr};
    Passing* const outer = std::exchange(current, &passing);
    const Status ran = query->run();
    current = outer;
    if (passing.thrown) {
        std::rethrow_exception(passing.thrown);
    }
    return passing.hasEnded ? Status() : ran;
}

} // namespace transept
