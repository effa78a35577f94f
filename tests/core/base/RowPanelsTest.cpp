#include "core/base/RowPanels.h"

#include "core/base/Kernels.h"
#include "core/base/Random.h"
#include "tests/support/VectorWidths.h"

#include <QtTest/QTest>

#include <bit>
#include <cmath>
#include <limits>

namespace transept {

class RowPanelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void productsHaveTheBitsOfDot_data();
    void productsHaveTheBitsOfDot();
    void nothingIsWrittenBeyondTheProducts();
    void noRowsGiveNoProducts();
    void everyWidthOfVectorsGivesTheSameBits();
    void rowsAboveTheBarAreFound_data();
    void rowsAboveTheBarAreFound();
    void barsOfInfinityFindAllAndNothing();
    void cleanup() { limitVectorBytes(64); }
};

namespace {

std::vector<float> randomVector(std::size_t length, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> values(length);
    for (float& value : values) {
        value = static_cast<float>(random.normal());
    }
    return values;
}

/// In 16 lanes, which are added in the order that Lanes.h promises.
float dotByLanes(const float* a, const float* b, std::size_t length)
{
    float sums[16] = {};
    for (std::size_t at = 0; at < length; ++at) {
        const float product = a[at] * b[at];
        sums[at % 16] += product;
    }
    for (std::size_t half = 8; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane) {
            sums[lane] += sums[lane + half];
        }
    }
    return sums[0];
}

double length(const float* values, std::size_t count)
{
    double squares = 0.0;
    for (std::size_t at = 0; at < count; ++at) {
        squares += static_cast<double>(values[at]) * static_cast<double>(values[at]);
    }
    return std::sqrt(squares);
}

} // namespace

void RowPanelsTest::productsHaveTheBitsOfDot_data()
{
    QTest::addColumn<std::size_t>("rows");
    QTest::addColumn<std::size_t>("stride");
    QTest::addColumn<std::size_t>("vectors");
    for (const std::size_t rows : {1, 15, 16, 17, 100, 3001}) {
        for (const std::size_t stride : {16, 32, 48, 64, 512}) {
            for (const std::size_t vectors : {1, 3, 4, 5, 16}) {
                QTest::addRow("%zu rows of %zu, %zu vectors", rows, stride, vectors)
                    << rows << stride << vectors;
            }
        }
    }
}

void RowPanelsTest::productsHaveTheBitsOfDot()
{
    QFETCH(std::size_t, rows);
    QFETCH(std::size_t, stride);
    QFETCH(std::size_t, vectors);
    const std::vector<float> left = randomVector(rows * stride, 1);
    const std::vector<float> right = randomVector(vectors * stride, 2);
    const std::vector<float> ofRows = randomVector(rows, 5);
    const std::vector<float> ofVectors = randomVector(vectors, 6);
    const std::size_t first = rows > 32 ? 16 : 0;
    const std::size_t count = rows - first;
    std::vector<float> products(count * vectors);

    RowPanels(left.data(), rows, stride)
        .multiply({right.data(), vectors},
                  {first, count},
                  {ofVectors.data(), ofRows.data() + first},
                  products.data());

    for (std::size_t vector = 0; vector < vectors; ++vector) {
        for (std::size_t row = first; row < rows; ++row) {
            const float product =
                kernels::dot(left.data() + row * stride, right.data() + vector * stride, stride);
            const float expected = product + (ofVectors[vector] + ofRows[row]);
            QCOMPARE(std::bit_cast<std::uint32_t>(products[vector * count + row - first]),
                     std::bit_cast<std::uint32_t>(expected));
        }
    }
}

void RowPanelsTest::nothingIsWrittenBeyondTheProducts()
{
    const std::vector<float> left = randomVector(19 * 16, 3);
    const std::vector<float> right = randomVector(5 * 16, 4);
    std::vector<float> products(19 * 5 + 32, -7.0F);

    const std::vector<float> none(19);

    RowPanels(left.data(), 19, 16)
        .multiply({right.data(), 5}, {0, 19}, {none.data(), none.data()}, products.data());

    QVERIFY(std::all_of(products.begin() + 19 * 5, products.end(), [](float each) { return each == -7.0F; }));
}

void RowPanelsTest::noRowsGiveNoProducts()
{
    const RowPanels none;
    float untouched = 3.0F;

    none.multiply({nullptr, 0}, {0, 0}, {}, &untouched);

    QCOMPARE(none.rowCount(), std::size_t{0});
    QCOMPARE(untouched, 3.0F);
}

void RowPanelsTest::everyWidthOfVectorsGivesTheSameBits()
{
    constexpr std::size_t rows = 77;
    constexpr std::size_t vectors = 9;
    for (const std::size_t stride : {16, 48, 64, 112}) {
        const std::vector<float> left = randomVector(rows * stride, 7);
        const std::vector<float> right = randomVector(vectors * stride, 8);
        const std::vector<float> none(rows);
        const RowPanels panels(left.data(), rows, stride);
        for (const std::size_t bytes : test::vectorWidths()) {
            limitVectorBytes(bytes);
            std::vector<float> products(rows * vectors);
            panels.multiply({right.data(), vectors}, {0, rows}, {none.data(), none.data()}, products.data());
            for (std::size_t at = 0; at < products.size(); ++at) {
                const float* row = left.data() + at % rows * stride;
                const float* vector = right.data() + at / rows * stride;
                QCOMPARE(std::bit_cast<std::uint32_t>(products[at]),
                         std::bit_cast<std::uint32_t>(dotByLanes(row, vector, stride)));
                const std::size_t odd = stride - 5;
                QCOMPARE(std::bit_cast<std::uint32_t>(kernels::dot(row, vector, odd)),
                         std::bit_cast<std::uint32_t>(dotByLanes(row, vector, odd)));
            }
        }
    }
}

void RowPanelsTest::rowsAboveTheBarAreFound_data()
{
    QTest::addColumn<std::size_t>("bytes");
    QTest::addColumn<std::size_t>("rows");
    QTest::addColumn<std::size_t>("vectors");
    for (const std::size_t bytes : test::vectorWidths()) {
        for (const std::size_t rows : {1, 16, 65, 200, 481}) {
            for (const std::size_t vectors : {1, 2, 3, 6, 13}) {
                QTest::addRow("%zu bytes, %zu rows, %zu vectors", bytes, rows, vectors)
                    << bytes << rows << vectors;
            }
        }
    }
}

/// Every row that is above by more than the promised error, none that is below by more, in ascending order.
void RowPanelsTest::rowsAboveTheBarAreFound()
{
    QFETCH(std::size_t, bytes);
    QFETCH(std::size_t, rows);
    QFETCH(std::size_t, vectors);
    constexpr std::size_t stride = 64;
    const std::vector<float> left = randomVector(rows * stride, 11);
    const std::vector<float> right = randomVector(vectors * stride, 12);
    const std::vector<float> ofRows = randomVector(rows, 13);
    const std::vector<float> ofVectors = randomVector(vectors, 14);
    const std::size_t first = rows > 32 ? 16 : 0;
    limitVectorBytes(bytes);
    std::vector<RowPanels::Hit> room(vectors * (rows + 1));
    std::vector<RowPanels::Hits> hits;
    for (std::size_t vector = 0; vector < vectors; ++vector) {
        hits.push_back({static_cast<float>(vector), room.data() + vector * (rows + 1), 0});
    }

    RowPanels(left.data(), rows, stride)
        .findAbove({right.data(), vectors},
                   {first, rows - first},
                   {ofVectors.data(), ofRows.data() + first},
                   hits.data());

    for (std::size_t vector = 0; vector < vectors; ++vector) {
        const auto found = std::span(hits[vector].found, hits[vector].count);
        QVERIFY(std::ranges::is_sorted(found, {}, &RowPanels::Hit::row));
        for (std::size_t row = first; row < rows; ++row) {
            const float* a = left.data() + row * stride;
            const float* b = right.data() + vector * stride;
            const float offset = ofVectors[vector] + ofRows[row];
            const auto exact = static_cast<double>(dotByLanes(a, b, stride) + offset);
            const double error = RowPanels::scoreError(stride) * (length(a, stride) * length(b, stride) +
                                                                  std::abs(static_cast<double>(offset)));
            const auto place = std::ranges::find(found, row, &RowPanels::Hit::row);
            const double bar = static_cast<double>(hits[vector].bar);
            QVERIFY(exact <= bar + error || place != found.end());
            QVERIFY(exact >= bar - error || place == found.end());
            if (place != found.end()) {
                QVERIFY(std::abs(static_cast<double>(place->score) - exact) <= error);
            }
        }
    }
}

void RowPanelsTest::barsOfInfinityFindAllAndNothing()
{
    const std::vector<float> left = randomVector(40 * 16, 15);
    const std::vector<float> right = randomVector(2 * 16, 16);
    const std::vector<float> none(40);
    const float infinity = std::numeric_limits<float>::infinity();
    std::vector<RowPanels::Hit> room(2 * 41);
    RowPanels::Hits hits[] = {{-infinity, room.data(), 0}, {infinity, room.data() + 41, 0}};

    RowPanels(left.data(), 40, 16).findAbove({right.data(), 2}, {0, 40}, {none.data(), none.data()}, hits);

    QCOMPARE(hits[0].count, std::size_t{40});
    QCOMPARE(hits[1].count, std::size_t{0});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RowPanelsTest)
#include "RowPanelsTest.moc"
