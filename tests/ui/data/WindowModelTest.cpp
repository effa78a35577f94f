#include "tests/ui/data/DataFixture.h"
#include "ui/data/DomainModel.h"
#include "ui/data/ImportModel.h"
#include "ui/data/InteractionModel.h"
#include "ui/data/ItemModel.h"
#include "ui/data/RejectModel.h"

#include <QtTest/QAbstractItemModelTester>

#include <atomic>
#include <thread>

using namespace transept;
using namespace transept::ui;

namespace {

using Tester = QAbstractItemModelTester;

/// `users` people who all touch the same `items` items.
std::string everybodyTouchesEverything(int users, int items)
{
    std::string picture = "books:";
    for (int user = 0; user < users; ++user) {
        for (int item = 0; item < items; ++item) {
            picture += (user + item == 0 ? " u" : ", u") + std::to_string(user) + " i" +
                       std::to_string(item) + " " + std::to_string(1 + (user + item) % 5);
        }
    }
    return picture;
}

/// The whole numbers from a key on, up to an end that a test moves; reading can be held.
class WholeNumbers final : public WindowModel<int, int>
{
public:
    explicit WholeNumbers(Session& session) : WindowModel(session, nullptr) {}

    void grow()
    {
        growFrom(
            [this](const Workspace&, int from, int limit, const JobContext& context) {
                ++m_begun;
                while (isHeld && !context.stop.stop_requested()) {
                    std::this_thread::yield();
                }
                std::vector<int> numbers;
                for (int next = from; next < end && static_cast<int>(numbers.size()) < limit; ++next) {
                    numbers.push_back(next);
                }
                return Result<std::vector<int>>(std::move(numbers));
            },
            0);
    }
    using WindowModel::adoptPages;
    int begun() const { return m_begun; } ///< pages
    int columnCount(const QModelIndex& = {}) const override { return 1; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        const int* number = role == Qt::DisplayRole ? rowAt(index.row()) : nullptr;
        return number == nullptr ? QVariant() : QVariant(*number);
    }

    std::atomic<bool> isHeld = false;
    std::atomic<int> end = 1'000'000;

protected:
    int keyAfter(const int& last) const override { return last + 1; }
    void tell(const Error&) override {}

private:
    std::atomic<int> m_begun = 0;
};

} // namespace

class WindowModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interactionsAreCountedButNotLoaded();
    void farRowIsAPlaceholderUntilItsPageIsHere();
    void oldPagesAreForgotten();
    void filterLeavesTheRowsOfOneUser();
    void itemsGrowAsSomebodyScrolls();
    void pageUnderWayWhenTheKeysChangeIsReadAtItsNewKey();
    void pageThatWasCutIsReadAnew();
    void manyRowsComeAndGoBySteps();
    void modelsKeepTheRulesOfItemModels();
};

void WindowModelTest::interactionsAreCountedButNotLoaded()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(everybodyTouchesEverything(100, 30)));
    InteractionModel model(fixture.session());
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    QSignalSpy counted(&model, &InteractionModel::counted);
    model.show(fixture.session().selection().domain(), {});
    QVERIFY(counted.wait(test::patience));
    QCOMPARE(model.rowCount(), 3000);
    QVERIFY(model.loadedPages() <= 3);
}

void WindowModelTest::farRowIsAPlaceholderUntilItsPageIsHere()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(everybodyTouchesEverything(100, 30)));
    InteractionModel model(fixture.session());
    QSignalSpy counted(&model, &InteractionModel::counted);
    model.show(fixture.session().selection().domain(), {});
    QVERIFY(counted.wait(test::patience));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QModelIndex user = model.index(2999, InteractionModel::UserColumn);
    QCOMPARE(user.data().toString(), QStringLiteral("…"));
    QVERIFY(changed.wait(test::patience));
    QCOMPARE(user.data().toString(), QStringLiteral("u99"));
    QCOMPARE(model.index(2999, InteractionModel::ItemColumn).data().toString(), QStringLiteral("i29"));
    QCOMPARE(model.loadedPages(), std::size_t{1});
}

void WindowModelTest::oldPagesAreForgotten()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(everybodyTouchesEverything(300, 30)));
    InteractionModel model(fixture.session());
    QSignalSpy counted(&model, &InteractionModel::counted);
    model.show(fixture.session().selection().domain(), {});
    QVERIFY(counted.wait(test::patience));
    QCOMPARE(model.rowCount(), 9000);
    QSignalSpy arrived(&model, &QAbstractItemModel::dataChanged);
    for (int row = 0; row < model.rowCount(); row += InteractionModel::pageSize) {
        const QModelIndex user = model.index(row, InteractionModel::UserColumn);
        if (user.data().toString() == QStringLiteral("…")) {
            QVERIFY(arrived.wait(test::patience));
        }
        QCOMPARE(user.data().toString(), QStringLiteral("u%1").arg(row / 30));
    }
    QCOMPARE(model.loadedPages(), InteractionModel::keptPages);
    QTRY_COMPARE(model.index(0, 0).data().toString(), QStringLiteral("u0"));
}

void WindowModelTest::filterLeavesTheRowsOfOneUser()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(everybodyTouchesEverything(20, 7)));
    InteractionModel model(fixture.session());
    QSignalSpy counted(&model, &InteractionModel::counted);
    model.show(fixture.session().selection().domain(), {.user = "u13", .item = {}});
    QVERIFY(counted.wait(test::patience));
    QCOMPARE(model.rowCount(), 7);
    QTRY_COMPARE(model.index(6, InteractionModel::UserColumn).data().toString(), QStringLiteral("u13"));
    model.show(fixture.session().selection().domain(), {.user = "nobody", .item = {}});
    QVERIFY(counted.wait(test::patience));
    QCOMPARE(model.rowCount(), 0);
}

void WindowModelTest::itemsGrowAsSomebodyScrolls()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(everybodyTouchesEverything(2, 450)));
    ItemModel model(fixture.session()); // without a tester, which would scroll itself
    QSignalSpy grown(&model, &QAbstractItemModel::rowsInserted);
    model.show(fixture.session().selection().domain(), {});
    std::vector<int> rows;
    while (!model.isComplete()) {
        QVERIFY(grown.wait(test::patience));
        rows.push_back(model.rowCount());
        model.fetchMore({});
    }
    QCOMPARE(rows, (std::vector<int>{200, 400, 450}));
    QCOMPARE(model.index(449, ItemModel::KeyColumn).data().toString(), QStringLiteral("i449"));
    model.show(fixture.session().selection().domain(), QStringLiteral("I44"));
    QTRY_COMPARE(model.rowCount(), 11); // i44 and i440 ... i449
}

void WindowModelTest::pageUnderWayWhenTheKeysChangeIsReadAtItsNewKey()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith("books: ann dune 5"));
    WholeNumbers model(fixture.session());
    model.isHeld = true;
    model.grow();
    QTRY_COMPARE(model.begun(), 1);
    model.adoptPages({5, 205}, 400); // five rows went before the first page was here
    model.isHeld = false;
    QTRY_COMPARE(model.index(0, 0).data().toInt(), 5);
    QTRY_COMPARE(model.index(399, 0).data().toInt(), 404);

    model.adoptPages({5, 205, 405}, 600);
    model.isHeld = true;
    const int before = model.begun();
    QVERIFY(!model.index(599, 0).data().isValid());
    QTRY_COMPARE(model.begun(), before + 1);
    model.adoptPages({5, 205}, 400); // the page under way is none of the table any more
    model.isHeld = false;
    QTRY_COMPARE(model.index(399, 0).data().toInt(), 404);
    QCOMPARE(model.rowCount(), 400);
    QTest::qWait(50);
    QCOMPARE(model.loadedPages(), std::size_t{2});
}

void WindowModelTest::pageThatWasCutIsReadAnew()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith("books: ann dune 5"));
    WholeNumbers model(fixture.session());
    model.end = 150;
    model.grow();
    QTRY_COMPARE(model.rowCount(), 150);
    model.end = 180; // more came before they were counted
    model.adoptPages({0}, 180);
    QCOMPARE(model.index(149, 0).data().toInt(), 149);
    QTRY_COMPARE(model.index(179, 0).data().toInt(), 179);
}

void WindowModelTest::manyRowsComeAndGoBySteps()
{
    constexpr int many = 5 * WholeNumbers::stepRows / 2;
    const auto starts = [](int rows) {
        std::vector<int> keys;
        for (int key = 0; key < rows; key += WholeNumbers::pageSize) {
            keys.push_back(key);
        }
        return keys;
    };
    test::DataFixture fixture;
    QVERIFY(fixture.openWith("books: ann dune 5"));
    WholeNumbers model(fixture.session());
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    model.grow();
    QTRY_VERIFY(model.rowCount() > 0);

    model.adoptPages(starts(many), many);
    QVERIFY(model.rowCount() <= 2 * WholeNumbers::stepRows);
    QVERIFY(!model.isComplete());
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), many);
    QTRY_COMPARE(model.index(many - 1, 0).data().toInt(), many - 1);

    model.adoptPages(starts(300), 300);
    QVERIFY(!model.isComplete());
    model.adoptPages(starts(many), many); // before all of them have gone
    QTRY_COMPARE(model.rowCount(), many);
    model.adoptPages(starts(300), 300);
    QTRY_COMPARE(model.rowCount(), 300);
    QVERIFY(model.isComplete());
    QTRY_COMPARE(model.index(299, 0).data().toInt(), 299);
}

void WindowModelTest::modelsKeepTheRulesOfItemModels()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith("books: ann dune 5, bob dune 3; films: ann alien 4"));
    for (const char* name : {"domainTable", "interactionTable", "itemTable", "importTable", "rejectTable"}) {
        const Tester tester(fixture.table(name)->model(), Tester::FailureReportingMode::QtTest);
        fixture.showTab(DataPage::InteractionsTab);
        fixture.showTab(DataPage::ItemsTab);
        fixture.showTab(DataPage::ImportsTab);
        fixture.session().announce(Change::Data);
        QTest::qWait(50);
    }
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
}

QTEST_MAIN(WindowModelTest)
#include "WindowModelTest.moc"
