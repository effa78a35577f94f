#include "core/knowledge/ItemTexts.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

using Parts = std::vector<std::string>;

const TextStep& stepOf(const ExtractionPreview& preview, std::string_view name)
{
    return *std::ranges::find(preview.steps, name, &TextStep::name);
}

} // namespace

/// The way from a text to its terms, as it is shown.
class TextStepsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_workspace.emplace(m_folder->workspace());
        test::addItems(*m_workspace, "films", 30);
        const Database& database = m_workspace->database();
        QVERIFY_OK(database.execute(
            "INSERT INTO item(id, domain, key, title) VALUES(90, 1, 'odd', 'The Villages &amp;amp; the "
            "Starships: 2');"
            "INSERT INTO item(id, domain, key, title) VALUES(91, 1, 'bare', NULL);"
            "INSERT INTO item_field(item, name, value) VALUES(90, 'genre', 'Space Opera');"
            "INSERT INTO item_field(item, name, value) VALUES(90, 'pages', '7')"));
    }
    void everyStepIsShown_data();
    void everyStepIsShown();
    void usersStopWordsAndLanguageAreShown();
    void itemsAreFoundByTheirKeys();

private:
    Result<ExtractionPreview> shown(const char* extractor, std::int64_t item, Json settings = Json::object())
    {
        return preview(*m_workspace,
                       {.extractor = extractor, .name = "kb", .settings = std::move(settings)},
                       ItemId{item},
                       {},
                       {});
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
};

void TextStepsTest::everyStepIsShown_data()
{
    QTest::addColumn<QString>("extractor");
    QTest::newRow("lexical") << "lexical";
    QTest::newRow("word-vectors") << "word-vectors";
}

void TextStepsTest::everyStepIsShown()
{
    QFETCH(QString, extractor);

    const auto preview = shown(extractor.toStdString().c_str(), 90);

    QVERIFY_OK(preview);
    QCOMPARE(stepOf(*preview, "As it is stored").parts,
             (Parts{"title: The Villages &amp;amp; the Starships: 2", "genre: Space Opera"}));
    QCOMPARE(stepOf(*preview, "Cleaned").parts,
             (Parts{"title: The Villages & the Starships: 2", "genre: Space Opera"}));
    QCOMPARE(stepOf(*preview, "Language, and whose stems").parts.front(), std::string("english → english"));
    QCOMPARE(stepOf(*preview, "Words").parts,
             (Parts{"the", "villages", "the", "starships", "/", "2", "/", "space", "opera"}));
    QCOMPARE(stepOf(*preview, "Stop words and single characters").parts, (Parts{"the", "2"}));
    QCOMPARE(stepOf(*preview, "Stems").parts,
             (Parts{"villages → villag", "starships → starship", "space → space", "opera → opera"}));
    const TextStep& phrases = stepOf(*preview, "Phrases: weight (items)");
    QCOMPARE(phrases.parts.size(), std::size_t{1});
    QVERIFY(phrases.parts[0].starts_with("space opera 0.") && phrases.parts[0].ends_with(" (11)"));
    QCOMPARE(stepOf(*preview, "Terms: weight (items)").parts.size(), std::size_t{4});
    QVERIFY(!preview->facets.empty());
    const auto bare = shown("lexical", 91);
    QVERIFY_OK(bare);
    QVERIFY(stepOf(*bare, "Words").parts.empty() && bare->problem);
}

void TextStepsTest::usersStopWordsAndLanguageAreShown()
{
    const auto preview = shown("lexical",
                               90,
                               {{"more-stop-words", "opera"},
                                {"stop-words", false},
                                {"language", "french"},
                                {"max-document-share", 0.3}});

    QVERIFY_OK(preview);
    QCOMPARE(stepOf(*preview, "Language, and whose stems").parts.front(), std::string("english → french"));
    QCOMPARE(stepOf(*preview, "Stop words and single characters").parts, (Parts{"2", "opera"}));
    QCOMPARE(stepOf(*preview, "Too common or too rare").parts, Parts{"space"});
}

void TextStepsTest::itemsAreFoundByTheirKeys()
{
    test::addItems(*m_workspace, "books", 3);
    const std::vector<std::string> books{"books"};

    QVERIFY(*itemWithKey(*m_workspace, {}, "odd") == ItemId{90});
    QVERIFY(*itemWithKey(*m_workspace, books, "k0") != ItemId{1});
    QCOMPARE(itemWithKey(*m_workspace, {}, "k0").error().code, ErrorCode::InvalidInput);
    QCOMPARE(itemWithKey(*m_workspace, books, "odd").error().code, ErrorCode::NotFound);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TextStepsTest)
#include "TextStepsTest.moc"
