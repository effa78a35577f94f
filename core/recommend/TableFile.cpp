#include "core/recommend/TableFile.h"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace transept {
namespace {

std::string csvCell(const Json& value)
{
    if (value.is_null()) {
        return {};
    }
    if (!value.is_string()) {
        const std::string text = value.dump();
        return text == "null" ? std::string() : text; // NaN and infinities
    }
    const auto& text = value.get_ref<const std::string&>();
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char each : text) {
        quoted += each;
        if (each == '"') {
            quoted += each;
        }
    }
    return quoted + '"';
}

std::string csvLine(const std::vector<Json>& row)
{
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
        line += (column == 0 ? "" : ",") + csvCell(row[column]);
    }
    return line + "\n";
}

/// The names and types that RecBole gives the columns; nothing for others.
std::optional<std::string> atomicHeader(const std::vector<std::string>& columns)
{
    static const std::map<std::string, std::string> types{{"user", "user_id:token"},
                                                          {"item", "item_id:token"},
                                                          {"value", "rating:float"},
                                                          {"time", "timestamp:float"},
                                                          {"domain", "domain:token"}};
    std::string line;
    for (const std::string& column : columns) {
        const auto type = types.find(column);
        if (type == types.end()) {
            return std::nullopt;
        }
        line += (line.empty() ? "" : "\t") + type->second;
    }
    return line + "\n";
}

/// The format has no quotes; nothing when a text holds what separates.
std::optional<std::string> atomicLine(const std::vector<Json>& row)
{
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
        const std::string cell =
            row[column].is_string() ? row[column].get<std::string>() : csvCell(row[column]);
        if (cell.find_first_of("\t\r\n") != std::string::npos) {
            return std::nullopt;
        }
        line += (column == 0 ? "" : "\t") + cell;
    }
    return line + "\n";
}

} // namespace

Result<TableFile> TableFile::open(const std::filesystem::path& to, std::vector<std::string> columns)
{
    const std::string ending = to.extension().string();
    const auto atomic = atomicHeader(columns);
    if (ending != ".csv" && ending != ".json" && !(ending == ".inter" && atomic)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "%1 must end in .csv or .json: the ending says the format. Matrices (factors, vectors) may "
                "end in .npy as well, the parts of a split in .inter."),
            {to.string()});
    }
    Result<ReplacedFile> file = ReplacedFile::open(to);
    if (!file) {
        return passOn(file);
    }
    const Form form = ending == ".csv" ? Form::Csv : ending == ".json" ? Form::List : Form::Atomic;
    const std::vector<Json> header(columns.begin(), columns.end());
    const std::string begin = form == Form::Csv ? csvLine(header) : form == Form::List ? "[" : *atomic;
    if (const Status begun = file->write(begin); !begun) {
        return passOn(begun);
    }
    return TableFile(std::move(*file), form, std::move(columns));
}

Status TableFile::add(const std::vector<Json>& row)
{
    if (m_form == Form::Csv) {
        return m_file.write(csvLine(row));
    }
    if (m_form == Form::Atomic) {
        const auto line = atomicLine(row);
        return line ? m_file.write(*line)
                    : fail(ErrorCode::InvalidInput,
                           TRANSLATABLE(
                               "errors",
                               "A key holds a tab or a line end (%1): such an .inter file could not be "
                               "read. Export it as .csv."),
                           {csvLine(row)});
    }
    Json object = Json::object();
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        object[m_columns[column]] = row[column];
    }
    const bool first = std::exchange(m_empty, false);
    return m_file.write((first ? "\n" : ",\n") + object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Status TableFile::close()
{
    if (m_form == Form::List) {
        if (const Status ended = m_file.write("\n]\n"); !ended) {
            return ended;
        }
    }
    return m_file.commit();
}

Status writeNpy(const std::filesystem::path& to, const Matrix& matrix)
{
    constexpr std::size_t alignment = 64;
    constexpr std::size_t preamble = 10; // magic, version and the header's length
    std::string header = fmt::format(
        "{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", matrix.rows(), matrix.cols());
    const std::size_t unpadded = preamble + header.size() + 1;
    header += std::string((alignment - unpadded % alignment) % alignment, ' ') + "\n";

    std::string start("\x93NUMPY\x01\x00", 8);
    start += static_cast<char>(header.size() & 0xFFU);
    start += static_cast<char>(header.size() >> 8U);
    Result<ReplacedFile> file = ReplacedFile::open(to);
    if (!file) {
        return passOn(file);
    }
    const std::string_view values(reinterpret_cast<const char*>(matrix.data()),
                                  static_cast<std::size_t>(matrix.size()) * sizeof(float));
    return file->write(start + header).and_then([&] { return file->write(values); }).and_then([&] {
        return file->commit();
    });
}

} // namespace transept
