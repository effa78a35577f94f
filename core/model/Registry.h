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

} // namespace transept
