#include "tests/core/model/MemberTesting.h"

#include <QtTest/QTest>

namespace transept {

using test::checkedFor;
using test::row;

/// The tables of methods that combined methods have among their parameters.
class MembersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needsAreThoseOfTheMembers();
    void mistakeInAMemberIsNamedWithItsPath_data();
    void mistakeInAMemberIsNamedWithItsPath();
    void defaultsOfMembersAreWrittenOut();
};

void MembersTest::needsAreThoseOfTheMembers()
{
    const MethodDescription& ensemble = *test::valueOf(findMethod("ensemble"));
    const auto traits = [&](const Json& members) {
        return ensemble.traits(checkedFor("ensemble", {{"members", members}}));
    };
    const Traits plain = traits({row("ease"), row("popularity")});
    QVERIFY(plain.usesSources && !plain.usesKnowledge && !plain.iterative && !plain.needs.knowledge);
    const Traits much =
        traits({row("carried-bias"), row("mf"), row("content"), row("popularity", 1.0, {{"days", 7}})});
    QVERIFY(much.usesKnowledge && much.iterative);
    QVERIFY(much.needs.overlap && much.needs.explicitFeedback && much.needs.knowledge && much.needs.times);
    for (const MethodDescription& method : methods()) {
        const Traits own = method.traits(checkedFor(method.name, Json::object()));
        QCOMPARE(own.usesSources, method.usesSources); // what a list of methods shows
        QCOMPARE(own.usesKnowledge, method.usesKnowledge);
        QCOMPARE(own.needs.knowledge, method.needs.knowledge);
        QCOMPARE(own.needs.sources, method.needs.sources);
    }
}

void MembersTest::mistakeInAMemberIsNamedWithItsPath_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no list") << QByteArray(R"({"name": "ease"})")
                             << QByteArray("method.members must be a list of rows, each a JSON object.");
    QTest::newRow("none") << QByteArray("[]")
                          << QByteArray("method.members has 0 rows; it must have between 1 and 12.");
    QTest::newRow("no object") << QByteArray(R"([{"name": "ease"}, 3])")
                               << QByteArray("method.members[1] must be an object with the method's name and "
                                             "its parameters, as in {\"name\": \"mf\"}.");
    QTest::newRow("no name") << QByteArray(R"([{"lambda": 3}])")
                             << QByteArray("method.members[0].name is missing. The command \"transept "
                                           "methods\" lists the methods.");
    QTest::newRow("unknown key")
        << QByteArray(R"([{"name": "ease"}, {"name": "ease", "lamda": 3}])")
        << QByteArray("method.members[1].lamda is not known here. Did you mean lambda? Allowed are: name, "
                      "lambda, values, decay, solver, neighbourhood, member-weight.");
    QTest::newRow("wrong weight") << QByteArray(R"([{"name": "ease", "member-weight": -1}])")
                                  << QByteArray(
                                         "method.members[0].member-weight is -1; it must lie between 0 "
                                         "and 100 (the default is 1.0).");
    QTest::newRow("too deep")
        << QByteArray(R"([{"name": "ensemble", "members": [{"name": "ensemble", "members": [{"name":
           "ensemble", "members": [{"name": "ease"}]}]}]}])")
        << QByteArray(
               "method.members[0].members[0].members[0].members[0]: methods stand in methods more than "
               "3 levels deep. List the inner ones as members of the outer one.");
}

void MembersTest::mistakeInAMemberIsNamedWithItsPath()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, sentence);

    const auto checked = checkParameters(test::valueOf(findMethod("ensemble"))->parameters,
                                         {{"members", Json::parse(members.toStdString())}},
                                         "method");

    QVERIFY(!checked);
    QCOMPARE(QByteArray::fromStdString(describe(checked.error())), sentence);
}

void MembersTest::defaultsOfMembersAreWrittenOut()
{
    const Json rows =
        checkedFor("ensemble", {{"members", {{{"name", "ease"}, {"lambda", 7}}}}}).table("members");
    Json expected = checkedFor("ease", {{"lambda", 7}}).json();
    expected.update({{"name", "ease"}, {"member-weight", 1.0}});
    QCOMPARE(rows.dump(), Json::array({expected}).dump());
    const Json again = checkedFor("ensemble", {{"members", rows}}).table("members");
    QCOMPARE(again.dump(), rows.dump());
    const auto hybrid = checkParameters(
        test::valueOf(findMethod("hybrid"))->parameters, {{"content", {{{"name", "ease"}}}}}, "method");
    QVERIFY(!hybrid); // goes by no knowledge
    QVERIFY(describe(hybrid.error()).find("method.content[0].name is \"ease\"") != std::string::npos);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::MembersTest)
#include "MembersTest.moc"
