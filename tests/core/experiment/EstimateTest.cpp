#include "core/experiment/Estimate.h"

#include "core/base/Parallel.h"
#include "core/experiment/Runner.h"
#include "tests/support/AddressSpace.h"
#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/MeasuredRun.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {
namespace {

bool isNear(double value, double wanted, double factor)
{
    return value <= factor * wanted && wanted <= factor * value;
}

/// Of a made-up machine, so that only counts matter.
Machine fixedMachine(int threads = 1)
{
    return {.speeds = {.product = 1e-10, .streamed = 5e-10, .scattered = 2e-9, .nearby = 1e-9, .step = 4e-9},
            .threads = threads,
            .residentBytes = 1e8};
}

} // namespace

class EstimateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { setThreadCount(0); }
    void shapeCountsWhatTrainingHolds();
    void expectedShapeIsNearTheExactOne_data();
    void expectedShapeIsNearTheExactOne();
    void moreWorkIsExpectedToTakeLonger();
    void earlierModelTakesMemory();
    void validationMayEndTrainingEarly();
    void methodThatCannotSayIsUnknown();
    void estimateIsWithinAFactorOfTwo_data();
    void estimateIsWithinAFactorOfTwo();
    void finishedRunsTeach();
    void tooManyFactorsAreRefusedWithHowManyFit();
    void dataThatNoParameterMakesFitIsRefused();
    void runThatRunsOutOfMemoryFailsAndTheNextOneTrains();

private:
    RunShape shapeWith(const std::map<std::string, Json>& changes) const
    {
        return test::valueOf(expectedShape(*m_workspace, test::specOf(changes), {}));
    }

    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
};

void EstimateTest::initTestCase()
{
    m_workspace.emplace(m_folder.workspace("w.transept"));
    test::fill(*m_workspace, test::ratingsPicture("films", 900, 500, 50, 1));
    test::fill(*m_workspace, test::ratingsPicture("books", 700, 400, 30, 2));
}

void EstimateTest::shapeCountsWhatTrainingHolds()
{
    const auto event = [](int user, int item) { return Event{.user = UserRow{user}, .item = ItemRow{item}}; };
    const std::vector<Event> inTarget{event(0, 0), event(0, 1), event(0, 2), event(1, 0)};
    const std::vector<Event> inSource{event(1, 0), event(1, 1), event(3, 1)};
    TrainingData data{.userCount = 4};
    data.target.interactions = InteractionMatrix(4, 5, inTarget);
    data.sources.emplace_back().interactions = InteractionMatrix(4, 2, inSource);

    const DataShape shape = shapeOf(data);

    QCOMPARE(shape.users, 4.0);
    QCOMPARE(shape.shared, 1.0);
    QCOMPARE(shape.target.users, 2.0);
    QCOMPARE(shape.target.items, 5.0);
    QCOMPARE(shape.target.interactions, 4.0);
    QCOMPARE(shape.target.userSquares, 9.0 + 1.0);
    QCOMPARE(shape.target.itemSquares, 4.0 + 1.0 + 1.0);
    const DomainShape all = shape.joined();
    QCOMPARE(all.users, 3.0);
    QCOMPARE(all.items, 7.0);
    QCOMPARE(all.interactions, 7.0);
    QCOMPARE(all.itemSquares, 6.0 + 1.0 + 4.0);
}

void EstimateTest::expectedShapeIsNearTheExactOne_data()
{
    QTest::addColumn<QString>("changes"); // path=value ...
    for (const char* changes : {"split.kind=warm",
                                "split.kind=leave-one-out",
                                "split.kind=temporal",
                                "split.kind=cold-item",
                                "split.kind=cold-user data.sources=[\"books\"]",
                                "split.kind=k-fold",
                                "split.kind=cross-time split.fold=1",
                                "split.kind=cross-time split.fold=2 data.sources=[\"books\"]",
                                "split.kind=cross-time split.fold=3 split.window=2 split.gap=0 "
                                "split.refit=true data.sources=[\"books\"]",
                                "split.kind=temporal data.sources=[\"books\"]",
                                "data.sources=[\"books\"]",
                                "data.positive=4",
                                "data.where.min_value=3",
                                "data.where.min_user=35 data.where.min_item=75",
                                "split.ratios=[0.5,0.2,0.3]"}) {
        QTest::newRow(changes) << QString::fromUtf8(changes);
    }
}

void EstimateTest::expectedShapeIsNearTheExactOne()
{
    QFETCH(QString, changes);
    std::map<std::string, Json> all;
    for (const QString& each : changes.split(QLatin1Char(' '))) {
        const std::string value = each.section(QLatin1Char('='), 1).toStdString();
        const Json parsed = Json::parse(value, nullptr, false);
        all[each.section(QLatin1Char('='), 0, 0).toStdString()] =
            parsed.is_discarded() ? Json(value) : parsed;
    }
    const Spec spec = test::specOf(all);

    const RunShape expected = test::valueOf(expectedShape(*m_workspace, spec, {}));
    const Prepared prepared = test::valueOf(prepare(*m_workspace, spec, {}));
    const RunShape exact = shapeOf(prepared.parts, spec.data);

    const auto near = [](const char* what, double value, double wanted) {
        QVERIFY2(
            isNear(value + 1.0, wanted + 1.0, 1.25),
            (std::string(what) + ": " + std::to_string(value) + " for " + std::to_string(wanted)).c_str());
    };
    near("users", expected.data.users, exact.data.users);
    near("shared", expected.data.shared, exact.data.shared);
    near("target users", expected.data.target.users, exact.data.target.users);
    near("target items", expected.data.target.items, exact.data.target.items);
    near("training", expected.data.target.interactions, exact.data.target.interactions);
    near("squares of users", expected.data.target.userSquares, exact.data.target.userSquares);
    near("squares of items", expected.data.target.itemSquares, exact.data.target.itemSquares);
    near("validation pairs", expected.validation.pairs, exact.validation.pairs);
    near("validation users", expected.validation.users, exact.validation.users);
    near("test pairs", expected.test.pairs, exact.test.pairs);
    near("test users", expected.test.users, exact.test.users);
    near("ranked users", expected.test.ranked, exact.test.ranked);
    near("unused", expected.unused, exact.unused);
    if (spec.data.sources.empty()) { // else the parts do not hold all that was read
        near("loaded", expected.loaded, exact.loaded);
    }
    QCOMPARE(expected.data.sources.size(), exact.data.sources.size());
    for (std::size_t source = 0; source < exact.data.sources.size(); ++source) {
        near("source", expected.data.sources[source].interactions, exact.data.sources[source].interactions);
    }
}

void EstimateTest::moreWorkIsExpectedToTakeLonger()
{
    const RunShape shape = shapeWith({{"data.sources", {"books"}}});
    for (const MethodDescription& method : methods()) {
        if (method.workload == nullptr) {
            continue;
        }
        const std::map<std::string, Json> changes{{"method.name", method.name}, {"data.sources", {"books"}}};
        const std::optional<RunEstimate> known = estimate(test::specOf(changes), shape, fixedMachine());
        QVERIFY2(known.has_value(), method.name.c_str());
        const RunEstimate& usual = *known;
        for (const double each : {usual.loadSeconds, usual.evaluateSeconds, usual.memoryMb()}) {
            QVERIFY2(each > 0.0 && std::isfinite(each), method.name.c_str());
        }
        QVERIFY2(usual.trainSeconds > 0.0 && std::isfinite(usual.trainSeconds), method.name.c_str());
        QVERIFY2(usual.leastTrainSeconds <= usual.trainSeconds, method.name.c_str());
        QVERIFY2(estimate(test::specOf(changes), shape, fixedMachine(4))->seconds() < usual.seconds(),
                 method.name.c_str());
        RunShape larger = shape;
        for (double* each : {&larger.data.target.interactions,
                             &larger.data.target.userSquares,
                             &larger.data.target.itemSquares,
                             &larger.data.target.users,
                             &larger.data.target.items,
                             &larger.data.users,
                             &larger.test.ranked,
                             &larger.test.users,
                             &larger.loaded}) {
            *each *= 10.0;
        }
        const RunEstimate more = estimate(test::specOf(changes), larger, fixedMachine()).value();
        QVERIFY2(more.seconds() > 5.0 * usual.seconds(), method.name.c_str());
        QVERIFY2(more.memoryMb() > usual.memoryMb(), method.name.c_str());
    }
}

/// What it starts from is held beside what it trains.
void EstimateTest::earlierModelTakesMemory()
{
    Spec spec = test::specOf({{"method.name", "mf"}, {"method.factors", 512}});
    const RunShape shape = shapeWith({});
    const double anew = estimate(spec, shape, fixedMachine())->trainMb;

    spec.start = StartRule{};

    const double model = 512.0 * sizeof(float) * (shape.data.users + shape.data.target.items) / (1U << 20U);
    const double more = estimate(spec, shape, fixedMachine())->trainMb - anew;
    QVERIFY2(isNear(more, model, 1.1), qPrintable(QStringLiteral("%1 of %2").arg(more).arg(model)));
}

void EstimateTest::validationMayEndTrainingEarly()
{
    const std::map<std::string, Json> mf{{"method.name", "mf"}, {"method.epochs", 40}, {"stop.patience", 3}};
    const RunShape shape = shapeWith(mf);
    const RunEstimate patient = estimate(test::specOf(mf), shape, fixedMachine()).value();
    QCOMPARE(patient.epochs, 40);
    QCOMPARE(patient.leastEpochs, 4);
    QVERIFY(patient.leastTrainSeconds < 0.2 * patient.trainSeconds);

    auto endless = mf;
    endless["stop.patience"] = 0;
    QCOMPARE(estimate(test::specOf(endless), shape, fixedMachine())->leastEpochs, 40);
    RunShape blind = shape;
    blind.validation = {};
    QCOMPARE(estimate(test::specOf(mf), blind, fixedMachine())->leastEpochs, 40);
}

void EstimateTest::methodThatCannotSayIsUnknown()
{
    Spec spec = test::specOf({});
    spec.method = "no such method";
    QVERIFY(!estimate(spec, shapeWith({}), fixedMachine()));
    QVERIFY(checkMemory(spec, shapeWith({}), 1.0).has_value());
}

void EstimateTest::estimateIsWithinAFactorOfTwo_data()
{
    QTest::addColumn<QString>("method");
    for (const MethodDescription& method : methods()) {
        if (method.workload != nullptr && !method.needs.knowledge && !method.needs.terms) {
            QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
        }
    }
}

/// By the time of the processor, on one thread. A machine that is shared makes work slower now and then, so
/// the best of some attempts counts; what takes no time at all is left out.
void EstimateTest::estimateIsWithinAFactorOfTwo()
{
#ifdef TRANSEPT_SANITIZED
    QSKIP("instrumented code is slower by its own factors");
#endif
    QFETCH(QString, method);
    constexpr double noTime = 0.03;
    constexpr int attempts = 4;
    std::map<std::string, Json> changes{
        {"method.name", method.toStdString()}, {"data.sources", {"books"}}, {"stop.patience", 0}};
    for (const Parameter& parameter : test::valueOf(findMethod(method.toStdString()))->parameters) {
        if (parameter.name == "epochs" || parameter.name == "samples") { // every batch of lightgcn is a pass
            changes["method." + parameter.name] = method == QStringLiteral("lightgcn") ? 1 : 12;
        }
    }
    const Spec spec = test::specOf(changes);
    std::string told;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const test::MeasuredRun took = test::measuredRun(*m_workspace, spec);
        Machine machine = thisMachine();
        machine.residentBytes = took.residentBytes;
        const RunEstimate expected =
            estimate(spec, test::valueOf(expectedShape(*m_workspace, spec, {})), machine).value();
        bool isGood = true;
        told.clear();
        for (const auto& [what, value, wanted] :
             {std::tuple("load", expected.loadSeconds, took.loadSeconds),
              std::tuple("train", expected.trainSeconds, took.trainSeconds),
              std::tuple("evaluate", expected.evaluateSeconds, took.evaluateSeconds)}) {
            isGood = isGood && (isNear(value, wanted, 2.0) || (value < noTime && wanted < noTime));
            told += std::string(what) + " " + std::to_string(value) + " for " + std::to_string(wanted) + ", ";
        }
        isGood = isGood && isNear(expected.memoryMb(), took.peakMb, 2.0);
        told += "MB " + std::to_string(expected.memoryMb()) + " for " + std::to_string(took.peakMb);
        if (isGood) {
            return;
        }
    }
    QFAIL(told.c_str());
}

void EstimateTest::finishedRunsTeach()
{
    const std::map<std::string, Json> changes{{"method.name", "mf"}, {"method.epochs", 10}};
    const Spec spec = test::specOf(changes);
    const RunShape shape = shapeWith(changes);
    const RunEstimate expected = estimate(spec, shape, fixedMachine()).value();
    RunRecord slow{.spec = toJson(spec), .state = RunState::Finished, .epoch = 10};
    slow.loadSeconds = 3.0 * expected.loadSeconds;
    slow.trainSeconds = 5.0 * expected.trainSeconds;
    slow.evaluateSeconds = 7.0 * expected.evaluateSeconds;
    RunRecord other = slow;
    other.spec["data"]["target"] = "books";
    RunRecord failed = slow;
    failed.state = RunState::Failed;
    failed.trainSeconds = 1000.0;

    const std::vector runs{slow, other, failed};
    const Experience learnt = experienceOf(runs, spec, shape, fixedMachine());

    QVERIFY(std::abs(learnt.load - 3.0) < 1e-9);
    QVERIFY(std::abs(learnt.train - 5.0) < 1e-9);
    QVERIFY(std::abs(learnt.evaluate - 7.0) < 1e-9);
    QCOMPARE(learnt.applied(expected).trainSeconds, 5.0 * expected.trainSeconds);
    QCOMPARE(learnt.applied(expected).memoryMb(), expected.memoryMb());

    RunRecord early = slow; // stopped after half of its epochs, at the same pace
    early.epoch = 5;
    early.trainSeconds =
        5.0 * estimate(test::specOf({{"method.name", "mf"}, {"method.epochs", 5}}), shape, fixedMachine())
                  ->trainSeconds;
    QVERIFY(std::abs(experienceOf(std::vector{early}, spec, shape, fixedMachine()).train - 5.0) < 1e-9);
    QCOMPARE(experienceOf({}, spec, shape, fixedMachine()).train, 1.0);
}

void EstimateTest::tooManyFactorsAreRefusedWithHowManyFit()
{
    const auto withFactors = [](int factors) {
        return test::specOf({{"method.name", "ials"}, {"method.factors", factors}});
    };
    RunShape shape = shapeWith({});
    shape.data.users = 1e6;
    shape.data.target.items = 1e6;
    constexpr double available = 2e9;

    const Status refused = checkMemory(withFactors(512), shape, available);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    const std::string sentence = describe(refused.error());
    QVERIFY2(sentence.starts_with("method.factors is 512"), sentence.c_str());
    QVERIFY2(sentence.find("2.0 GB is available") != std::string::npos, sentence.c_str());
    const int fits = std::stoi(refused.error().arguments.at(4));
    QVERIFY(fits > 1 && fits < 512);
    QVERIFY(checkMemory(withFactors(fits), shape, available));
    QVERIFY(!checkMemory(withFactors(fits + 1), shape, available));
}

void EstimateTest::dataThatNoParameterMakesFitIsRefused()
{
    const Spec spec = test::specOf({{"method.name", "ease"}});
    RunShape shape = shapeWith({});
    shape.data.users = shape.data.target.users = 2e4;
    shape.data.target.items = 2e4;

    const Status refused = checkMemory(spec, shape, 1e9);

    QVERIFY(!refused);
    const std::string sentence = describe(refused.error());
    QVERIFY2(sentence.starts_with("method.name is ease"), sentence.c_str());
    QVERIFY2(sentence.find("data.where.min_item") != std::string::npos, sentence.c_str());
    QVERIFY(checkMemory(spec, shape, 4e9));
}

/// While it trains, the address space may grow no more: the next large allocation throws, on the training
/// thread or on one of its helpers.
void EstimateTest::runThatRunsOutOfMemoryFailsAndTheNextOneTrains()
{
#ifdef TRANSEPT_SANITIZED
    QSKIP("the sanitizers need the address space");
#endif
    const Spec spec = test::specOf(
        {{"method.name", "mf"}, {"method.factors", 512}, {"method.epochs", 50}, {"stop.patience", 0}});
    const RunId run = test::valueOf(enqueue(*m_workspace, spec));
    const Result<RunRecord> done = [&] {
        const test::AddressSpace space;
        RunContext context;
        context.onEpoch = [&](const RunProgress& progress) {
            if (progress.epoch == 2) {
                space.setLimit(heldMemory().mapped);
            }
        };
        return execute(*m_workspace, run, context);
    }();

    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::OutOfMemory);
    const RunRecord record = test::valueOf(RunStore(*m_workspace).find(run));
    QCOMPARE(record.state, RunState::Failed);
    const std::string sentence = describe(record.reason);
    QVERIFY2(sentence.find("method.factors (now 512)") != std::string::npos, sentence.c_str());
    QVERIFY(!test::valueOf(RunStore(*m_workspace).curves(run)).at("train loss").empty());

    QCOMPARE(test::finishedRun(*m_workspace, {{"method.name", "bias"}}).state, RunState::Finished);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::EstimateTest)
#include "EstimateTest.moc"
