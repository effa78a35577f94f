#pragma once

#include "core/ingest/Format.h"

namespace transept {

/// Types of the columns from the rows of a preview.
void guessTypes(Inspection& inspection);

/// What the columns and their names speak for.
ImportTarget guessTarget(const Inspection& inspection, std::string& evidence);

/// A role for every column, for an import of this kind, with the evidence for it.
void guessRoles(Inspection& inspection, ImportTarget target);

/// The first column whose name speaks for values, whatever it holds; the number of columns when there is
/// none.
std::size_t columnNamedLikeValues(const Inspection& inspection);

/// True when at least half of the first rows hold a number there.
bool holdsNumbers(const Inspection& inspection, std::size_t column);

/// The place of a column that is named by its header or by 1, 2 ...; InvalidInput lists the columns that
/// exist.
Result<std::size_t> findColumn(const std::vector<std::string>& names, std::string_view wanted);

/// The role of every column when some are named explicitly ("*": all that are not named).
Result<std::vector<Role>> rolesFrom(const std::vector<std::string>& names,
                                    const std::vector<std::pair<std::string, Role>>& columns);

/// Lower case, letters and digits only, without the type that RecBole writes behind a colon.
std::string plainColumnName(std::string_view name);

/// InvalidInput: no column is known to hold what is wanted, in one word ("user").
tl::unexpected<Error> noColumnFor(const std::filesystem::path& file,
                                  std::string_view wanted,
                                  const std::vector<std::string>& names);

/// True for a word that names users, items, values, times ... in the files of the field.
bool isKnownColumnName(std::string_view name);

} // namespace transept
