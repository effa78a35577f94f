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
    enum class Type { Integer, Real, Choice, Flag, Text };
    enum class Scale { Linear, Log };

    std::string name; ///< as in the spec: lower case, words joined by '-'
    Type type = Type::Real;
    Json preset; ///< the default
    double low = 0.0;
    double high = 1.0;
    Scale scale = Scale::Linear;
    std::vector<std::string> choices; ///< for Choice
    std::string label;
    std::string meaning;  ///< one sentence
    std::string unit;     ///< empty when it has none
    std::string onlyWhen; ///< "fusion=gated,concat": matters only then; empty: always
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
