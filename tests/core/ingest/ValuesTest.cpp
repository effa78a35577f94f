#include "core/ingest/Values.h"
#include "core/ingest/KeyTable.h"
#include "core/ingest/Repair.h"
#include "core/ingest/TextSource.h"

#include <QtTest/QTest>

#include <limits>

using namespace transept;

class ValuesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreSecondsMillisecondsOrDates_data();
    void timesAreSecondsMillisecondsOrDates();
    void textsAreNoTimes();
    void numbersAreReadInTheCLocale();
    void whatIsNotFiniteIsToldFromWhatIsNoNumber();
    void entitiesAreDecodedAndOtherAmpersandsKept();
    void cutEntitiesAreJoinedWhenTheRowFitsThen();
    void latin1BecomesUtf8();
    void utf16BecomesUtf8WhereverItIsCut();
    void brokenUtf16IsNotValidText();
    void invalidUtf8IsFound_data();
    void invalidUtf8IsFound();
    void keysAreNumberedInTheOrderOfTheirFirstUse();
};

void ValuesTest::timesAreSecondsMillisecondsOrDates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << QByteArray("1260759144") << qint64{1260759144};
    QTest::newRow("milliseconds") << QByteArray("1260759144789") << qint64{1260759144};
    QTest::newRow("seconds with a fraction") << QByteArray("1260759144.75") << qint64{1260759144};
    QTest::newRow("blanks") << QByteArray(" 17 ") << qint64{17};
    QTest::newRow("before 1970") << QByteArray("-86400") << qint64{-86400};
    QTest::newRow("date") << QByteArray("1970-01-02") << qint64{86400};
    QTest::newRow("leap day") << QByteArray("2016-02-29") << qint64{1456704000};
    QTest::newRow("date and time") << QByteArray("2016-05-31 12:00:01") << qint64{1464696001};
    QTest::newRow("with zone") << QByteArray("2016-05-31T12:00:01Z") << qint64{1464696001};
    QTest::newRow("with offset") << QByteArray("2016-05-31T14:00:01+02:00") << qint64{1464696001};
    QTest::newRow("with fraction") << QByteArray("2016-05-31T12:00:01.999Z") << qint64{1464696001};
}

void ValuesTest::timesAreSecondsMillisecondsOrDates()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);

    const auto time = parseTime(text.toStdString());

    QVERIFY(time.has_value());
    QCOMPARE(qint64{*time}, seconds);
}

void ValuesTest::textsAreNoTimes()
{
    for (const char* text :
         {"yesterday", "2015-02-29", "2016-13-01", "2016-05-31T25:00", "12:00", "1e99", "nan", "-"}) {
        QVERIFY2(!parseTime(text), text);
    }
}

void ValuesTest::numbersAreReadInTheCLocale()
{
    double value = 0.0;
    for (const auto& [text, expected] :
         {std::pair{"4.5", 4.5}, {" 4 ", 4.0}, {"+3", 3.0}, {"-0.5", -0.5}, {"1e2", 100.0}}) {
        QCOMPARE(parseNumber(text, value), NumberProblem::None);
        QCOMPARE(value, expected);
    }
    for (const char* text : {"", "four", "4,5", "4.5x", "0x10", "--1", "+-1"}) {
        QVERIFY2(parseNumber(text, value) == NumberProblem::NotANumber, text);
    }
}

void ValuesTest::whatIsNotFiniteIsToldFromWhatIsNoNumber()
{
    double value = 0.0;
    for (const char* text : {"nan", "inf", "-inf", "1e999"}) {
        QVERIFY2(parseNumber(text, value) == NumberProblem::NotFinite, text);
    }
}

void ValuesTest::entitiesAreDecodedAndOtherAmpersandsKept()
{
    QCOMPARE(withoutEntities("Simon &amp; Schuster"), "Simon & Schuster");
    QCOMPARE(withoutEntities("&lt;b&gt; &quot;x&quot; it&#39;s &#x41;"), "<b> \"x\" it's A");
    QCOMPARE(withoutEntities("AT&T &unknown; & &#0; &"), "AT&T &unknown; & &#0; &");
    QCOMPARE(withoutEntities("&#8364;"), "€");
}

void ValuesTest::cutEntitiesAreJoinedWhenTheRowFitsThen()
{
    RepairedRow repaired;
    const std::vector<std::string_view> cut{"1", "Angels &amp", " Demons", "Brown", ""};

    QVERIFY(repairCutEntities(cut, 3, repaired));
    QCOMPARE(repaired.fields[1], "Angels &amp; Demons");
    QVERIFY(!repairCutEntities(cut, 2, repaired));
    const std::vector<std::string_view> other{"1", "Angels", "Demons", "Brown"};
    QVERIFY(!repairCutEntities(other, 3, repaired));
}

std::string decoded(Format::Encoding encoding, std::string_view bytes, std::size_t piece)
{
    Decoder decoder(encoding);
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        decoder.decode(bytes.substr(at, piece), text);
    }
    decoder.finish(text);
    return text;
}

void ValuesTest::latin1BecomesUtf8()
{
    QCOMPARE(decoded(Format::Encoding::Latin1, "caf\xE9 \x80", 1), "café €");
    QVERIFY(!isValidUtf8(decoded(Format::Encoding::Latin1, "\x81", 1)));
}

void ValuesTest::utf16BecomesUtf8WhereverItIsCut()
{
    using namespace std::string_view_literals;
    for (std::size_t piece = 1; piece < 6; ++piece) {
        QCOMPARE(decoded(Format::Encoding::Utf16Le,
                         "\xFF\xFE"
                         "a\0\xE9\0\x3D\xD8\x00\xDE"sv,
                         piece),
                 "aé😀");
        QCOMPARE(decoded(Format::Encoding::Utf16Be, "\xFE\xFF\0a\0\xE9\xD8\x3D\xDE\x00"sv, piece), "aé😀");
        QCOMPARE(decoded(Format::Encoding::Utf8,
                         "\xEF\xBB\xBF"
                         "aé"sv,
                         piece),
                 "aé");
    }
}

void ValuesTest::brokenUtf16IsNotValidText()
{
    using namespace std::string_view_literals;
    QVERIFY(!isValidUtf8(decoded(Format::Encoding::Utf16Le,
                                 "\x3D\xD8"
                                 "a\0"sv,
                                 4)));
    QVERIFY(!isValidUtf8(decoded(Format::Encoding::Utf16Le, "\x00\xDE"sv, 2)));
    QVERIFY(!isValidUtf8(decoded(Format::Encoding::Utf16Le, "a\0b"sv, 3)));
}

void ValuesTest::invalidUtf8IsFound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a lone continuation") << QByteArray("abcdefgh\x80");
    QTest::newRow("cut") << QByteArray("abcdefg\xC3");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF");
    QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
    QTest::newRow("too large") << QByteArray("\xF4\x90\x80\x80");
    QTest::newRow("never") << QByteArray("\xFF");
}

void ValuesTest::invalidUtf8IsFound()
{
    QFETCH(QByteArray, bytes);

    QVERIFY(!isValidUtf8(bytes.toStdString()));
    QVERIFY(isValidUtf8(withEscapedBytes(bytes.toStdString())));
}

void ValuesTest::keysAreNumberedInTheOrderOfTheirFirstUse()
{
    KeyTable table;
    for (int round = 0; round < 2; ++round) {
        for (std::uint32_t each = 0; each < 5000; ++each) {
            QCOMPARE(table.number("key " + std::to_string(each)), each);
        }
    }
    QCOMPARE(table.size(), 5000U);
    QCOMPARE(table.key(4999), "key 4999");
    QCOMPARE(table.find("key 17"), 17U);
    QCOMPARE(table.find("nobody"), table.size());
    QCOMPARE(table.number(""), 5000U);
    QCOMPARE(table.key(5000), "");
}

QTEST_GUILESS_MAIN(ValuesTest)
#include "ValuesTest.moc"
