#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

struct RepairedRow
{
    std::vector<std::string> texts;       ///< the joined fields
    std::vector<std::string_view> fields; ///< into `texts`
};

/// Undoes the damage of a converter that took the semicolon of an HTML entity (`Simon &amp; Schuster`) or any
/// other semicolon before a blank for a delimiter; see Format::repairEntities. False: the row has not
/// `columns` fields then (one empty field at the end not counted).
bool repairCutEntities(std::span<const std::string_view> fields, std::size_t columns, RepairedRow& repaired);

/// `&amp;` `&lt;` `&gt;` `&quot;` `&apos;` `&nbsp;` and numbered entities as the characters they stand for;
/// anything else stays as it is. Applied to titles and fields of items, never to ids, values or review texts.
std::string withoutEntities(std::string_view text);

} // namespace transept
