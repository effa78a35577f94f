#pragma once

#include "core/base/Job.h"
#include "core/ingest/sample/Wording.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace transept {

struct SampleOptions
{
    enum class Size { Small, Large };
    Size size = Size::Small; ///< small: 2,000 people, 800 items a domain; large: 5 million ratings
    sample::Language language = sample::Language::English;
    std::uint64_t seed = 1;
};

struct SampleReport
{
    std::filesystem::path folder; ///< where the files stand
    std::int64_t read = 0;        ///< = imported + rejected + skipped
    std::int64_t imported = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;
    double seconds = 0.0;
};

/// Generates books, films and music with a second film platform (as files, a few rows of them dirty, in a
/// folder beside the workspace named after it) and imports them into a new workspace through the real
/// importer. The same options give the same bytes. InvalidInput when the workspace or the folder exists
/// already.
Result<SampleReport> makeSample(const std::filesystem::path& workspace,
                                const SampleOptions& options,
                                const JobContext& context);

} // namespace transept
