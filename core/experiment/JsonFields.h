#pragma once

#include "core/base/Json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

// Parts of a spec's document. `path` is where a part stands, for the error's sentence; one that is absent or
// null has the value that is said here, one of another type fails with InvalidInput.

constexpr double largestWhole = 9007199254740991.0; ///< 2^53 - 1: a JSON number holds it exactly

/// "split.ratios must be three numbers."
tl::unexpected<Error> mustBe(const std::string& path, std::string_view wanted);

const Json& valueAt(const Json& object, const std::string& key); ///< null when absent

Result<std::string> textAt(const Json& object, const std::string& key, const std::string& path); ///< ""
Result<std::optional<double>> realAt(const Json& object, const std::string& key, const std::string& path);
Result<bool> flagAt(const Json& object, const std::string& key, const std::string& path); ///< false

/// None; a text that stands there twice is refused.
Result<std::vector<std::string>> textsAt(const Json& object, const std::string& key, const std::string& path);

} // namespace transept
