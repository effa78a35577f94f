#pragma once

#include "core/base/Result.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// Keys are kept sorted, so equal documents have equal texts.
using Json = nlohmann::json;

/// Refuses what is not one JSON document; the error names line and column. Nor may it be nested deeper than
/// any that means something: to copy or to write one takes a stack as deep.
Result<Json> parseJson(std::string_view text, std::string_view nameForErrors);

/// Fails with InvalidInput when `object` is no object or has a key that is not in `known`; the sentence names
/// the JSON path, what is allowed and the nearest valid word.
Status refuseUnknownKeys(const Json& object, const std::string& path, const std::vector<std::string>& known);

/// Hash of the canonical text (sorted keys, no blanks): SHA-256, first 16 bytes in hexadecimal.
std::string fingerprint(const Json& document);
std::string fingerprint(std::string_view text);

} // namespace transept
