#include "core/base/Base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace transept {
namespace {

const unsigned char* octets(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* octets(std::string& bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

std::string base64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // OpenSSL ends it with a zero
    text.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(octets(text), octets(bytes), static_cast<int>(bytes.size()))));
    return text;
}

std::optional<std::string> bytesOfBase64(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(octets(bytes), octets(text), static_cast<int>(text.size())) < 0) {
        return std::nullopt;
    }
    // OpenSSL counts the padding as bytes, and takes space and stray padding.
    const auto padded = std::min<std::size_t>(2, static_cast<std::size_t>(std::ranges::count(text, '=')));
    bytes.erase(bytes.size() - std::min(padded, bytes.size()));
    return base64(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace transept
