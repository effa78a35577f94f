#include "core/experiment/Controls.h"

#include "core/experiment/Comparison.h"
#include "core/store/KnowledgeStore.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

using Changes = std::map<std::string, Json>;
using Words = std::set<std::string>;

class ControlRunsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void controlsAreThoseThatFit_data();
    void controlsAreThoseThatFit();
    void knowledgeOfTitlesAloneIsOneMore();
    void controlIsNotRepeated();
    void controlsKeepDataSplitMeasuresAndSeed();
    void knowledgeStaysWhereAMeasureNeedsIt();
    void itemMeanIsTheMeanOfTheRatings();
    void plainMeansAreKnownByTheirParameters();
    void controlsMayBeComparedWithTheRun();

private:
    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
};

namespace {

Words namesOf(const std::vector<Spec>& controls)
{
    Words names;
    for (const Spec& control : controls) {
        names.insert(control.name);
    }
    return names;
}

void addBase(const Workspace& workspace, const char* name, const Json& fields)
{
    const KnowledgeStore store(workspace);
    const KnowledgeId base = store.begin(name, "lexical", {{"fields", fields}}).value();
    const ItemFacts facts{.item = test::itemOf(workspace, "films", "i1"), .vector = {1.0F, 0.0F}};
    QVERIFY_OK(store.setDimension(base, 2));
    QVERIFY_OK(store.put(base, std::span(&facts, 1)));
    QVERIFY_OK(store.setState(base, "finished"));
}

const Words plain{"control: popularity",
                  "control: global mean",
                  "control: item mean",
                  "control: user mean",
                  "control: bias"};

} // namespace

void ControlRunsTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 30, 20, 8, 1));
    test::fill(*m_workspace, test::ratingsPicture("books", 30, 20, 8, 2));
    test::fill(*m_workspace, "games/elsewhere: ann chess 5; plays, implicit: u1 abba, u2 queen, u3 abba");
    addBase(*m_workspace, "words", {"title", "description"});
}

void ControlRunsTest::controlsAreThoseThatFit_data()
{
    QTest::addColumn<Changes>("spec");
    QTest::addColumn<Words>("names");

    const auto with = [](Words more) {
        more.insert(plain.begin(), plain.end());
        return more;
    };
    QTest::newRow("ratings") << Changes{{"method.name", "mf"}} << plain;
    QTest::newRow("events") << Changes{{"method.name", "ease"}, {"data.target", "plays"}}
                            << Words{"control: popularity"};
    QTest::newRow("sources") << Changes{{"method.name", "cmf"}, {"data.sources", {"books"}}}
                             << with({"control: carried bias"});
    QTest::newRow("sources without common people")
        << Changes{{"method.name", "cmf"}, {"data.sources", {"games"}}} << plain;
    QTest::newRow("knowledge") << Changes{{"method.name", "kfmf"}, {"knowledge", "words"}}
                               << with({"control: shuffled knowledge"});
    QTest::newRow("shuffled knowledge")
        << Changes{{"method.name", "kfmf"}, {"knowledge", "words"}, {"shuffle_knowledge", true}} << plain;
    QTest::newRow("knowledge that is not used")
        << Changes{{"method.name", "mf"}, {"knowledge", "words"}} << plain;
}

void ControlRunsTest::controlsAreThoseThatFit()
{
    QFETCH(Changes, spec);
    QFETCH(Words, names);

    const auto controls = controlsOf(*m_workspace, test::specOf(spec));

    QVERIFY_OK(controls);
    QCOMPARE(Json(namesOf(*controls)).dump(), Json(names).dump());
}

void ControlRunsTest::knowledgeOfTitlesAloneIsOneMore()
{
    const Workspace workspace = m_folder.workspace("titles.transept");
    test::fill(workspace, test::ratingsPicture("films", 30, 20, 8, 1));
    addBase(workspace, "words", {"title", "description"});
    addBase(workspace, "titles", {"title"});
    const auto controlsWith = [&](const char* knowledge) {
        return test::valueOf(
            controlsOf(workspace, test::specOf({{"method.name", "kfmf"}, {"knowledge", knowledge}})));
    };

    const std::vector<Spec> controls = controlsWith("words");

    const auto titles = std::ranges::find(controls, std::string("control: titles only"), &Spec::name);
    QVERIFY(titles != controls.end());
    QCOMPARE(titles->knowledge, std::string("titles"));
    QVERIFY(!titles->shuffleKnowledge);
    QVERIFY(!namesOf(controlsWith("titles")).contains("control: titles only"));
}

void ControlRunsTest::controlIsNotRepeated()
{
    const std::vector<Spec> controls = test::valueOf(controlsOf(*m_workspace, test::specOf({})));

    Words others = plain;
    others.erase("control: bias");
    QCOMPARE(Json(namesOf(controls)).dump(), Json(others).dump());
}

void ControlRunsTest::controlsKeepDataSplitMeasuresAndSeed()
{
    const Spec spec = test::specOf({{"method.name", "kfmf"},
                                    {"knowledge", "words"},
                                    {"data.where", {{"min_user", 3}}},
                                    {"split", {{"kind", "k-fold"}, {"fold", 2}}},
                                    {"measures", {"rmse", "ndcg@5"}},
                                    {"seed", 9}});

    for (const Spec& control : test::valueOf(controlsOf(*m_workspace, spec))) {
        QVERIFY(control.data == spec.data);
        QVERIFY(control.split == spec.split);
        QCOMPARE(control.measures, spec.measures);
        QCOMPARE(control.seed, spec.seed);
        QVERIFY_OK(specFrom(toJson(control)));
        QCOMPARE(control.knowledge.empty(), control.method != "kfmf");
    }
}

void ControlRunsTest::knowledgeStaysWhereAMeasureNeedsIt()
{
    const Spec spec = test::specOf(
        {{"method.name", "kfmf"}, {"knowledge", "words"}, {"measures", {"ndcg@10", "diversity@10"}}});

    for (const Spec& control : test::valueOf(controlsOf(*m_workspace, spec))) {
        QCOMPARE(control.knowledge, spec.knowledge);
    }
}

void ControlRunsTest::itemMeanIsTheMeanOfTheRatings()
{
    const std::vector<Spec> controls = test::valueOf(controlsOf(*m_workspace, test::specOf({})));
    const auto mean = std::ranges::find(controls, std::string("control: item mean"), &Spec::name);
    QVERIFY(mean != controls.end());
    const RunId run = test::valueOf(enqueue(*m_workspace, *mean));
    (void)test::valueOf(execute(*m_workspace, run, {}));

    const auto fitted = test::valueOf(reopen(*m_workspace, run, {}));

    const InteractionMatrix& ratings = fitted->parts.training->target.interactions;
    std::vector<float> scores(fitted->model->itemCount());
    fitted->model->score(UserRow{0}, scores);
    for (std::size_t item = 0; item < scores.size(); ++item) {
        double sum = 0.0;
        const auto values = ratings.itemValuesOf(static_cast<ItemRow>(item));
        for (const float value : values) {
            sum += static_cast<double>(value);
        }
        if (values.size() >= 4) {
            QVERIFY(std::abs(sum / static_cast<double>(values.size()) - static_cast<double>(scores[item])) <
                    0.06);
        }
    }
}

void ControlRunsTest::plainMeansAreKnownByTheirParameters()
{
    const auto meanOf = [](const Changes& changes) { return plainMeanOf(test::specOf(changes)); };

    QVERIFY(meanOf({{"method.terms", "none"}}) == PlainMean::Global);
    QVERIFY(meanOf({{"method.terms", "item"}}) == PlainMean::Item);
    QVERIFY(meanOf({{"method.terms", "user"}, {"method.lambda-user", 5}}) == PlainMean::User);
    QVERIFY(meanOf({}) == PlainMean::None);
    QVERIFY(meanOf({{"method.name", "popularity"}, {"method.by", "mean"}}) == PlainMean::Item);
    QVERIFY(meanOf({{"method.name", "popularity"}}) == PlainMean::None);
    QVERIFY(meanOf({{"method.name", "mf"}}) == PlainMean::None);
}

void ControlRunsTest::controlsMayBeComparedWithTheRun()
{
    const Spec spec =
        test::specOf({{"method.name", "cmf"}, {"method.epochs", 2}, {"data.sources", {"books"}}});
    const RunId run = test::valueOf(enqueue(*m_workspace, spec));
    const RunRecord main = test::valueOf(execute(*m_workspace, run, {}));

    for (const Spec& control : test::valueOf(controlsOf(*m_workspace, spec))) {
        const RunId beside = test::valueOf(enqueue(*m_workspace, control));
        const RunRecord record = test::valueOf(execute(*m_workspace, beside, {}));
        QVERIFY(mayBeCompared(main, record));
        QVERIFY(record.measures.contains("ndcg@10"));
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ControlRunsTest)
#include "ControlRunsTest.moc"
