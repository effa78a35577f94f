#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace transept {

/// Bytes as text (RFC 4648, padded), and back; nothing when the text is anything else.
std::string base64(std::string_view bytes);
std::optional<std::string> bytesOfBase64(std::string_view text);

} // namespace transept
