#pragma once

#include "core/experiment/Runner.h"
#include "core/ingest/Import.h"
#include "tests/support/Datasets.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <fmt/format.h>

/// Workspaces of public data, and runs on them. Whatever fails throws std::runtime_error with the sentence.
namespace transept::test {

/// Every row is taken.
inline void load(Workspace& workspace, const std::string& file, const ImportOptions& options)
{
    const ImportReport report = valueOf(importFile(workspace, *sharedData() / file, options, {}));
    if (report.read != report.imported) {
        throw std::runtime_error(file + ": not all rows were imported");
    }
}

/// Domain "films".
inline void importMovieLens(const Temporary& folder, const char* name)
{
    Workspace workspace = folder.workspace(name);
    load(workspace, "movielens_latest_small_2016/ratings.csv", {.domain = "films"});
}

/// Domains "phone" and "sport", with the parts that the files are.
inline void importPhonesAndSport(const Temporary& folder, const char* name)
{
    Workspace workspace = folder.workspace(name);
    for (const auto& [part, domain] :
         {std::pair{"phone_sport", "phone"}, std::pair{"sport_phone", "sport"}}) {
        for (const char* each : {"train", "test"}) {
            load(workspace,
                 fmt::format("amazon_sport_phone/{}/{}.txt", part, each),
                 {.domain = domain, .platform = "amazon", .part = each});
        }
    }
}

/// A spec of those that come with the program.
inline Json specFile(const std::string& name)
{
    return Json::parse(contentOf(fixture(("../../resources/specs/" + name + ".json").c_str())));
}

inline RunRecord finished(const Workspace& workspace, const Json& document)
{
    const Spec spec = valueOf(specFrom(document));
    return valueOf(execute(workspace, valueOf(enqueue(workspace, spec)), {}));
}

} // namespace transept::test
