#include "core/recommend/Export.h"
#include "tests/app/RealWorkspaces.h"

#include <QtTest/QTest>

#include <Eigen/Cholesky>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>

namespace transept {
namespace {

using test::finished;
using test::specFile;
using Pair = std::pair<std::string, std::string>;

/// The rows of a file that was written for people and programs: without the header, split at commas.
std::vector<std::vector<std::string>> rowsOf(const std::filesystem::path& file,
                                             std::string_view delimiter = ",")
{
    std::vector<std::vector<std::string>> rows;
    std::ifstream input(file);
    for (std::string line; std::getline(input, line);) {
        std::vector<std::string> row;
        for (std::size_t start = 0; start <= line.size();) {
            const std::size_t end = std::min(line.find(delimiter, start), line.size());
            row.push_back(line.substr(start, end - start));
            start = end + delimiter.size();
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// What the lists found of the test interactions with 4 or more, mean over the users who have such.
std::map<std::string, double> rankingFigures(const std::filesystem::path& test,
                                             const std::filesystem::path& listed)
{
    std::map<std::string, std::set<std::string>> relevant;
    for (const auto& row : rowsOf(test)) {
        if (row[0] != "user" && std::stod(row[2]) >= 4.0) {
            relevant[row[0]].insert(row[1]);
        }
    }
    std::map<std::string, std::vector<std::string>> lists;
    for (const auto& row : rowsOf(listed)) {
        if (row[0] != "user") {
            lists[row[0]].push_back(row[2]); // in the order of ranks
        }
    }
    std::map<std::string, double> figures;
    for (const auto& [user, items] : relevant) {
        double gain = 0.0;
        double ideal = 0.0;
        double found = 0.0;
        double first = 0.0;
        double precisions = 0.0;
        for (std::size_t rank = 1; rank <= 10; ++rank) {
            const double worth = 1.0 / std::log2(static_cast<double>(rank) + 1.0);
            ideal += rank <= items.size() ? worth : 0.0;
            if (items.contains(lists.at(user).at(rank - 1))) {
                gain += worth;
                found += 1.0;
                first = first == 0.0 ? 1.0 / static_cast<double>(rank) : first;
                precisions += found / static_cast<double>(rank);
            }
        }
        const auto users = static_cast<double>(relevant.size());
        figures["ndcg@10"] += gain / ideal / users;
        figures["recall@10"] += found / static_cast<double>(items.size()) / users;
        figures["precision@10"] += found / 10.0 / users;
        figures["hit-rate@10"] += (found > 0.0 ? 1.0 : 0.0) / users;
        figures["mrr@10"] += first / users;
        figures["map@10"] +=
            precisions / static_cast<double>(std::min<std::size_t>(items.size(), 10)) / users;
    }
    return figures;
}

/// A dense matrix of who had what among the training interactions.
using Binary = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Binary binaryOf(const InteractionMatrix& interactions)
{
    Binary matrix = Binary::Zero(static_cast<Eigen::Index>(interactions.userCount()),
                                 static_cast<Eigen::Index>(interactions.itemCount()));
    for (Eigen::Index user = 0; user < matrix.rows(); ++user) {
        for (const ItemRow item : interactions.itemsOf(static_cast<UserRow>(user))) {
            matrix(user, static_cast<Eigen::Index>(item)) = 1.0;
        }
    }
    return matrix;
}

/// EASE over users instead of items: with P = (X'X + lambda I)^-1, X P = (X X' + lambda I)^-1 X, and the
/// diagonal of P follows from it. Shares nothing with the item-side solution by Cholesky's factors.
Binary easeScores(const Binary& x, double lambda)
{
    const Eigen::MatrixXd gram = x * x.transpose() + lambda * Eigen::MatrixXd::Identity(x.rows(), x.rows());
    const Binary xp = gram.ldlt().solve(Eigen::MatrixXd(x));
    const Eigen::RowVectorXd diagonal = (1.0 - x.cwiseProduct(xp).colwise().sum().array()) / lambda;
    return x - Binary(xp.array().rowwise() / diagonal.array());
}

/// The items of every user, the target's first and the sources' behind them, each once; `items` is how many
/// there are.
std::vector<std::vector<std::size_t>> historiesOf(const TrainingData& data, std::size_t& items)
{
    std::vector<std::set<std::size_t>> had(data.userCount);
    items = 0;
    const auto add = [&](const InteractionMatrix& interactions) {
        for (std::size_t user = 0; user < had.size(); ++user) {
            for (const ItemRow item : interactions.itemsOf(static_cast<UserRow>(user))) {
                had[user].insert(items + index(item));
            }
        }
        items += interactions.itemCount();
    };
    add(data.target.interactions);
    for (const TrainingDomain& source : data.sources) {
        add(source.interactions);
    }
    std::vector<std::vector<std::size_t>> histories;
    for (const std::set<std::size_t>& each : had) {
        histories.emplace_back(each.begin(), each.end());
    }
    return histories;
}

/// Column j of EASE's weights by its definition, the ridge regression of item j on all other items, by
/// conjugate gradients over the raw interactions of all domains.
std::vector<double> ridgeWeights(const std::vector<std::vector<std::size_t>>& users,
                                 std::size_t items,
                                 std::size_t target,
                                 double lambda)
{
    const auto apply = [&](const std::vector<double>& w) {
        std::vector<double> result(items);
        for (std::size_t item = 0; item < items; ++item) {
            result[item] = lambda * w[item];
        }
        for (const std::vector<std::size_t>& history : users) {
            double sum = 0.0;
            for (const std::size_t item : history) {
                sum += w[item];
            }
            for (const std::size_t item : history) {
                result[item] += sum;
            }
        }
        result[target] = 0.0;
        return result;
    };
    std::vector<double> w(items);
    std::vector<double> residual(items);
    for (const std::vector<std::size_t>& history : users) {
        if (std::find(history.begin(), history.end(), target) != history.end()) {
            for (const std::size_t item : history) {
                residual[item] += item == target ? 0.0 : 1.0;
            }
        }
    }
    std::vector<double> direction = residual;
    const auto square = [](const std::vector<double>& v) {
        return std::inner_product(v.begin(), v.end(), v.begin(), 0.0);
    };
    double length = square(residual);
    for (int step = 0; step < 500 && length > 1e-18; ++step) {
        const std::vector<double> image = apply(direction);
        const double by = length / std::inner_product(direction.begin(), direction.end(), image.begin(), 0.0);
        for (std::size_t item = 0; item < items; ++item) {
            w[item] += by * direction[item];
            residual[item] -= by * image[item];
        }
        const double next = square(residual);
        for (std::size_t item = 0; item < items; ++item) {
            direction[item] = residual[item] + next / length * direction[item];
        }
        length = next;
    }
    return w;
}

/// NDCG at 10 of scores over all items that are not in training, ties by the item's place.
double ndcgOf(const Binary& scores, const SplitData& parts)
{
    std::map<UserRow, std::set<ItemRow>> relevant;
    for (const Event& event : parts.test.events) {
        relevant[event.user].insert(event.item);
    }
    double total = 0.0;
    for (const auto& [user, items] : relevant) {
        std::vector<ItemRow> order;
        const auto known = parts.training->target.interactions.itemsOf(user);
        for (Eigen::Index item = 0; item < scores.cols(); ++item) {
            if (std::find(known.begin(), known.end(), static_cast<ItemRow>(item)) == known.end()) {
                order.push_back(static_cast<ItemRow>(item));
            }
        }
        const auto scoreOf = [&, row = static_cast<Eigen::Index>(user)](ItemRow item) {
            return scores(row, static_cast<Eigen::Index>(item));
        };
        std::partial_sort(order.begin(), order.begin() + 10, order.end(), [&](ItemRow a, ItemRow b) {
            return scoreOf(a) != scoreOf(b) ? scoreOf(a) > scoreOf(b) : a < b;
        });
        double gain = 0.0;
        double ideal = 0.0;
        for (std::size_t rank = 0; rank < 10; ++rank) {
            const double worth = 1.0 / std::log2(static_cast<double>(rank) + 2.0);
            gain += items.contains(order[rank]) ? worth : 0.0;
            ideal += rank < items.size() ? worth : 0.0;
        }
        total += gain / ideal;
    }
    return total / static_cast<double>(relevant.size());
}

} // namespace

/// Figures and scores on public data, found again without the program's own methods and measures.
class RealParityTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void foldHoldsEveryFifthRowOfTheFile();
    void easeRanksAsAnIndependentSolutionDoes();
    void easeWeightsAreRidgeRegressions_data();
    void easeWeightsAreRidgeRegressions();
    void itemNeighboursAreThoseOfTheDefinition();
    void measuresFollowFromTheExportedFiles();

private:
    Workspace opened(const char* name) const { return test::valueOf(Workspace::open(m_folder.path(name))); }
    std::shared_ptr<const FittedRun> fitted(const Workspace& workspace, const char* spec, double& ndcg) const;

    test::Temporary m_folder;
};

void RealParityTest::initTestCase()
{
    NEED_SHARED_DATA();
    test::importMovieLens(m_folder, "movielens");
    test::importPhonesAndSport(m_folder, "amazon");
}

std::shared_ptr<const FittedRun> RealParityTest::fitted(const Workspace& workspace,
                                                        const char* spec,
                                                        double& ndcg) const
{
    const RunRecord run = finished(workspace, specFile(spec));
    ndcg = run.measures.at("ndcg@10");
    return test::valueOf(reopen(workspace, run.id, {}));
}

void RealParityTest::foldHoldsEveryFifthRowOfTheFile()
{
    NEED_SHARED_DATA();
    std::vector<Pair> expected;
    std::size_t positives = 0;
    const auto rows = rowsOf(*test::sharedData() / "movielens_latest_small_2016/ratings.csv");
    for (std::size_t row = 1; row < rows.size(); ++row) {
        if (std::stod(rows[row][2]) >= 4.0 && positives++ % 5 == 0) {
            expected.emplace_back(rows[row][0], rows[row][1]);
        }
    }
    const Workspace workspace = opened("movielens");
    const RunRecord run = finished(workspace, specFile("movielens-cosine"));

    const auto file = m_folder.path("test.csv");
    QVERIFY_OK(exportRun(workspace, run.id, RunExport::Test, file, {}));

    std::vector<Pair> tested;
    for (const auto& row : rowsOf(file)) {
        tested.emplace_back(row[0], row[1]);
    }
    tested.erase(tested.begin()); // the header
    std::sort(expected.begin(), expected.end());
    std::sort(tested.begin(), tested.end());
    QVERIFY(tested == expected);
}

void RealParityTest::easeRanksAsAnIndependentSolutionDoes()
{
    NEED_SHARED_DATA();
    double ndcg = 0.0;
    const auto run = fitted(opened("movielens"), "movielens-ease", ndcg);

    const Binary expected = easeScores(binaryOf(run->parts.training->target.interactions), 200.0);

    QVERIFY2(std::abs(ndcgOf(expected, run->parts) - ndcg) < 5e-4, qPrintable(QString::number(ndcg)));
    std::vector<float> scores(run->model->itemCount());
    for (Eigen::Index user = 0; user < expected.rows(); user += 7) {
        run->model->score(static_cast<UserRow>(user), scores);
        const Eigen::Map<const Eigen::RowVectorXf> actual(scores.data(), expected.cols());
        QVERIFY((actual.cast<double>() - expected.row(user)).cwiseAbs().maxCoeff() < 1e-4);
    }
}

void RealParityTest::easeWeightsAreRidgeRegressions_data()
{
    QTest::addColumn<bool>("withSport");
    QTest::newRow("phones alone") << false;
    QTest::newRow("phones and sport") << true;
}

void RealParityTest::easeWeightsAreRidgeRegressions()
{
    NEED_SHARED_DATA();
    QFETCH(bool, withSport);
    double ndcg = 0.0;
    const auto run = fitted(opened("amazon"), withSport ? "phone-sport-ease" : "phone-ease", ndcg);
    const std::size_t phones = run->model->itemCount();
    std::size_t items = 0;
    const std::vector<std::vector<std::size_t>> users = historiesOf(*run->parts.training, items);
    for (std::size_t item = 3; item < phones; item += phones / 12) {
        const std::vector<double> weights = ridgeWeights(users, items, item, 200.0);
        for (std::size_t user = 0; user < users.size(); user += 50) {
            double expected = 0.0;
            for (const std::size_t had : users[user]) {
                expected += weights[had];
            }
            float score = 0.0F;
            const auto row = static_cast<ItemRow>(item);
            run->model->scoreItems(static_cast<UserRow>(user), {&row, 1}, {&score, 1});
            QVERIFY2(std::abs(expected - static_cast<double>(score)) < 1e-4,
                     qPrintable(QStringLiteral("%1 %2").arg(expected).arg(static_cast<double>(score))));
        }
    }
}

void RealParityTest::itemNeighboursAreThoseOfTheDefinition()
{
    NEED_SHARED_DATA();
    const Json method = specFile("movielens-cosine").at("method");
    const auto shrinkage = method.at("shrinkage").get<double>();
    const auto neighbours = method.at("neighbours").get<std::size_t>();
    double ndcg = 0.0;
    const auto run = fitted(opened("movielens"), "movielens-cosine", ndcg);
    const Binary x = binaryOf(run->parts.training->target.interactions);
    const Eigen::RowVectorXd counts = x.colwise().sum();
    int compared = 0;
    for (Eigen::Index item = 5; item < x.cols(); item += 400) {
        const Eigen::RowVectorXd shared = x.col(item).transpose() * x;
        std::vector<std::pair<double, Eigen::Index>> near;
        for (Eigen::Index other = 0; other < x.cols(); ++other) {
            if (other != item && shared[other] > 0.0) {
                const double cosine = shared[other] / std::sqrt(counts[other] * counts[item]);
                near.emplace_back(-cosine * shared[other] / (shared[other] + shrinkage), other);
            }
        }
        std::sort(near.begin(), near.end());
        const bool isTied =
            near.size() > neighbours && near[neighbours - 1].first - near[neighbours].first > -1e-6;
        if (isTied) {
            continue; // which of equally near items is the last one is not defined
        }
        near.resize(std::min(near.size(), neighbours));
        for (Eigen::Index user = 0; user < x.rows(); user += 9) {
            double expected = 0.0;
            for (const auto& [minusSimilarity, other] : near) {
                expected -= x(user, other) * minusSimilarity;
            }
            float score = 0.0F;
            const auto row = static_cast<ItemRow>(item);
            run->model->scoreItems(static_cast<UserRow>(user), {&row, 1}, {&score, 1});
            QVERIFY2(std::abs(expected - static_cast<double>(score)) < 1e-4,
                     qPrintable(QStringLiteral("%1 %2").arg(expected).arg(static_cast<double>(score))));
            ++compared;
        }
    }
    QVERIFY(compared > 500);
}

/// From the files alone, as somebody would who does not trust the program.
void RealParityTest::measuresFollowFromTheExportedFiles()
{
    NEED_SHARED_DATA();
    const Workspace workspace = opened("movielens");
    Json document = specFile("movielens-mf");
    document["split"] = {{"kind", "warm"}};
    document["data"]["positive"] = 4;
    document["measures"] = {
        "rmse", "mae", "ndcg@10", "recall@10", "precision@10", "hit-rate@10", "mrr@10", "map@10"};
    const RunRecord run = finished(workspace, document);
    const auto exported = [&](RunExport what, const char* name) {
        QVERIFY_OK(exportRun(workspace, run.id, what, m_folder.path(name), {}));
    };
    exported(RunExport::Lists, "lists.csv");
    exported(RunExport::Predictions, "predictions.csv");
    exported(RunExport::Test, "relevant.csv");

    double squares = 0.0;
    double absolutes = 0.0;
    const auto predictions = rowsOf(m_folder.path("predictions.csv"));
    QCOMPARE(predictions[0], (std::vector<std::string>{"user", "item", "truth", "prediction"}));
    for (std::size_t row = 1; row < predictions.size(); ++row) {
        const double error = std::stod(predictions[row][3]) - std::stod(predictions[row][2]);
        squares += error * error;
        absolutes += std::abs(error);
    }
    const auto pairs = static_cast<double>(predictions.size() - 1);
    const auto agrees = [&](const char* measure, double value) {
        QVERIFY2(
            std::abs(run.measures.at(measure) - value) < 1e-6,
            qPrintable(
                QStringLiteral("%1 %2").arg(run.measures.at(measure), 0, 'g', 12).arg(value, 0, 'g', 12)));
    };
    agrees("rmse", std::sqrt(squares / pairs));
    agrees("mae", absolutes / pairs);

    for (const auto& [measure, value] :
         rankingFigures(m_folder.path("relevant.csv"), m_folder.path("lists.csv"))) {
        agrees(measure.c_str(), value);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RealParityTest)
#include "RealParityTest.moc"
