#include "tests/app/RealWorkspaces.h"

#include "core/experiment/Audit.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace transept {
namespace {

constexpr std::size_t mostNeighbours = 5000;

/// One domain of the pair as its three files have it, read here line by line.
struct RawDomain
{
    explicit RawDomain(const std::string& folder)
    {
        const std::filesystem::path files = *test::sharedData() / "amazon_electronic_cell" / folder;
        for (const char* part : {"train", "test"}) {
            std::ifstream input(files / (std::string(part) + ".txt"));
            std::string user;
            std::string item;
            for (std::string one; input >> user >> item >> one;) {
                firstSeen.emplace(item, firstSeen.size());
                if (part == std::string("train")) {
                    items[user].insert(item);
                    users[item].insert(user);
                }
            }
        }
        std::ifstream input(files / "test_neg.txt");
        for (std::string line; std::getline(input, line);) {
            const std::size_t comma = line.find(", ");
            const std::size_t end = line.find(')');
            const std::string user = line.substr(1, comma - 1);
            tested[user] = line.substr(comma + 2, end - comma - 2);
            std::istringstream rest(line.substr(end + 1));
            for (std::string negative; rest >> negative;) {
                if (negative != tested[user]) {
                    negatives[user].insert(negative);
                }
            }
        }
    }

    double countOf(const std::string& item) const
    {
        const auto found = users.find(item);
        return found == users.end() ? 0.0 : static_cast<double>(found->second.size());
    }

    /// The sum of an item's cosines with a user's.
    double cosineOf(const std::string& user, const std::string& item) const
    {
        const auto mine = items.find(user);
        const auto others = users.find(item);
        if (mine == items.end() || others == users.end()) {
            return 0.0;
        }
        double score = 0.0;
        for (const std::string& own : mine->second) {
            const auto common = static_cast<double>(std::ranges::count_if(
                others->second, [&](const std::string& each) { return users.at(own).contains(each); }));
            score += common / std::sqrt(countOf(own) * countOf(item));
        }
        return score;
    }

    std::map<std::string, std::set<std::string>> items; ///< of each user, in training
    std::map<std::string, std::set<std::string>> users; ///< of each item
    std::map<std::string, std::size_t> firstSeen;       ///< of each item: what breaks ties
    std::map<std::string, std::string> tested;          ///< the item of each user
    std::map<std::string, std::set<std::string>> negatives;
};

using Score = std::function<double(const std::string& user, const std::string& item)>;

/// The places that the tested item can have, from 1: equal scores by the order in which items were seen; what
/// single precision may see either way counts as both.
std::pair<std::size_t, std::size_t> placesOf(const RawDomain& raw,
                                             const std::string& user,
                                             const Score& score)
{
    const std::string& item = raw.tested.at(user);
    const double own = score(user, item);
    std::size_t first = 1;
    std::size_t last = 1;
    for (const std::string& other : raw.negatives.at(user)) {
        const double its = score(user, other);
        const bool isNear = its != own && std::abs(its - own) < 1e-5 * std::max(its, own);
        // Sums of the same parts in another order.
        const bool isUnsure = isNear || (its == own && own != std::floor(own));
        const bool isBefore = its > own || (its == own && raw.firstSeen.at(other) < raw.firstSeen.at(item));
        first += isBefore && !isUnsure ? 1 : 0;
        last += isBefore || isUnsure ? 1 : 0;
    }
    return {first, last};
}

/// Whether an item shares people with more others than item-knn can ask.
bool isCrowded(const RawDomain& raw, const std::string& item, std::map<std::string, bool>& known)
{
    const auto [place, isNew] = known.emplace(item, false);
    if (isNew && raw.users.contains(item)) {
        std::set<std::string> neighbours;
        for (const std::string& user : raw.users.at(item)) {
            neighbours.insert(raw.items.at(user).begin(), raw.items.at(user).end());
        }
        place->second = neighbours.size() > mostNeighbours;
    }
    return place->second;
}

double gainAt(std::size_t place)
{
    return place <= 10 ? 1.0 / std::log2(static_cast<double>(place) + 1.0) : 0.0;
}

std::string keyOf(const Workspace& workspace, PersonId person)
{
    Statement key = std::move(*workspace.database().prepare("SELECT key FROM account WHERE person = ?"));
    key.bind(1, number(person));
    return key.step().value() ? std::string(key.text(0)) : std::string();
}

bool hasFinding(const Workspace& workspace, RunId run, const std::string& code)
{
    const auto findings = test::valueOf(audit(workspace, run, {}));
    return std::ranges::find(findings, code, &Finding::code) != findings.end();
}

} // namespace

/// The protocol that BiTGCF's tables are measured by, on its own files, beside a slow computation that shares
/// nothing with the program.
class RealNegativesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givenRankingIsThatOfTheFiles_data();
    void givenRankingIsThatOfTheFiles();

private:
    Workspace workspaceOf(const std::string& folder) const;

    test::Temporary m_folder;
};

Workspace RealNegativesTest::workspaceOf(const std::string& folder) const
{
    const std::filesystem::path files = *test::sharedData() / "amazon_electronic_cell" / folder;
    Workspace workspace = m_folder.workspace(folder + ".transept");
    for (const char* part : {"train", "test"}) {
        (void)test::valueOf(importFile(
            workspace, files / (std::string(part) + ".txt"), {.domain = "shop", .part = part}, {}));
    }
    (void)test::valueOf(importFile(
        workspace, files / "test_neg.txt", {.target = ImportTarget::Negatives, .domain = "shop"}, {}));
    return workspace;
}

void RealNegativesTest::givenRankingIsThatOfTheFiles_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QList<double>>("hits"); ///< of popularity by NumPy, ties lost and ties won
    QTest::addColumn<QList<double>>("gains");

    QTest::newRow("electronic") << "electronic_cell" << QList<double>{.3982, .4262}
                                << QList<double>{.2473, .2721};
    QTest::newRow("cell") << "cell_electronic" << QList<double>{.4358, .4722} << QList<double>{.2721, .2903};
}

void RealNegativesTest::givenRankingIsThatOfTheFiles()
{
    NEED_SHARED_DATA();
    QFETCH(QString, folder);
    QFETCH(QList<double>, hits);
    QFETCH(QList<double>, gains);
    const RawDomain raw(folder.toStdString());
    const Workspace workspace = workspaceOf(folder.toStdString());
    const Score popularity = [&](const std::string&, const std::string& item) { return raw.countOf(item); };
    const Score cosine = [&](const std::string& user, const std::string& item) {
        return raw.cosineOf(user, item);
    };
    const std::pair<Json, Score> methods[] = {
        {{{"name", "popularity"}}, popularity},
        {{{"name", "item-knn"}, {"neighbours", mostNeighbours}, {"shrinkage", 0}}, cosine}};
    for (const auto& [method, score] : methods) {
        const RunRecord run =
            test::finished(workspace,
                           {{"data", {{"target", "shop"}}},
                            {"split", {{"kind", "given"}}},
                            {"method", method},
                            {"measures", {"hit-rate@10~given", "ndcg@10~given", "ndcg@10"}}});
        const RunStore store(workspace);
        const std::vector<PersonId> people = test::valueOf(store.users(run.id));
        const auto ofUsers = test::valueOf(store.perUser(run.id, "ndcg@10~given"));
        QCOMPARE(people.size(), raw.tested.size());
        std::size_t sure = 0;
        std::map<std::string, bool> crowded;
        for (std::size_t at = 0; at < people.size(); ++at) {
            const std::string user = keyOf(workspace, people[at]);
            const auto hasCrowd = [&](const std::string& item) { return isCrowded(raw, item, crowded); };
            if (method.at("name") == "item-knn" &&
                (hasCrowd(raw.tested.at(user)) || std::ranges::any_of(raw.negatives.at(user), hasCrowd))) {
                continue;
            }
            const auto [first, last] = placesOf(raw, user, score);
            sure += gainAt(first) == gainAt(last) ? 1 : 0;
            QVERIFY2(ofUsers[at] <= gainAt(first) + 1e-12 && ofUsers[at] >= gainAt(last) - 1e-12,
                     fmt::format("{}: {} of places {} to {}", user, ofUsers[at], first, last).c_str());
        }
        QVERIFY2(sure * 10 > people.size() * 9, fmt::format("{} of {}", sure, people.size()).c_str());
        const double hit = run.measures.at("hit-rate@10~given");
        const double gain = run.measures.at("ndcg@10~given");
        qInfo("%s: HR@10 %.4f, NDCG@10 %.4f among the given negatives, NDCG@10 %.4f among all",
              method.at("name").get<std::string>().c_str(),
              hit,
              gain,
              run.measures.at("ndcg@10"));
        if (method.at("name") == "popularity") {
            QVERIFY(hit > hits[0] - 5e-5 && hit < hits[1] + 5e-5);
            QVERIFY(gain > gains[0] - 5e-5 && gain < gains[1] + 5e-5);
        }
        QVERIFY(hasFinding(workspace, run.id, "sampled-negatives"));
        QVERIFY(!hasFinding(workspace, run.id, "known-negatives")); // nobody has one of them
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RealNegativesTest)
#include "RealNegativesTest.moc"
