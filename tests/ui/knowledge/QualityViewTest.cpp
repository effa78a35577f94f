#include "ui/knowledge/QualityView.h"
#include "core/experiment/IntrinsicChecks.h"
#include "core/store/FacetReviews.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"
#include "ui/charts/BarChart.h"
#include "ui/text/Numbers.h"

#include <QtGui/QUndoStack>
#include <QtWidgets/QTabWidget>

using namespace transept;
using namespace transept::test;

namespace {

/// Interactions of people who each keep to one theme of the fixture's items.
void addInteractions(const Workspace& workspace, const char* domain)
{
    const Database& database = workspace.database();
    need(database.execute("INSERT OR IGNORE INTO import(id, file, target, options, state, started)"
                          " VALUES(1, 'r.csv', 'interactions', '{}', 'finished', 0)"));
    need(database.execute(
        "INSERT OR IGNORE INTO person(id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        "WHERE "
        "i < 60) SELECT i FROM n;"
        "INSERT OR IGNORE INTO account(id, platform, key, person) SELECT id, 1, 'u' || id, id FROM person"));
    Result<Statement> add =
        database.prepare("INSERT INTO interaction(domain, account, item, nth, value, import, line)"
                         " SELECT item.domain, account.id, item.id, 0, 4, 1,"
                         "  account.id * 1000 + item.id FROM item, account"
                         " WHERE item.domain = (SELECT id FROM domain WHERE name = ?)"
                         " AND (CAST(substr(item.key, 6) AS INTEGER) - account.id) % 3 = 0"
                         " AND (item.id * 7 + account.id * 5) % 4 < 2");
    need(add->bind(1, std::string_view(domain)).run());
}

class QualityFixture : public KnowledgeFixture
{
public:
    bool openWithInteractions()
    {
        {
            const Workspace workspace = folder.workspace("texts.transept");
            for (const char* domain : {"films", "books"}) {
                addThemedItems(workspace, domain, 48);
                addInteractions(workspace, domain);
            }
            for (const char* name : {"words", "other"}) {
                need(extractAs(workspace.file(), name));
            }
        }
        const bool isShown = show();
        showQuality();
        return isShown;
    }

    static Status extractAs(const std::filesystem::path& file, const char* name)
    {
        Result<Workspace> workspace = Workspace::open(file);
        const auto report = extract(*workspace,
                                    {.extractor = "lexical",
                                     .name = name,
                                     .settings = {{"dimension", std::string_view(name) == "words" ? 8 : 9}}},
                                    {});
        return report ? Status() : Status(passOn(report));
    }

    void showQuality()
    {
        find<QTabWidget>("knowledgeTabs")->setCurrentWidget(window().findChild<ui::QualityView*>());
    }

    bool check()
    {
        click("checkKnowledge");
        return waitFor([&] { return !session().jobs().isAnyActive() && rows("facetSignals") > 0; });
    }
    QString sentences() { return label("qualitySentences"); }
};

} // namespace

class QualityViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<QualityFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void everyStateSaysWhatIsMissing()
    {
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->showQuality();
        QTRY_VERIFY(m_fixture->sentences().contains(QLatin1String("Extract a knowledge base first")));
        QVERIFY(!m_fixture->find<QPushButton>("checkKnowledge")->isEnabled());
        QVERIFY(m_fixture->label("reviewNote").contains(QLatin1String("Choose a finished knowledge base")));
        need(QualityFixture::extractAs(m_fixture->file(), "words"));
        m_fixture->session().announce(ui::Change::Knowledge);
        QTRY_VERIFY(m_fixture->find<QPushButton>("checkKnowledge")->isEnabled());
        QVERIFY(m_fixture->label("facetSignalsNote").contains(QLatin1String("Nothing is checked yet")));
        m_fixture->click("checkKnowledge");
        QTRY_VERIFY(m_fixture->sentences().contains(QLatin1String("films was not looked at")));
        QVERIFY(m_fixture->sentences().contains(QLatin1String("Too little was consumed together")));
    }

    void checkRunsAsAJobAndSaysWhatItFound()
    {
        QVERIFY(m_fixture->openWithInteractions());
        QTRY_VERIFY(m_fixture->find<QPushButton>("checkKnowledge")->isEnabled());
        QVERIFY(m_fixture->check());
        QCOMPARE(m_fixture->session().jobs().jobs().back()->state(), ui::Job::State::Finished);

        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        const IntrinsicChecks checks = checkKnowledge(workspace, {.knowledge = "other"}, {}).value();
        QVERIFY2(m_fixture->sentences().contains(QLatin1String("times as often as others as popular")),
                 qPrintable(m_fixture->sentences()));
        QVERIFY(m_fixture->sentences().contains(ui::numbers::real(checks.neighbours.front().lift.value)));
        const auto bars = [&] { return m_fixture->find<ui::BarChart>("liftChart")->values().rows; };
        QCOMPARE(bars().size(), checks.neighbours.size() / 2); // by vectors; and by words:
        const auto byVectors = bars();
        auto* basis = m_fixture->find<QComboBox>("liftBasis");
        basis->setCurrentIndex(1);
        Q_EMIT basis->activated(1);
        QCOMPARE(bars().size(), checks.neighbours.size() / 2);
        QVERIFY(bars() != byVectors);
        QCOMPARE(m_fixture->rows("facetSignals"), static_cast<int>(checks.facets.size()));
        QCOMPARE(m_fixture->cell("facetSignals", 0, 0).toStdString(), checks.facets.front().facet);
        QCOMPARE(m_fixture->cell("facetSignals", 0, 2), ui::numbers::percent(checks.facets.front().together));
        QCOMPARE(m_fixture->rows("facetAgreement"), 0);
        m_fixture->window().resize(800, 600); // what a facet is of can still be told
        QVERIFY(m_fixture->find<QTableView>("facetSignals")->columnWidth(1) >= 72);
    }

    void agreementWithAnotherIsShown()
    {
        QVERIFY(m_fixture->openWithInteractions());
        QTRY_VERIFY(m_fixture->find<QPushButton>("checkKnowledge")->isEnabled());
        m_fixture->choose("checkWith", "words");
        QVERIFY(m_fixture->check());
        QVERIFY2(m_fixture->sentences().contains(QLatin1String("nearest items with words")),
                 qPrintable(m_fixture->sentences()));
        QVERIFY(m_fixture->rows("facetAgreement") > 0);
        QCOMPARE(m_fixture->cell("facetAgreement", 0, 3), ui::numbers::percent(1.0));
        QVERIFY(m_fixture->find<QTableView>("facetAgreement")->columnWidth(1) >= 72);
        m_fixture->choose("checkWith", "");
        QCOMPARE(m_fixture->rows("facetAgreement"), 0); // not looked at by itself yet
        QVERIFY(m_fixture->label("facetSignalsNote").contains(QLatin1String("Nothing is checked yet")));
    }

    void facetsAreJudgedByKeysAndButtonsAndUndone()
    {
        QVERIFY(m_fixture->openWithInteractions());
        m_fixture->find<QTabWidget>("qualityTabs")->setCurrentIndex(3);
        QTRY_COMPARE(m_fixture->label("reviewProgress"), QStringLiteral("Facet 1 of 30; 0 judged"));
        auto* card = m_fixture->find<QWidget>("facetReview");
        card->setFocus();
        const QString first = m_fixture->label("reviewItem");
        const StallWatchdog watchdog;
        QTest::keyClick(card, Qt::Key_T);
        QTest::keyClick(card, Qt::Key_F);
        m_fixture->click("review:empty");
        QCOMPARE(m_fixture->label("reviewProgress"), QStringLiteral("Facet 4 of 30; 3 judged"));
        QTRY_COMPARE(stored(), QStringLiteral("empty,false,true"));
        QVERIFY(m_fixture->label("reviewOutcome").contains(QLatin1String("True: 1 of 3, 33 %")));

        m_fixture->session().undoStack().undo();
        QTRY_COMPARE(stored(), QStringLiteral("false,true"));
        QTRY_COMPARE(m_fixture->label("reviewProgress"), QStringLiteral("Facet 3 of 30; 2 judged"));
        QTest::keyClick(card, Qt::Key_Left);
        QTest::keyClick(card, Qt::Key_Left);
        QCOMPARE(m_fixture->label("reviewItem"), first);
        QVERIFY(m_fixture->find<QPushButton>("review:true")->isChecked());
        QTest::keyClick(card, Qt::Key_E); // judged anew
        QTRY_COMPARE(stored(), QStringLiteral("empty,false"));
        QVERIFY2(watchdog.longest() < 50.0, qPrintable(QString::number(watchdog.longest())));
        for (int left = 28; left > 0; --left) {
            QTest::keyClick(card, Qt::Key_T);
        }
        QCOMPARE(m_fixture->label("reviewProgress"), QStringLiteral("All 30 facets are judged."));
        QVERIFY(m_fixture->label("reviewOutcome").contains(QLatin1String("True: 28 of 30, 93 %")));
    }

private:
    QString stored() const
    {
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        Result<Statement> rows =
            workspace.database().prepare("SELECT verdict FROM facet_review ORDER BY verdict");
        QStringList verdicts;
        for (Result<bool> row = rows->step(); row && *row; row = rows->step()) {
            verdicts << QString::fromUtf8(rows->text(0).data(), static_cast<qsizetype>(rows->text(0).size()));
        }
        return verdicts.join(QLatin1Char(','));
    }

    std::unique_ptr<QualityFixture> m_fixture;
};

QTEST_MAIN(QualityViewTest)
#include "QualityViewTest.moc"
