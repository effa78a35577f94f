#include "tests/app/RealWorkspaces.h"

#include <QtTest/QTest>

#include <algorithm>

namespace transept {

using test::finished;
using test::specFile;

/// The figures that methods have to reach on public data, by the protocols that others used, with the
/// settings that were chosen on validation rows.
class RealDataTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ratingErrorReachesTheFigure_data();
    void ratingErrorReachesTheFigure();
    void rankingReachesTheFigure_data();
    void rankingReachesTheFigure();
    void tasteAndOtherDomainsBeatTheBias_data();
    void tasteAndOtherDomainsBeatTheBias();

private:
    Workspace opened(const char* name) const;

    test::Temporary m_folder;
};

Workspace RealDataTest::opened(const char* name) const
{
    return test::valueOf(Workspace::open(m_folder.path(name)));
}

void RealDataTest::initTestCase()
{
    NEED_SHARED_DATA();
    test::importMovieLens(m_folder, "movielens");
    Workspace tweets = m_folder.workspace("tweets");
    test::load(tweets, "movietweetings_100k/ratings.dat", {.domain = "films"});
    Workspace douban = m_folder.workspace("douban");
    test::load(douban, "douban/douban_book/ratings.dat", {.domain = "books", .platform = "douban"});
    test::load(douban, "douban/douban_music/ratings.dat", {.domain = "music", .platform = "douban"});
    test::importPhonesAndSport(m_folder, "amazon");
}

void RealDataTest::ratingErrorReachesTheFigure_data()
{
    QTest::addColumn<QString>("workspace");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<double>("bar");
    QTest::addColumn<double>("tooGood");

    QTest::newRow("MovieLens, bias") << "movielens"
                                     << "movielens-bias" << 0.886 << 0.875;
    QTest::newRow("MovieLens, mf") << "movielens"
                                   << "movielens-mf" << 0.877 << 0.855;
    QTest::newRow("MovieLens, bayesian-mf") << "movielens"
                                            << "movielens-bayesian-mf" << 0.8595 << 0.840; // myFM's
    QTest::newRow("MovieTweetings, bias") << "tweets"
                                          << "movietweetings-bias" << 1.526 << 1.500;
    QTest::newRow("MovieTweetings, mf") << "tweets"
                                        << "movietweetings-mf" << 1.5238 << 1.500; // what bias reaches
    QTest::newRow("MovieTweetings, bayesian-mf") << "tweets"
                                                 << "movietweetings-bayesian-mf" << 1.517 << 1.490; // myFM's
    QTest::newRow("Douban books, mf") << "douban"
                                      << "douban-books-fold-mf" << 0.792 << 0.775;
    QTest::newRow("Douban music, mf") << "douban"
                                      << "douban-music-fold-mf" << 0.798 << 0.780;
}

/// Rows numbered from 0 in file order, fold f tests those with number % 5 == f; the mean of five folds.
void RealDataTest::ratingErrorReachesTheFigure()
{
    NEED_SHARED_DATA();
    QFETCH(QString, workspace);
    QFETCH(QString, spec);
    QFETCH(double, bar);
    QFETCH(double, tooGood);
    const Workspace opened = this->opened(workspace.toUtf8().constData());
    Json document = specFile(spec.toStdString());
    double total = 0.0;
    for (int fold = 0; fold < 5; ++fold) {
        document["split"]["fold"] = fold;
        total += finished(opened, document).measures.at("rmse");
    }
    const double mean = total / 5.0;
    qInfo("RMSE %.4f", mean);
    QVERIFY2(mean <= bar, qPrintable(QString::number(mean)));
    QVERIFY2(mean > tooGood, qPrintable(QString::number(mean)));
}

void RealDataTest::rankingReachesTheFigure_data()
{
    QTest::addColumn<QString>("workspace");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("highest");

    QTest::newRow("MovieLens, ials") << "movielens"
                                     << "movielens-ials" << 0.2780 << 0.2830; // implicit's at least
    QTest::newRow("MovieLens, ease") << "movielens"
                                     << "movielens-ease" << 0.2700 << 0.2725;
    QTest::newRow("MovieLens, cosine") << "movielens"
                                       << "movielens-cosine" << 0.211 << 0.250;
    QTest::newRow("MovieLens, BM25") << "movielens"
                                     << "movielens-bm25" << 0.245 << 0.255;
    QTest::newRow("phones alone, ease") << "amazon"
                                        << "phone-ease" << 0.0450 << 0.0460;
    QTest::newRow("phones and sport, ease") << "amazon"
                                            << "phone-sport-ease" << 0.0474 << 0.0484;
}

void RealDataTest::rankingReachesTheFigure()
{
    NEED_SHARED_DATA();
    QFETCH(QString, workspace);
    QFETCH(QString, spec);
    QFETCH(double, lowest);
    QFETCH(double, highest);

    const RunRecord run = finished(opened(workspace.toUtf8().constData()), specFile(spec.toStdString()));

    const double ndcg = run.measures.at("ndcg@10");
    qInfo("NDCG@10 %.4f", ndcg);
    QVERIFY2(ndcg >= lowest, qPrintable(QString::number(ndcg)));
    QVERIFY2(ndcg <= highest, qPrintable(QString::number(ndcg)));
}

void RealDataTest::tasteAndOtherDomainsBeatTheBias_data()
{
    QTest::addColumn<QString>("workspace");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("bias");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");

    const auto row =
        [](const char* workspace, const char* spec, const char* bias, double least, double most) {
            QTest::newRow(spec) << QString::fromUtf8(workspace) << QString::fromUtf8(spec)
                                << QString::fromUtf8(bias) << least << most;
        };
    row("movielens", "movielens-mf", "movielens-bias", 0.012, 0.030);
    row("douban", "douban-warm-mf", "douban-warm-bias", 0.0005, 0.010);
    row("douban", "douban-warm-cmf", "douban-warm-bias", 0.0005, 0.010);
    row("douban", "douban-warm-emcdr", "douban-warm-bias", 0.0003, 0.010);
    row("douban", "douban-cold-cmf", "douban-cold-bias", 0.008, 0.030);
    row("douban", "douban-cold-emcdr", "douban-cold-bias", 0.010, 0.030);
}

/// With the defaults, and with the patience that ends a training by its validation part.
void RealDataTest::tasteAndOtherDomainsBeatTheBias()
{
    NEED_SHARED_DATA();
    QFETCH(QString, workspace);
    QFETCH(QString, spec);
    QFETCH(QString, bias);
    QFETCH(double, least);
    QFETCH(double, most);
    const Workspace opened = this->opened(workspace.toUtf8().constData());
    const auto rmse = [&](const QString& name) {
        Json document = specFile(name.toStdString());
        if (document.at("split").at("kind") == "k-fold") {
            document["split"] = {{"kind", "warm"}};
            document["method"].erase("epochs"); // of which there are fewer where no validation part ends them
        }
        return finished(opened, document).measures.at("rmse");
    };

    const double gain = rmse(bias) - rmse(spec);

    qInfo("RMSE lower by %.4f", gain);
    QVERIFY2(gain >= least, qPrintable(QString::number(gain)));
    QVERIFY2(gain <= most, qPrintable(QString::number(gain)));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RealDataTest)
#include "RealDataTest.moc"
