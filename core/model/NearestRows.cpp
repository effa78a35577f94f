#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/NeighbourLists.h"
#include "core/model/NeighbourScan.h"
#include "core/model/Neighbours.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t rowsPerBlock = 8;
constexpr std::size_t rowsAtOnce = 1024; ///< where little is done for each
constexpr std::size_t shareCount = 16;   ///< in which what rows are offered is taken in
constexpr float unlimited = std::numeric_limits<float>::max();
constexpr float generosity = 1.0F - 1e-4F; ///< of comparisons in float32, so that they miss nothing

/// The values to be compared, in the order in which that is done: within a group the rows that ask for
/// neighbours, then the others, and of both the longest first. A similarity has no direction: each row is
/// compared with the earlier ones alone. What it holds is shared by all tasks and does not change.
class Comparison
{
public:
    static Result<Comparison> of(const SparseRows& rows,
                                 std::size_t count,
                                 std::span<const std::size_t> groups,
                                 const NeighbourOptions& options,
                                 const JobContext& job)
    {
        Comparison made(rows, count, groups, options);
        Result<SparseRows> columns = transposed(made.m_rows, job, &made.m_earlier);
        if (!columns) {
            return passOn(columns);
        }
        made.m_columns = std::move(*columns);
        made.leaveOutWhoDoesNotAsk();
        return made;
    }

    const NeighbourOptions& options() const { return m_options; }
    bool isPearson() const { return m_options.similarity == Similarity::Pearson; }
    bool isNormalised() const { return m_options.similarity != Similarity::Bm25; }
    std::span<const std::size_t> groups() const { return m_groups; }
    std::size_t groupCount() const { return m_groups.size() - 1; }
    std::size_t count() const { return m_count; } ///< of rows that ask: they come first
    std::size_t rowCount() const { return m_rows.rowCount(); }
    const SparseRows& rows() const { return m_rows; }
    const SparseRows& columns() const { return m_columns; }
    std::span<const float> factors() const { return m_factors; }

    /// The number of a row among those that were given.
    std::int32_t given(std::size_t row) const { return m_given[row]; }

    /// Whether every value is 1: the sum of products of two rows is the number of columns they share.
    bool isUnit() const { return m_isUnit; }

    /// Of each entry of a row: how many rows that ask stand before it in its column.
    std::span<const std::int32_t> earlierOf(std::size_t row) const
    {
        return {m_earlier.data() + m_rows.starts[row], m_rows.lengthOf(row)};
    }

    float similarity(std::size_t a, std::size_t b, const SharedSums& sums) const
    {
        return similarityOf(m_options, m_norms[a] * m_norms[b], sums);
    }

private:
    Comparison(const SparseRows& rows,
               std::size_t count,
               std::span<const std::size_t> groups,
               const NeighbourOptions& options)
        : m_options(options)
        , m_groups(groups)
        , m_count(count)
        , m_given(orderOf(rows, count, groups))
        , m_rows(ComparedValues(rows, options).of(selectedRows(rows, m_given)))
        , m_norms(rows.rowCount())
        , m_factors(rows.rowCount(), 1.0F)
        , m_isUnit(std::ranges::all_of(m_rows.values, [](float value) { return value == 1.0F; }))
    {
        for (std::size_t row = 0; row < m_norms.size(); ++row) {
            m_norms[row] = normOf(m_rows.valuesOf(row));
            if (isNormalised()) {
                m_factors[row] = m_norms[row] > 0.0 ? static_cast<float>(1.0 / m_norms[row]) : 0.0F;
            }
        }
    }

    static std::vector<std::int32_t> orderOf(const SparseRows& rows,
                                             std::size_t count,
                                             std::span<const std::size_t> groups)
    {
        std::vector<std::int32_t> order(rows.rowCount());
        std::iota(order.begin(), order.end(), 0);
        std::vector<std::size_t> parts(groups.begin(), groups.end());
        parts.push_back(count);
        std::sort(parts.begin(), parts.end());
        for (std::size_t part = 0; part + 1 < parts.size(); ++part) {
            std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(parts[part]),
                             order.begin() + static_cast<std::ptrdiff_t>(parts[part + 1]),
                             [&](std::int32_t a, std::int32_t b) {
                                 return rows.lengthOf(static_cast<std::size_t>(a)) >
                                        rows.lengthOf(static_cast<std::size_t>(b));
                             });
        }
        return order;
    }

    /// Of the rows that ask for nothing only their comparison with those that do is wanted.
    void leaveOutWhoDoesNotAsk()
    {
        if (m_count == rowCount()) {
            return;
        }
        std::vector<std::int32_t> asking(m_rows.columnCount);
        for (std::size_t entry = 0; entry < m_rows.starts[m_count]; ++entry) {
            ++asking[static_cast<std::size_t>(m_rows.columns[entry])];
        }
        for (std::size_t entry = m_rows.starts[m_count]; entry < m_earlier.size(); ++entry) {
            m_earlier[entry] = asking[static_cast<std::size_t>(m_rows.columns[entry])];
        }
    }

    NeighbourOptions m_options;
    std::span<const std::size_t> m_groups;
    std::size_t m_count;
    std::vector<std::int32_t> m_given;
    SparseRows m_rows;
    SparseRows m_columns;
    std::vector<std::int32_t> m_earlier;
    std::vector<double> m_norms;
    std::vector<float> m_factors; ///< 1 / norm, 0 for none; 1 where similarities are not normalised
    bool m_isUnit;
};

/// A neighbour for a row that stands earlier.
struct Offer
{
    std::int32_t row = 0;
    Neighbour neighbour;
};

/// What the rows of a block have for earlier ones: row r is in share r % shareCount.
using Offers = std::array<std::vector<Offer>, shareCount>;

/// What the rows that ask have of the group that is compared now. A row of the round finds its neighbours
/// among the earlier rows and those of the round; what it is to earlier ones is taken in between rounds, so
/// that nothing that tasks read changes while they run.
struct Lists
{
    std::size_t group = 0;
    std::size_t end = 0; ///< of the round
    std::vector<Nearest> nearest;
    std::vector<float> limits; ///< what is not above it is no neighbour; of rows to come, nothing is
    std::vector<std::vector<PackedNeighbour>> finished; ///< of the groups before

    void setLimit(std::size_t row) { limits[row] = generosity * nearest[row].threshold(); }
};

/// Compares one row after another with all earlier ones; has room of its own, so it belongs to one task.
class RowSearch
{
public:
    explicit RowSearch(const Comparison& comparison)
        : m_comparison(comparison)
        , m_finished(comparison.groupCount(),
                     Nearest(static_cast<std::size_t>(comparison.options().neighbours)))
        , m_guesses(comparison.groupCount(), 1.0F)
    {
    }

    /// Gives the row what it has among earlier ones, and those what they may want of this one.
    void find(std::size_t row, Lists& lists, Offers& offers)
    {
        m_row = row;
        m_end = std::min(lists.end, m_comparison.count());
        m_lists = &lists;
        m_offers = &offers;
        // Where most rows share something anyway, all are looked at, many at a time.
        constexpr std::size_t rowsScannedForAProduct = 16;
        const auto earlier = m_comparison.earlierOf(row);
        const std::size_t products = std::accumulate(earlier.begin(), earlier.end(), std::size_t{0});
        if (!m_comparison.isPearson() && products * rowsScannedForAProduct >= m_end) {
            scanAll();
        } else {
            visitTouched();
        }
        if (asks()) {
            lists.nearest[row].prune();
            for (std::size_t group = 0; group < lists.group; ++group) {
                m_finished[group].moveTo(lists.finished[row]);
            }
        }
    }

private:
    bool asks() const { return m_row < m_comparison.count(); }

    void meet(std::size_t other, std::size_t group, float similarity)
    {
        if (asks()) {
            Nearest& own = group == m_lists->group ? m_lists->nearest[m_row] : m_finished[group];
            own.add({.row = m_comparison.given(other), .similarity = similarity});
        }
        if (similarity > m_lists->limits[other]) {
            (*m_offers)[other % shareCount].push_back(
                {.row = static_cast<std::int32_t>(other),
                 .neighbour = {.row = m_comparison.given(m_row), .similarity = similarity}});
        }
    }

    /// Calls `work(value, rows, values)` for each entry of the row, in order, with the rows before m_end that
    /// have its column.
    template<typename Work>
    void forEachShared(const Work& work) const
    {
        constexpr std::size_t ahead = 6;
        const SparseRows& columns = m_comparison.columns();
        const auto own = m_comparison.rows().columnsOf(m_row);
        const auto values = m_comparison.rows().valuesOf(m_row);
        const auto earlier = m_comparison.earlierOf(m_row);
        for (std::size_t at = 0; at < own.size(); ++at) {
            if (at + ahead < own.size()) {
                fetch(static_cast<std::size_t>(own[at + ahead]),
                      static_cast<std::size_t>(earlier[at + ahead]));
            }
            const auto column = static_cast<std::size_t>(own[at]);
            const auto rows = columns.columnsOf(column);
            auto count = static_cast<std::size_t>(earlier[at]);
            while (count < rows.size() && static_cast<std::size_t>(rows[count]) < m_end) {
                ++count; // of the round
            }
            work(values[at], rows.first(count), columns.valuesOf(column).first(count));
        }
    }

    /// Asks for the beginning of a column, which stands anywhere in memory; the rest follows by itself.
    /// Always inline: of a function that does nothing else the compiler leaves out the calls.
    __attribute__((always_inline)) void fetch(std::size_t column, std::size_t count) const
    {
        constexpr std::size_t line = 16;
        const std::size_t first = m_comparison.columns().starts[column];
        const std::size_t last = first + std::min(count, 8 * line);
        for (std::size_t at = first; at < last; at += line) {
            __builtin_prefetch(m_comparison.columns().columns.data() + at);
            if (!m_comparison.isUnit()) {
                __builtin_prefetch(m_comparison.columns().values.data() + at);
            }
        }
    }

    void visitTouched()
    {
        m_sums.resize(m_comparison.count());
        const bool isPearson = m_comparison.isPearson();
        forEachShared([&](float value, std::span<const std::int32_t> rows, std::span<const float> values) {
            const auto x = static_cast<double>(value);
            for (std::size_t at = 0; at < rows.size(); ++at) {
                SharedSums& sum = m_sums[static_cast<std::size_t>(rows[at])];
                const auto y = static_cast<double>(values[at]);
                if (sum.count++ == 0) {
                    m_touched.push_back(rows[at]);
                }
                sum.xy += x * y;
                if (isPearson) {
                    sum.x += x;
                    sum.y += y;
                    sum.xx += x * x;
                    sum.yy += y * y;
                }
            }
        });
        const auto groups = m_comparison.groups();
        for (const std::int32_t touched : m_touched) {
            const auto other = static_cast<std::size_t>(touched);
            const SharedSums sums = std::exchange(m_sums[other], SharedSums{});
            if (other == m_row) {
                continue;
            }
            const auto after = std::upper_bound(groups.begin(), groups.end(), other);
            meet(other,
                 static_cast<std::size_t>(after - groups.begin()) - 1,
                 m_comparison.similarity(m_row, other, sums));
        }
        m_touched.clear();
    }

    /// The sums of products, where they are more than a count, and the columns shared, unless nothing asks.
    void addAll()
    {
        const bool isUnit = m_comparison.isUnit();
        const bool counts = isUnit || m_comparison.isNormalised();
        m_counts.resize(m_comparison.count());
        std::fill_n(m_counts.begin(), m_end, 0);
        if (!isUnit) {
            m_products.resize(m_comparison.count());
            std::fill_n(m_products.begin(), m_end, 0.0);
        }
        forEachShared([&](float value, std::span<const std::int32_t> rows, std::span<const float> values) {
            if (counts) {
                for (const std::int32_t row : rows) {
                    ++m_counts[static_cast<std::size_t>(row)];
                }
            }
            if (!isUnit) {
                const auto x = static_cast<double>(value);
                for (std::size_t at = 0; at < rows.size(); ++at) {
                    m_products[static_cast<std::size_t>(rows[at])] += x * static_cast<double>(values[at]);
                }
            }
        });
    }

    /// All similarities in float32 tell which places may be among the nearest; these are then compared
    /// exactly.
    void scanAll()
    {
        addAll();
        const auto groups = m_comparison.groups();
        const NeighbourOptions& options = m_comparison.options();
        const float* factors = m_comparison.factors().data();
        m_values.resize(m_end);
        if (m_comparison.isUnit()) {
            scan::scaleCounts(m_values, m_counts.data(), factors);
        } else {
            scan::scaleProducts(m_values, m_products.data(), factors);
        }
        if (m_comparison.isNormalised() && options.shrinkage > 0.0) {
            scan::shrink(m_values, m_counts.data(), static_cast<float>(options.shrinkage));
        }
        if (asks()) {
            m_values[m_row] = 0.0F;
        }
        for (std::size_t group = 0; group + 1 < groups.size() && groups[group] < m_end; ++group) {
            scanGroup(group, groups[group], std::min(groups[group + 1], m_end));
        }
    }

    void scanGroup(std::size_t group, std::size_t first, std::size_t last)
    {
        const std::span<const float> values = std::span<const float>(m_values).subspan(first, last - first);
        float limit = unlimited;
        if (asks()) {
            limit = scan::limitFor(
                values, static_cast<std::size_t>(m_comparison.options().neighbours), m_guesses[group]);
            m_guesses[group] = limit > 0.0F ? limit : m_guesses[group];
            limit *= generosity;
        }
        m_places.resize(values.size());
        const std::size_t count = scan::placesAbove(
            values, limit, m_comparison.factors()[m_row], m_lists->limits.data() + first, m_places.data());
        for (std::size_t found = 0; found < count; ++found) {
            const std::size_t other = first + static_cast<std::size_t>(m_places[found]);
            const int shared = m_counts[other];
            const SharedSums sums{.xy =
                                      m_comparison.isUnit() ? static_cast<double>(shared) : m_products[other],
                                  .count = shared};
            meet(other, group, m_comparison.similarity(m_row, other, sums));
        }
    }

    const Comparison& m_comparison;
    std::vector<Nearest> m_finished; ///< of groups before the one that is compared
    std::vector<float> m_guesses;    ///< the last limit in each group: rows of like length have a like one
    std::size_t m_row = 0;
    std::size_t m_end = 0;
    Lists* m_lists = nullptr;
    Offers* m_offers = nullptr;
    std::vector<SharedSums> m_sums; ///< a row each, zero between searches; empty until it is needed
    std::vector<std::int32_t> m_touched;
    std::vector<std::int32_t> m_counts; ///< a row each: columns shared
    std::vector<double> m_products;
    std::vector<float> m_values;        ///< similarities without the own row's norm
    std::vector<std::int32_t> m_places; ///< in a group
};

/// Goes through the rows in rounds. Which neighbours a row gets does not depend on the order in which it
/// meets them.
class Rounds
{
public:
    Rounds(const Comparison& comparison, const JobContext& job) : m_comparison(comparison), m_guard(job)
    {
        const Nearest none(static_cast<std::size_t>(comparison.options().neighbours));
        m_lists.nearest.assign(comparison.count(), none);
        m_lists.limits.assign(comparison.count(), unlimited);
        m_lists.finished.resize(comparison.count());
    }

    Result<SparseRows> run()
    {
        const auto groups = m_comparison.groups();
        for (m_lists.group = 0; m_lists.group + 1 < groups.size(); ++m_lists.group) {
            const std::size_t begin = groups[m_lists.group];
            const std::size_t end = groups[m_lists.group + 1];
            for (std::size_t first = begin; first < end; first = m_lists.end) {
                const bool ask = first < m_comparison.count(); // all of a round, or none
                const std::size_t most = ask ? std::min(end, m_comparison.count()) : end;
                m_lists.end = std::min(most, first + rowsFrom(first - begin));
                compare(first);
                if (const Status status = m_guard.status(); !status) {
                    return passOn(status);
                }
                for (std::size_t row = first; row < std::min(m_lists.end, m_comparison.count()); ++row) {
                    m_lists.setLimit(row);
                }
                takeIn();
            }
            finishGroup(end);
        }
        return joined();
    }

private:
    /// Few at first: they are compared both ways, and rows that are met first are the neighbours of most.
    std::size_t rowsFrom(std::size_t done) const
    {
        return std::clamp(
            done / 2, std::size_t{64}, std::max<std::size_t>(256, m_comparison.rowCount() / 24));
    }

    void compare(std::size_t begin)
    {
        const std::size_t count = m_lists.end - begin;
        m_offers.resize(std::max(m_offers.size(), (count + rowsPerBlock - 1) / rowsPerBlock));
        forEachBlock(count, rowsPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
            std::unique_ptr<RowSearch> search = takeSearch();
            for (std::size_t row = begin + first; row < begin + last && m_guard.mayGoOn(); ++row) {
                search->find(row, m_lists, m_offers[block]);
            }
            const std::lock_guard lock(m_mutex);
            m_searches.push_back(std::move(search));
        });
    }

    std::unique_ptr<RowSearch> takeSearch()
    {
        const std::lock_guard lock(m_mutex);
        if (m_searches.empty()) {
            return std::make_unique<RowSearch>(m_comparison);
        }
        std::unique_ptr<RowSearch> search = std::move(m_searches.back());
        m_searches.pop_back();
        return search;
    }

    void takeIn()
    {
        parallelTasks(shareCount, [&](std::size_t share) {
            for (Offers& offers : m_offers) {
                for (const Offer& offer : offers[share]) {
                    const auto row = static_cast<std::size_t>(offer.row);
                    m_lists.nearest[row].add(offer.neighbour);
                    m_lists.setLimit(row);
                }
                offers[share].clear();
            }
        });
    }

    void finishGroup(std::size_t end)
    {
        forEachBlock(m_comparison.count(), rowsAtOnce, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last; ++row) {
                m_lists.nearest[row].moveTo(m_lists.finished[row]);
                m_lists.limits[row] = row < end ? 0.0F : unlimited;
            }
        });
    }

    SparseRows joined() const
    {
        SparseRows result{.columnCount = m_comparison.rowCount(),
                          .starts = std::vector<std::size_t>(m_comparison.count() + 1)};
        for (std::size_t row = 0; row < m_comparison.count(); ++row) {
            result.starts[placeOf(row) + 1] = m_lists.finished[row].size();
        }
        std::partial_sum(result.starts.begin(), result.starts.end(), result.starts.begin());
        result.columns.resize(result.starts.back());
        result.values.resize(result.starts.back());
        forEachBlock(m_comparison.count(), rowsAtOnce, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last; ++row) {
                std::size_t at = result.starts[placeOf(row)];
                for (const PackedNeighbour each : m_lists.finished[row]) {
                    const Neighbour neighbour = unpacked(each);
                    result.columns[at] = neighbour.row;
                    result.values[at++] = neighbour.similarity;
                }
            }
        });
        return result;
    }

    std::size_t placeOf(std::size_t row) const { return static_cast<std::size_t>(m_comparison.given(row)); }

    const Comparison& m_comparison;
    TaskGuard m_guard;
    Lists m_lists;
    std::vector<Offers> m_offers; ///< a block of the round each
    std::mutex m_mutex;
    std::vector<std::unique_ptr<RowSearch>> m_searches; ///< that no task has
};

} // namespace

Result<SparseRows> nearestRows(const SparseRows& rows,
                               std::size_t count,
                               std::span<const std::size_t> groups,
                               const NeighbourOptions& options,
                               const JobContext& job)
{
    const Result<Comparison> comparison = Comparison::of(rows, count, groups, options, job);
    if (!comparison) {
        return passOn(comparison);
    }
    return Rounds(*comparison, job).run();
}

} // namespace transept
