#include "core/evaluation/Measures.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

class MeasuresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreReadAsTheyAreWritten();
    void sameWordWithAndWithoutKIsAnotherMeasure();
    void wrongNamesSayWhatIsRight_data();
    void wrongNamesSayWhatIsRight();
    void everyMeasureHasOneDescription();
};

void MeasuresTest::namesAreReadAsTheyAreWritten()
{
    for (const MeasureDescription& measure : measures()) {
        const Result<MeasureName> name =
            parseMeasure(measure.hasK ? measure.base + "@20" : measure.base, "measures[0]");

        QVERIFY2(name, measure.base.c_str());
        QCOMPARE(name->base, measure.base);
        QCOMPARE(name->k, measure.hasK ? 20 : 0);
        QCOMPARE(&describe(*name), &measure);
    }
    QCOMPARE(parseMeasure("ndcg@10", "")->negatives, 0);
    QCOMPARE(parseMeasure("ndcg@10~99", "")->negatives, 99);
    QCOMPARE(parseMeasure("ndcg@10~99", "")->k, 10);
    QVERIFY(!parseMeasure("ndcg@10~99", "")->isGiven);
    QVERIFY(parseMeasure("ndcg@10", "")->ranksAll());
    const Result<MeasureName> cold = parseMeasure("hit-rate@10~cold", "");
    QVERIFY(cold->isCold && !cold->isSampled() && !cold->ranksAll());
    const Result<MeasureName> given = parseMeasure("mrr@5~given", "");
    QVERIFY(given->isGiven && given->isSampled() && !given->ranksAll() && !given->isCold);
    QCOMPARE(given->negatives, 0);
    QCOMPARE(given->k, 5);
    QCOMPARE(parseMeasure("ndcg@1", "")->k, 1);
    QCOMPARE(parseMeasure("ndcg@1000", "")->k, 1000);
}

void MeasuresTest::sameWordWithAndWithoutKIsAnotherMeasure()
{
    QVERIFY(describe(*parseMeasure("precision", "")).needsRatings);
    QVERIFY(!describe(*parseMeasure("precision@5", "")).needsRatings);
}

void MeasuresTest::wrongNamesSayWhatIsRight_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* sentence) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(sentence);
    };
    row("nddcg@10", "measures[2]: there is no measure nddcg@10. Did you mean ndcg@10?");
    row("RMSE", "measures[2]: there is no measure RMSE. Did you mean rmse?");
    row("hit-rat", "measures[2]: there is no measure hit-rat. Did you mean hit-rate@10?");
    row("ndcg", "measures[2]: the measure ndcg needs a K, as in ndcg@10.");
    row("rmse@10", "measures[2]: the measure rmse has no K; write rmse in place of rmse@10.");
    row("ndcg@0", "measures[2]: the K of ndcg@0 must be a whole number from 1 to 1000, as in ndcg@10.");
    row("ndcg@1001", "measures[2]: the K of ndcg@1001 must be a whole number from 1 to 1000, as in ndcg@10.");
    row("ndcg@-1", "measures[2]: the K of ndcg@-1 must be a whole number from 1 to 1000, as in ndcg@10.");
    row("ndcg@ten", "measures[2]: the K of ndcg@ten must be a whole number from 1 to 1000, as in ndcg@10.");
    row("ndcg@10~0",
        "measures[2]: behind the ~ of ndcg@10~0 stands how many negatives are sampled for each relevant "
        "item, "
        "a whole number from 1 to 100000, as in ndcg@10~99, given for those that were imported, as in "
        "ndcg@10~given, or cold for items new to the training, as in ndcg@10~cold.");
    row("ndcg@10~",
        "measures[2]: behind the ~ of ndcg@10~ stands how many negatives are sampled for each "
        "relevant item, a whole number from 1 to 100000, as in ndcg@10~99, given for those that were "
        "imported, as in ndcg@10~given, or cold for items new to the training, as in ndcg@10~cold.");
    row("coverage@10~given",
        "measures[2]: coverage@10~given looks at all items and takes no ~; write coverage@10. "
        "Measures "
        "of relevant items can, such as ndcg@10~99.");
    row("coverage@10~99",
        "measures[2]: coverage@10~99 looks at all items and takes no ~; write coverage@10. Measures "
        "of "
        "relevant items can, such as ndcg@10~99.");
    row("rmse@10~9", "measures[2]: the measure rmse has no K; write rmse in place of rmse@10~9.");
    row("ndcg@", "measures[2]: the K of ndcg@ must be a whole number from 1 to 1000, as in ndcg@10.");
}

void MeasuresTest::wrongNamesSayWhatIsRight()
{
    QFETCH(QString, name);
    QFETCH(QString, sentence);

    const Result<MeasureName> read = parseMeasure(name.toStdString(), "measures[2]");

    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::InvalidInput);
    QCOMPARE(QString::fromStdString(describe(read.error())), sentence);
}

void MeasuresTest::everyMeasureHasOneDescription()
{
    std::set<std::pair<std::string, bool>> names;
    std::set<std::string> titles;
    for (const MeasureDescription& measure : measures()) {
        QVERIFY2(names.emplace(measure.base, measure.hasK).second, measure.base.c_str());
        QVERIFY2(titles.insert(measure.title).second, measure.title.c_str());
        QVERIFY(!measure.meaning.empty());
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::MeasuresTest)
#include "MeasuresTest.moc"
