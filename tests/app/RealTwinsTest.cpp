#include "core/experiment/Audit.h"
#include "core/ingest/Import.h"
#include "tests/support/Datasets.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

namespace transept {

/// The much-used pairs of Amazon's domains list products under two ids: how many, whom that hits and what it
/// makes of the gain of a source is known from an independent computation (NumPy and SciPy).
class RealTwinsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twinsOfPublicDataAreFound_data();
    void twinsOfPublicDataAreFound();
    void gainOfTheSourceIsTheLeak_data();
    void gainOfTheSourceIsTheLeak();

private:
    Workspace workspaceOf(const char* folder, const char* first, const char* second) const;

    test::Temporary m_folder;
};

namespace {

Spec specOf(const QString& target,
            const std::vector<std::string>& sources,
            bool dropTwins,
            const Json& method)
{
    return test::valueOf(specFrom(
        {{"data", {{"target", target.toStdString()}, {"sources", sources}, {"drop_twins", dropTwins}}},
         {"split", {{"kind", "given"}}},
         {"method", method},
         {"measures", {"ndcg@10"}}}));
}

/// As they were tuned on validation rows of the training parts.
const Json easeAlone{{"name", "ease"}, {"lambda", 200}};
const Json easeTogether{{"name", "ease"}, {"lambda", 50}};

RunRecord finished(const Workspace& workspace, const Spec& spec)
{
    return test::valueOf(execute(workspace, test::valueOf(enqueue(workspace, spec)), {}));
}

} // namespace

/// `first` and `second` are domains; the folder of a pair holds one of each, named after both.
Workspace RealTwinsTest::workspaceOf(const char* folder, const char* first, const char* second) const
{
    const std::string name = fmt::format("{}.transept", folder);
    const bool isThere = std::filesystem::exists(m_folder.path(name));
    Workspace workspace =
        isThere ? test::valueOf(Workspace::open(m_folder.path(name))) : m_folder.workspace(name);
    for (const auto& [domain, other] : {std::pair{first, second}, std::pair{second, first}}) {
        for (const char* part : {"train", "test"}) {
            if (!isThere) {
                (void)test::valueOf(importFile(
                    workspace,
                    *test::sharedData() / fmt::format("{}/{}_{}/{}.txt", folder, domain, other, part),
                    {.domain = domain, .platform = "amazon", .part = part},
                    {}));
            }
        }
    }
    return workspace;
}

void RealTwinsTest::twinsOfPublicDataAreFound_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("items");
    QTest::addColumn<int>("hit");

    QTest::newRow("sport") << "amazon_sport_phone"
                           << "sport"
                           << "phone" << 44 << 32;
    QTest::newRow("phone") << "amazon_sport_phone"
                           << "phone"
                           << "sport" << 51 << 27;
    QTest::newRow("electronic") << "amazon_electronic_cell"
                                << "electronic"
                                << "cell" << 333 << 138;
    QTest::newRow("cell") << "amazon_electronic_cell"
                          << "cell"
                          << "electronic" << 352 << 268;
}

void RealTwinsTest::twinsOfPublicDataAreFound()
{
    NEED_SHARED_DATA();
    QFETCH(QString, folder);
    QFETCH(QString, target);
    QFETCH(QString, source);
    QFETCH(int, items);
    QFETCH(int, hit);
    const QByteArray ends[] = {target.toUtf8(), source.toUtf8()};
    const Workspace workspace =
        workspaceOf(folder.toUtf8().constData(), ends[0].constData(), ends[1].constData());
    const Spec spec = specOf(target, {source.toStdString()}, false, {{"name", "popularity"}});
    const RunRecord run = finished(workspace, spec);

    const std::vector<Finding> findings = test::valueOf(audit(workspace, run.id, {}));

    const auto leak = std::ranges::find(findings, std::string("twin-leak"), &Finding::code);
    QVERIFY(leak != findings.end());
    QCOMPARE(leak->figures.at("items").get<int>(), items);
    QCOMPARE(leak->figures.at("hit_users").get<int>(), hit);
}

void RealTwinsTest::gainOfTheSourceIsTheLeak_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QList<double>>("hit");    ///< NDCG@10 without and with the source
    QTest::addColumn<QList<double>>("others"); ///< the same

    QTest::newRow("sport") << "sport"
                           << "phone" << QList<double>{.1228, .8537} << QList<double>{.0327, .0299};
    QTest::newRow("phone") << "phone"
                           << "sport" << QList<double>{.2624, .8301} << QList<double>{.0440, .0426};
}

void RealTwinsTest::gainOfTheSourceIsTheLeak()
{
    NEED_SHARED_DATA();
    QFETCH(QString, target);
    QFETCH(QString, source);
    QFETCH(QList<double>, hit);
    QFETCH(QList<double>, others);
    const Workspace workspace = workspaceOf("amazon_sport_phone", "sport", "phone");
    const std::vector<std::string> sources{source.toStdString()};
    const RunRecord alone = finished(workspace, specOf(target, {}, false, easeAlone));
    const RunRecord together = finished(workspace, specOf(target, sources, false, easeTogether));
    const RunRecord dropped = finished(workspace, specOf(target, sources, true, easeTogether));
    const std::vector<RunId> runs{alone.id, together.id, dropped.id};

    const std::vector<Finding> findings = test::valueOf(audit(workspace, runs, {}));

    QCOMPARE(std::ranges::count(findings, std::string("twin-leak"), &Finding::code), std::ptrdiff_t{1});
    const auto gain = std::ranges::find(findings, std::string("twin-gain"), &Finding::code);
    QVERIFY(gain != findings.end());
    QVERIFY(gain->severity == Severity::Serious);
    QVERIFY(gain->runs == (std::vector{alone.id, together.id}));
    const auto agrees = [&](const char* whose, const char* run, double expected) {
        return std::abs(gain->figures.at(whose).at(run).get<double>() - expected) < 5e-4;
    };
    QVERIFY2(agrees("hit", "without_sources", hit[0]), gain->figures.dump().c_str());
    QVERIFY2(agrees("hit", "with_sources", hit[1]), gain->figures.dump().c_str());
    QVERIFY2(agrees("others", "without_sources", others[0]), gain->figures.dump().c_str());
    QVERIFY2(agrees("others", "with_sources", others[1]), gain->figures.dump().c_str());
    const auto ndcg = [](const RunRecord& run) { return run.measures.at("ndcg@10"); };
    qInfo("NDCG@10 alone %.4f, with the source %.4f, without its twins %.4f",
          ndcg(alone),
          ndcg(together),
          ndcg(dropped));
    QVERIFY(ndcg(together) > ndcg(alone) + 0.001);
    QVERIFY(ndcg(dropped) <= ndcg(alone));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RealTwinsTest)
#include "RealTwinsTest.moc"
