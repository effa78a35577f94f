#include "tests/ui/recommend/RecommendFixture.h"
#include "ui/recommend/RecommendationModel.h"

#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;
using ui::RecommendationModel;

/// Items that are lassoed on the map of another page, in the lists of recommendations.
class RecommendLassoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<RecommendFixture>();
        {
            Workspace workspace = m_fixture->folder.workspace();
            m_runs = makeRuns(workspace);
        }
        QVERIFY(m_fixture->show(m_fixture->folder.path("test.transept")));
        m_fixture->session().selection().setRuns({m_runs.mf.id, m_runs.popularity.id});
        m_fixture->search("u5");
        QTRY_VERIFY(m_fixture->users().rowCount() > 0);
        m_fixture->click(m_fixture->find<QListView>("users"), 0);
        QVERIFY(m_fixture->hasList(m_runs.mf, 10));
        QVERIFY(m_fixture->hasList(m_runs.popularity, 10));
    }
    void cleanup() { m_fixture.reset(); }

    void lassoedItemsAreMarked()
    {
        QVERIFY(!only()->isVisible());
        const std::vector<ItemId> before = items(m_runs.mf);
        lasso({before[1], before[4]});
        QTRY_VERIFY(only()->isVisible());
        QCOMPARE(only()->text(), QStringLiteral("Only the 2 lassoed"));
        for (std::size_t row = 0; row < before.size(); ++row) {
            const QModelIndex index = m_fixture->list(m_runs.mf)->model()->index(static_cast<int>(row), 0);
            const bool isLassoed = row == 1 || row == 4;
            QCOMPARE(index.data(RecommendationModel::LassoedRole).toBool(), isLassoed);
            QCOMPARE(index.data(Qt::AccessibleTextRole).toString().endsWith(QLatin1String(", lassoed")),
                     isLassoed);
            QCOMPARE(index.data(Qt::ToolTipRole).toString().contains(QLatin1String("lassoed")), isLassoed);
        }
        QVERIFY(items(m_runs.mf) == before); // all are still there
    }

    void lassoedItemsAreRankedAlone()
    {
        auto* length = m_fixture->find<QSpinBox>("listLength");
        length->setValue(100);
        QTRY_VERIFY(items(m_runs.mf).size() > 10);
        const std::vector<ItemId> all = items(m_runs.mf);
        length->setValue(3);
        QVERIFY(m_fixture->hasList(m_runs.mf, 3));
        const std::vector<ItemId> wanted{all[7], all[2], all[12], all[9]};
        lasso(wanted);
        QTest::mouseClick(only(), Qt::LeftButton);
        QTRY_VERIFY((items(m_runs.mf) == std::vector<ItemId>{all[2], all[7], all[9]})); // the best three
        const QModelIndex first = m_fixture->list(m_runs.mf)->model()->index(0, 0);
        QCOMPARE(first.data(RecommendationModel::RankRole).toInt(), 1);
        QTRY_VERIFY(std::ranges::all_of(items(m_runs.popularity), [&](ItemId item) {
            return std::ranges::find(wanted, item) != wanted.end();
        }));

        lasso({all[12]}); // others, while the switch is on
        QTRY_VERIFY((items(m_runs.mf) == std::vector<ItemId>{all[12]}));
        QTest::mouseClick(m_fixture->find<QToolButton>("letLassoedGo"), Qt::LeftButton);
        QVERIFY(m_fixture->session().selection().items().empty());
        QTRY_VERIFY((items(m_runs.mf) == std::vector<ItemId>{all[0], all[1], all[2]}));
        QVERIFY(!only()->isVisible() && !only()->isChecked());
    }

    void lassoWithoutARecommendableItemSaysSo()
    {
        lasso({ItemId{999'999}});
        QTest::mouseClick(only(), Qt::LeftButton);
        const auto says = [&] {
            const QList<QLabel*> labels = m_fixture->page().findChildren<QLabel*>();
            return std::ranges::count_if(labels, [](const QLabel* each) {
                return each->isVisible() && each->text().startsWith(QLatin1String("None of the lassoed"));
            });
        };
        QTRY_COMPARE(says(), 2); // in the place of each list
        QTest::mouseClick(only(), Qt::LeftButton);
        QVERIFY(m_fixture->hasList(m_runs.mf, 10));
        QTRY_COMPARE(says(), 0);
    }

private:
    QToolButton* only() { return m_fixture->find<QToolButton>("onlyLassoedItems"); }
    void lasso(std::vector<ItemId> items) { m_fixture->session().selection().setItems(std::move(items)); }
    std::vector<ItemId> items(const RunRecord& run)
    {
        std::vector<ItemId> shown;
        const QAbstractItemModel* model = m_fixture->list(run)->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            shown.push_back(ItemId{model->index(row, 0).data(RecommendationModel::ItemRole).toLongLong()});
        }
        return shown;
    }

    std::unique_ptr<RecommendFixture> m_fixture;
    FilmRuns m_runs;
};

QTEST_MAIN(RecommendLassoTest)
#include "RecommendLassoTest.moc"
