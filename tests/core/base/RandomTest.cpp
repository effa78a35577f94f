#include "core/base/Random.h"

#include <QtTest/QTest>

#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

namespace transept {

class RandomTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void generatorIsThePublishedOne();
    void sameSeedStreamAndStepGiveTheSameNumbers();
    void neighbouringStreamsShareNothing();
    void belowIsUniform();
    void uniformFillsTheHalfOpenInterval();
    void normalHasItsMoments();
    void shuffleReachesEveryOrderEquallyOften();
};

namespace {

constexpr int draws = 200'000;

/// Pearson's statistic against equal counts.
double chiSquare(const std::vector<int>& counts)
{
    const double expected = static_cast<double>(std::accumulate(counts.begin(), counts.end(), 0)) /
                            static_cast<double>(counts.size());
    double sum = 0.0;
    for (const int count : counts) {
        sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
}

/// Far beyond the 99.99 % quantile: mean plus seven standard deviations of a chi-square of that many cells.
double limit(std::size_t cells)
{
    const auto freedom = static_cast<double>(cells - 1);
    return freedom + 7.0 * std::sqrt(2.0 * freedom);
}

} // namespace

void RandomTest::generatorIsThePublishedOne()
{
    // xoshiro256** of Blackman and Vigna written out a second time, started from SplitMix64 as the header
    // says.
    const auto mix = [](std::uint64_t& state) {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    };
    std::uint64_t seed = 1234567;
    QCOMPARE(mix(seed),
             6457827717110365317ULL); // the first value of SplitMix64 that Vigna's page gives for this seed

    std::uint64_t state = 42;
    state = mix(state) ^ 7;
    state = mix(state) ^ 9;
    std::array<std::uint64_t, 4> s{};
    for (std::uint64_t& word : s) {
        word = mix(state);
    }
    const auto rotate = [](std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    Random random(42, 7, 9);
    for (int draw = 0; draw < 100; ++draw) {
        const std::uint64_t expected = rotate(s[1] * 5, 7) * 9;
        const std::uint64_t t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = rotate(s[3], 45);
        QCOMPARE(random.next(), expected);
    }
}

void RandomTest::sameSeedStreamAndStepGiveTheSameNumbers()
{
    Random one(5, 6, 7);
    Random same(5, 6, 7);
    for (int draw = 0; draw < 1000; ++draw) {
        QCOMPARE(one.next(), same.next());
    }
}

void RandomTest::neighbouringStreamsShareNothing()
{
    std::set<std::uint64_t> seen;
    std::size_t drawn = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (std::uint64_t stream = 0; stream < 10; ++stream) {
            for (std::uint64_t step = 0; step < 10; ++step) {
                Random random(seed, stream, step);
                for (int draw = 0; draw < 10; ++draw) {
                    seen.insert(random.next());
                    ++drawn;
                }
            }
        }
    }
    QCOMPARE(seen.size(), drawn);

    // Correlation of two neighbours: about 0 with a standard deviation of 1 / sqrt(draws).
    Random left(1, 0);
    Random right(1, 1);
    double product = 0.0;
    for (int draw = 0; draw < draws; ++draw) {
        product += (left.uniform() - 0.5) * (right.uniform() - 0.5) * 12.0;
    }
    QVERIFY(std::abs(product / draws) < 5.0 / std::sqrt(double{draws}));
}

void RandomTest::belowIsUniform()
{
    for (const std::uint64_t bound : {1U, 2U, 3U, 7U, 100U}) {
        Random random(11, bound);
        std::vector<int> counts(bound);
        for (int draw = 0; draw < draws; ++draw) {
            const std::uint64_t value = random.below(bound);
            QVERIFY(value < bound);
            ++counts[static_cast<std::size_t>(value)];
        }
        QVERIFY2(bound == 1 || chiSquare(counts) < limit(counts.size()), std::to_string(bound).c_str());
    }
    // Two thirds of 2^64: without rejection the lower half of the range would come up twice as often.
    const std::uint64_t large = 0xAAAAAAAAAAAAAAAAULL;
    Random random(12);
    int low = 0;
    for (int draw = 0; draw < draws; ++draw) {
        low += random.below(large) < large / 2 ? 1 : 0;
    }
    QVERIFY(std::abs(low - draws / 2) < 5 * std::sqrt(draws / 4.0));
}

void RandomTest::uniformFillsTheHalfOpenInterval()
{
    Random random(13);
    std::vector<int> counts(64);
    for (int draw = 0; draw < draws; ++draw) {
        const double value = random.uniform();
        QVERIFY(value >= 0.0 && value < 1.0);
        ++counts[static_cast<std::size_t>(value * 64.0)];
    }
    QVERIFY(chiSquare(counts) < limit(counts.size()));
}

void RandomTest::normalHasItsMoments()
{
    Random random(14);
    double mean = 0.0;
    double square = 0.0;
    double fourth = 0.0;
    int withinOne = 0;
    for (int draw = 0; draw < draws; ++draw) {
        const double value = random.normal();
        QVERIFY(std::isfinite(value));
        mean += value / draws;
        square += value * value / draws;
        fourth += value * value * value * value / draws;
        withinOne += std::abs(value) < 1.0 ? 1 : 0;
    }
    const double error = 1.0 / std::sqrt(double{draws});
    QVERIFY(std::abs(mean) < 5.0 * error);
    QVERIFY(std::abs(square - 1.0) < 5.0 * std::sqrt(2.0) * error);
    QVERIFY(std::abs(fourth - 3.0) < 5.0 * std::sqrt(96.0) * error);
    QVERIFY(std::abs(withinOne / double{draws} - std::erf(std::sqrt(0.5))) < 5.0 * 0.47 * error);
}

void RandomTest::shuffleReachesEveryOrderEquallyOften()
{
    Random random(15);
    std::vector<int> counts(24);
    for (int draw = 0; draw < draws; ++draw) {
        std::array<int, 4> order{0, 1, 2, 3};
        random.shuffle(std::span<int>(order));
        int rank = 0; // of the permutation in lexicographic order
        for (std::size_t at = 0; at < 4; ++at) {
            const auto smaller = std::count_if(order.begin() + static_cast<std::ptrdiff_t>(at),
                                               order.end(),
                                               [&](int each) { return each < order[at]; });
            rank = rank * static_cast<int>(4 - at) + static_cast<int>(smaller);
        }
        ++counts[static_cast<std::size_t>(rank)];
    }
    QVERIFY(chiSquare(counts) < limit(counts.size()));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RandomTest)
#include "RandomTest.moc"
