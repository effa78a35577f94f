#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept::test {

/// Fills a workspace from a picture, by plain SQL (independent of the importer). One line, or one part
/// between semicolons, is one domain:
///
///     books: ann dune 5, ann emma 3@100, bob dune 4@200 test, - it
///     music/store, implicit: ann abba, bob queen 12
///
/// An entry is `user item`, then the value (1 when left out), `@` the time, and the part `train`, `valid` or
/// `test`.
/// `- item` adds an item that nobody touched. Entries stand in file order: each picture is one import, each
/// entry its own line. Domains are explicit on the platform "web" unless they say otherwise; their scale is
/// that of the values. The accounts of one key on one platform are one person; on two platforms they are two
/// (see joinPeople). A domain that stands there already gets more interactions. A repeated pair is kept as
/// one more interaction. Throws std::runtime_error for a picture that cannot be read.
void fill(const Workspace& workspace, std::string_view picture);

/// Negatives among which an interaction is ranked; everything that is named stands there already. One import.
void giveNegatives(const Workspace& workspace,
                   std::string_view domain,
                   std::string_view user,
                   std::string_view item,
                   const std::vector<std::string>& negatives);

/// Changes the values of interactions that stand there (of all domains when none is named), as nothing in the
/// program does: what was trained on them cannot be had again.
void falsify(const Workspace& workspace, std::string_view domain = {});

/// All accounts of this key become one person, on whatever platform they are.
void joinPeople(const Workspace& workspace, std::string_view key);

/// The id of the item, domain or person (by the key of an account); throws std::runtime_error when there is
/// none.
ItemId itemOf(const Workspace& workspace, std::string_view domain, std::string_view key);
PersonId personOf(const Workspace& workspace, std::string_view key, std::string_view platform = "web");

} // namespace transept::test
