#pragma once

#include <optional>
#include <string>

namespace transept {

/// The key for a server: from the environment variable when it is set, else from the program's key source;
/// nothing when neither has one. Read at the moment of use and kept nowhere.
std::optional<std::string> serverKey(const std::string& environmentVariable, const std::string& server);

} // namespace transept
