#pragma once

#include "core/base/Job.h"
#include "core/ingest/Format.h"

namespace transept {

/// What another program says in a file: ratings of pairs of a user and an item, or a list of items for each
/// user.
enum class ResultKind { Predictions, Lists };
std::string_view wordOf(ResultKind kind); ///< "predictions", "lists"
std::optional<ResultKind> resultKindFrom(std::string_view word);

/// What a column of such a file holds. Lists have a rank, a score or both.
enum class ResultRole { User, Item, Rank, Score, Prediction };
std::optional<ResultRole> resultRoleFrom(std::string_view word);
std::vector<std::string> resultRoleWords();

/// A file of results as it was asked for; what is left open is found by its columns.
struct ResultFile
{
    std::filesystem::path file;
    std::optional<ResultKind> kind;
    std::optional<Format> format;
    std::vector<std::pair<std::string, ResultRole>> columns; ///< by header name or 1, 2 ...; empty: guessed
};

/// The same with every question answered. `rank` and `value` are none where the order of a user's rows is
/// the list: one user a line.
struct ResultPlan
{
    Inspection inspection;
    ResultKind kind = ResultKind::Lists;
    std::size_t user = 0; ///< places of columns
    std::size_t item = 1;
    std::optional<std::size_t> rank;
    std::optional<std::size_t> value; ///< the score or the prediction
};

/// Reads the head of the file and decides; InvalidInput with a remedy when the columns do not say what is
/// where. Besides tables with and without header it knows lists of one user a line (`user TAB item,item,...`,
/// `user item item ...`), the runs of TREC (`user Q0 item rank score program`) and the header of RecBole's
/// atomic files.
Result<ResultPlan> planResults(const ResultFile& file);

/// One row; the views are valid until the next one.
struct ResultRow
{
    std::int64_t line = 0; ///< from 1
    std::string_view user;
    std::string_view item;
    std::optional<std::int64_t> rank; ///< as in the file, 0 or more
    std::optional<double> value;      ///< finite, also as float32
};

/// Hands over every row and returns the SHA-256 of the text. Stops at the first row that cannot be taken:
/// InvalidInput with file, line, reason and remedy.
Result<std::string> readResults(const ResultPlan& plan,
                                const std::function<Status(const ResultRow&)>& take,
                                const JobContext& context);

} // namespace transept
