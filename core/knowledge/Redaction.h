#pragma once

#include "core/store/KnowledgeStore.h"

#include <string>
#include <string_view>

namespace transept {

/// What stood in a text that is nobody's business.
struct Redactions
{
    int addresses = 0; ///< of e-mail
    int phones = 0;
    int numbers = 0; ///< long ones and codes that stand for a person, an account or a card
    int names = 0;   ///< of people
    int count() const { return addresses + phones + numbers + names; }
};

/// What is looked for. In titles and in facts of a catalogue a name is content; in what people wrote it is
/// theirs.
enum class TextKind { Catalogue, WrittenByPeople };

/// The text with personal data replaced by [e-mail], [phone], [number] and [name], as far as their form tells
/// them:
/// - e-mail addresses, also with (at) or [at];
/// - phone numbers: 7 to 15 digits in groups that only blanks, points, hyphens, slashes and parentheses part,
///   with a plus or at least two groups; dates, years and prices are none;
/// - numbers of 9 and more digits, UUIDs, and codes of 10 and more capitals and digits with at least three of
///   each;
/// - in what people wrote: handles (@name), capitalised words after what announces a name ("my name is",
/// "Mr",
///   "regards,") or a dash at the end, characters after 我叫 and 名叫, and the one before 先生, 女士, 老师
///   ... words start with a capital, and after 我叫, 我是 ... two or three characters before 先生, 女士,
///   老师.
std::string redacted(std::string_view text, TextKind kind, Redactions& found);

/// True for fields that hold what people wrote: review, comment, feedback, 评论 ...
bool isWrittenByPeople(std::string_view field);

/// The item's texts, names of fields among them, redacted; what people wrote as such, the rest as the
/// catalogue's.
ItemText redacted(ItemText item, Redactions& found);

} // namespace transept
