#include "core/base/RowPanels.h"

#include "core/base/Kernels.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <bit>

namespace transept {

class RowPanelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void productsHaveTheBitsOfDot_data();
    void productsHaveTheBitsOfDot();
    void nothingIsWrittenBeyondTheProducts();
    void noRowsGiveNoProducts();
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

} // namespace transept

QTEST_GUILESS_MAIN(transept::RowPanelsTest)
#include "RowPanelsTest.moc"
