#include "core/store/Workspace.h"
#include "tests/app/Program.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>
#include <fmt/format.h>

#include <array>
#include <string>

namespace transept {

class SharedWorkspaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programsAtOnceDoNotHarmTheFile();
};

void SharedWorkspaceTest::programsAtOnceDoNotHarmTheFile()
{
    const test::Temporary folder;
    std::string ratings = "user,item,rating\n";
    for (int row = 0; row < 4000; ++row) {
        ratings += fmt::format("{},{},{}\n", row % 211, row % 97, 1 + row % 5);
    }
    folder.write("ratings.csv", ratings);
    folder.write("spec.json", R"({"data": {"target": "films"}, "method": {"name": "bias"}})");
    QCOMPARE(
        test::runProgram(folder.path("."), QStringLiteral("import w.transept ratings.csv --domain films"))
            .status,
        0);

    // A program that ends while others write takes the log with it when it believes that it is the last.
    constexpr int rounds = 12;
    for (int round = 0; round < rounds; ++round) {
        std::array<QProcess, 3> programs;
        for (QProcess& program : programs) {
            program.setWorkingDirectory(QString::fromStdString(folder.path(".").string()));
            program.start(QStringLiteral(TRANSEPT_PROGRAM),
                          {QStringLiteral("run"), QStringLiteral("w.transept"), QStringLiteral("spec.json")});
        }
        for (QProcess& program : programs) {
            QVERIFY(program.waitForFinished(120'000));
            QCOMPARE(program.readAllStandardError(), QByteArray());
            QCOMPARE(program.exitCode(), 0);
        }
    }

    const Workspace workspace = Workspace::open(folder.path("w.transept")).value();
    Result<Statement> check = workspace.database().prepare("PRAGMA integrity_check");
    QVERIFY(check->step().value());
    QCOMPARE(std::string(check->text(0)), std::string("ok"));
    QCOMPARE(workspace.database().scalar("SELECT count(*) FROM run WHERE state = 'finished'").value(),
             3 * rounds);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SharedWorkspaceTest)
#include "SharedWorkspaceTest.moc"
