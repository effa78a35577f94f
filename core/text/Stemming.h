#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace transept {

/// The stems of English words by Porter's second algorithm (Snowball "english"). Words that are not made of
/// the letters a-z and apostrophes stay as they are. Belongs to one thread at a time.
class Stemmer
{
public:
    Stemmer();

    std::string stem(std::string_view word) const;

private:
    struct Delete
    {
        void operator()(sb_stemmer* handle) const noexcept;
    };
    std::unique_ptr<sb_stemmer, Delete> m_handle;
};

} // namespace transept
