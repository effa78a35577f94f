#pragma once

#include "core/knowledge/ExtractorTable.h"

namespace transept {

/// The word that stands for the item's title among the fields of a request: {"title"} alone is the title-only
/// control.
inline constexpr std::string_view titleField = "title";

/// True for names under which catalogues keep figures that leak an item's popularity or success, links and
/// pictures: rating, votes, members, plays, price, image ... A method that reads them knows what it should
/// predict.
bool isPopularityFigure(std::string_view field);

/// The fields that an extractor reads when the request names none: the title and every field that is no
/// popularity figure, neither by its name nor because its values are numbers.
Result<std::vector<std::string>> textFields(const Workspace& workspace, std::span<const DomainId> domains);

/// The chosen texts of all items of the domains, or of one of these items, cleaned (text/Clean.h), ascending
/// item ids; empty values left out.
Result<std::vector<ItemText>> readTexts(const Workspace& workspace,
                                        const Extraction& extraction,
                                        const JobContext& context,
                                        std::optional<ItemId> only = {});

/// The item with this key in one of the domains, or in any when none is named. NotFound when there is none,
/// InvalidInput when several domains have one.
Result<ItemId> itemWithKey(const Workspace& workspace,
                           std::span<const std::string> domains,
                           const std::string& key);

/// The parts of a value that lists several, such as "Drama, Romance" or "Action|Comedy"; in their order,
/// trimmed.
std::vector<std::string> listedValues(std::string_view value);

} // namespace transept
