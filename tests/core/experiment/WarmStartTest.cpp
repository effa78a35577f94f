#include "core/experiment/WarmStart.h"
#include "core/base/Parallel.h"
#include "core/experiment/LaterData.h"
#include "tests/support/Events.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

const std::map<std::string, Json> shortMf{
    {"method.name", "mf"}, {"method.epochs", 5}, {"method.factors", 4}, {"stop.patience", 0}};

std::map<std::string, Json> with(std::map<std::string, Json> changes,
                                 const std::map<std::string, Json>& further)
{
    for (const auto& [path, value] : further) {
        changes[path] = value;
    }
    return changes;
}

/// Reports every epoch, or every sample of a chain without burn-in.
std::map<std::string, Json> fromTheFirst(const MethodDescription& method, int epochs)
{
    std::map<std::string, Json> changes =
        with(test::shortRunOf(method, epochs), {{"stop.patience", 0}, {"split.ratios", {0.8, 0.0, 0.2}}});
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "burn-in") {
            changes["method.burn-in"] = 0;
        }
    }
    return changes;
}

/// Trains, but hardly moves anything.
std::map<std::string, Json> hardlyMoving(const MethodDescription& method)
{
    std::map<std::string, Json> changes = fromTheFirst(method, 1);
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "learning-rate" || parameter.name == "implicit-rate" ||
            parameter.name == "knowledge-rate") {
            changes["method." + parameter.name] = parameter.low;
        }
    }
    return changes;
}

void addMethodsThatStart()
{
    QTest::addColumn<QString>("method");
    for (const MethodDescription& method : methods()) {
        if (method.startsWarm) {
            QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
        }
    }
}

void addDescents()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    for (const char* method : {"mf", "cmf", "bpr", "lightgcn"}) {
        QTest::newRow(method) << method << "factors"
                              << "8";
    }
    for (const char* everybody : {"false", "true"}) {
        QTest::addRow("emcdr, map-everybody %s", everybody)
            << "emcdr"
            << "map-everybody" << QString::fromUtf8(everybody);
    }
    for (const char* fusion : {"seed", "additive", "concat", "gated", "weighted"}) {
        QTest::addRow("kfmf, %s", fusion)
            << "kfmf"
            << "fusion" << QStringLiteral("\"%1\"").arg(QString::fromUtf8(fusion));
    }
}

std::vector<float> scoresOf(const Workspace& workspace, RunId run, UserRow user)
{
    const auto fitted = test::valueOf(reopen(workspace, run, {}));
    std::vector<float> scores(fitted->model->itemCount());
    fitted->model->score(user, scores);
    return scores;
}

const Matrix& at(const std::vector<std::pair<std::string, Matrix>>& factors, std::string_view name)
{
    return std::ranges::find(factors, name, &std::pair<std::string, Matrix>::first)->second;
}

struct Variant
{
    const MethodDescription& description;
    std::map<std::string, Json> changes;
};

/// Of the columns method, parameter and value of a test's row.
Variant fetchedVariant()
{
    QFETCH(QString, method);
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    return {.description = *test::valueOf(findMethod(method.toStdString())),
            .changes = {{"method." + parameter.toStdString(), Json::parse(value.toStdString())}}};
}

} // namespace

/// A run goes on from the model of an earlier one; a model is used on data that has grown since.
class WarmStartTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void everyMethodThatSaysSoStartsWhereTheEarlierModelEnded_data();
    void everyMethodThatSaysSoStartsWhereTheEarlierModelEnded();
    void modelIsHadAgain_data() { addDescents(); }
    void modelIsHadAgain();
    void newRowsStartAsTheyAlwaysDo_data() { addDescents(); }
    void newRowsStartAsTheyAlwaysDo();
    void startThatKnowsNobodyIsNone_data();
    void startThatKnowsNobodyIsNone();
    void anyNumberOfThreadsGivesTheSameBits_data();
    void anyNumberOfThreadsGivesTheSameBits();
    void whatWasLearntOfOtherKnowledgeIsLeft();
    void rowsAreFoundAgainAmongOthers();
    void specNotesWhichRunIsMeant();
    void mappingDoesNotStartWithItsSidesExchanged();
    void wrongStartsAreRefusedWithThePath_data();
    void wrongStartsAreRefusedWithThePath();
    void startsThatAreNoneAreRefusedWithThePath_data();
    void startsThatAreNoneAreRefusedWithThePath();
    void grownDataIsLeftOutWhenARunIsReopened();
    void replacedDataCannotBeReopened();
    void laterInteractionsMeasureTheModel();
    void withoutLaterInteractionsThereIsNothingToMeasure();
    void readingLaterInteractionsCanBeStopped();

private:
    Workspace filled(const std::string& name, bool isImplicit = false)
    {
        Workspace workspace = m_folder.workspace(name);
        test::fillForEveryMethod(workspace, isImplicit);
        return workspace;
    }

    test::Temporary m_folder;
};

void WarmStartTest::everyMethodThatSaysSoStartsWhereTheEarlierModelEnded_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("isImplicit");
    for (const MethodDescription& method : methods()) {
        if (method.startsWarm) {
            QTest::addRow("%s, ratings", method.name.c_str()) << QString::fromStdString(method.name) << false;
        }
        if (method.startsWarm && !method.needs.explicitFeedback) {
            QTest::addRow("%s, implicit", method.name.c_str()) << QString::fromStdString(method.name) << true;
        }
    }
}

/// The first epoch of a warm run is as good as one more epoch of the earlier run would have been: far better
/// than the first of a cold one, and not worse than the earlier run's first.
void WarmStartTest::everyMethodThatSaysSoStartsWhereTheEarlierModelEnded()
{
    QFETCH(QString, method);
    QFETCH(bool, isImplicit);
    const Workspace workspace =
        filled(method.toStdString() + (isImplicit ? "-implicit" : "-ratings"), isImplicit);
    const MethodDescription& description = *test::valueOf(findMethod(method.toStdString()));
    const RunRecord earlier = test::finishedRun(workspace, fromTheFirst(description, 12));

    const RunRecord warm =
        test::finishedRun(workspace, with(fromTheFirst(description, 2), {{"start.run", number(earlier.id)}}));

    const auto lossOf = [&](const RunRecord& run) {
        return RunStore(workspace).curves(run.id).value().at("train loss");
    };
    const double first = lossOf(earlier).front().value;
    const double last = lossOf(earlier).back().value;
    QVERIFY(last < first);
    QVERIFY(lossOf(warm).front().value < last + 0.2 * (first - last));
}

/// Training that hardly moves ends with what the earlier one predicts.
void WarmStartTest::modelIsHadAgain()
{
    const auto& [description, variant] = fetchedVariant();
    const Workspace workspace = filled("again-" + std::string(QTest::currentDataTag()));
    const RunRecord earlier = test::finishedRun(workspace, with(fromTheFirst(description, 8), variant));

    const RunRecord warm = test::finishedRun(
        workspace, with(with(hardlyMoving(description), variant), {{"start.run", number(earlier.id)}}));

    for (const UserRow user : {UserRow{0}, UserRow{7}, UserRow{40}}) {
        const std::vector<float> expected = scoresOf(workspace, earlier.id, user);
        const std::vector<float> scores = scoresOf(workspace, warm.id, user);
        for (std::size_t item = 0; item < scores.size(); ++item) {
            QVERIFY2(std::abs(scores[item] - expected[item]) < 0.005F,
                     qPrintable(QStringLiteral("%1 is %2").arg(scores[item]).arg(expected[item])));
        }
    }
}

/// New people with new items are what they would have been without a start.
void WarmStartTest::newRowsStartAsTheyAlwaysDo()
{
    const auto& [description, variant] = fetchedVariant();
    const Workspace workspace = filled("new-rows-" + std::string(QTest::currentDataTag()));
    const RunRecord earlier = test::finishedRun(workspace, with(fromTheFirst(description, 8), variant));
    const auto before = test::valueOf(reopen(workspace, earlier.id, {}));
    test::fill(workspace, "films: new1 i991 5, new1 i992 2, new2 i991 4, new2 i993 1");
    const std::map<std::string, Json> still = with(hardlyMoving(description), variant);

    const RunRecord cold = test::finishedRun(workspace, still);
    const RunRecord warm = test::finishedRun(workspace, with(still, {{"start.run", number(earlier.id)}}));

    const auto after = test::valueOf(reopen(workspace, warm.id, {}));
    int compared = 0;
    for (std::size_t user = 0; user < after->data.users.size(); ++user) {
        if (std::ranges::binary_search(before->data.users, after->data.users[user])) {
            continue;
        }
        const std::vector<float> expected = scoresOf(workspace, cold.id, static_cast<UserRow>(user));
        const std::vector<float> scores = scoresOf(workspace, warm.id, static_cast<UserRow>(user));
        for (std::size_t item = 0; item < scores.size(); ++item) {
            if (!std::ranges::binary_search(before->data.target.items, after->data.target.items[item])) {
                QVERIFY(std::abs(scores[item] - expected[item]) < 0.002F);
                ++compared;
            }
        }
    }
    QCOMPARE(compared, 6);
}

void WarmStartTest::startThatKnowsNobodyIsNone_data()
{
    addMethodsThatStart();
}

void WarmStartTest::startThatKnowsNobodyIsNone()
{
    QFETCH(QString, method);
    const Workspace workspace = filled("nobody-" + method.toStdString());
    test::fill(workspace, test::ratingsPicture("games/other", 60, 40, 12, 3));
    test::fill(workspace, test::ratingsPicture("songs/other", 60, 30, 10, 4));
    test::addKnowledge(workspace, "other");
    const MethodDescription& description = *test::valueOf(findMethod(method.toStdString()));
    const RunRecord earlier = test::finishedRun(workspace, test::shortRunOf(description));
    const std::map<std::string, Json> cold =
        with(test::shortRunOf(description),
             {{"data.target", "games"}, {"data.sources", {"songs"}}, {"knowledge", "other"}});

    const RunRecord warm = test::finishedRun(workspace, with(cold, {{"start.run", number(earlier.id)}}));

    QVERIFY(test::learntBy(workspace, warm) == test::learntBy(workspace, test::finishedRun(workspace, cold)));
}

void WarmStartTest::anyNumberOfThreadsGivesTheSameBits_data()
{
    addMethodsThatStart();
}

void WarmStartTest::anyNumberOfThreadsGivesTheSameBits()
{
    QFETCH(QString, method);
    const Workspace workspace = filled("threads-" + method.toStdString());
    const MethodDescription& description = *test::valueOf(findMethod(method.toStdString()));
    const RunRecord earlier = test::finishedRun(workspace, test::shortRunOf(description));
    test::fill(workspace, "films: new i1 5, u1 i999 5, u2 i999 4");
    const auto learntWith = [&](int threads) {
        setThreadCount(threads);
        return test::learntBy(
            workspace,
            test::finishedRun(workspace,
                              with(test::shortRunOf(description), {{"start.run", number(earlier.id)}})));
    };

    const test::Learnt one = learntWith(1);

    for (const int threads : {2, 4, 8}) {
        QVERIFY(learntWith(threads) == one);
    }
}

void WarmStartTest::whatWasLearntOfOtherKnowledgeIsLeft()
{
    const Workspace workspace = filled("other-knowledge.transept");
    test::addKnowledge(workspace, "other");
    const std::map<std::string, Json> kfmf = test::shortRunOf(*test::valueOf(findMethod("kfmf")));
    const RunRecord earlier = test::finishedRun(workspace, kfmf);
    const auto startOf = [&](const std::map<std::string, Json>& changes) {
        const Spec spec = test::specOf(with(with(kfmf, changes), {{"start.run", number(earlier.id)}}));
        const Dataset data = test::valueOf(loadDataset(workspace, spec.data, {}));
        return test::valueOf(startingPoint(workspace, spec, data));
    };

    QVERIFY(startOf({})->has("projection"));
    QVERIFY(startOf({})->has("source-1-items"));
    QVERIFY(!startOf({{"knowledge", "other"}})->has("projection"));
    QVERIFY(!startOf({{"shuffle_knowledge", true}})->has("projection"));
    QVERIFY(startOf({{"knowledge", "other"}})->has("users"));
}

void WarmStartTest::rowsAreFoundAgainAmongOthers()
{
    const Workspace workspace = filled("rows.transept");
    const RunRecord earlier = test::finishedRun(workspace, shortMf);
    const auto before = test::valueOf(reopen(workspace, earlier.id, {}));
    // Somebody and something that come first in no order, and a domain that is new among the sources.
    test::fill(workspace, "films: new i1 5, u1 i999 5, u2 i999 4");
    const Spec spec =
        test::specOf(with(shortMf, {{"data.sources", {"books"}}, {"start.run", number(earlier.id)}}));
    const Dataset data = test::valueOf(loadDataset(workspace, spec.data, {}));

    const auto start = test::valueOf(startingPoint(workspace, spec, data));

    QCOMPARE(start->users.size(), data.users.size());
    QCOMPARE(start->items.size(), std::size_t{2});
    std::size_t newUsers = 0;
    for (std::size_t row = 0; row < data.users.size(); ++row) {
        const std::int32_t old = start->users[row];
        newUsers += old == StartingPoint::isNew ? 1 : 0;
        QVERIFY(old == StartingPoint::isNew ||
                before->data.users[static_cast<std::size_t>(old)] == data.users[row]);
    }
    QVERIFY(newUsers >= 1);
    for (std::size_t row = 0; row < data.target.items.size(); ++row) {
        const std::int32_t old = start->items[0][row];
        QVERIFY(old == StartingPoint::isNew ||
                before->data.target.items[static_cast<std::size_t>(old)] == data.target.items[row]);
    }
    QCOMPARE(std::ranges::count(start->items[0], StartingPoint::isNew), 1);
    QCOMPARE(static_cast<std::size_t>(std::ranges::count(start->items[1], StartingPoint::isNew)),
             data.sources[0].items.size()); // books were no part of it
    QVERIFY(start->factors.at("items") == at(before->model->factors(), "items"));
    std::size_t seen = 0;
    start->forEachKnown("items", start->items[0], [&](std::size_t row, std::span<const float> values) {
        const auto old = static_cast<Eigen::Index>(start->items[0][row]);
        seen += values[0] == at(before->model->factors(), "items")(old, 0) ? 1 : 0;
    });
    QCOMPARE(seen, data.target.items.size() - 1);
}

void WarmStartTest::specNotesWhichRunIsMeant()
{
    const Workspace workspace = filled("noted.transept");
    const RunRecord earlier = test::finishedRun(workspace, shortMf);
    const RunRecord warm = test::finishedRun(workspace, with(shortMf, {{"start.run", number(earlier.id)}}));
    const std::string noted = warm.spec.at("start").at("fingerprint").get<std::string>();
    QCOMPARE(noted.size(), std::size_t{16});
    QVERIFY(!earlier.spec.contains("start"));

    // The stored spec runs again as it stands, and not from another run.
    const Spec again = test::valueOf(specFrom(warm.spec));
    const RunRecord repeated =
        test::valueOf(execute(workspace, test::valueOf(enqueue(workspace, again)), {}));
    QCOMPARE(repeated.specHash, warm.specHash);
    QVERIFY(repeated.measures == warm.measures);

    const RunRecord other = test::finishedRun(workspace, with(shortMf, {{"seed", 9}}));
    Json document = warm.spec;
    document["start"]["run"] = number(other.id);
    const Result<RunId> refused = enqueue(workspace, test::valueOf(specFrom(document)));
    QVERIFY(!refused);
    QVERIFY(describe(refused.error()).find("start.fingerprint") != std::string::npos);
}

/// The vectors of one side are none of the other.
void WarmStartTest::mappingDoesNotStartWithItsSidesExchanged()
{
    const Workspace workspace = filled("sides");
    const auto changes = test::shortRunOf(*test::valueOf(findMethod("emcdr")));
    const RunRecord earlier = test::finishedRun(workspace, changes);

    const Result<RunId> run = enqueue(
        workspace,
        test::specOf(with(
            changes,
            {{"data.target", "books"}, {"data.sources", {"films"}}, {"start.run", number(earlier.id)}})));

    QVERIFY(!run);
    QVERIFY(describe(run.error()).find("change sides") != std::string::npos);
}

void WarmStartTest::wrongStartsAreRefusedWithThePath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("named");
    QTest::newRow("no such run") << "start.run"
                                 << "99"
                                 << "start.run";
    QTest::newRow("other method") << "method.name"
                                  << "\"bpr\""
                                  << "start.run";
    QTest::newRow("members start anew") << "method.name"
                                        << "\"hybrid\""
                                        << "hybrid";
    QTest::newRow("no epochs at all") << "method.name"
                                      << "\"bias\""
                                      << "start";
    QTest::newRow("other factors") << "method.factors"
                                   << "8"
                                   << "method.factors";
    QTest::newRow("other fingerprint") << "start.fingerprint"
                                       << "\"abc\""
                                       << "start.fingerprint";
}

void WarmStartTest::wrongStartsAreRefusedWithThePath()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, named);
    const Workspace workspace = filled("wrong-" + std::string(QTest::currentDataTag()));
    const RunRecord earlier = test::finishedRun(workspace, shortMf);
    std::map<std::string, Json> changes{{"method.name", "mf"}, {"start.run", number(earlier.id)}};
    if (path != QLatin1String("method.name")) {
        changes["method.factors"] = 4;
    }
    changes[path.toStdString()] = Json::parse(value.toStdString());

    const Result<RunId> run = enqueue(workspace, test::specOf(changes));

    QVERIFY(!run);
    QVERIFY2(describe(run.error()).find(named.toStdString()) != std::string::npos,
             describe(run.error()).c_str());
    QCOMPARE(RunStore(workspace).all()->size(), std::size_t{1});
}

void WarmStartTest::startsThatAreNoneAreRefusedWithThePath_data()
{
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("path");
    QTest::newRow("a number") << "12"
                              << "start";
    QTest::newRow("no run") << "{}"
                            << "start";
    QTest::newRow("run 0") << R"({"run": 0})"
                           << "start.run";
    QTest::newRow("half a run") << R"({"run": 1.5})"
                                << "start.run";
    QTest::newRow("run in words") << R"({"run": "one"})"
                                  << "start.run";
    QTest::newRow("unknown key") << R"({"run": 1, "epoch": 3})"
                                 << "start.epoch";
    QTest::newRow("fingerprint of numbers") << R"({"run": 1, "fingerprint": 7})"
                                            << "start.fingerprint";
}

void WarmStartTest::startsThatAreNoneAreRefusedWithThePath()
{
    QFETCH(QString, start);
    QFETCH(QString, path);
    const Json document{{"data", {{"target", "films"}}},
                        {"method", {{"name", "mf"}}},
                        {"start", Json::parse(start.toStdString())}};
    const Result<Spec> spec = specFrom(document);
    QVERIFY(!spec);
    QVERIFY2(describe(spec.error()).find(path.toStdString()) != std::string::npos,
             describe(spec.error()).c_str());
    Json without = document;
    without["start"] = nullptr;
    QVERIFY(specFrom(without).has_value());
}

void WarmStartTest::grownDataIsLeftOutWhenARunIsReopened()
{
    for (const char* method : {"mf", "ease"}) { // with a stored model and without one
        const Workspace workspace = filled(std::string("grown-") + method);
        const RunRecord run =
            test::finishedRun(workspace, {{"method.name", method}, {"measures", {"ndcg@10"}}});
        const auto before = test::valueOf(reopen(workspace, run.id, {}));
        test::fill(workspace, "films: u1 i999 5, somebody i1 4, somebody i2 5");

        const auto after = test::valueOf(reopen(workspace, run.id, {}));

        QVERIFY(after->data.users == before->data.users);
        QVERIFY(after->data.target.items == before->data.target.items);
        std::vector<float> expected(before->model->itemCount());
        std::vector<float> scores(after->model->itemCount());
        before->model->score(UserRow{3}, expected);
        after->model->score(UserRow{3}, scores);
        QCOMPARE(scores, expected);
        QVERIFY_OK(prepareAgain(workspace, run, KnowledgeOfRun::Left, {}));
    }
}

void WarmStartTest::replacedDataCannotBeReopened()
{
    const Workspace workspace = filled("replaced.transept");
    const RunRecord run = test::finishedRun(workspace, {});
    test::falsify(workspace, "films");

    const auto fitted = reopen(workspace, run.id, {});

    QCOMPARE(fitted.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(fitted.error()).find("changed") != std::string::npos);
}

void WarmStartTest::laterInteractionsMeasureTheModel()
{
    const Workspace workspace = filled("later.transept");
    const RunRecord run = test::finishedRun(workspace, with(shortMf, {{"measures", {"rmse", "ndcg@10"}}}));
    const auto fitted = test::valueOf(reopen(workspace, run.id, {}));
    // Pairs that nobody has yet; one of a new person, one with a new item.
    std::vector<std::pair<UserRow, ItemRow>> pairs;
    std::string picture = "films: somebody i1 4, u1 i999 5";
    const auto keyOf = [&](const char* table, std::int64_t id, const char* column) {
        auto rows =
            workspace.database().prepare(fmt::format("SELECT key FROM {} WHERE {} = {}", table, column, id));
        return rows->step().value() ? std::string(rows->text(0)) : std::string();
    };
    const auto& data = fitted->data;
    const std::vector<Event> trained = test::eventsOf(fitted->parts.training->target);
    for (const UserRow user : {UserRow{2}, UserRow{5}}) {
        for (std::size_t item = 0; item < data.target.items.size(); ++item) {
            const auto has = [&](const Event& event) {
                return event.user == user && event.item == static_cast<ItemRow>(item);
            };
            if (std::ranges::none_of(trained, has) &&
                std::ranges::none_of(fitted->parts.validation.events, has) &&
                std::ranges::none_of(fitted->parts.test.events, has)) {
                pairs.emplace_back(user, static_cast<ItemRow>(item));
                picture += fmt::format(", {} {} 3",
                                       keyOf("account", number(data.users[index(user)]), "person"),
                                       keyOf("item", number(data.target.items[item]), "id"));
                break;
            }
        }
    }
    QCOMPARE(pairs.size(), std::size_t{2});
    test::fill(workspace, picture);

    const auto again = test::valueOf(reopen(workspace, run.id, {}));
    const Result<LaterResult> later = measureLater(workspace, run, *again, {});

    QVERIFY_OK(later);
    QCOMPARE(later->interactions, std::size_t{2});
    QCOMPARE(later->people, std::size_t{2});
    QCOMPARE(later->ofNewPeople, std::size_t{1});
    QCOMPARE(later->withNewItems, std::size_t{1});
    double squares = 0.0;
    for (const auto& [user, item] : pairs) {
        float score = 0.0F;
        fitted->model->scoreItems(user, std::span(&item, 1), std::span(&score, 1));
        const double clamped = std::clamp(static_cast<double>(score), 1.0, 5.0);
        squares += (clamped - 3.0) * (clamped - 3.0);
    }
    QVERIFY(std::abs(later->measures.at("rmse") - std::sqrt(squares / 2.0)) < 1e-6);
    QVERIFY(later->measures.contains("ndcg@10"));
}

void WarmStartTest::withoutLaterInteractionsThereIsNothingToMeasure()
{
    const Workspace workspace = filled("nothing-later.transept");
    const RunRecord run = test::finishedRun(workspace, shortMf);
    const auto fitted = test::valueOf(reopen(workspace, run.id, {}));
    const Result<LaterResult> later = measureLater(workspace, run, *fitted, {});
    QCOMPARE(later.error().code, ErrorCode::InvalidInput);
}

/// They are all of people whom the run does not know: without a stop there is nothing to measure.
void WarmStartTest::readingLaterInteractionsCanBeStopped()
{
    constexpr int many = 4000;
    const Workspace workspace = filled("stopped-later.transept");
    const RunRecord run = test::finishedRun(workspace, shortMf);
    const auto fitted = test::valueOf(reopen(workspace, run.id, {}));
    std::string picture = "films: ";
    for (int user = 1; user <= many; ++user) {
        picture += fmt::format("new{} i1 3, ", user);
    }
    test::fill(workspace, picture);
    std::stop_source stop;
    QCOMPARE(measureLater(workspace, run, *fitted, {.stop = stop.get_token()}).error().code,
             ErrorCode::InvalidInput);

    stop.request_stop();

    QCOMPARE(measureLater(workspace, run, *fitted, {.stop = stop.get_token()}).error().code,
             ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::WarmStartTest)
#include "WarmStartTest.moc"
