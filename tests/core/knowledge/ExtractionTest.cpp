#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

/// What is asked of an extraction, refused, stopped, resumed and stored.
class ExtractionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void unfinishedKnowledgeIsNotLoaded();
    void stoppedExtractionGoesOnToTheSameResult();
    void changedTextsStartAnew();
    void changedSettingsNeedAnotherName();
    void oneBegunBeforeASettingWasThereGoesOn();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void itemsWithoutTextAreCounted();
    void previewShowsTheFacetsWithoutStoringThem();
    void workspaceWithoutTextsIsRefusedAndNothingIsLeft();

private:
    std::optional<test::Temporary> m_folder;
};

void ExtractionTest::unfinishedKnowledgeIsNotLoaded()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = test::addItems(workspace, "films", 12);
    const Result<ExtractionReport> report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    QVERIFY_OK(KnowledgeStore(workspace).setState(report->id, "interrupted"));

    const auto unfinished = loadKnowledge(workspace, "words", films, {});
    const auto unknown = loadKnowledge(workspace, "wrods", films, {});

    QCOMPARE(unfinished.error().code, ErrorCode::InvalidInput);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

void ExtractionTest::stoppedExtractionGoesOnToTheSameResult()
{
    Workspace straight = m_folder->workspace("straight.transept");
    Workspace broken = m_folder->workspace("broken.transept");
    test::addItems(straight, "films", 1500);
    test::addItems(broken, "films", 1500);
    const ExtractionRequest request = test::lexical("words", {{"dimension", 8}});
    const Result<ExtractionReport> whole = extract(straight, request, {});
    QVERIFY_OK(whole);

    std::stop_source stop;
    const JobContext stopping{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                                  if (progress.total == 1500 && progress.done >= 500) {
                                      stop.request_stop();
                                  }
                              }};
    const Result<ExtractionReport> cut = extract(broken, request, stopping);
    QVERIFY(!cut);
    QCOMPARE(cut.error().code, ErrorCode::Cancelled);
    const KnowledgeBase base = *KnowledgeStore(broken).find("words");
    QCOMPARE(base.state, std::string("cancelled"));
    QCOMPARE(base.items, std::int64_t{500});

    // A process that was killed leaves the state running; the next start marks it.
    QVERIFY_OK(broken.database().execute("UPDATE knowledge_base SET state = 'running', process = 0"));
    QCOMPARE(broken.findInterrupted()->size(), std::size_t{1});
    QCOMPARE(KnowledgeStore(broken).find("words")->state, std::string("interrupted"));
    const Result<ExtractionReport> rest = extract(broken, request, {});

    QVERIFY_OK(rest);
    QCOMPARE(rest->items, std::int64_t{1500});
    QCOMPARE(KnowledgeStore(broken).find("words")->state, std::string("finished"));
    QVERIFY(test::contentOf(broken, rest->id) == test::contentOf(straight, whole->id));
}

void ExtractionTest::changedTextsStartAnew()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 60);
    const Result<ExtractionReport> before = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(before);
    QVERIFY_OK(KnowledgeStore(workspace).setState(before->id, "interrupted"));
    QVERIFY_OK(KnowledgeStore(workspace).setLastItem(before->id, ItemId{})); // as if it was never finished
    QVERIFY_OK(workspace.database().execute(
        "UPDATE item_field SET value = 'dragon castle' WHERE name = 'about' AND item < 9"));

    const Result<ExtractionReport> resumed = extract(workspace, test::lexical("words"), {});
    const Result<ExtractionReport> fresh = extract(workspace, test::lexical("fresh"), {});

    QVERIFY_OK(resumed);
    QVERIFY_OK(fresh);
    QVERIFY(test::contentOf(workspace, resumed->id) == test::contentOf(workspace, fresh->id));
}

void ExtractionTest::changedSettingsNeedAnotherName()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 12);
    const Result<ExtractionReport> report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);

    const auto finished = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(KnowledgeStore(workspace).setState(report->id, "cancelled"));
    const auto changed = extract(workspace, test::lexical("words", {{"stem", false}}), {});

    QCOMPARE(finished.error().code, ErrorCode::InvalidInput);
    QCOMPARE(changed.error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::contentOf(workspace, report->id), before);
}

void ExtractionTest::oneBegunBeforeASettingWasThereGoesOn()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 12);
    const KnowledgeStore store(workspace);
    const Json config{{"extractor", "lexical"},
                      {"domains", Json::array({"films"})},
                      {"fields", Json::array({"title", "about", "genre"})},
                      {"settings", Json::object({{"dimension", 8}, {"phrases", false}})}};
    const auto begun = store.begin("words", "lexical", config);
    QVERIFY_OK(begun);
    QVERIFY_OK(store.setState(*begun, "interrupted"));

    const auto other = extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    const auto same = extract(workspace, test::lexical("words", {{"dimension", 8}, {"phrases", false}}), {});

    QCOMPARE(other.error().code, ErrorCode::InvalidInput);
    QVERIFY_OK(same);
    QVERIFY(same->id == *begun);
    QCOMPARE(store.find("words")->config.dump(), config.dump());
}

void ExtractionTest::badRequestsAreRefused_data()
{
    QTest::addColumn<QString>("extractor");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("says");

    QTest::newRow("extractor") << "lexcal"
                               << "kb"
                               << "films"
                               << "genre"
                               << "stem"
                               << "Did you mean lexical?";
    QTest::newRow("name") << "lexical"
                          << " "
                          << "films"
                          << "genre"
                          << "stem"
                          << "needs a name";
    QTest::newRow("domain") << "lexical"
                            << "kb"
                            << "flims"
                            << "genre"
                            << "stem"
                            << "Did you mean films?";
    QTest::newRow("field") << "lexical"
                           << "kb"
                           << "films"
                           << "gener"
                           << "stem"
                           << "Did you mean genre?";
    QTest::newRow("setting") << "lexical"
                             << "kb"
                             << "films"
                             << "genre"
                             << "stems"
                             << "Did you mean stem?";
}

void ExtractionTest::badRequestsAreRefused()
{
    QFETCH(QString, extractor);
    QFETCH(QString, name);
    QFETCH(QString, domain);
    QFETCH(QString, field);
    QFETCH(QString, setting);
    QFETCH(QString, says);
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 6);
    const ExtractionRequest request{.extractor = extractor.toStdString(),
                                    .name = name.toStdString(),
                                    .domains = {domain.toStdString()},
                                    .fields = {field.toStdString()},
                                    .settings = {{setting.toStdString(), true}}};

    const Result<ExtractionReport> report = extract(workspace, request, {});

    QVERIFY(!report);
    const std::string sentence = describe(report.error());
    QVERIFY2(sentence.find(says.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void ExtractionTest::itemsWithoutTextAreCounted()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = Catalog(workspace).ensureDomain("films", "web", FeedbackKind::Explicit)->id;
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO item(domain, key, title) VALUES(1, 'a', 'sea boat'), (1, 'b', NULL), (1, 'c', 'sea')"));
    QCOMPARE(number(films), std::int64_t{1});

    const Result<ExtractionReport> some =
        extract(workspace, test::lexical("words", {{"max-document-share", 1.0}}), {});
    QVERIFY_OK(workspace.database().execute("UPDATE item SET title = NULL"));
    const Result<ExtractionReport> none = extract(workspace, test::lexical("nothing"), {});

    QVERIFY_OK(some);
    QCOMPARE(some->without, std::int64_t{1});
    QCOMPARE(none.error().code, ErrorCode::InvalidInput);
    QCOMPARE(KnowledgeStore(workspace).find("nothing").error().code, ErrorCode::NotFound);
}

void ExtractionTest::previewShowsTheFacetsWithoutStoringThem()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);

    const Result<ExtractionPreview> shown = preview(workspace, test::lexical(""), ItemId{1}, {}, {});
    const Result<ExtractionForecast> cost = forecast(workspace, test::lexical(""), 0, {});

    QVERIFY_OK(shown);
    QVERIFY_OK(cost);
    QCOMPARE(shown->facets.front().text, std::string("Slice of Life"));
    QCOMPARE(cost->items, std::int64_t{30});
    QCOMPARE(cost->calls, std::int64_t{0});
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void ExtractionTest::workspaceWithoutTextsIsRefusedAndNothingIsLeft()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    QVERIFY_OK(workspace.database().execute("UPDATE item SET title = NULL; DELETE FROM item_field"));

    const Result<ExtractionReport> report = extract(workspace, test::lexical("words"), {});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(report.error()).find("No item of these domains has a text") != std::string::npos);
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ExtractionTest)
#include "ExtractionTest.moc"
