#include "core/base/Parameter.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class ParameterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leftOutValuesTakeTheirDefaults();
    void wholeRealsAreOneValueHoweverTheyAreWritten();
    void mistakeIsNamedWithItsPath_data();
    void mistakeIsNamedWithItsPath();
    void otherKeysOfTheObjectAreLeftAlone();
    void rowsOfATableAreCompleted();
    void mistakeInARowIsNamedWithItsPath_data();
    void mistakeInARowIsNamedWithItsPath();
    void rowsCanBeCompletedByOthers();
};

namespace {

std::vector<Parameter> parameters()
{
    using Type = Parameter::Type;
    return {
        {.name = "factors", .type = Type::Integer, .preset = 32, .low = 1, .high = 1024},
        {.name = "alpha", .type = Type::Real, .preset = 1, .low = 0.0, .high = 10.0},
        {.name = "fusion", .type = Type::Choice, .preset = "seed", .choices = {"seed", "gated", "concat"}},
        {.name = "bias", .type = Type::Flag, .preset = true},
        {.name = "field", .type = Type::Text, .preset = "title"}};
}

Parameter tableOfRules()
{
    return {.name = "rules",
            .type = Parameter::Type::Table,
            .preset = {{{"weight", 2}}},
            .low = 1,
            .high = 3,
            .columns = {{.name = "from", .type = Parameter::Type::Domain, .preset = ""},
                        {.name = "weight", .preset = 1, .high = 10.0}}};
}

} // namespace

void ParameterTest::leftOutValuesTakeTheirDefaults()
{
    const Result<Parameters> checked =
        checkParameters(parameters(), {{"factors", 8}, {"bias", false}}, "method");

    QVERIFY_OK(checked);
    QCOMPARE(checked->integer("factors"), 8);
    QCOMPARE(checked->real("alpha"), 1.0);
    QCOMPARE(checked->text("fusion"), "seed");
    QCOMPARE(checked->flag("bias"), false);
    QCOMPARE(checked->text("field"), "title");
    QCOMPARE(checked->json().size(), std::size_t{5});
}

void ParameterTest::wholeRealsAreOneValueHoweverTheyAreWritten()
{
    const auto text = [](const Json& given) {
        return checkParameters(parameters(), given, "method")->json().dump();
    };

    QCOMPARE(text({{"alpha", 1}}), text(Json::object()));
    QCOMPARE(text({{"alpha", 1.0}}), text(Json::object()));
    QCOMPARE(text({{"factors", 32.0}}), text(Json::object()));
}

void ParameterTest::mistakeIsNamedWithItsPath_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("unknown") << QByteArray(R"({"factor": 8})")
                             << QByteArray(
                                    "method.factor is not known here. Did you mean factors? Allowed are: "
                                    "factors, alpha, fusion, bias, field.");
    QTest::newRow("text for a number")
        << QByteArray(R"({"factors": "8"})") << QByteArray("method.factors must be a whole number.");
    QTest::newRow("half a factor") << QByteArray(R"({"factors": 8.5})")
                                   << QByteArray("method.factors must be a whole number.");
    QTest::newRow("none of 32") << QByteArray(R"({"factors": 0})")
                                << QByteArray(
                                       "method.factors is 0; it must lie between 1 and 1024 (the default is "
                                       "32).");
    QTest::newRow("huge") << QByteArray(R"({"factors": 1e300})")
                          << QByteArray(
                                 "method.factors is 1e+300; it must lie between 1 and 1024 (the default is "
                                 "32).");
    QTest::newRow("flag for a number")
        << QByteArray(R"({"alpha": true})") << QByteArray("method.alpha must be a number.");
    QTest::newRow("out of range") << QByteArray(R"({"alpha": -0.5})")
                                  << QByteArray(
                                         "method.alpha is -0.5; it must lie between 0 and 10 (the default is "
                                         "1).");
    QTest::newRow("mistyped choice") << QByteArray(R"({"fusion": "gatted"})")
                                     << QByteArray(
                                            "method.fusion is \"gatted\"; it must be one of seed, gated, "
                                            "concat. Did you mean gated?");
    QTest::newRow("other choice")
        << QByteArray(R"({"fusion": "magic"})")
        << QByteArray("method.fusion is \"magic\"; it must be one of seed, gated, concat.");
    QTest::newRow("number for a choice")
        << QByteArray(R"({"fusion": 1})")
        << QByteArray("method.fusion must be a text, one of seed, gated, concat.");
    QTest::newRow("number for a flag")
        << QByteArray(R"({"bias": 1})") << QByteArray("method.bias must be true or false.");
    QTest::newRow("nothing for a text")
        << QByteArray(R"({"field": null})") << QByteArray("method.field must be a text.");
    QTest::newRow("no object")
        << QByteArray("[1]")
        << QByteArray("method must be a JSON object with the keys factors, alpha, fusion, bias, "
                      "field.");
}

void ParameterTest::mistakeIsNamedWithItsPath()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, sentence);

    const Result<Parameters> checked =
        checkParameters(parameters(), Json::parse(given.toStdString()), "method");

    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::InvalidInput);
    QCOMPARE(describe(checked.error()), sentence.toStdString());
}

void ParameterTest::otherKeysOfTheObjectAreLeftAlone()
{
    const Result<Parameters> checked = checkParameters(parameters(), {{"name", "mf"}}, "method", {"name"});

    QVERIFY_OK(checked);
    QVERIFY(!checked->json().contains("name"));
}

void ParameterTest::rowsOfATableAreCompleted()
{
    const auto rowsOf = [](const Json& given) {
        return checkParameters({tableOfRules()}, given, "method")->table("rules").dump();
    };

    QCOMPARE(rowsOf({{"rules", {{{"from", "books"}}, {{"weight", 3}}}}}),
             R"([{"from":"books","weight":1.0},{"from":"","weight":3.0}])");
    QCOMPARE(rowsOf(Json::object()), R"([{"from":"","weight":2.0}])"); // the default's rows, too
}

void ParameterTest::mistakeInARowIsNamedWithItsPath_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no list") << QByteArray("{}")
                             << QByteArray("method.rules must be a list of rows, each a JSON object.");
    QTest::newRow("too few") << QByteArray("[]")
                             << QByteArray("method.rules has 0 rows; it must have between 1 and 3.");
    QTest::newRow("too many") << QByteArray("[{}, {}, {}, {}]")
                              << QByteArray("method.rules has 4 rows; it must have between 1 and 3.");
    QTest::newRow("no object") << QByteArray("[{}, 1]")
                               << QByteArray(
                                      "method.rules[1] must be a JSON object with the keys from, weight.");
    QTest::newRow("unknown key") << QByteArray(R"([{"form": "books"}])")
                                 << QByteArray("method.rules[0].form is not known here. Did you mean from? "
                                               "Allowed are: from, weight.");
    QTest::newRow("no text") << QByteArray(R"([{}, {"from": 1}])")
                             << QByteArray("method.rules[1].from must be a text.");
    QTest::newRow("out of range") << QByteArray(R"([{"weight": 11}])")
                                  << QByteArray("method.rules[0].weight is 11; it must lie between 0 and 10 "
                                                "(the default is 1).");
}

void ParameterTest::mistakeInARowIsNamedWithItsPath()
{
    QFETCH(QByteArray, rows);
    QFETCH(QByteArray, sentence);

    const Result<Parameters> checked =
        checkParameters({tableOfRules()}, {{"rules", Json::parse(rows.toStdString())}}, "method");

    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::InvalidInput);
    QCOMPARE(describe(checked.error()), sentence.toStdString());
}

void ParameterTest::rowsCanBeCompletedByOthers()
{
    Parameter table = tableOfRules();
    table.completeRow = [](const Parameter& asked, const Json& row, const std::string& path) -> Result<Json> {
        return Json{{"row", row}, {"path", path}, {"columns", asked.columns.size()}};
    };

    const Result<Parameters> checked = checkParameters({table}, {{"rules", {7, "x"}}}, "method");

    QVERIFY_OK(checked);
    QCOMPARE(checked->table("rules").dump(),
             R"([{"columns":2,"path":"method.rules[0]","row":7},)"
             R"({"columns":2,"path":"method.rules[1]","row":"x"}])");
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ParameterTest)
#include "ParameterTest.moc"
