#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

namespace transept {

using test::Outcome;

namespace {

constexpr std::array commands{"sample",  "inspect", "import",    "data",   "knowledge", "check-knowledge",
                              "methods", "run",     "runs",      "show",   "segments",  "curves",
                              "compare", "audit",   "recommend", "export", "apply",     "import-results",
                              "edit",    "delete",  "restore",   "price",  "prompt",    "facets"};

} // namespace

/// What somebody finds who looks for help: examples that work, a manual that is whole, the word that was
/// meant.
class HelpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandHasHelpWithAnExample_data();
    void everyCommandHasHelpWithAnExample();
    void examplesOfTheHelpWorkOneAfterTheOther();
    void manualNamesEveryCommandAndOption();
    void mistypedWordIsWrongUsageWithTheNearestOne_data();
    void mistypedWordIsWrongUsageWithTheNearestOne();

private:
    Outcome call(const QString& line) const { return test::runProgram(m_folder.path("."), line); }
    std::string exampleOf(const std::string& command) const;

    test::Temporary m_folder;
};

std::string HelpTest::exampleOf(const std::string& command) const
{
    const std::string help = call(QString::fromStdString(command + " --help")).output;
    const std::string mark = "Example: transept ";
    const std::size_t found = help.find(mark + command + " ");
    if (found == std::string::npos) {
        return {};
    }
    const std::size_t start = found + mark.size();
    return help.substr(start, help.find('\n', start) - start);
}

void HelpTest::everyCommandHasHelpWithAnExample_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : commands) {
        QTest::newRow(command) << QString::fromUtf8(command);
    }
}

void HelpTest::everyCommandHasHelpWithAnExample()
{
    QFETCH(QString, command);

    QCOMPARE(call(command + QStringLiteral(" --help")).status, 0);
    QVERIFY(!exampleOf(command.toStdString()).empty());
}

/// The examples are one tour: each works on what those before it left in the folder.
void HelpTest::examplesOfTheHelpWorkOneAfterTheOther()
{
    const test::Temporary folder;
    folder.write("ratings.csv", test::ratingsFile());
    folder.write("titles.csv", test::titlesFile());
    folder.write("spec.json", R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 3}})");
    const auto tryOut = [&](const std::string& line) {
        const Outcome outcome = test::runProgram(folder.path("."), QString::fromStdString(line));
        QVERIFY2(outcome.status == 0, (line + ": " + outcome.errors).c_str());
        QVERIFY2(!outcome.output.empty(), line.c_str());
    };
    for (const char* command : commands) {
        tryOut(exampleOf(command));
        if (command == std::string_view("import")) {
            tryOut("import films.transept titles.csv --domain films");
        }
        if (command == std::string_view("run")) {
            tryOut("run films.transept spec.json --set seed=8");
        }
        if (command == std::string_view("export")) {
            tryOut("export films.transept 1 --what model --to films.model");
        }
    }
    QVERIFY(std::filesystem::exists(folder.path("lists.csv")));
}

void HelpTest::manualNamesEveryCommandAndOption()
{
    std::string manual = test::contentOf(test::fixture("../../resources/man/transept.1"));
    std::erase(manual, '\\');
    for (const char* command : commands) {
        QVERIFY2(manual.find(std::string(".SS ") + command) != std::string::npos, command);
        const QString help =
            QString::fromStdString(call(QString::fromUtf8(command) + QStringLiteral(" --help")).output);
        static const QRegularExpression option(QStringLiteral("^  (?:-\\w,)?(--[a-z-]+)"),
                                               QRegularExpression::MultilineOption);
        for (const QRegularExpressionMatch& match : option.globalMatch(help)) {
            const std::string name = match.captured(1).toStdString();
            QVERIFY2(manual.find(name) != std::string::npos, (std::string(command) + " " + name).c_str());
        }
    }
}

void HelpTest::mistypedWordIsWrongUsageWithTheNearestOne_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("said");

    QTest::newRow("subcommand") << "inport w.transept ratings.csv"
                                << "Did you mean import?";
    QTest::newRow("option") << "import w.transept ratings.csv --domian films"
                            << "Did you mean --domain?";
    QTest::newRow("option with value") << "import w.transept ratings.csv --domian=films"
                                       << "Did you mean --domain?";
    QTest::newRow("choice") << "import w.transept ratings.csv --domain films --kind explicite"
                            << "Did you mean explicit?";
    QTest::newRow("what to export") << "export w.transept 1 --what list --to x.csv"
                                    << "Did you mean lists?";
    QTest::newRow("nothing like it") << "sample w.transept --colour red"
                                     << "sample has no option --colour.";
    QTest::newRow("missing argument") << "recommend w.transept 1"
                                      << "--user";
    QTest::newRow("option of the program") << "--versoin"
                                           << "Did you mean --version?";
    QTest::newRow("threads") << "data w.transept --threads many"
                             << "--threads";
}

void HelpTest::mistypedWordIsWrongUsageWithTheNearestOne()
{
    QFETCH(QString, line);
    QFETCH(QString, said);

    const Outcome outcome = call(line);

    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.complainsOf(said.toStdString()), outcome.errors.c_str());
    QVERIFY2(outcome.complainsOf("--help"), outcome.errors.c_str());
    QVERIFY(outcome.output.empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::HelpTest)
#include "HelpTest.moc"
