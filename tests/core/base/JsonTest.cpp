#include "core/base/Json.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class JsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenTextIsLocated_data();
    void brokenTextIsLocated();
    void numberTooLargeIsAnErrorAndNoException();
    void unknownKeyNamesItsPathAndTheNearestWord();
    void whatIsNoObjectIsRefused();
    void fingerprintDependsOnContentAlone();
};

void JsonTest::brokenTextIsLocated_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("wrong word") << QByteArray("{\n  \"a\": x}") << QByteArray("line 2, column 8");
    QTest::newRow("at the start") << QByteArray("?") << QByteArray("line 1, column 1");
    QTest::newRow("cut short") << QByteArray("{\"a\": [1,\n 2") << QByteArray("line 2, column 3");
    QTest::newRow("empty") << QByteArray("") << QByteArray("line 1, column 1");
    QTest::newRow("two documents") << QByteArray("{}\n{}") << QByteArray("line 2, column 1");
    QTest::newRow("line break in a text") << QByteArray("{\"a\": \"b\n\"}") << QByteArray("line 1, column 9");
    QTest::newRow("not UTF-8") << QByteArray("\"\xff\"") << QByteArray("line 1, column 2");
}

void JsonTest::brokenTextIsLocated()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);

    const Result<Json> parsed = parseJson(text.toStdString(), "spec.json");

    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
    const std::string sentence = describe(parsed.error());
    QVERIFY2(sentence.starts_with("spec.json, " + place.toStdString() + ":"), sentence.c_str());
}

void JsonTest::numberTooLargeIsAnErrorAndNoException()
{
    const Result<Json> parsed = parseJson("{\"a\": 1e999}", "spec.json");

    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
}

void JsonTest::unknownKeyNamesItsPathAndTheNearestWord()
{
    const std::vector<std::string> known{"name", "factors"};

    const Status status = refuseUnknownKeys({{"name", "mf"}, {"factor", 3}}, "method", known);

    QVERIFY(!status);
    QCOMPARE(describe(status.error()),
             "method.factor is not known here. Did you mean factors? Allowed are: name, factors.");
    QVERIFY_OK(refuseUnknownKeys({{"name", "mf"}}, "method", known));
    QCOMPARE(describe(refuseUnknownKeys({{"zzzzzz", 1}}, "", known).error()),
             "zzzzzz is not known here. Allowed are: name, factors.");
}

void JsonTest::whatIsNoObjectIsRefused()
{
    QVERIFY(!refuseUnknownKeys(Json::array(), "method", {"name"}));
    QVERIFY(!refuseUnknownKeys(nullptr, "", {"name"}));
}

void JsonTest::fingerprintDependsOnContentAlone()
{
    const Json one = *parseJson(R"({"b": 1, "a": [1, 2]})", "one");
    const Json same = *parseJson("{ \"a\":[1,2],\n\"b\":1 }", "same");
    const Json other = *parseJson(R"({"b": 1, "a": [2, 1]})", "other");

    QCOMPARE(fingerprint(one), fingerprint(same));
    QVERIFY(fingerprint(one) != fingerprint(other));
    QCOMPARE(fingerprint(one).size(), std::size_t{32});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::JsonTest)
#include "JsonTest.moc"
