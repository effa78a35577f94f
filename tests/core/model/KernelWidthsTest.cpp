#include "core/base/Random.h"
#include "core/model/AlsKernel.h"
#include "core/model/BprKernel.h"
#include "core/model/FusionKernel.h"
#include "core/model/GaussianBatch.h"
#include "core/model/Propagation.h"
#include "tests/support/VectorWidths.h"

#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

using namespace transept;

/// Every kernel of the methods gives the same bits with every width of the processor's registers.
class KernelWidthsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { limitVectorBytes(64); }

    void everyWidthGivesTheSameBits_data();
    void everyWidthGivesTheSameBits();
    void dotsAddNeighbouringLanesFirst();
    void templatesGiveTheSameBits();
};

namespace {

using Numbers = std::vector<float, CacheAligned<float>>;

/// As many numbers as a kernel computed, by the number of factors.
using Kernel = Numbers (*)(std::size_t size);

std::size_t paddedTo16(std::size_t size)
{
    return (size + 15) / 16 * 16;
}

Numbers drawn(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    Numbers numbers(count);
    for (float& number : numbers) {
        number = static_cast<float>(0.5 * random.normal());
    }
    return numbers;
}

void append(Numbers& all, const Numbers& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

Numbers pairSteps(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    Numbers users = drawn(7 * stride, 1);
    Numbers items = drawn(5 * stride, 2);
    std::vector<BiasTerm<float>> userBiases(7, {.value = 0.1F, .decay = 0.01F});
    std::vector<BiasTerm<float>> itemBiases(5, {.value = -0.2F, .decay = 0.02F});
    const std::array<PairDomain, 2> domains{PairDomain{.decay = 0.03F},
                                            PairDomain{.loss = PairLoss::Logistic, .rate = 0.5F}};
    std::vector<PairEvent> events;
    for (std::uint32_t at = 0; at < 50; ++at) {
        events.push_back(
            {.user = at % 7, .item = at % 5, .value = static_cast<float>(at % 2), .domain = at / 25});
    }
    const PairTotals totals = stepThroughEvents({.users = users.data(),
                                                 .items = items.data(),
                                                 .userBiases = userBiases.data(),
                                                 .itemBiases = itemBiases.data(),
                                                 .domains = domains.data(),
                                                 .stride = stride},
                                                0.05F,
                                                events);
    append(users, items);
    users.push_back(static_cast<float>(totals.loss));
    users.push_back(userBiases[3].value);
    users.push_back(itemBiases[3].value);
    return users;
}

Numbers tripleSteps(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    Numbers users = drawn(7 * stride, 3);
    Numbers items = drawn(6 * stride, 4);
    Numbers biases = drawn(6, 5);
    const std::array<TripleRates<float>, 1> rates{{{.rate = 0.1F, .biasRate = 0.05F, .decay = 0.02F}}};
    std::vector<Triple> triples;
    for (std::uint32_t at = 0; at < 50; ++at) {
        triples.push_back({.user = at % 7, .positive = at % 3, .negative = 3 + at % 2});
    }
    const TripleFactors factors{
        .users = users.data(), .items = items.data(), .itemBiases = biases.data(), .stride = stride};
    const double loss = stepThroughTriples(factors, rates, triples);
    const OrderChance<float> chance = orderChance(factors.rowsOf(triples.front()));
    Numbers all{static_cast<float>(loss), chance.right, chance.wrong};
    append(all, users);
    append(all, items);
    append(all, biases);
    return all;
}

constexpr std::size_t rowCount = 37;

Numbers gatheredRows(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = drawn(rowCount * stride, 6);
    const Numbers roots = drawn(11, 7);
    const std::vector<std::int32_t> columns{3, 1, 36, 0, 9, 9, 20, 30, 31, 32, 5};
    Numbers out(16 * stride, 1.0F);
    als::gatherRows({.rows = rows.data(), .stride = stride}, columns, roots.data(), out.data());
    return out;
}

/// Random rows, and the zero rows that follow.
Numbers paddedRows(std::size_t stride)
{
    Numbers rows = drawn(rowCount * stride, 8);
    rows.resize(paddedTo16(rowCount) * stride);
    return rows;
}

Numbers upperTriangle(const Numbers& matrix, std::size_t size)
{
    Numbers upper;
    for (std::size_t row = 0; row < size; ++row) {
        upper.insert(upper.end(),
                     matrix.begin() + static_cast<std::ptrdiff_t>(row * size + row),
                     matrix.begin() + static_cast<std::ptrdiff_t>((row + 1) * size));
    }
    return upper;
}

Numbers outerProducts(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = paddedRows(stride);
    Numbers sums = drawn(stride * stride, 9);
    als::addOuterProducts({rows.data(), rowCount, stride}, stride, sums.data(), sums.data());
    return upperTriangle(sums, stride);
}

Numbers dots(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = paddedRows(stride);
    Numbers out = drawn(paddedTo16(rowCount), 10);
    als::addDots({rows.data(), rowCount, stride}, stride, drawn(stride, 11).data(), -1.0F, out.data());
    return out;
}

Numbers sumOfRows(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = paddedRows(stride);
    Numbers sum = drawn(stride, 12);
    als::addRows({rows.data(), rowCount, stride}, stride, drawn(paddedTo16(rowCount), 13).data(), sum.data());
    return sum;
}

Numbers normalProduct(std::size_t size)
{
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = paddedRows(stride);
    Numbers sum = drawn(stride, 14);
    als::addNormalProduct({rows.data(), rowCount, stride}, stride, drawn(stride, 15).data(), sum.data());
    return sum;
}

Numbers solutions(std::size_t size)
{
    constexpr std::size_t systemCount = 3;
    const std::size_t stride = paddedTo16(size);
    const Numbers rows = paddedRows(stride);
    Numbers start(stride * stride);
    for (std::size_t at = 0; at < stride; ++at) {
        start[at * stride + at] = 1.0F;
    }
    als::addOuterProducts({rows.data(), rowCount, stride}, stride, start.data(), start.data());
    Numbers matrices;
    for (std::size_t system = 0; system < systemCount; ++system) {
        append(matrices, start);
        matrices[system * stride * stride] += static_cast<float>(system);
    }
    Numbers rights = drawn(systemCount * stride, 16);
    Numbers scales(systemCount * stride);
    std::vector<als::System> systems;
    for (std::size_t system = 0; system < systemCount; ++system) {
        systems.push_back({.matrix = matrices.data() + system * stride * stride,
                           .right = rights.data() + system * stride,
                           .scales = scales.data() + system * stride});
    }
    rights.push_back(als::solveSystems(systems, stride) ? 1.0F : 0.0F);
    return rights;
}

/// Sums of weighted rows of `size` numbers.
RowSums rowSums(std::size_t size)
{
    FactorMatrix rows(rowCount, size);
    for (std::size_t row = 0; row < rowCount; ++row) {
        const Numbers numbers = drawn(size, 100 + row);
        std::ranges::copy(numbers, rows.row(row).begin());
    }
    std::vector<std::uint32_t> places;
    for (std::uint32_t at = 0; at < 300; ++at) {
        places.push_back(static_cast<std::uint32_t>(at * 7 % rowCount));
    }
    const Numbers targets = drawn(places.size(), 17);
    const std::vector<float> weights(places.size(), 0.7F);
    RowSums sums(size);
    sums.add(rows, places, targets, weights);
    return sums;
}

Numbers sumsOfRows(std::size_t size)
{
    const RowSums sums = rowSums(size);
    Numbers all;
    for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            all.push_back(sums.products[row * sums.stride + column]);
        }
        all.push_back(sums.plain[row]);
        all.push_back(sums.weighted[row]);
    }
    return all;
}

Numbers gaussianDraws(std::size_t size)
{
    const RowSums sums = rowSums(size);
    const auto width = static_cast<Eigen::Index>(size) + 1;
    const Eigen::MatrixXf precision = Eigen::MatrixXf::Identity(width, width);
    const Eigen::VectorXf pull = Eigen::VectorXf::Ones(width);
    GaussianBatch batch(size);
    for (std::size_t lane = 0; lane < GaussianBatch::lanes; ++lane) {
        batch.set(lane, sums, 1.0 + static_cast<double>(lane), precision, pull);
        const Numbers noise = drawn(batch.size(), 200 + lane);
        for (std::size_t number = 0; number < batch.size(); ++number) {
            batch.noise(lane, number) = noise[number];
        }
    }
    batch.factorise();
    batch.draw();
    Numbers all;
    for (std::size_t lane = 0; lane < GaussianBatch::lanes; ++lane) {
        for (std::size_t number = 0; number < batch.size(); ++number) {
            all.push_back(batch.drawn(lane, number));
        }
        all.push_back(batch.energy(lane));
    }
    return all;
}

Numbers projections(std::size_t size)
{
    constexpr std::size_t dimension = 5;
    const std::size_t stride = paddedTo16(size);
    const Numbers knowledge = drawn(rowCount * dimension, 18);
    std::vector<const float*> vectors;
    for (std::size_t row = 0; row < rowCount; ++row) {
        vectors.push_back(knowledge.data() + row * dimension);
    }
    Numbers projected(rowCount * stride);
    projectRows(vectors, dimension, drawn(dimension * stride, 19).data(), stride, projected.data());
    Numbers gradient = drawn(dimension * stride, 20);
    addProjectionGradient(vectors, dimension, projected.data(), stride, gradient.data());
    append(projected, gradient);
    return projected;
}

/// Two steps on a graph in which user u has the items u and 2 u + 1 modulo their number.
Numbers propagated(std::size_t size)
{
    constexpr std::size_t itemCount = 11;
    Positives positives{.firstColumns = {0, itemCount}};
    for (std::uint32_t user = 0; user < rowCount; ++user) {
        const auto [low, high] = std::minmax({user % itemCount, (2 * user + 1) % itemCount});
        positives.columns.push_back(static_cast<std::uint32_t>(low));
        if (high > low) {
            positives.columns.push_back(static_cast<std::uint32_t>(high));
        }
        positives.starts.push_back(positives.columns.size());
    }
    NodeVectors x{.users = FactorMatrix(rowCount, size), .items = FactorMatrix(itemCount, size)};
    x.users.values = drawn(x.users.values.size(), 22);
    x.items.values = drawn(x.items.values.size(), 23);
    NodeVectors sum;
    Propagation::Workspace work;
    const Status status = Propagation(positives).mean(x, 2, sum, work, {});
    Numbers all{status ? 1.0F : 0.0F};
    append(all, sum.users.values);
    append(all, sum.items.values);
    return all;
}

/// The prediction and its gradients by all numbers of an event with two facets.
template<std::size_t Bytes>
Numbers fused(Fusion fusion)
{
    constexpr std::size_t stride = 48;
    Numbers numbers = drawn(10 * stride, 21);
    Numbers gradients(10 * stride);
    const auto placesIn = [](Numbers& where) {
        const auto row = [&](std::size_t number) { return where.data() + number * stride; };
        return FusionPlaces<float>{.p = row(0),
                                   .taste = row(1),
                                   .q = row(2),
                                   .userBias = row(3),
                                   .itemBias = row(3) + 1,
                                   .projected = row(4),
                                   .attended = row(6),
                                   .gateItem = row(8),
                                   .gateKnowledge = row(9),
                                   .facets = 2,
                                   .stride = stride};
    };
    const FusionRules<float> rules{
        .fusion = fusion, .alpha = 0.7F, .userWeight = 0.3F, .itemWeight = 0.5F, .inverseRoot = 0.25F};
    FusionScratch<float> scratch;
    scratch.reserve(2);
    const float prediction = fusionPrediction<Bytes>(rules, placesIn(numbers), scratch);
    addFusionGradient<Bytes>(rules, placesIn(numbers), scratch, 0.9F, placesIn(gradients));
    gradients.push_back(prediction);
    return gradients;
}

bool sameBits(const Numbers& a, const Numbers& b)
{
    return std::ranges::equal(
        a, b, {}, std::bit_cast<std::uint32_t, float>, std::bit_cast<std::uint32_t, float>);
}

} // namespace

void KernelWidthsTest::everyWidthGivesTheSameBits_data()
{
    QTest::addColumn<Kernel>("kernel");
    QTest::addColumn<std::size_t>("size");
    const std::pair<const char*, Kernel> kernels[] = {{"steps through events", pairSteps},
                                                      {"steps through triples", tripleSteps},
                                                      {"gathered rows", gatheredRows},
                                                      {"outer products", outerProducts},
                                                      {"dots", dots},
                                                      {"sum of rows", sumOfRows},
                                                      {"normal product", normalProduct},
                                                      {"solutions", solutions},
                                                      {"sums of rows", sumsOfRows},
                                                      {"Gaussian draws", gaussianDraws},
                                                      {"projections", projections},
                                                      {"propagation", propagated}};
    for (const auto& [name, kernel] : kernels) {
        for (const std::size_t size : {3, 7, 11, 16, 29, 48, 64, 80}) {
            QTest::addRow("%s, %zu factors", name, size) << kernel << size;
        }
    }
}

void KernelWidthsTest::everyWidthGivesTheSameBits()
{
    QFETCH(Kernel, kernel);
    QFETCH(std::size_t, size);
    limitVectorBytes(16);
    const Numbers expected = kernel(size);
    QVERIFY(std::ranges::all_of(expected, [](float each) { return std::isfinite(each); }));
    for (const std::size_t bytes : test::vectorWidths()) {
        limitVectorBytes(bytes);
        QVERIFY(sameBits(kernel(size), expected));
    }
}

/// Lane l of a row's sum adds the products l, l + 16 ...; then lanes that differ by 1 are added, by 2, 4
/// and 8.
void KernelWidthsTest::dotsAddNeighbouringLanesFirst()
{
    constexpr std::size_t stride = 48;
    const Numbers rows = paddedRows(stride);
    const Numbers x = drawn(stride, 11);
    for (const std::size_t bytes : test::vectorWidths()) {
        limitVectorBytes(bytes);
        Numbers out(paddedTo16(rowCount));
        als::addDots({rows.data(), rowCount, stride}, stride, x.data(), 1.0F, out.data());
        for (std::size_t row = 0; row < rowCount; ++row) {
            std::array<float, 16> lanes{};
            for (std::size_t at = 0; at < stride; ++at) {
                lanes[at % 16] += rows[row * stride + at] * x[at];
            }
            for (std::size_t step = 1; step < 16; step *= 2) {
                for (std::size_t lane = 0; lane < 16; lane += 2 * step) {
                    lanes[lane] += lanes[lane + step];
                }
            }
            QCOMPARE(std::bit_cast<std::uint32_t>(out[row]), std::bit_cast<std::uint32_t>(lanes[0]));
        }
    }
}

void KernelWidthsTest::templatesGiveTheSameBits()
{
    for (const Fusion fusion :
         {Fusion::Seed, Fusion::Additive, Fusion::Concat, Fusion::Gated, Fusion::Weighted}) {
        const Numbers expected = fused<16>(fusion);
        QVERIFY(sameBits(fused<32>(fusion), expected));
        QVERIFY(sameBits(fused<64>(fusion), expected));
    }
}

QTEST_GUILESS_MAIN(KernelWidthsTest)
#include "KernelWidthsTest.moc"
