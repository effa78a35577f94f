#include "core/base/Words.h"
#include "core/base/Result.h"

#include <QtTest/QTest>

namespace transept {

class WordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearestWordIsTheLikelyOne();
    void numbersAreReadWholeAndInTheCLocale_data();
    void numbersAreReadWholeAndInTheCLocale();
    void integersThatDoNotFitAreNone();
    void blanksAreTrimmedAtBothEnds();
    void sentencesTakeTheirArgumentsByNumber();
};

void WordsTest::nearestWordIsTheLikelyOne()
{
    const std::vector<std::string> words{"films", "books", "music"};
    QCOMPARE(nearestWord("film", words), std::optional<std::string>("films"));
    QCOMPARE(nearestWord("muisc", words), std::optional<std::string>("music"));
    QCOMPARE(nearestWord("moosic", words), std::optional<std::string>("music"));
    QCOMPARE(nearestWord("mosaic", {"mosiac"}), std::optional<std::string>("mosiac"));
    QCOMPARE(nearestWord("boots", {"books", "boats"}), std::optional<std::string>("books"));
    QCOMPARE(nearestWord("rocks", words), std::nullopt); // two edits in five letters are too many
    QCOMPARE(nearestWord("musik", words), std::optional<std::string>("music"));
    QCOMPARE(nearestWord("games", words), std::nullopt);
    QCOMPARE(nearestWord("", words), std::nullopt);
    QCOMPARE(nearestWord("films", {}), std::nullopt);
}

void WordsTest::numbersAreReadWholeAndInTheCLocale_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<double>("value");
    QTest::newRow("plain") << QByteArray("4.5") << true << 4.5;
    QTest::newRow("plus") << QByteArray("+4") << true << 4.0;
    QTest::newRow("minus") << QByteArray("-4e2") << true << -400.0;
    QTest::newRow("point first") << QByteArray(".5") << true << 0.5;
    QTest::newRow("comma") << QByteArray("4,5") << false << 0.0;
    QTest::newRow("rest") << QByteArray("4.5x") << false << 0.0;
    QTest::newRow("blank before") << QByteArray(" 4.5") << false << 0.0;
    QTest::newRow("blank after") << QByteArray("4.5 ") << false << 0.0;
    QTest::newRow("two signs") << QByteArray("+-4") << false << 0.0;
    QTest::newRow("two pluses") << QByteArray("++4") << false << 0.0;
    QTest::newRow("sign alone") << QByteArray("+") << false << 0.0;
    QTest::newRow("nan") << QByteArray("nan") << false << 0.0;
    QTest::newRow("inf") << QByteArray("inf") << false << 0.0;
    QTest::newRow("too large") << QByteArray("1e999") << false << 0.0;
    QTest::newRow("hexadecimal") << QByteArray("0x10") << false << 0.0;
    QTest::newRow("empty") << QByteArray("") << false << 0.0;
}

void WordsTest::numbersAreReadWholeAndInTheCLocale()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isNumber);
    QFETCH(double, value);

    const std::optional<double> read = parseReal(text.toStdString());

    QCOMPARE(read.has_value(), isNumber);
    QVERIFY(!read || *read == value);
}

void WordsTest::integersThatDoNotFitAreNone()
{
    QCOMPARE(parseInteger("9223372036854775807"), std::optional(9223372036854775807LL));
    QCOMPARE(parseInteger("9223372036854775808"), std::nullopt);
    QCOMPARE(parseInteger("1.0"), std::nullopt);
    QCOMPARE(parseInteger("007"), std::optional(7LL));
}

void WordsTest::blanksAreTrimmedAtBothEnds()
{
    QCOMPARE(trimmed(" \t a b\r\n"), "a b");
    QCOMPARE(trimmed(" \t\r\n"), "");
    QCOMPARE(trimmed(""), "");
    QCOMPARE(listed({"a", "b", "c"}), "a, b, c");
    QCOMPARE(listed({}), "");
}

void WordsTest::sentencesTakeTheirArgumentsByNumber()
{
    const auto text = [](std::string sentence, std::vector<std::string> arguments) {
        return describe({.sentence = std::move(sentence), .arguments = std::move(arguments)});
    };
    QCOMPARE(text("%2 before %1", {"a", "b"}), "b before a");
    QCOMPARE(text("100 % of %1", {"%2"}), "100 % of %2"); // an argument is never read as a sentence
    QCOMPARE(text("%3 and %", {"a"}), "%3 and %");
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::WordsTest)
#include "WordsTest.moc"
