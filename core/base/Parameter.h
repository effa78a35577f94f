#pragma once

#include "core/base/Json.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// One value that a method or an extractor can be given; data, not code: forms, checks, searches and
/// documentation are made from it. Label and meaning are TRANSLATABLE("methods", ...).
struct Parameter
{
    enum class Type {
        Integer,
        Real,
        Choice,
        Flag,
        Text,
        Domain, ///< a text: the name of the target or of a source of the run; empty where any will do
        File,   ///< a text: the path of a file; empty for none
        Table,  ///< an array of rows; each is an object with a value for every column
    };
    enum class Scale { Linear, Log };

    std::string name; ///< as in the spec: lower case, words joined by '-'
    Type type = Type::Real;
    Json preset;      ///< the default
    double low = 0.0; ///< of a number; of a table: how many rows it has at least, and at most
    double high = 1.0;
    Scale scale = Scale::Linear;
    std::vector<std::string> choices; ///< for Choice; of a table of methods: those it takes, empty for all;
                                      ///< of a file: the endings it usually has ("npy")
    std::string label;
    std::string meaning;  ///< one sentence
    std::string unit;     ///< empty when it has none
    std::string onlyWhen; ///< "fusion=gated,concat": matters only then; empty: always

    Status (*check)(std::string_view text) = nullptr; ///< what else a text must fit; null: nothing

    std::vector<Parameter> columns; ///< for Table
    /// For a table whose rows hold more than the columns say (a whole method each): checks a row of the table
    /// and fills in its defaults; `path` is where the row stands. Null: the columns say all.
    Result<Json> (*completeRow)(const Parameter& table, const Json& row, const std::string& path) = nullptr;
};

/// The checked values of all parameters, defaults filled in.
class Parameters
{
public:
    Parameters() = default;
    explicit Parameters(Json values) : m_values(std::move(values)) {}

    int integer(std::string_view name) const { return m_values.at(std::string(name)).get<int>(); }
    double real(std::string_view name) const { return m_values.at(std::string(name)).get<double>(); }
    float single(std::string_view name) const { return static_cast<float>(real(name)); }
    bool flag(std::string_view name) const { return m_values.at(std::string(name)).get<bool>(); }
    std::string text(std::string_view name) const
    {
        return m_values.at(std::string(name)).get<std::string>();
    }
    /// The rows of a table, each complete.
    const Json& table(std::string_view name) const { return m_values.at(std::string(name)); }
    const Json& json() const { return m_values; }

private:
    Json m_values;
};

/// Fills in defaults and checks names, types, ranges and choices. `path` is where the values stand in the
/// document, for the error's sentence. Keys that are neither parameters nor in `others` are errors that name
/// the nearest word.
Result<Parameters> checkParameters(const std::vector<Parameter>& parameters,
                                   const Json& values,
                                   const std::string& path,
                                   std::vector<std::string> others = {});

} // namespace transept
