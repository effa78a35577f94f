#include "core/data/FacetVectors.h"

#include "core/base/Kernels.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <cstring>

namespace transept {

/// Vectors of float16 are, to the bit, the float32 matrix of the same values.
class KnowledgeVectorsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreThoseOfTheMatrix_data();
    void rowsAreThoseOfTheMatrix();
    void stackReadsAcrossItsParts();
    void productsByBlocksAreThoseOfTheWhole_data();
    void productsByBlocksAreThoseOfTheWhole();
    void rearrangedRowsComeFromTheirSources();
    void copiesShareTheirNumbers();
    void facetsHaveTheRowsOfTheirVectors();
    void rearrangedItemsTakeTheirFacetsAlong();
};

namespace {

/// The same values twice.
struct Pair
{
    KnowledgeVectors halves;
    Matrix floats; ///< every fifth row zeros
};

Pair drawn(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed)
{
    Random random(seed);
    Matrix floats = Matrix::Zero(rows, columns);
    std::vector<std::int64_t> items;
    std::vector<std::int32_t> places(static_cast<std::size_t>(rows), -1);
    std::vector<std::uint16_t> numbers;
    const HalfVectorsKey key{.base = 1, .stamp = 2, .dimension = columns};
    const std::size_t stride = HalfVectors::rowBytes(columns) / sizeof(std::uint16_t);
    for (Eigen::Index row = rows - 1; row >= 0; --row) { // in another order than the rows
        if (row % 5 == 4) {
            continue;
        }
        const std::size_t first = numbers.size();
        numbers.resize(first + stride);
        for (Eigen::Index column = 0; column < columns; ++column) {
            const Eigen::half half(static_cast<float>(0.1 * random.normal()));
            numbers[first + static_cast<std::size_t>(column)] = Eigen::numext::bit_cast<std::uint16_t>(half);
            floats(row, column) = static_cast<float>(half);
        }
        places[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(items.size());
        items.push_back(static_cast<std::int64_t>(items.size()) + 1);
    }
    const std::string head = HalfVectors::head(key, {.items = items, .facets = {}});
    MappedBytes memory = MappedBytes::ofMemory(HalfVectors::sizeOf(key, items.size(), 0));
    std::memcpy(memory.writable().data(), head.data(), head.size());
    std::memcpy(
        memory.writable().data() + head.size(), numbers.data(), numbers.size() * sizeof(std::uint16_t));
    return {KnowledgeVectors(HalfVectors::of(std::move(memory), key), std::move(places)), std::move(floats)};
}

} // namespace

void KnowledgeVectorsTest::rowsAreThoseOfTheMatrix_data()
{
    QTest::addColumn<int>("columns");
    for (const int columns : {1, 5, 16, 33, 256}) {
        QTest::addRow("%d", columns) << columns;
    }
}

void KnowledgeVectorsTest::rowsAreThoseOfTheMatrix()
{
    QFETCH(int, columns);
    const Pair pair = drawn(23, columns, 4);
    VectorReader reader(pair.halves);

    QCOMPARE(pair.halves.rows(), Eigen::Index{23});
    QCOMPARE(pair.halves.cols(), Eigen::Index{columns});
    QVERIFY(pair.halves.floats() == nullptr);
    QVERIFY(pair.halves.decoded() == pair.floats);
    QVERIFY(reader.rows(3, 11) == pair.floats.middleRows(3, 11));
    const Vector x = Vector::LinSpaced(columns, -1.0F, 2.0F);
    std::vector<float> products(20);
    pair.halves.dot(2, x.data(), products);
    for (Eigen::Index row = 0; row < 23; ++row) {
        QVERIFY(reader.row(row) == pair.floats.row(row));
        QCOMPARE(pair.halves.isZero(row), pair.floats.row(row).isZero(0.0F));
        if (row >= 2 && row < 22) {
            QCOMPARE(products[static_cast<std::size_t>(row - 2)],
                     kernels::dot(pair.floats.row(row).data(), x.data(), static_cast<std::size_t>(columns)));
        }
    }
}

void KnowledgeVectorsTest::stackReadsAcrossItsParts()
{
    const Pair first = drawn(7, 6, 1);
    const Pair last = drawn(9, 6, 2);
    const Matrix middle = Matrix::Random(4, 6);
    const std::vector<KnowledgeVectors> parts{first.halves,
                                              KnowledgeVectors(middle),
                                              KnowledgeVectors::zeros(3, 6),
                                              KnowledgeVectors::zeros(0, 6),
                                              last.halves};
    Matrix expected(23, 6);
    expected << first.floats, middle, Matrix::Zero(3, 6), last.floats;

    const KnowledgeVectors all = KnowledgeVectors::stacked(parts);

    QVERIFY(all.decoded() == expected);
    QVERIFY(VectorReader(all).rows(5, 15) == expected.middleRows(5, 15));
    const Vector x = Vector::LinSpaced(6, -1.0F, 2.0F);
    std::vector<float> products(23);
    all.dot(0, x.data(), products);
    for (Eigen::Index row = 0; row < 23; ++row) {
        QCOMPARE(products[static_cast<std::size_t>(row)],
                 kernels::dot(expected.row(row).data(), x.data(), 6));
        QCOMPARE(all.isZero(row), expected.row(row).isZero(0.0F));
    }
    QCOMPARE(all.bytesOfNumber(), 2.0);
    QCOMPARE(KnowledgeVectors(middle).bytesOfNumber(), 4.0);
}

void KnowledgeVectorsTest::productsByBlocksAreThoseOfTheWhole_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    for (const int rows : {1, 3, 47, 480, 959, 960, 961, 1500, 2111}) {
        for (const int columns : {2, 5, 64, 200}) {
            QTest::addRow("%d x %d", rows, columns) << rows << columns;
        }
    }
}

void KnowledgeVectorsTest::productsByBlocksAreThoseOfTheWhole()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    const Pair pair = drawn(rows, columns, 5);
    const Matrix map = Matrix::Random(columns, columns);
    const auto product = [&](const KnowledgeVectors& vectors) {
        Matrix result(rows, columns);
        forRowsOf(vectors, [&](Eigen::Index first, const VectorReader::Rows& block) {
            result.middleRows(first, block.rows()).noalias() = block * map;
        });
        return result;
    };

    const Matrix whole = pair.floats * map;

    QVERIFY(product(pair.halves) == whole);
    QVERIFY(product(KnowledgeVectors(pair.floats)) == whole);
}

void KnowledgeVectorsTest::rearrangedRowsComeFromTheirSources()
{
    const Pair pair = drawn(6, 3, 8);
    const std::vector<std::size_t> sources{4, 0, 5, 1, 1, 3};
    Matrix expected(6, 3);
    for (Eigen::Index row = 0; row < 6; ++row) {
        expected.row(row) =
            pair.floats.row(static_cast<Eigen::Index>(sources[static_cast<std::size_t>(row)]));
    }

    const KnowledgeVectors halves = pair.halves.rearranged(sources);

    QVERIFY(halves.decoded() == expected);
    QVERIFY(KnowledgeVectors(pair.floats).rearranged(sources).decoded() == expected);
    QCOMPARE(halves.at(1).halves, pair.halves.at(0).halves); // the places, not the numbers
}

void KnowledgeVectorsTest::copiesShareTheirNumbers()
{
    const KnowledgeVectors vectors(Matrix(Matrix::Random(5, 4)));
    const KnowledgeVectors copy = vectors;
    QCOMPARE(copy.floats(), vectors.floats());
    QCOMPARE(VectorReader(copy).row(3).data(), vectors.floats()->row(3).data());
}

void KnowledgeVectorsTest::facetsHaveTheRowsOfTheirVectors()
{
    const Pair pair = drawn(4, 6, 12);
    Matrix expected(3, 6);
    expected << pair.floats.row(3), Matrix::Zero(1, 6), pair.floats.row(0);
    for (const KnowledgeVectors& vectors : {pair.halves, KnowledgeVectors(pair.floats)}) {
        const FacetVectors facets(vectors, {0, 0, 3, 4}, {3, FacetVectors::noRow, 0, 3});

        QCOMPARE(facets.items(), std::size_t{3});
        QCOMPARE(facets.decoded(0).rows(), Eigen::Index{0});
        QVERIFY(facets.decoded(1) == expected);
        QVERIFY(facets.decoded(2) == expected.topRows(1));
        QVERIFY(facets.rowsOf(3).empty()); // beyond the items
    }
    QVERIFY(FacetVectors().isEmpty());
    QVERIFY(FacetVectors().rowsOf(0).empty());
}

void KnowledgeVectorsTest::rearrangedItemsTakeTheirFacetsAlong()
{
    const Pair pair = drawn(4, 6, 13);
    const FacetVectors facets(pair.halves, {0, 1, 1, 3}, {2, 0, 1});
    const std::vector<std::size_t> sources{2, 1, 2, 0};

    const FacetVectors other = facets.rearranged(sources);

    QCOMPARE(other.items(), sources.size());
    for (std::size_t item = 0; item < sources.size(); ++item) {
        QVERIFY(other.decoded(item) == facets.decoded(sources[item]));
    }
    QCOMPARE(other.at(2).halves, facets.at(2).halves); // the rows, not the numbers
    QVERIFY(FacetVectors().rearranged({}).isEmpty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeVectorsTest)
#include "KnowledgeVectorsTest.moc"
