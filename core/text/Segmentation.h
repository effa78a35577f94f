#pragma once

#include "core/base/Result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// A word as it is compared: case folded, compatibility forms made one (NFKC_Casefold), in UTF-8.
struct Word
{
    std::string text;
    bool afterBreak = false; ///< punctuation or a line end stands before it: no phrase spans it
    bool isNumber = false;
};

/// Finds the words of a text in any language by the rules of Unicode Standard Annex 29, with ICU's
/// dictionaries for Chinese, Japanese, Thai and others that write no blanks. Belongs to one thread at a time.
class Segmenter
{
public:
    /// Fails when ICU's data is not installed.
    static Result<Segmenter> create();

    Segmenter(Segmenter&&) noexcept;
    Segmenter& operator=(Segmenter&&) noexcept;
    ~Segmenter();

    std::vector<Word> words(std::string_view text);

private:
    struct State;
    explicit Segmenter(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

/// A text in the form of Word::text; unchanged when ICU's data is not installed.
std::string folded(std::string_view text);

/// Without the accents of Latin letters: "pokémon" and "pokemon" are one term. Other scripts stay as they
/// are.
std::string withoutAccents(std::string_view word);

/// The number of characters (code points).
std::size_t characterCount(std::string_view text);

/// True for a text that starts with a Chinese character or Japanese kana; such words are joined without a
/// blank.
bool isWrittenWithoutBlanks(std::string_view text);

} // namespace transept
