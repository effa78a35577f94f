#pragma once

#include "core/model/Method.h"

#include <span>

namespace transept {

/// Every method of the program, in the order in which a list should show them. A method is one file that
/// defines `MethodDescription describeNAME()`; Methods.h lists these functions, nothing else knows a method
/// by name.
std::span<const MethodDescription> methods();

/// One of them, or what stands for the results of other programs (Imported.h). NotFound, with the nearest
/// name, when there is none.
Result<const MethodDescription*> findMethod(std::string_view name);

/// A method as a spec writes it, {"name": "mf", "factors": 32, ...}, with all defaults. Refuses unknown names
/// and whatever checkParameters() refuses, with the path. Fits Parameter::completeRow: the object may also
/// have the values of the table's columns, and is one of its choices if it has some.
Result<Json> completeMethod(const Parameter& table, const Json& object, const std::string& path);

} // namespace transept
