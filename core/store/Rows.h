#pragma once

#include "core/store/Database.h"

#include <cmath>
#include <limits>

namespace transept {

/// What is not finite is stored as NULL: a measure that does not apply, a loss that ran away.
inline std::optional<double> finiteOrNull(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

inline double realOrNaN(const Statement& row, int column)
{
    return row.isNull(column) ? std::numeric_limits<double>::quiet_NaN() : row.real(column);
}

/// Calls `take` for every row of a statement whose values are bound.
template<typename Take>
Status forEachRow(Result<Statement>& rows, const Take& take)
{
    if (!rows) {
        return passOn(rows);
    }
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        take(std::as_const(*rows));
    }
    return row ? Status() : passOn(row);
}

/// What `take` gathers from all rows.
template<typename Value, typename Take>
Result<Value> gather(Result<Statement> rows, const Take& take)
{
    Value found{};
    const Status read = forEachRow(rows, [&](const Statement& row) { take(found, row); });
    if (!read) {
        return passOn(read);
    }
    return found;
}

/// Prepares a statement whose values are all integers and binds them.
template<typename... Values>
Result<Statement> prepared(const Database& database, std::string_view sql, Values... values)
{
    Result<Statement> statement = database.prepare(sql);
    if (statement) {
        int place = 0;
        (statement->bind(++place, static_cast<std::int64_t>(values)), ...);
    }
    return statement;
}

template<typename... Values>
Status change(const Database& database, std::string_view sql, Values... values)
{
    Result<Statement> statement = prepared(database, sql, values...);
    return statement ? statement->run() : passOn(statement);
}

} // namespace transept
