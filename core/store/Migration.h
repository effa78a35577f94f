#pragma once

#include "core/store/Database.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace transept {

/// Brings the open workspace `file` from version `from` to version steps.size() + 1: steps[v - 1] leads from
/// v to v + 1. All steps or none, in one transaction, foreign keys unchecked until its end, so a step may
/// rebuild tables. First a copy is left beside the file, FILE.version-N.backup. When another program was
/// faster, nothing is left to do.
Status migrate(const std::filesystem::path& file,
               const Database& database,
               std::int64_t from,
               std::span<const std::string_view> steps);

} // namespace transept
