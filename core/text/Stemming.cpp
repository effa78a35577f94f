#include "core/text/Stemming.h"

#include <libstemmer.h>

#include <algorithm>

namespace transept {

void Stemmer::Delete::operator()(sb_stemmer* handle) const noexcept
{
    sb_stemmer_delete(handle);
}

Stemmer::Stemmer() : m_handle(sb_stemmer_new("english", "UTF_8")) {}

std::string Stemmer::stem(std::string_view word) const
{
    const bool isEnglish =
        std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; });
    if (!isEnglish || m_handle == nullptr) {
        return std::string(word);
    }
    const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stem = sb_stemmer_stem(m_handle.get(), bytes, static_cast<int>(word.size()));
    if (stem == nullptr) { // no memory
        return std::string(word);
    }
    const auto length = static_cast<std::size_t>(sb_stemmer_length(m_handle.get()));
    return {reinterpret_cast<const char*>(stem), length};
}

} // namespace transept
