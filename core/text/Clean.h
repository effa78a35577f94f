#pragma once

#include <string>
#include <string_view>

namespace transept {

/// A text as people would read it, from a text as catalogues ship it: HTML entities decoded (also when they
/// were encoded twice or lost their semicolon), HTML tags and URLs dropped, bytes that are no UTF-8 and
/// control characters turned into blanks, blanks joined. Where a tag or a line end stood there is a line end,
/// because no phrase spans it.
std::string cleanText(std::string_view text);

} // namespace transept
