#include "core/experiment/ResultModel.h"

#include "core/base/Release.h"
#include "core/evaluation/TestUsers.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t usersBetweenChecks = 256;

using Cells = std::vector<ResultCell>;
using Entries = std::vector<ImportedModel::Entry>;

class ModelMaker
{
public:
    ModelMaker(ResultRows rows, const Prepared& prepared, const ResultRules& rules)
        : m_rows(std::move(rows))
        , m_prepared(prepared)
        , m_rules(rules)
        , m_counts{.rows = m_rows.read, .notTested = m_rows.notTested}
    {
    }

    Result<ResultModel> make(const std::vector<TestUser>& users, const JobContext& context);

private:
    Status addList(const TestUser& user);
    Status checkRanks(UserRow user, const Cells& cells) const;
    Status checkOnce(UserRow user, Cells cells) const;
    void countList(const TestUser& user, std::size_t length);
    Status checkLengths() const;
    Status checkMissing() const;
    Status addRatings(const TestUser& user);
    Status addRating(const TestUser& user, const Cells& cells, ItemRow item, std::size_t times);
    template<typename... More>
    tl::unexpected<Error> wrong(const ResultCell& cell,
                                UserRow user,
                                std::string sentence,
                                const More&... more) const;

    ResultRows m_rows;
    const Prepared& m_prepared;
    const ResultRules& m_rules;
    ResultCounts m_counts;
    Entries m_lists;
    Entries m_ratings;
    ImportedModel::Entry m_firstMissing; ///< a test interaction without a prediction, if there is one
    std::size_t m_longestList = 0;
    bool m_anyIsLongEnough = false;
};

/// %1 the file, %2 the line, %3 the user, %4 the item, then `more`.
template<typename... More>
tl::unexpected<Error> ModelMaker::wrong(const ResultCell& cell,
                                        UserRow user,
                                        std::string sentence,
                                        const More&... more) const
{
    return fail(ErrorCode::InvalidInput,
                std::move(sentence),
                {m_rows.files[cell.file].string(),
                 std::to_string(cell.line),
                 m_rows.users.keyOf(static_cast<std::int32_t>(user)),
                 m_rows.items.keyOf(static_cast<std::int32_t>(cell.item)),
                 std::to_string(more)...});
}

/// Every item once. Taken by value: sorted to find out.
Status ModelMaker::checkOnce(UserRow user, Cells cells) const
{
    std::ranges::stable_sort(cells, {}, &ResultCell::item);
    const auto twice = std::ranges::adjacent_find(cells, {}, &ResultCell::item);
    if (twice == cells.end()) {
        return {};
    }
    return wrong(*(twice + 1),
                 user,
                 TRANSLATABLE("errors",
                              "%1, line %2: the item %4 stands twice in the list of the user %3 (first in "
                              "line %5). Keep one of them."),
                 twice->line);
}

/// `cells` in the order of ranks: 0, 1, 2 ... or 1, 2, 3 ..., the scores falling if there are some.
Status ModelMaker::checkRanks(UserRow user, const Cells& cells) const
{
    for (std::size_t at = 0; at < cells.size(); ++at) {
        const ResultCell& cell = cells[at];
        if (at == 0) {
            if (cell.rank > 1) {
                return wrong(cell,
                             user,
                             TRANSLATABLE("errors",
                                          "%1, line %2: the list of the user %3 begins with rank %5. Ranks "
                                          "are 1, 2, 3 ... or 0, 1, 2 ...: give all rows, or leave the "
                                          "column of ranks out (--columns)."),
                             cell.rank);
            }
            continue;
        }
        const ResultCell& before = cells[at - 1];
        if (cell.rank == before.rank) {
            return wrong(cell,
                         user,
                         TRANSLATABLE("errors",
                                      "%1, line %2: the rank %5 stands twice in the list of the user %3 "
                                      "(first in line %6). Correct the file, or leave the column of ranks "
                                      "out (--columns)."),
                         cell.rank,
                         before.line);
        }
        if (cell.rank != before.rank + 1) {
            return wrong(cell,
                         user,
                         TRANSLATABLE("errors",
                                      "%1, line %2: in the list of the user %3 rank %5 follows on rank %6. "
                                      "Give all rows, or leave the column of ranks out (--columns)."),
                         cell.rank,
                         before.rank);
        }
        if (m_rows.hasScores && cell.value > before.value) {
            return wrong(cell,
                         user,
                         TRANSLATABLE("errors",
                                      "%1, line %2: rank %5 of the user %3 has a higher score than rank %6, "
                                      "which stands before it. Leave out the column that is not meant "
                                      "(--columns)."),
                         cell.rank,
                         before.rank);
        }
    }
    return {};
}

Status ModelMaker::addList(const TestUser& user)
{
    Cells& cells = m_rows.lists[index(user.row)];
    Status sound = checkOnce(user.row, cells);
    if (sound && m_rows.hasRanks) {
        std::ranges::stable_sort(cells, {}, &ResultCell::rank);
        sound = checkRanks(user.row, cells);
    } else if (sound) {
        std::ranges::sort(cells, [](const ResultCell& a, const ResultCell& b) {
            return a.value != b.value ? a.value > b.value : a.item < b.item;
        });
    }
    if (!sound) {
        return sound;
    }
    const std::size_t before = m_lists.size();
    for (const ResultCell& cell : cells) {
        if (std::ranges::binary_search(user.seen, cell.item)) {
            ++m_counts.seen;
            continue;
        }
        const auto place = static_cast<double>(m_lists.size() - before + 1);
        m_lists.push_back({.user = user.row,
                           .item = cell.item,
                           .value = static_cast<float>(m_rows.hasScores ? cell.value : 1.0 / place)});
    }
    countList(user, m_lists.size() - before);
    release(cells);
    return {};
}

void ModelMaker::countList(const TestUser& user, std::size_t length)
{
    if (user.relevant.empty()) {
        return;
    }
    ++m_counts.listUsers;
    const std::size_t possible = m_prepared.data.target.items.size() - user.seen.size();
    const bool isLongEnough = length >= std::min(m_rules.furthest, possible);
    m_longestList = std::max(m_longestList, length);
    m_anyIsLongEnough = m_anyIsLongEnough || isLongEnough;
    m_counts.withoutList += length == 0 ? 1 : 0;
    m_counts.shortLists += length > 0 && !isLongEnough ? 1 : 0;
}

/// Where all lists are cut before a measure stops looking, its value would be that of the cut.
Status ModelMaker::checkLengths() const
{
    if (m_counts.listUsers == 0) {
        return {}; // nothing is relevant to anybody
    }
    if (m_counts.listUsers == m_counts.withoutList) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "No test user has a list in %1. Make lists for the users of the test part; "
                                 "export writes it (--what test)."),
                    {m_rows.files.front().string()});
    }
    return m_anyIsLongEnough
               ? Status{}
               : fail(ErrorCode::InvalidInput,
                      TRANSLATABLE("errors",
                                   "The measures look at the first %1 places, and the longest list has %2. "
                                   "Make longer lists, or choose measures that look less far (--measures)."),
                      {std::to_string(m_rules.furthest), std::to_string(m_longestList)});
}

/// An error of fewer pairs means something else.
Status ModelMaker::checkMissing() const
{
    if (m_counts.withoutPrediction == 0 || m_rules.meanForMissing) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 of %2 test interactions have no prediction in %3, the first is that of user "
                             "%4 and item %5. Figures of fewer pairs may not be compared: predict all of the "
                             "test part (export writes it, --what test), or let the mean of the training "
                             "ratings stand for the missing ones (--missing mean)."),
                {std::to_string(m_counts.withoutPrediction),
                 std::to_string(m_counts.pairs),
                 m_rows.files.front().string(),
                 m_rows.users.keyOf(static_cast<std::int32_t>(m_firstMissing.user)),
                 m_rows.items.keyOf(static_cast<std::int32_t>(m_firstMissing.item))});
}

/// The one prediction of a pair that stands `times` times in the test part.
Status ModelMaker::addRating(const TestUser& user, const Cells& cells, ItemRow item, std::size_t times)
{
    const auto first = std::ranges::lower_bound(cells, item, {}, &ResultCell::item);
    const auto last = std::ranges::upper_bound(cells, item, {}, &ResultCell::item);
    const auto given = static_cast<std::size_t>(last - first);
    for (std::size_t at = 1; at < given; ++at) {
        const ResultCell& again = *(first + static_cast<std::ptrdiff_t>(at));
        if (at >= times || again.value != first->value) {
            return wrong(again,
                         user.row,
                         TRANSLATABLE("errors",
                                      "%1, line %2: the pair of user %3 and item %4 stands twice (first in "
                                      "line %5). Keep one of them."),
                         first->line);
        }
    }
    if (given == 0 && m_counts.withoutPrediction == 0) {
        m_firstMissing = {.user = user.row, .item = item};
    }
    const double mean = m_prepared.parts.training->target.interactions.mean();
    m_ratings.push_back(
        {.user = user.row, .item = item, .value = static_cast<float>(given == 0 ? mean : first->value)});
    m_counts.pairs += static_cast<std::int64_t>(times);
    m_counts.withoutPrediction += given == 0 ? static_cast<std::int64_t>(times) : 0;
    m_counts.notTested -= static_cast<std::int64_t>(given);
    return {};
}

Status ModelMaker::addRatings(const TestUser& user)
{
    Cells& cells = m_rows.ratings[index(user.row)];
    std::ranges::stable_sort(cells, {}, &ResultCell::item);
    m_counts.notTested += static_cast<std::int64_t>(cells.size()); // until its pair is found
    std::vector<ItemRow> tested;
    for (const std::uint32_t pair : user.pairs) {
        tested.push_back(m_prepared.parts.test.events[pair].item);
    }
    std::ranges::sort(tested);
    for (auto first = tested.begin(); first != tested.end();) {
        const auto last = std::upper_bound(first, tested.end(), *first);
        const auto times = static_cast<std::size_t>(last - first);
        if (Status added = addRating(user, cells, *first, times); !added) {
            return added;
        }
        first = last;
    }
    release(cells);
    return {};
}

Result<ResultModel> ModelMaker::make(const std::vector<TestUser>& users, const JobContext& context)
{
    for (std::size_t at = 0; at < users.size(); ++at) {
        Status done = at % usersBetweenChecks == 0 ? context.checkpoint() : Status{};
        if (done && !m_rows.lists.empty()) {
            done = addList(users[at]);
        }
        if (done && !m_rows.ratings.empty()) {
            done = addRatings(users[at]);
        }
        if (!done) {
            return passOn(done);
        }
    }
    Status whole = checkMissing();
    if (whole && !m_rows.lists.empty() && m_rules.furthest > 0) {
        whole = checkLengths();
    }
    if (!whole) {
        return passOn(whole);
    }
    return ResultModel{.model = std::make_shared<const ImportedModel>(
                           m_prepared.data.target.items.size(), std::move(m_lists), std::move(m_ratings)),
                       .counts = m_counts};
}

} // namespace

Result<ResultModel> modelOf(ResultRows rows,
                            const Prepared& prepared,
                            const ResultRules& rules,
                            const JobContext& context)
{
    const SplitData& parts = prepared.parts;
    const Result<std::vector<TestUser>> users =
        testUsers(*parts.training, parts.test, &parts.validation, rules.positive, true, context);
    return users ? ModelMaker(std::move(rows), prepared, rules).make(*users, context) : passOn(users);
}

} // namespace transept
