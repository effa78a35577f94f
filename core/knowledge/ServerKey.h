#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace transept {

/// The key for a server: from the environment variable when it is set, else from the program's key source;
/// nothing when neither has one. Read at the moment of use and kept nowhere.
std::optional<std::string> serverKey(const std::string& environmentVariable, const std::string& server);

/// Takes a server's key out of what the server says, before anybody sees or keeps it: some repeat the header
/// of a request in their answer. A key of fewer than eight bytes ("none") is no secret, and stays.
class KeyMask
{
public:
    KeyMask() = default; ///< of no key
    explicit KeyMask(const std::optional<std::string>& key);

    /// The text with [key] in the places of the key, as it is or with characters escaped as in JSON.
    std::string masked(std::string text) const;

    /// Where the text's end may be the key's beginning; its size when it is not.
    std::size_t startIn(std::string_view text) const;

    /// [key] for a text that is the key's beginning and ends within it, when that is long enough to be a
    /// secret.
    std::string maskedEnd(std::string text) const;

private:
    struct Match
    {
        bool isWhole = false;
        bool reachesEnd = false; ///< all that is there fits, but more of the key would have to come
        std::size_t end = 0;
        std::size_t fits = 0; ///< characters of the key
    };
    Match matchAt(std::string_view text, std::size_t start) const;
    std::size_t candidate(std::string_view text, std::size_t from) const;

    std::string m_key; ///< empty: nothing is masked
};

} // namespace transept
