#include "core/ingest/sample/Sample.h"

#include "core/base/Parallel.h"
#include "core/ingest/sample/Truth.h"
#include "core/store/ImportLog.h"
#include "core/store/Statistics.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {
namespace {

std::string filesOf(const std::filesystem::path& folder)
{
    std::string all;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        all += path.filename().string() + "\n" + test::contentOf(path);
    }
    return all;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto count = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / count;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / count;
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t at = 0; at < a.size(); ++at) {
        ab += (a[at] - meanA) * (b[at] - meanB);
        aa += (a[at] - meanA) * (a[at] - meanA);
        bb += (b[at] - meanB) * (b[at] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace

class SampleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallHasThePromisedShape();
    void sameSeedGivesTheSameBytesForAnyNumberOfThreads();
    void otherLanguageKeepsTheRatings();
    void ratingsFollowTaste();
    void dirtyRowsLandInTheLedger();
    void refusesToOverwrite();
    void stoppedSampleLeavesNothingBehind();
};

void SampleTest::smallHasThePromisedShape()
{
    const test::Temporary temporary;
    const auto report = makeSample(temporary.path("s.transept"), {}, {});
    QVERIFY_OK(report);
    QCOMPARE(report->read, report->imported + report->rejected + report->skipped);

    const auto workspace = Workspace::open(temporary.path("s.transept"), Access::ReadOnly);
    QVERIFY_OK(workspace);
    const auto counts = statistics(*workspace, {});
    QVERIFY_OK(counts);

    QCOMPARE(counts->domains.size(), std::size_t{4});
    for (const DomainStatistics& domain : counts->domains) {
        QCOMPARE(domain.items, 800);
        QCOMPARE(domain.texts, 800);
        QVERIFY(domain.interactions > 5'000);
        QVERIFY(domain.firstTime.has_value());
    }
    const double shared = static_cast<double>(counts->sharedPersons) / 2'000.0;
    QVERIFY2(std::abs(shared - 0.6) < 0.05, qPrintable(QString::number(shared)));
}

void SampleTest::sameSeedGivesTheSameBytesForAnyNumberOfThreads()
{
    const test::Temporary temporary;
    setThreadCount(1);
    QVERIFY_OK(makeSample(temporary.path("a.transept"), {.seed = 3}, {}));
    setThreadCount(2);
    QVERIFY_OK(makeSample(temporary.path("b.transept"), {.seed = 3}, {}));
    QVERIFY_OK(makeSample(temporary.path("c.transept"), {.seed = 4}, {}));
    setThreadCount(0);

    QVERIFY(filesOf(temporary.path("a-files")) == filesOf(temporary.path("b-files")));
    QVERIFY(filesOf(temporary.path("a-files")) != filesOf(temporary.path("c-files")));
}

void SampleTest::otherLanguageKeepsTheRatings()
{
    const sample::DomainTruth english =
        sample::makeDomain(sample::Kind::Book, {}, sample::Language::English, 1);
    const sample::DomainTruth chinese =
        sample::makeDomain(sample::Kind::Book, {}, sample::Language::Chinese, 1);

    QVERIFY(english.items[0].title != chinese.items[0].title);
    const auto isAscii = [](unsigned char byte) { return byte < 128; };
    QVERIFY(std::all_of(english.items[0].description.begin(), english.items[0].description.end(), isAscii));
    QVERIFY(std::none_of(chinese.items[0].description.begin(), chinese.items[0].description.end(), isAscii));
    QCOMPARE(chinese.items[0].mix, english.items[0].mix);
}

void SampleTest::ratingsFollowTaste()
{
    const sample::WorldSize size{.people = 300, .itemsPerDomain = 200, .ratingsPerDomain = 9'000};
    const auto people = sample::makePeople(size, 3, 5);
    const auto truth = sample::makeDomain(sample::Kind::Film, size, sample::Language::English, 5);
    const auto ratings = sample::makeRatings(people, truth, 1, size, 5, {});
    QVERIFY_OK(ratings);

    std::vector<double> likings;
    std::vector<double> values;
    for (const sample::Rating& rating : *ratings) {
        const auto& mix = truth.items[rating.item].mix;
        const auto& taste = people[rating.person].taste;
        likings.push_back(std::inner_product(mix.begin(), mix.end(), taste.begin(), 0.0));
        values.push_back(rating.value);
    }
    const double found = correlation(likings, values);
    QVERIFY2(found > 0.4, qPrintable(QString::number(found)));
}

void SampleTest::dirtyRowsLandInTheLedger()
{
    const test::Temporary temporary;
    const auto report = makeSample(temporary.path("s.transept"), {}, {});
    QVERIFY_OK(report);
    QCOMPARE(report->rejected, 3 * 4); // four of the five dirty rows of each domain; the fifth is blank
    QVERIFY(report->skipped >= 3);

    const auto workspace = Workspace::open(temporary.path("s.transept"), Access::ReadOnly);
    QVERIFY_OK(workspace);
    const auto imports = ImportLog(*workspace).imports();
    QVERIFY_OK(imports);
    QCOMPARE(imports->size(), std::size_t{8});
}

void SampleTest::refusesToOverwrite()
{
    const test::Temporary temporary;
    const auto path = temporary.write("mine.transept", "my diary");

    const auto report = makeSample(path, {}, {});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::contentOf(path), std::string("my diary"));
}

void SampleTest::stoppedSampleLeavesNothingBehind()
{
    const test::Temporary temporary;
    std::stop_source stop;
    stop.request_stop();

    const auto report = makeSample(temporary.path("s.transept"), {}, {.stop = stop.get_token()});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Cancelled);
    QVERIFY(std::filesystem::is_empty(temporary.path(".")));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SampleTest)
#include "SampleTest.moc"
