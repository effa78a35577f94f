#include "tests/core/model/ModelTesting.h"
#include "tests/core/model/SamplingTesting.h"
#include "tests/support/SharedData.h"

#include <QtTest/QTest>

namespace transept {

/// What methods reach on real data where that takes long: too slow for instrumented builds.
class RealFiguresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slimReachesTheQualityOfEase();
    void samplersReachTheirFigures_data();
    void samplersReachTheirFigures();
};

void RealFiguresTest::slimReachesTheQualityOfEase()
{
    NEED_SHARED_DATA();
    const test::RankingCase films = test::movieLensPositives(*test::sharedData());
    const double ease = test::ndcgAt10(*test::fitted("ease", Json::object(), films.data), films);
    const double near =
        test::ndcgAt10(*test::fitted("ease", {{"solver", "neighbourhood"}}, films.data), films);
    const double slim = test::ndcgAt10(*test::fitted("slim", Json::object(), films.data), films);
    qInfo("NDCG@10 on MovieLens: ease %.4f, by neighbourhoods of 300 %.4f, slim %.4f", ease, near, slim);
    QVERIFY(near > 0.98 * ease);
    QVERIFY(slim > 0.95 * ease);
}

void RealFiguresTest::samplersReachTheirFigures_data()
{
    QTest::addColumn<double>("atMost");
    QTest::newRow("bayesian-mf") << 0.8595;
    QTest::newRow("fm") << 0.8595;
}

void RealFiguresTest::samplersReachTheirFigures()
{
    NEED_SHARED_DATA();
    QFETCH(double, atMost);
    const double found = test::rmseOnMovieLens(QTest::currentDataTag(), *test::sharedData());
    qInfo("RMSE %.4f", found);
    QVERIFY(found < atMost);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RealFiguresTest)
#include "RealFiguresTest.moc"
