#include "core/text/Stemming.h"

#include <libstemmer.h>

#include <algorithm>

namespace transept {

const std::vector<std::string>& stemmerLanguages()
{
    static const std::vector<std::string> languages = [] {
        std::vector<std::string> all;
        for (const char* const* name = sb_stemmer_list(); *name != nullptr; ++name) {
            if (std::string_view(*name) != "porter") { // the older algorithm for English
                all.emplace_back(*name);
            }
        }
        std::ranges::sort(all);
        return all;
    }();
    return languages;
}

void Stemmer::Delete::operator()(sb_stemmer* handle) const noexcept
{
    sb_stemmer_delete(handle);
}

Stemmer::Stemmer(std::string_view language)
    : m_handle(sb_stemmer_new(std::string(language).c_str(), "UTF_8"))
    , m_isEnglish(language == "english")
{
}

std::string Stemmer::stem(std::string_view word) const
{
    const bool hasEndings = std::ranges::all_of(word, [this](char c) {
        return m_isEnglish ? (c >= 'a' && c <= 'z') || c == '\'' : c < '0' || c > '9';
    });
    if (!hasEndings || m_handle == nullptr) {
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
