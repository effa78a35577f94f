#pragma once

#include "core/experiment/ImportResults.h"
#include "core/recommend/Export.h"
#include "tests/support/Csv.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <memory>

namespace transept::test {

inline std::map<std::string, Json> manyMeasures()
{
    const Json names = Json::array({"rmse",
                                    "mae",
                                    "auc",
                                    "accuracy",
                                    "ndcg@10",
                                    "ndcg@5",
                                    "recall@10",
                                    "precision@10",
                                    "hit-rate@10",
                                    "map@10",
                                    "mrr@10",
                                    "coverage@10",
                                    "gini@10",
                                    "novelty@10",
                                    "serendipity@10"});
    return {{"method.name", "mf"}, {"method.epochs", 4}, {"data.positive", 4}, {"measures", names}};
}

/// A workspace with a run of mf, and files of results that are imported for it.
class ResultsFixture
{
public:
    void begin()
    {
        m_workspace.reset();
        m_folder = std::make_unique<Temporary>();
        m_workspace = m_folder->workspace();
        fill(*m_workspace, ratingsPicture("films", 60, 40, 16, 1));
        m_run = finishedRun(*m_workspace, manyMeasures());
    }

    std::vector<Row> exported(RunId run, RunExport what) const
    {
        const std::filesystem::path file = m_folder->path("part.csv");
        valueOf(exportRun(*m_workspace, run, what, file, {}));
        return rowsOf(contentOf(file));
    }

    ResultsOptions filesOf(const std::vector<std::filesystem::path>& files) const
    {
        ResultsOptions options{.name = "other"};
        for (const std::filesystem::path& file : files) {
            options.files.push_back({.file = file});
        }
        return options;
    }

    Result<ResultsReport> import(const ResultsOptions& options, const JobContext& context = {}) const
    {
        return importResults(*m_workspace, valueOf(resultsLike(*m_workspace, m_run.id)), options, context);
    }

    ResultsReport imported(std::string_view name, const std::string& content) const
    {
        return valueOf(import(filesOf({m_folder->write(name, content)})));
    }

    std::size_t runCount() const { return valueOf(RunStore(*m_workspace).all()).size(); }

    std::unique_ptr<Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    RunRecord m_run;
};

} // namespace transept::test
