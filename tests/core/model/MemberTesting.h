#pragma once

#include "core/model/Registry.h"
#include "tests/support/Datasets.h"

namespace transept::test {

/// A row of a table of methods.
inline Json row(const char* name, double weight = 1.0, Json parameters = Json::object())
{
    parameters.update({{"name", name}, {"member-weight", weight}});
    return parameters;
}

/// All parameters of a method, those that are not given by default.
inline Parameters checkedFor(const std::string& method, const Json& parameters)
{
    return valueOf(checkParameters(valueOf(findMethod(method))->parameters, parameters, "method"));
}

} // namespace transept::test
