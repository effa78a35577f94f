#include "core/base/Result.h"

namespace transept {

std::string describe(const Error& error)
{
    std::string text;
    for (std::size_t at = 0; at < error.sentence.size(); ++at) {
        const char digit = at + 1 < error.sentence.size() ? error.sentence[at + 1] : '\0';
        const auto argument = static_cast<std::size_t>(digit - '1');
        if (error.sentence[at] == '%' && digit >= '1' && digit <= '9' && argument < error.arguments.size()) {
            text += error.arguments[argument];
            ++at;
        } else {
            text += error.sentence[at];
        }
    }
    return text;
}

} // namespace transept
