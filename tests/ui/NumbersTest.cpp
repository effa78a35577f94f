#include "ui/text/Numbers.h"

#include <QtCore/QLocale>
#include <QtTest/QTest>

#include <limits>

using namespace transept::ui;

class NumbersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void realShowsThreeSignificantDigits_data();
    void realShowsThreeSignificantDigits();
    void exactlyShowsAllDigitsAndNoMore_data();
    void exactlyShowsAllDigitsAndNoMore();
    void countHasThousandsSeparators();
    void missingIsAnEnDash();
    void signIsShownWhenAskedFor();
    void durationUsesTwoUnits_data();
    void durationUsesTwoUnits();
    void smallProbabilityIsABound();
    void parseReadsTheLanguageAndC();
    void parseRefusesWhatIsNotFinite();
};

void NumbersTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void NumbersTest::realShowsThreeSignificantDigits_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("expected");

    QTest::newRow("below one") << 0.85312 << QStringLiteral("0.853");
    QTest::newRow("tens") << 14.239 << QStringLiteral("14.2");
    QTest::newRow("digits before the point stay") << 123456.7 << QStringLiteral("123,457");
    QTest::newRow("rounding adds a digit") << 0.99996 << QStringLiteral("1.00");
    QTest::newRow("rounding at ten") << 9.9996 << QStringLiteral("10.0");
    QTest::newRow("exactly one") << 1.0 << QStringLiteral("1.00");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0.00");
    QTest::newRow("small") << 0.000123 << QStringLiteral("0.000123");
    QTest::newRow("tiny") << 4.1e-7 << QStringLiteral("4.10e\u221207");
    QTest::newRow("negative") << -0.0704 << QStringLiteral("\u22120.0704");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("NaN");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QStringLiteral("\u221e");
    QTest::newRow("minus infinite") << -std::numeric_limits<double>::infinity()
                                    << QStringLiteral("\u2212\u221e");
}

void NumbersTest::realShowsThreeSignificantDigits()
{
    QFETCH(double, value);
    QFETCH(QString, expected);

    QCOMPARE(numbers::real(value).toLower(), expected.toLower());
}

void NumbersTest::exactlyShowsAllDigitsAndNoMore_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("star") << 5.0 << "5";
    QTest::newRow("half star") << 3.5 << "3.5";
    QTest::newRow("zero") << 0.0 << "0";
    QTest::newRow("round play count") << 300000.0 << "300,000";
    QTest::newRow("play count") << 352698.0 << "352,698";
    QTest::newRow("negative") << -0.25 << "\u22120.25";
}

void NumbersTest::exactlyShowsAllDigitsAndNoMore()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(numbers::exactly(value), text);
}

void NumbersTest::countHasThousandsSeparators()
{
    QCOMPARE(numbers::count(412907), QStringLiteral("412,907"));
}

void NumbersTest::missingIsAnEnDash()
{
    QCOMPARE(numbers::real(std::optional<double>()), QStringLiteral("\u2013"));
    QCOMPARE(numbers::count(std::optional<std::int64_t>()), QStringLiteral("\u2013"));
    QCOMPARE(numbers::probability(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("\u2013"));
}

void NumbersTest::signIsShownWhenAskedFor()
{
    QCOMPARE(numbers::signedReal(0.0191), QStringLiteral("+0.0191"));
    QCOMPARE(numbers::signedReal(-0.0191), QStringLiteral("\u22120.0191"));
    QCOMPARE(numbers::signedReal(0.0), QStringLiteral("0.00"));
}

void NumbersTest::durationUsesTwoUnits_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("expected");

    QTest::newRow("less than a second") << 0.2 << QStringLiteral("< 1 s");
    QTest::newRow("seconds") << 14.3 << QStringLiteral("14 s");
    QTest::newRow("rounds up to a minute") << 59.7 << QStringLiteral("1 min 0 s");
    QTest::newRow("minutes") << 200.0 << QStringLiteral("3 min 20 s");
    QTest::newRow("hours") << 7500.0 << QStringLiteral("2 h 5 min");
    QTest::newRow("days") << 97200.0 << QStringLiteral("1 d 3 h");
    QTest::newRow("unknown") << -1.0 << QStringLiteral("\u2013");
}

void NumbersTest::durationUsesTwoUnits()
{
    QFETCH(double, seconds);
    QFETCH(QString, expected);

    QCOMPARE(numbers::duration(seconds), expected);
}

void NumbersTest::smallProbabilityIsABound()
{
    QCOMPARE(numbers::probability(0.00004), QStringLiteral("< 0.001"));
    QCOMPARE(numbers::probability(0.0131), QStringLiteral("0.013"));
}

void NumbersTest::parseReadsTheLanguageAndC()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));

    QCOMPARE(numbers::parse(QStringLiteral("0,25")), std::optional(0.25));
    QCOMPARE(numbers::parse(QStringLiteral(" 1e-3 ")), std::optional(0.001));
}

void NumbersTest::parseRefusesWhatIsNotFinite()
{
    QVERIFY(!numbers::parse(QStringLiteral("nan")));
    QVERIFY(!numbers::parse(QStringLiteral("inf")));
    QVERIFY(!numbers::parse(QStringLiteral("ten")));
}

QTEST_GUILESS_MAIN(NumbersTest)
#include "NumbersTest.moc"
