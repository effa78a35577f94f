#include "core/text/Segmentation.h"

#include "core/text/Utf8.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace transept {

struct Segmenter::State
{
    std::unique_ptr<icu::BreakIterator> breaks;
    const icu::Normalizer2* folding = nullptr; ///< owned by ICU
};

namespace {

constexpr char16_t rightQuote = u'\u2019';

/// What may stand between two words of one phrase: "sci-fi", "salt & pepper", "rock 'n' roll".
bool joinsWords(char16_t character)
{
    return character == u' ' || character == u'-' || character == u'\'' || character == u'&' ||
           character == u'_' || character == u'\u2010' || character == u'\u2011' || character == u'\u00B7' ||
           character == u'\u30FB';
}

bool isBreak(const icu::UnicodeString& text, std::int32_t from, std::int32_t to)
{
    for (std::int32_t at = from; at < to; ++at) {
        if (!joinsWords(text.charAt(at))) {
            return true;
        }
    }
    return false;
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

UChar32 firstCharacter(std::string_view text)
{
    return static_cast<UChar32>(firstCodePoint(text).value_or(CodePoint{}).value);
}

bool isLatin(UChar32 codePoint)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(codePoint, &status) == USCRIPT_LATIN && U_SUCCESS(status) != 0;
}

icu::UnicodeString foldedLine(std::string_view text, const icu::Normalizer2& folding)
{
    const auto piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    icu::UnicodeString raw = icu::UnicodeString::fromUTF8(piece);
    raw.findAndReplace(icu::UnicodeString(rightQuote), icu::UnicodeString(u'\''));
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString line = folding.normalize(raw, status);
    return U_SUCCESS(status) != 0 ? line : raw;
}

} // namespace

Segmenter::Segmenter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

Result<Segmenter> Segmenter::create()
{
    UErrorCode status = U_ZERO_ERROR;
    auto state = std::make_unique<State>();
    state->breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    state->folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0) {
        return fail(ErrorCode::Io,
                    TRANSLATABLE("errors",
                                 "Texts cannot be split into words: the data files of ICU are missing. "
                                 "Install them again."),
                    {},
                    u_errorName(status));
    }
    return Segmenter(std::move(state));
}

std::vector<Word> Segmenter::words(std::string_view text)
{
    const icu::UnicodeString line = foldedLine(text, *m_state->folding);
    std::vector<Word> found;
    icu::BreakIterator& breaks = *m_state->breaks;
    breaks.setText(line);
    bool afterBreak = true;
    std::int32_t from = breaks.first();
    for (std::int32_t to = breaks.next(); to != icu::BreakIterator::DONE; from = to, to = breaks.next()) {
        const std::int32_t kind = breaks.getRuleStatus();
        if (kind < UBRK_WORD_NONE_LIMIT) {
            afterBreak = afterBreak || isBreak(line, from, to);
            continue;
        }
        Word word{.afterBreak = afterBreak, .isNumber = kind < UBRK_WORD_NUMBER_LIMIT};
        line.tempSubStringBetween(from, to).toUTF8String(word.text);
        found.push_back(std::move(word));
        afterBreak = false;
    }
    return found;
}

std::string folded(std::string_view text)
{
    if (isAscii(text)) { // the same, without the way through UTF-16
        std::string out(text);
        std::ranges::transform(out, out.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return out;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0) {
        return std::string(text);
    }
    std::string out;
    return foldedLine(text, *folding).toUTF8String(out);
}

std::string withoutAccents(std::string_view word)
{
    if (isAscii(word) || !isLatin(firstCharacter(word))) {
        return std::string(word);
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const decompose = icu::Normalizer2::getNFDInstance(status);
    const auto piece = icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()));
    if (U_FAILURE(status) != 0) {
        return std::string(word);
    }
    const icu::UnicodeString parts = decompose->normalize(icu::UnicodeString::fromUTF8(piece), status);
    icu::UnicodeString bare;
    for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 codePoint = parts.char32At(at);
        if (u_charType(codePoint) != U_NON_SPACING_MARK) {
            bare.append(codePoint);
        }
    }
    std::string out;
    bare.toUTF8String(out);
    return U_SUCCESS(status) != 0 ? out : std::string(word);
}

std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool isWrittenWithoutBlanks(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(firstCharacter(text), &status);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

} // namespace transept
