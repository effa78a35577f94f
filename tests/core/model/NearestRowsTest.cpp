#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/model/NeighbourLists.h"
#include "core/model/Neighbours.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <map>

namespace transept {
namespace {

/// Rows of very different length; a column is the likelier the lower it is.
SparseRows randomRows(std::size_t count, std::size_t columns, double most, bool binary)
{
    Random random(7);
    SparseRows rows{.columnCount = columns};
    for (std::size_t row = 0; row < count; ++row) {
        const double wanted = 1.0 + most * std::pow(random.uniform(), 4.0);
        std::map<std::int32_t, float> entries;
        for (double at = 0.0; at < wanted; at += 1.0) {
            const double place = std::pow(random.uniform(), 1.5);
            entries[static_cast<std::int32_t>(place * static_cast<double>(columns))] =
                binary ? 1.0F : static_cast<float>(1 + random.below(5)) / 5.0F;
        }
        for (const auto& [column, value] : entries) {
            rows.add(column, value);
        }
        rows.endRow();
    }
    return rows;
}

SharedSums sharedSums(const SparseRows& rows, std::size_t a, std::size_t b)
{
    SharedSums sums;
    for (std::size_t at = 0; at < rows.lengthOf(a); ++at) {
        const auto column = static_cast<std::size_t>(rows.columnsOf(a)[at]);
        if (const auto found = placeInRow(rows, b, column)) {
            sums.add(static_cast<double>(rows.valuesOf(a)[at]),
                     static_cast<double>(rows.valuesOf(b)[*found]));
        }
    }
    return sums;
}

/// Every row with every other, all similarities sorted.
SparseRows slowNearest(const SparseRows& given,
                       std::span<const std::size_t> groups,
                       const NeighbourOptions& options)
{
    const SparseRows rows = ComparedValues(given, options).of(given);
    SparseRows result{.columnCount = rows.rowCount()};
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        for (std::size_t group = 0; group + 1 < groups.size(); ++group) {
            std::vector<std::pair<float, std::int32_t>> found;
            for (std::size_t other = groups[group]; other < groups[group + 1]; ++other) {
                const SharedSums sums = sharedSums(rows, row, other);
                if (other == row || sums.count == 0) {
                    continue;
                }
                const double norms = normOf(rows.valuesOf(row)) * normOf(rows.valuesOf(other));
                if (const float similarity = similarityOf(options, norms, sums); similarity > 0.0F) {
                    found.emplace_back(-similarity, static_cast<std::int32_t>(other));
                }
            }
            std::sort(found.begin(), found.end());
            found.resize(std::min(found.size(), static_cast<std::size_t>(options.neighbours)));
            std::ranges::sort(found, {}, [](const auto& each) { return each.second; });
            for (const auto& [similarity, other] : found) {
                result.add(other, -similarity);
            }
        }
        result.endRow();
    }
    return result;
}

/// Whether `part` is the first `count` rows of `all`.
bool beginsWith(const SparseRows& all, const SparseRows& part, std::size_t count)
{
    return part.columnCount == all.columnCount && part.rowCount() == count &&
           std::ranges::equal(part.starts, std::span(all.starts).first(count + 1)) &&
           std::ranges::equal(part.columns, std::span(all.columns).first(all.starts[count])) &&
           std::ranges::equal(part.values, std::span(all.values).first(all.starts[count]));
}

} // namespace

class NearestRowsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void areThoseOfAllPairs_data();
    void areThoseOfAllPairs();
    void stopWhenAsked();
    void listKeepsTheNearest();
};

void NearestRowsTest::areThoseOfAllPairs_data()
{
    QTest::addColumn<int>("similarity");
    QTest::addColumn<bool>("binary");
    QTest::addColumn<double>("most"); // columns a row: few share little, many share something with all
    QTest::addColumn<int>("neighbours");
    const std::pair<const char*, Similarity> similarities[] = {{"cosine", Similarity::Cosine},
                                                               {"adjusted", Similarity::AdjustedCosine},
                                                               {"pearson", Similarity::Pearson},
                                                               {"bm25", Similarity::Bm25}};
    for (const auto& [name, similarity] : similarities) {
        for (const bool binary : {true, false}) {
            QTest::addRow("%s, %s, few columns", name, binary ? "ones" : "values")
                << static_cast<int>(similarity) << binary << 6.0 << 5;
            QTest::addRow("%s, %s, many columns", name, binary ? "ones" : "values")
                << static_cast<int>(similarity) << binary << 120.0 << 7;
        }
    }
    QTest::addRow("more neighbours than rows")
        << static_cast<int>(Similarity::Cosine) << false << 120.0 << 5000;
}

/// Rows enough for several rounds, in three groups; those that ask are all rows, all of a group, and a group
/// with a part of the next.
void NearestRowsTest::areThoseOfAllPairs()
{
    QFETCH(int, similarity);
    QFETCH(bool, binary);
    QFETCH(double, most);
    QFETCH(int, neighbours);
    const std::size_t groups[] = {0, 420, 530, 700};
    const SparseRows rows = randomRows(700, 300, most, binary);
    for (const double shrinkage : {0.0, 3.0}) {
        const NeighbourOptions options{.similarity = static_cast<Similarity>(similarity),
                                       .shrinkage = shrinkage,
                                       .b = 0.5,
                                       .neighbours = neighbours};
        const SparseRows expected = slowNearest(rows, groups, options);
        const bool comparesDeviations =
            options.similarity == Similarity::AdjustedCosine || options.similarity == Similarity::Pearson;
        QCOMPARE(expected.columns.empty(), binary && comparesDeviations); // ones do not deviate
        for (const std::size_t count : {700U, 420U, 470U}) {
            for (const int threads : {1, 2, 4, 8}) {
                setThreadCount(threads);
                const Result<SparseRows> found = nearestRows(rows, count, groups, options, {});
                QVERIFY(found);
                QVERIFY(beginsWith(expected, *found, count));
            }
        }
    }
}

void NearestRowsTest::stopWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    JobContext job;
    job.stop = source.get_token();
    const std::size_t groups[] = {0, 400};

    const Result<SparseRows> found = nearestRows(randomRows(400, 100, 40.0, true), 400, groups, {}, job);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Cancelled);
}

void NearestRowsTest::listKeepsTheNearest()
{
    Random random(3);
    std::vector<Neighbour> all;
    for (std::int32_t row = 0; row < 1000; ++row) {
        all.push_back({.row = row, .similarity = static_cast<float>(random.below(60)) / 7.0F - 0.5F});
    }
    random.shuffle(std::span(all));
    Nearest nearest(50);
    QCOMPARE(nearest.threshold(), 0.0F);
    for (const Neighbour& each : all) {
        nearest.add(each);
    }
    std::ranges::sort(all, {}, [](const Neighbour& each) { return std::pair(-each.similarity, each.row); });
    nearest.prune();
    QCOMPARE(nearest.threshold(), all[49].similarity);

    std::vector<PackedNeighbour> kept;
    nearest.moveTo(kept);

    all.resize(50);
    std::ranges::sort(all, {}, &Neighbour::row);
    QCOMPARE(kept.size(), all.size());
    for (std::size_t at = 0; at < kept.size(); ++at) {
        QCOMPARE(unpacked(kept[at]).row, all[at].row);
        QCOMPARE(unpacked(kept[at]).similarity, all[at].similarity);
    }
    QCOMPARE(nearest.threshold(), 0.0F); // begins anew
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NearestRowsTest)
#include "NearestRowsTest.moc"
