#pragma once

#include "core/base/Parameter.h"

namespace transept::app {

/// The methods that may stand in the rows of a table; null where rows are no methods.
Json methodsOf(const Parameter& table);

/// Everything about the parameters of a method or an extractor, as JSON and as a table.
Json describeParameters(const std::vector<Parameter>& parameters);
void printParameters(const std::vector<Parameter>& parameters, std::string_view heading);

} // namespace transept::app
