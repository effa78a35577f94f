#pragma once

#include "core/store/Database.h"

namespace transept {

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
