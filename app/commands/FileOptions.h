#pragma once

#include "core/ingest/Format.h"

#include <string>
#include <utility>
#include <vector>

namespace transept::app {

/// "a=1,b=2" as pairs; InvalidInput names the option.
Result<std::vector<std::pair<std::string, std::string>>> pairsOf(const std::string& text, const char* option);

/// What `--format KEY=VALUE` options make of a detected format; nothing when there are none.
Result<std::optional<Format>> formatOf(const std::vector<std::string>& options, const Format& base);

/// A role that `--columns ROLE=COLUMN` names and that does not exist, with the nearest one.
tl::unexpected<Error> noRole(const std::string& word, const std::vector<std::string>& roles);

/// The spec's document: a file, or standard input for "-", changed by `--set PATH=VALUE` options.
Result<Json> specDocument(const std::string& file, const std::vector<std::string>& settings);

} // namespace transept::app
