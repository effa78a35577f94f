#include "tests/ui/EmptyStates.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/recommend/RecommendFixture.h"
#include "ui/look/SeriesColours.h"
#include "ui/recommend/HistoryModel.h"
#include "ui/recommend/ListCard.h"
#include "ui/recommend/ReasonModel.h"
#include "ui/recommend/RecommendationModel.h"
#include "ui/recommend/UserModel.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSpinBox>

using namespace transept;
using namespace transept::test;
using ui::ReasonModel;
using ui::RecommendationModel;

class RecommendPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_workspace = m_folder.workspace();
        m_runs = makeRuns(*m_workspace);
    }

    void init()
    {
        m_fixture = std::make_unique<RecommendFixture>();
        m_file = m_fixture->folder.path("copy.transept");
        QVERIFY(m_workspace->database().execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
        std::filesystem::copy_file(m_workspace->file(), m_file);
    }

    void cleanup() { m_fixture.reset(); }

    void withoutRunsThePageLeadsToExperiments()
    {
        QVERIFY(m_fixture->show(m_fixture->folder.path("empty.transept")));
        QCOMPARE(pageThatTheEmptyStateLeadsTo(m_fixture->page()), QStringLiteral("experiments"));
        QVERIFY(!m_fixture->find<QSpinBox>("listLength")->isVisible()); // of lists that are not there
        QVERIFY(!m_fixture->find<QAction>("nextUser")->isEnabled());
    }

    void usersAreFoundByActivityAndById()
    {
        open({m_runs.popularity});
        const auto busiest = valueOf(users(*m_workspace, "", 200));
        QTRY_COMPARE(m_fixture->users().rowCount(), static_cast<int>(busiest.size()));
        for (int row = 0; row < m_fixture->users().rowCount(); ++row) {
            QCOMPARE(m_fixture->users().index(row, 0).data().toString().toStdString(),
                     busiest[static_cast<std::size_t>(row)].key);
        }
        QVERIFY(m_fixture->session().selection().user() == busiest.front().person);
        QTRY_VERIFY(m_fixture->sentence().startsWith(QString::fromStdString(busiest.front().key)));
        QVERIFY(m_fixture->sentence().contains(QLatin1String(" in films")));

        m_fixture->search("u17");
        QTRY_COMPARE(m_fixture->users().rowCount(), 1);
        m_fixture->click(m_fixture->find<QListView>("users"), 0);
        QVERIFY(m_fixture->session().selection().user() == personOf(*m_workspace, "u17"));
        QTRY_VERIFY(m_fixture->sentence().startsWith(QLatin1String("u17: ")));

        m_fixture->search("nobody");
        QTRY_VERIFY(m_fixture->find<QLabel>("nobodyFound")->isVisible());
        QVERIFY(m_fixture->label("nobodyFound").contains(QLatin1String("nobody")));
        QVERIFY(m_fixture->sentence().startsWith(QLatin1String("u17: "))); // still the chosen one
    }

    void historyIsShownByDomain()
    {
        open({m_runs.popularity});
        choose("u3");
        const auto entries = valueOf(history(*m_workspace, personOf(*m_workspace, "u3")));
        const auto titlesShown = [this] {
            std::vector<std::string> titles;
            for (int branch = 0; branch < m_fixture->history().rowCount(); ++branch) {
                const QModelIndex domain = m_fixture->history().index(branch, 0);
                for (int row = 0; row < m_fixture->history().rowCount(domain); ++row) {
                    titles.push_back(
                        m_fixture->history().index(row, 0, domain).data().toString().toStdString());
                }
            }
            return titles;
        };
        std::vector<std::string> titles;
        std::ranges::transform(entries, std::back_inserter(titles), &HistoryEntry::title);
        QTRY_VERIFY(titlesShown() == titles); // until then it may be the history of the user before
        QCOMPARE(m_fixture->history().rowCount(), 2);
        int shown = 0;
        for (int branch = 0; branch < 2; ++branch) {
            const QModelIndex domain = m_fixture->history().index(branch, 0);
            const int count = m_fixture->history().rowCount(domain);
            for (int row = 0; row < count; ++row, ++shown) {
                const HistoryEntry& entry = entries[static_cast<std::size_t>(shown)];
                QVERIFY(domain.data().toString().startsWith(QString::fromStdString(entry.domain)));
                QCOMPARE(m_fixture->history().index(row, 0, domain).data().toString().toStdString(),
                         entry.title);
                QCOMPARE(
                    m_fixture->history().index(row, ui::HistoryModel::ValueColumn, domain).data().toString(),
                    ui::numbers::exactly(entry.value));
            }
        }
        QCOMPARE(shown, static_cast<int>(entries.size()));
        for (int branch = 0; branch < 2; ++branch) { // a domain has the colour that it has on the data page
            const QModelIndex domain = m_fixture->history().index(branch, 0);
            const int colour = domain.data().toString().startsWith(QStringLiteral("films")) ? 0 : 1;
            QCOMPARE(domain.data(Qt::DecorationRole).value<QIcon>().pixmap(12).toImage(),
                     ui::seriesIcon(colour).pixmap(12).toImage());
        }
    }

    void listThatCannotBeMadeCountsNothing()
    {
        ui::ListCard card;
        card.resize(300, 400);
        card.setItems({{.rank = 1, .item = ItemId{1}, .confirmed = true}});
        auto* confirmed = card.findChild<QLabel*>(QStringLiteral("confirmedCount"));
        QCOMPARE(confirmed->text(), QStringLiteral("1 confirmed"));
        QVERIFY(!confirmed->isHidden());
        card.setNotice(QStringLiteral("This user has no interaction in the data of the run."));
        QVERIFY(confirmed->isHidden());
        card.resize(200, 400);
        card.setItems({{.rank = 1, .item = ItemId{1}, .confirmed = true}});
        QVERIFY(!confirmed->isHidden());
    }

    void listsOfSeveralRunsStandSideBySideWithWhatTheTestConfirms()
    {
        open({m_runs.knn, m_runs.mf, m_runs.popularity});
        choose("u5");
        int right = -1;
        int confirmed = 0;
        for (const RunRecord* run : {&m_runs.knn, &m_runs.mf, &m_runs.popularity}) {
            QVERIFY(m_fixture->hasList(*run, 10));
            const auto expected = expectedList(*run, "u5");
            const QAbstractItemModel& shown = *m_fixture->list(*run)->model();
            for (int row = 0; row < 10; ++row) {
                const Recommendation& item = expected[static_cast<std::size_t>(row)];
                const QModelIndex index = shown.index(row, 0);
                QCOMPARE(index.data().toString().toStdString(), item.title);
                QCOMPARE(index.data(RecommendationModel::RankRole).toInt(), row + 1);
                QCOMPARE(index.data(RecommendationModel::ScoreRole).toString(),
                         ui::numbers::real(item.score));
                QCOMPARE(index.data(RecommendationModel::ConfirmedRole).toBool(), item.confirmed);
                confirmed += item.confirmed ? 1 : 0;
            }
            const int x = m_fixture->list(*run)->mapTo(&m_fixture->window(), QPoint()).x();
            QVERIFY(x > right);
            right = x;
        }
        QVERIFY(confirmed > 0);
    }

    void threeListsFitIntoAWindowOf1280()
    {
        open({m_runs.knn, m_runs.mf, m_runs.popularity});
        choose("u5");
        QCOMPARE(m_fixture->window().width(), 1280);
        for (const RunRecord* run : {&m_runs.knn, &m_runs.mf, &m_runs.popularity}) {
            QVERIFY(m_fixture->hasList(*run, 10));
            const QWidget* list = m_fixture->list(*run);
            QCOMPARE(list->visibleRegion().boundingRect(), list->rect());
        }
        // What the narrow list cuts stands in the tooltip: title and key, and the strongest reason.
        const Recommendation first = expectedList(m_runs.knn, "u5").front();
        const QStringList lines = m_fixture->list(m_runs.knn)
                                      ->model()
                                      ->index(0, 0)
                                      .data(Qt::ToolTipRole)
                                      .toString()
                                      .split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.front().startsWith(QString::fromStdString(first.title + " (" + first.key + ")")));
        QVERIFY(lines.back().startsWith(QStringLiteral("mostly for ")));
    }

    void reasonsAreTheUsersItemsByDomain()
    {
        open({m_runs.knn, m_runs.mf});
        choose("u5");
        for (const RunRecord* run : {&m_runs.knn, &m_runs.mf}) {
            QVERIFY(m_fixture->hasList(*run, 10));
            const Recommendation expected = expectedList(*run, "u5")[1];
            QVERIFY(!expected.reasons.empty());
            m_fixture->click(m_fixture->list(*run), 1);
            QVERIFY(m_fixture->label("reasonsTitle").contains(QString::fromStdString(expected.title)));
            QVERIFY(m_fixture->label("reasonsSubtitle").contains(QString::fromStdString(run->name)));
            QCOMPARE(shownReasons(), reasonsOf(expected));
        }
        QCOMPARE(expectedList(m_runs.knn, "u5")[1].shares.size(), std::size_t{2}); // from books as well
    }

    void reasonThatSpeaksAgainstAnItemIsNotItsWhy()
    {
        ui::RecommendationModel model;
        model.setItems({{.item = ItemId{1},
                         .reasons = {{.kind = "item", .title = "Dune", .weight = -0.5},
                                     {.kind = "item", .title = "Emma", .weight = 0.25}}},
                        {.item = ItemId{2}, .reasons = {{.kind = "item", .title = "Dune", .weight = -0.5}}}});
        QCOMPARE(model.index(0).data(RecommendationModel::WhyRole).toString(),
                 QStringLiteral("mostly for Emma"));
        QVERIFY(model.index(1).data(RecommendationModel::WhyRole).toString().isEmpty());
    }

    void kfmfShowsWhereItsAttentionWent()
    {
        open({m_runs.kfmf});
        choose("u5");
        QVERIFY(m_fixture->hasList(m_runs.kfmf, 10));
        const Recommendation expected = expectedList(m_runs.kfmf, "u5").front();
        m_fixture->click(m_fixture->list(m_runs.kfmf), 0);
        const QString heading = QStringLiteral("Facets attention");
        QStringList facets{heading};
        for (const Reason& reason : expected.reasons) {
            if (reason.kind == "facet") {
                facets << QStringLiteral("%1: %2 %3")
                              .arg(QString::fromStdString(reason.key),
                                   QString::fromStdString(reason.title),
                                   ui::numbers::percent(reason.weight, 2));
            }
        }
        QVERIFY(facets.size() > 1);
        const QStringList shown = shownReasons();
        QCOMPARE(shown.mid(shown.indexOf(heading)), facets);
    }

    void methodWithoutReasonsSaysSo()
    {
        open({m_runs.popularity});
        choose("u5");
        QVERIFY(m_fixture->hasList(m_runs.popularity, 10));
        m_fixture->click(m_fixture->list(m_runs.popularity), 0);
        QVERIFY(m_fixture->label("reasonsSubtitle").startsWith(QLatin1String("favourites cannot say")));
        QVERIFY(!m_fixture->find<QListView>("reasonList")->isVisible());
    }

    void reasonsFollowTheUserAndTheRun()
    {
        open({m_runs.knn, m_runs.popularity});
        choose("u5");
        QVERIFY(m_fixture->hasList(m_runs.knn, 10));
        m_fixture->click(m_fixture->list(m_runs.knn), 0);
        QVERIFY(m_fixture->reasons().rowCount() > 0);
        choose("u31"); // another list, perhaps without that item: never the other user's reasons
        QCOMPARE(m_fixture->reasons().rowCount(), 0);
        m_fixture->session().selection().setItem(std::nullopt);
        choose("u5");
        QVERIFY(m_fixture->hasList(m_runs.knn, 10));
        m_fixture->click(m_fixture->list(m_runs.knn), 0);
        m_fixture->session().selection().setRuns({m_runs.popularity.id});
        QCOMPARE(m_fixture->reasons().rowCount(), 0);
    }

    void runsAreChosenFromTheMenu()
    {
        open({m_runs.knn});
        choose("u5");
        auto* menu = m_fixture->find<QMenu>("runMenu");
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 4);
        QCOMPARE(menu->actions().front()->text(), QStringLiteral("favourites")); // the latest first
        QVERIFY(menu->actions().back()->isChecked());
        QVERIFY(!menu->actions().back()->isEnabled()); // one list at least
        auto* favourites = menu->findChildren<QCheckBox*>().front();
        QCOMPARE(favourites->text(), QStringLiteral("favourites"));
        QVERIFY(!favourites->isChecked());
        favourites->click();
        const std::vector<RunId> both{m_runs.knn.id, m_runs.popularity.id};
        QCOMPARE(m_fixture->session().selection().runs(), both);
        QVERIFY(menu->actions().back()->isEnabled());
        QVERIFY(m_fixture->hasList(m_runs.popularity, 10));
    }

    void lengthOfTheListsIsChosen()
    {
        open({m_runs.knn, m_runs.mf});
        choose("u5");
        QVERIFY(m_fixture->hasList(m_runs.mf, 10));
        m_fixture->find<QSpinBox>("listLength")->setValue(3);
        QVERIFY(m_fixture->hasList(m_runs.mf, 3));
        QVERIFY(m_fixture->hasList(m_runs.knn, 3));
    }

    void newItemsStandInTheListsAndAreMarked()
    {
        bringNewFilm();
        open({m_runs.knn, m_runs.mf});
        choose("u30");
        auto* box = m_fixture->find<QCheckBox>("newItems");
        QVERIFY(box->isEnabled());
        const auto newRow = [&](const RunRecord& run) {
            const QAbstractItemModel& model = *m_fixture->list(run)->model();
            for (int row = 0; row < model.rowCount(); ++row) {
                if (!model.index(row, 0).data(RecommendationModel::NewRole).toString().isEmpty()) {
                    return row;
                }
            }
            return -1;
        };
        m_fixture->find<QSpinBox>("listLength")->setValue(100);
        QVERIFY(waitFor([&] { return m_fixture->list(m_runs.mf)->model()->rowCount() > 10; }));
        QCOMPARE(newRow(m_runs.mf), -1);
        StallWatchdog watchdog;
        box->click();
        for (const RunRecord& run : {m_runs.mf, m_runs.knn}) {
            QVERIFY(waitFor([&] { return newRow(run) >= 0; }));
            const QModelIndex film = m_fixture->list(run)->model()->index(newRow(run), 0);
            QCOMPARE(film.data().toString(), QStringLiteral("premiere"));
            QVERIFY(film.data(RecommendationModel::WhyRole).toString().contains(QLatin1String("20")));
            QVERIFY(film.data(Qt::AccessibleTextRole).toString().contains(QLatin1String("new")));
        }
#ifndef TRANSEPT_SANITIZED
        QVERIFY2(watchdog.longest() < 50.0, qPrintable(QString::number(watchdog.longest())));
#endif
        m_fixture->click(m_fixture->list(m_runs.mf), newRow(m_runs.mf));
        QTRY_VERIFY(m_fixture->label("reasonsTitle").contains(QLatin1String("premiere")));
        QVERIFY(m_fixture->label("reasonsSubtitle").contains(QLatin1String("20")));
        box->click();
        QVERIFY(waitFor([&] { return newRow(m_runs.mf) < 0 && newRow(m_runs.knn) < 0; }));
    }

    void cardSaysWhenNoItemIsNew()
    {
        open({m_runs.knn});
        choose("u30");
        m_fixture->find<QCheckBox>("newItems")->click();
        QTRY_COMPARE(m_fixture->label("confirmedCount"), QStringLiteral("no new items"));
        QVERIFY(!m_fixture->find<QLabel>("confirmedCount")->toolTip().isEmpty());
    }

    void newItemsAreNotOfferedWhereTheMethodCannot()
    {
        const RunRecord bpr = [&] {
            const Workspace workspace = valueOf(Workspace::open(m_file));
            return finishedRun(workspace, {{"name", "pairs"}, {"method.name", "bpr"}, {"method.epochs", 2}});
        }();
        bringNewFilm();
        open({bpr});
        auto* box = m_fixture->find<QCheckBox>("newItems");
        QTRY_VERIFY(!box->isEnabled());
        QVERIFY(box->toolTip().contains(QLatin1String("pairs")));
        m_fixture->session().selection().setRuns({bpr.id, m_runs.mf.id});
        QTRY_VERIFY(box->isEnabled());
        QTRY_VERIFY(m_fixture->hasList(m_runs.mf, 10));
        QVERIFY(box->toolTip().contains(QLatin1String("pairs"))); // still not in that list
    }

    void stateIsThereAgainAfterARestart()
    {
        open({m_runs.mf, m_runs.knn});
        choose("u9");
        m_fixture->find<QSpinBox>("listLength")->setValue(4);
        m_fixture->find<QCheckBox>("newItems")->click();
        QVERIFY(m_fixture->hasList(m_runs.mf, 4));
        m_fixture->window().close();
        m_fixture->reopen();
        QVERIFY(m_fixture->show(m_file));
        QVERIFY(m_fixture->session().selection().user() == personOf(*m_workspace, "u9"));
        QVERIFY(m_fixture->hasList(m_runs.mf, 4));
        QVERIFY(m_fixture->hasList(m_runs.knn, 4));
        QTRY_VERIFY(m_fixture->sentence().startsWith(QLatin1String("u9: ")));
        QVERIFY(m_fixture->find<QCheckBox>("newItems")->isChecked());
    }

    void theWindowStaysQuickFromUserToUser()
    {
        open({m_runs.knn, m_runs.kfmf, m_runs.mf});
        QVERIFY(m_fixture->hasList(m_runs.knn, 10));
        QVERIFY(m_fixture->hasList(m_runs.kfmf, 10));
        QVERIFY(m_fixture->hasList(m_runs.mf, 10));
        StallWatchdog watchdog;
        for (int step = 0; step < 15; ++step) {
            QSignalSpy filled(m_fixture->list(m_runs.mf)->model(), &QAbstractItemModel::modelReset);
            m_fixture->find<QAction>("nextUser")->trigger();
            QVERIFY(filled.wait(patience));
        }
        qInfo("%zu stretches, longest %.1f ms", watchdog.count(), watchdog.longest());
#ifndef TRANSEPT_SANITIZED
        QVERIFY2(watchdog.longest() < 50.0, qPrintable(QString::number(watchdog.longest())));
#endif
    }

    void modelsKeepTheContractOfItemModels()
    {
        open({m_runs.knn});
        QVERIFY(m_fixture->hasList(m_runs.knn, 10));
        using Tester = QAbstractItemModelTester;
        const Tester users(&m_fixture->users(), Tester::FailureReportingMode::QtTest);
        const Tester history(&m_fixture->history(), Tester::FailureReportingMode::QtTest);
        const Tester reasons(&m_fixture->reasons(), Tester::FailureReportingMode::QtTest);
        const Tester list(m_fixture->list(m_runs.knn)->model(), Tester::FailureReportingMode::QtTest);
        choose("u5");
        QTRY_VERIFY(m_fixture->history().rowCount() == 2);
        m_fixture->click(m_fixture->list(m_runs.knn), 0);
        m_fixture->search("u1");
        QTRY_VERIFY(m_fixture->users().rowCount() == 11);
    }

private:
    void open(const std::vector<RunRecord>& runs)
    {
        QVERIFY(m_fixture->show(m_file));
        std::vector<RunId> ids;
        std::ranges::transform(runs, std::back_inserter(ids), &RunRecord::id);
        m_fixture->session().selection().setRuns(ids);
        QTRY_VERIFY(m_fixture->session().selection().user().has_value());
    }

    /// A film that came after the runs, seen by half of the people.
    void bringNewFilm()
    {
        std::string events = "films:";
        for (int user = 1; user <= 20; ++user) {
            events += fmt::format("{} u{} premiere {}", user == 1 ? "" : ",", user, 4 + user % 2);
        }
        fill(valueOf(Workspace::open(m_file)), events);
    }

    /// Chooses a user and waits until the lists are that user's.
    void choose(const char* key)
    {
        const PersonId person = personOf(*m_workspace, key);
        m_fixture->session().selection().setUser(person);
        for (const RunId run : m_fixture->session().selection().runs()) {
            const RunRecord record = valueOf(RunStore(*m_workspace).find(run));
            const auto expected = expectedList(record, key);
            const auto isThere = [&] {
                QListView* list = m_fixture->list(record);
                return list != nullptr && list->model()->rowCount() > 0 &&
                       list->model()->index(0, 0).data().toString().toStdString() == expected.front().title &&
                       list->model()->index(0, 0).data(RecommendationModel::ScoreRole).toString() ==
                           ui::numbers::real(expected.front().score);
            };
            QVERIFY(waitFor(isThere));
        }
    }

    std::vector<Recommendation> expectedList(const RunRecord& run, const char* key)
    {
        std::shared_ptr<const FittedRun>& fitted = m_fitted[run.id];
        if (!fitted) {
            fitted = valueOf(reopen(*m_workspace, run.id, {}));
        }
        return valueOf(
            recommend(*m_workspace, *fitted, personOf(*m_workspace, key), {.top = 10, .reasons = true}, {}));
    }

    /// "films 60 %", "The Star i3 +0.24", ...
    static QStringList reasonsOf(const Recommendation& item)
    {
        QStringList lines;
        for (const auto& [domain, share] : item.shares) {
            lines << QStringLiteral("%1 %2").arg(QString::fromStdString(domain),
                                                 ui::numbers::percent(share, 2));
            for (const Reason& reason : item.reasons) {
                if (reason.domain == domain) {
                    const QString weight = ui::numbers::real(reason.weight, 2);
                    lines << QStringLiteral("%1 %2%3").arg(QString::fromStdString(reason.title),
                                                           reason.weight > 0.0 ? QStringLiteral("+")
                                                                               : QString(),
                                                           weight);
                }
            }
        }
        return lines;
    }

    QStringList shownReasons()
    {
        QStringList lines;
        for (int row = 0; row < m_fixture->reasons().rowCount(); ++row) {
            const QModelIndex index = m_fixture->reasons().index(row, 0);
            lines << QStringLiteral("%1 %2").arg(index.data().toString(),
                                                 index.data(ReasonModel::FigureRole).toString());
        }
        return lines;
    }

    Temporary m_folder;
    std::optional<Workspace> m_workspace;
    FilmRuns m_runs;
    std::map<RunId, std::shared_ptr<const FittedRun>> m_fitted;
    std::unique_ptr<RecommendFixture> m_fixture;
    std::filesystem::path m_file;
};

QTEST_MAIN(RecommendPageTest)
#include "RecommendPageTest.moc"
