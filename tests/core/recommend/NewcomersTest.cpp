#include "core/recommend/Newcomers.h"
#include "core/base/Words.h"
#include "core/recommend/ModelFile.h"
#include "tests/support/Csv.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Manual.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

using test::rowsOf;

/// Lists for people whom a run does not know, and a model's file used on other data.
class NewcomersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void laterAccountIsFoldedInWithWhatItDid();
    void laterInteractionsOfKnownPeopleAreNotRecommended();
    void historyFileSaysTheSameAsTheAccount();
    void historyFilesAreCheckedWithTheirLine_data();
    void historyFilesAreCheckedWithTheirLine();
    void methodThatHasToBeTrainedSaysSo();
    void manualNamesTheMethodsThatCanFoldIn();
    void modelFileGivesTheListsOfTheRun();
    void modelFileServesPeopleOfAnotherWorkspace();
    void tooLowInteractionsAreNoHistory();
    void historyIsInFileOrder();
    void modelFilesThatCannotBeUsedAreRefused_data();
    void modelFilesThatCannotBeUsedAreRefused();
    void methodWithoutAModelIsNotExported();
    void domainOfAnotherKindIsRefused();

private:
    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    std::shared_ptr<const FittedRun> m_ease;
    std::shared_ptr<const FittedRun> m_mf;
    std::shared_ptr<const FittedRun> m_bpr;
};

void NewcomersTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 60, 50, 15, 1));
    test::fill(*m_workspace, test::ratingsPicture("books", 60, 30, 8, 2));
    const auto trained = [&](const char* method) {
        std::map<std::string, Json> changes{{"method.name", method}, {"data.sources", {"books"}}};
        if (method != std::string_view("ease")) {
            changes["method.epochs"] = 4;
            changes["method.factors"] = 6;
        }
        return reopen(*m_workspace, test::finishedRun(*m_workspace, changes).id, {}).value();
    };
    m_ease = trained("ease");
    m_mf = trained("cmf");
    m_bpr = trained("bpr");
    test::fill(*m_workspace, "films: late i1 5@10, late i2 4@20, late i999 1@30, u1 i3 5@40");
    test::fill(*m_workspace, "books: late i4 5@15");
}

void NewcomersTest::laterAccountIsFoldedInWithWhatItDid()
{
    const PersonId late = test::personOf(*m_workspace, "late");
    QVERIFY(!knows(*m_ease, late));
    QVERIFY(knows(*m_ease, test::personOf(*m_workspace, "u1")));
    const KnownHistory history = presentHistory(*m_workspace, *m_ease, late).value();
    QCOMPARE(history.unknown, std::size_t{1}); // i999 came later as well
    QCOMPARE(history.events.size(), std::size_t{3});
    QCOMPARE(history.events[2].domain, 0); // books, imported last, whatever its time

    for (const auto& run : {m_ease, m_mf}) {
        std::vector<float> scores(run->model->itemCount());
        QVERIFY(run->model->foldIn(history.events, scores));
        const std::vector<Recommendation> list =
            recommend(*m_workspace, *run, late, {.top = 1000, .reasons = true}, {}).value();
        QCOMPARE(list.size(), scores.size() - 2);
        for (std::size_t at = 0; at < list.size(); ++at) {
            const auto row =
                std::ranges::find(run->data.target.items, list[at].item) - run->data.target.items.begin();
            QCOMPARE(list[at].score, static_cast<double>(scores[static_cast<std::size_t>(row)]));
            QVERIFY(at == 0 || list[at].score <= list[at - 1].score);
            QVERIFY(list[at].key != "i1" && list[at].key != "i2");
        }
    }
}

void NewcomersTest::laterInteractionsOfKnownPeopleAreNotRecommended()
{
    const PersonId person = test::personOf(*m_workspace, "u1");
    const auto held = [&](const Event& event) {
        return m_ease->data.users[index(event.user)] == person &&
               m_ease->data.target.items[index(event.item)] == test::itemOf(*m_workspace, "films", "i3");
    };
    QVERIFY(std::ranges::none_of(m_ease->parts.test.events, held)); // what is tested may be recommended
    const std::vector<Recommendation> list =
        recommend(*m_workspace, *m_ease, person, {.top = 1000}, {}).value();
    for (const Recommendation& each : list) {
        QVERIFY(each.key != "i3");
    }
}

void NewcomersTest::historyFileSaysTheSameAsTheAccount()
{
    const std::filesystem::path file = m_folder.write(
        "history.csv", "item,domain,value,time\ni1,films,5,10\ni4,books,5,15\ni2,,4,20\nnothing,,3,\n");
    const KnownHistory history = historyFrom(*m_workspace, *m_mf, file).value();
    QCOMPARE(history.unknown, std::size_t{1});

    const std::vector<Recommendation> list =
        recommendTo(*m_workspace, *m_mf, history, {.top = 10}, {}).value();

    const std::vector<Recommendation> expected =
        recommend(*m_workspace, *m_mf, test::personOf(*m_workspace, "late"), {.top = 10}, {}).value();
    QCOMPARE(list.size(), expected.size());
    for (std::size_t at = 0; at < list.size(); ++at) {
        QCOMPARE(list[at].key, expected[at].key);
        QCOMPARE(list[at].score, expected[at].score);
    }
    const std::filesystem::path bare = m_folder.write("bare.csv", "item\ni1\ni2\n");
    QCOMPARE(historyFrom(*m_workspace, *m_mf, bare)->events.front().value, 5.0F); // listed, hence liked
}

void NewcomersTest::historyFilesAreCheckedWithTheirLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("named");
    QTest::newRow("no item column") << QByteArray("film,value\ni1,5\n") << "film";
    QTest::newRow("only values") << QByteArray("value,time\n5,1\n") << "item";
    QTest::newRow("unknown domain") << QByteArray("item,domain\ni1,films\ni1,games\n") << "line 3";
    QTest::newRow("no number") << QByteArray("item,value\ni1,good\n") << "line 2";
    QTest::newRow("no time") << QByteArray("item,value,time\ni1,5,noon\n") << "line 2";
    QTest::newRow("no key") << QByteArray("item,value\ni1,5\n,4\n") << "line 3";
    QTest::newRow("open quote") << QByteArray("item,value\n\"i1,5\n") << "line 2";
}

void NewcomersTest::historyFilesAreCheckedWithTheirLine()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, named);
    const std::filesystem::path file = m_folder.write("wrong.csv", content.toStdString());

    const Result<KnownHistory> history = historyFrom(*m_workspace, *m_mf, file);

    QCOMPARE(history.error().code, ErrorCode::InvalidInput);
    QVERIFY2(describe(history.error()).find(named.toStdString()) != std::string::npos,
             describe(history.error()).c_str());
}

void NewcomersTest::methodThatHasToBeTrainedSaysSo()
{
    const auto list = recommend(*m_workspace, *m_bpr, test::personOf(*m_workspace, "late"), {.top = 10}, {});
    QCOMPARE(list.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(list.error()).find("bpr") != std::string::npos);
}

void NewcomersTest::manualNamesTheMethodsThatCanFoldIn()
{
    const Workspace workspace = m_folder.workspace("all.transept");
    test::fillForEveryMethod(workspace, false);
    const std::vector<PastEvent> history{{.item = ItemRow{1}, .value = 5.0F},
                                         {.item = ItemRow{2}, .value = 1.0F}};
    std::vector<std::string> able;
    for (const MethodDescription& method : methods()) {
        const RunRecord record = test::finishedRun(workspace, test::shortRunOf(method, 2));
        const auto run = reopen(workspace, record.id, {}).value();
        std::vector<float> scores(run->model->itemCount());
        if (run->model->foldIn(history, scores)) {
            able.push_back(method.name);
        }
    }
    QCOMPARE(test::listedInManual("Methods that can do that:"), listed(able));
}

void NewcomersTest::modelFileGivesTheListsOfTheRun()
{
    const std::filesystem::path file = m_folder.path("cmf.model");
    QVERIFY_OK(writeModelFile(*m_workspace, *m_mf, file));
    const ModelFile model = readModelFile(file).value();
    QVERIFY(toJson(model.spec) == toJson(m_mf->spec));
    QCOMPARE(model.model, *m_mf->model->serialised());

    const std::filesystem::path to = m_folder.path("lists.csv");
    const Result<AppliedModel> applied = applyModel(*m_workspace, model, {.to = to, .top = 5}, {});

    QVERIFY_OK(applied);
    QCOMPARE(applied->foldedIn, std::size_t{1});
    QCOMPARE(applied->known, m_mf->data.users.size());
    QCOMPARE(applied->unknownItems, std::size_t{1});
    const auto rows = rowsOf(test::contentOf(to));
    QCOMPARE(rows.front(), (std::vector<std::string>{"user", "rank", "item", "score", "folded_in"}));
    QCOMPARE(rows.size(), 1 + 5 * (applied->known + 1));
    for (const std::string_view user : {"u7", "late"}) {
        const PersonId person = test::personOf(*m_workspace, user);
        const KnownHistory history = presentHistory(*m_workspace, *m_mf, person).value();
        std::vector<float> scores(m_mf->model->itemCount());
        if (knows(*m_mf, person)) {
            const auto row = std::ranges::find(m_mf->data.users, person) - m_mf->data.users.begin();
            m_mf->model->score(static_cast<UserRow>(row), scores);
        } else {
            m_mf->model->foldIn(history.events, scores);
        }
        std::multiset<double> best;
        for (std::size_t item = 0; item < scores.size(); ++item) {
            const auto has = [&](const PastEvent& event) {
                return event.domain < 0 && index(event.item) == item;
            };
            if (std::ranges::none_of(history.events, has)) {
                best.insert(-static_cast<double>(scores[item]));
            }
        }
        auto expected = best.begin();
        for (const auto& row : rows) {
            if (row[0] == user) {
                QVERIFY(std::abs(std::stod(row[3]) + *expected++) < 1e-6);
                QCOMPARE(row[4], std::string(user == "late" ? "true" : "false"));
            }
        }
        QCOMPARE(std::distance(best.begin(), expected), 5);
    }
}

void NewcomersTest::modelFileServesPeopleOfAnotherWorkspace()
{
    const std::filesystem::path file = m_folder.path("carried.model");
    QVERIFY_OK(writeModelFile(*m_workspace, *m_mf, file));
    const Workspace other = m_folder.workspace("other.transept");
    test::fill(other, "books: stranger i2 5, u3 i1 4"); // other ids, the same keys
    test::fill(other, "films: stranger i7 5, u3 i8 2, u3 unheard 1");
    const std::filesystem::path to = m_folder.path("other.csv");

    const Result<AppliedModel> applied =
        applyModel(other, readModelFile(file).value(), {.to = to, .top = 3}, {});

    QVERIFY_OK(applied);
    QCOMPARE(applied->known, std::size_t{1});
    QCOMPARE(applied->foldedIn, std::size_t{1});
    QCOMPARE(applied->unknownItems, std::size_t{1});
    const PersonId known = test::personOf(*m_workspace, "u3");
    const auto row = std::ranges::find(m_mf->data.users, known) - m_mf->data.users.begin();
    std::vector<float> scores(m_mf->model->itemCount());
    m_mf->model->score(static_cast<UserRow>(row), scores);
    for (const auto& cells : rowsOf(test::contentOf(to))) {
        if (cells[0] == "u3") {
            const ItemId item = test::itemOf(*m_workspace, "films", cells[2]);
            const auto place =
                std::ranges::find(m_mf->data.target.items, item) - m_mf->data.target.items.begin();
            QVERIFY(std::abs(std::stod(cells[3]) -
                             static_cast<double>(scores[static_cast<std::size_t>(place)])) < 1e-6);
        }
    }
}

/// The model learnt from interactions of 3 and more: a newcomer is seen alike, by the run and by its file, as
/// an account and as a table.
void NewcomersTest::tooLowInteractionsAreNoHistory()
{
    const Workspace workspace = m_folder.workspace("low.transept");
    test::fill(workspace, test::ratingsPicture("films", 60, 50, 15, 1));
    const RunRecord record = test::finishedRun(
        workspace, {{"method.name", "mf"}, {"method.epochs", 3}, {"data.where.min_value", 3}});
    const auto run = reopen(workspace, record.id, {}).value();
    test::fill(workspace, "films: late i1 5, late i2 4, late i3 1");
    const std::filesystem::path file = m_folder.path("low.model");
    QVERIFY_OK(writeModelFile(workspace, *run, file));
    const std::filesystem::path to = m_folder.path("low.csv");

    const Result<AppliedModel> applied =
        applyModel(workspace, readModelFile(file).value(), {.to = to, .top = 1000}, {});

    QVERIFY_OK(applied);
    QCOMPARE(applied->foldedIn, std::size_t{1});
    const PersonId late = test::personOf(workspace, "late");
    const std::filesystem::path table = m_folder.write("low-history.csv", "item,value\ni1,5\ni2,4\ni3,1\n");
    for (const Result<KnownHistory>& history :
         {presentHistory(workspace, *run, late), historyFrom(workspace, *run, table)}) {
        QVERIFY_OK(history);
        QCOMPARE(history->events.size(), std::size_t{2});
        QCOMPARE(history->unknown, std::size_t{1});
    }
    const std::vector<Recommendation> list = recommend(workspace, *run, late, {.top = 1000}, {}).value();
    QCOMPARE(list.size(), run->data.target.items.size() - 2);
    std::size_t place = 0;
    for (const auto& row : rowsOf(test::contentOf(to))) {
        if (row[0] == "late") {
            QCOMPARE(row[2], list[place].key);
            QCOMPARE(std::stof(row[3]), static_cast<float>(list[place].score));
            ++place;
        }
    }
    QCOMPARE(place, list.size());
}

void NewcomersTest::historyIsInFileOrder()
{
    const Workspace workspace = m_folder.workspace("order.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 10, 1));
    const auto run =
        reopen(workspace, test::finishedRun(workspace, {{"method.name", "ease"}}).id, {}).value();
    test::fill(workspace, "films: late i3 5@30, late i1 4@20");
    test::fill(workspace, "films: late i2 3@10, late i4 2");
    const std::filesystem::path file =
        m_folder.write("order.csv", "item,value,time\ni3,5,30\ni1,4,20\ni2,3,10\ni4,2,\n");

    const KnownHistory account = presentHistory(workspace, *run, test::personOf(workspace, "late")).value();
    const KnownHistory given = historyFrom(workspace, *run, file).value();

    std::vector<ItemRow> expected;
    for (const char* key : {"i3", "i1", "i2", "i4"}) {
        const auto& items = run->data.target.items;
        expected.push_back(static_cast<ItemRow>(
            std::ranges::find(items, test::itemOf(workspace, "films", key)) - items.begin()));
    }
    for (const KnownHistory& history : {account, given}) {
        std::vector<ItemRow> items;
        std::ranges::transform(history.events, std::back_inserter(items), &PastEvent::item);
        QVERIFY(items == expected);
    }
}

void NewcomersTest::modelFilesThatCannotBeUsedAreRefused_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<QString>("named");
    QTest::newRow("foreign") << "foreign"
                             << "no model file";
    QTest::newRow("newer") << "newer"
                           << "newer";
    QTest::newRow("cut off") << "cut"
                             << "damaged";
    QTest::newRow("one byte changed") << "byte"
                                      << "damaged";
    QTest::newRow("header cut") << "header"
                                << "damaged";
    QTest::newRow("missing") << "missing"
                             << "no model file";
}

void NewcomersTest::modelFilesThatCannotBeUsedAreRefused()
{
    QFETCH(QString, damage);
    QFETCH(QString, named);
    const std::filesystem::path file = m_folder.path("spoilt.model");
    QVERIFY_OK(writeModelFile(*m_workspace, *m_mf, file));
    std::string content = test::contentOf(file);
    if (damage == QLatin1String("foreign")) {
        content = "user,item\n1,2\n";
    } else if (damage == QLatin1String("newer")) {
        content.replace(0, content.find('\n'), "transept-model 2");
    } else if (damage == QLatin1String("cut")) {
        content.resize(content.size() / 2);
    } else if (damage == QLatin1String("byte")) {
        content[content.size() - 100] = static_cast<char>(content[content.size() - 100] + 1);
    } else if (damage == QLatin1String("header")) {
        content.resize(content.find('\n') + 20);
    }
    std::filesystem::remove(file);
    if (damage != QLatin1String("missing")) {
        m_folder.write("spoilt.model", content);
    }

    const Result<ModelFile> read = readModelFile(file);

    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    QVERIFY2(describe(read.error()).find(named.toStdString()) != std::string::npos,
             describe(read.error()).c_str());
}

void NewcomersTest::methodWithoutAModelIsNotExported()
{
    const Status written = writeModelFile(*m_workspace, *m_ease, m_folder.path("ease.model"));
    QCOMPARE(written.error().code, ErrorCode::InvalidInput);
    QVERIFY(!std::filesystem::exists(m_folder.path("ease.model")));
}

void NewcomersTest::domainOfAnotherKindIsRefused()
{
    const std::filesystem::path file = m_folder.path("kind.model");
    QVERIFY_OK(writeModelFile(*m_workspace, *m_mf, file));
    const Workspace other = m_folder.workspace("kind.transept");
    test::fill(other, "films, implicit: u3 i8 2");
    const auto applied =
        applyModel(other, readModelFile(file).value(), {.to = m_folder.path("kind.csv")}, {});
    QCOMPARE(applied.error().code, ErrorCode::InvalidInput);
    QVERIFY(!std::filesystem::exists(m_folder.path("kind.csv")));
    const Workspace empty = m_folder.workspace("empty.transept");
    QVERIFY(!applyModel(empty, readModelFile(file).value(), {.to = m_folder.path("kind.csv")}, {}));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NewcomersTest)
#include "NewcomersTest.moc"
