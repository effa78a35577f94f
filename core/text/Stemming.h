#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace transept {

/// The languages whose endings libstemmer knows (Snowball), by their English names, ascending.
const std::vector<std::string>& stemmerLanguages();

/// The stems of words of one language; of "none", and of a language without endings to drop, the words
/// themselves. English words are those of the letters a-z and apostrophes, by Porter's second algorithm;
/// words with digits have no endings in any language. Belongs to one thread at a time.
class Stemmer
{
public:
    explicit Stemmer(std::string_view language = "english");

    std::string stem(std::string_view word) const;

private:
    struct Delete
    {
        void operator()(sb_stemmer* handle) const noexcept;
    };
    std::unique_ptr<sb_stemmer, Delete> m_handle;
    bool m_isEnglish;
};

} // namespace transept
