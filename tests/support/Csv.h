#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>
#include <string>
#include <vector>

namespace transept::test {

using Row = std::vector<std::string>;

/// The rows of a CSV file without quotes, the header first.
inline std::vector<Row> rowsOf(const std::string& csv)
{
    std::vector<Row> rows;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        Row cells;
        std::istringstream parts(line);
        for (std::string cell; std::getline(parts, cell, ',');) {
            cells.push_back(cell);
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

inline std::string csvOf(const std::vector<Row>& rows)
{
    std::string csv;
    for (const Row& row : rows) {
        csv += fmt::format("{}\n", fmt::join(row, ","));
    }
    return csv;
}

} // namespace transept::test
