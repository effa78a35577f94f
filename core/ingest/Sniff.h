#pragma once

#include "core/ingest/Format.h"

#include <string>
#include <string_view>

namespace transept {

/// The first bytes of a file, unpacked when it is compressed.
struct Head
{
    std::string bytes;
    bool compressed = false;
    bool whole = false; ///< the file has no more
};

/// Fails with a sentence for a missing, empty, unreadable or binary file.
Result<Head> readHead(const std::filesystem::path& file);

Format::Encoding guessEncoding(const Head& head, std::vector<Evidence>& evidence);

/// Complete lines of the decoded head, without line ends, blank ones left out.
std::vector<std::string_view> linesOf(std::string_view text, bool whole);

/// Layout, delimiter and quote of a text by its first lines.
void guessLayout(const std::vector<std::string_view>& lines, Format& format, std::vector<Evidence>& evidence);

} // namespace transept
