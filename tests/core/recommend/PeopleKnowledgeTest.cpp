#include "core/knowledge/PeopleHistories.h"
#include "core/recommend/Export.h"
#include "core/store/KnownPeople.h"
#include "tests/core/knowledge/PeopleWorkspace.h"
#include "tests/support/ScriptedServer.h"

#include <QtTest/QTest>

namespace transept {
namespace {

using test::ScriptedServer;

/// Says nothing useful of person 4's films, and a paragraph of pairs.
ScriptedServer::Answer answer(const Json& request)
{
    const std::string prompt = request.at("messages").dump();
    if (prompt.find("carry over from one domain") != std::string::npos) {
        return ScriptedServer::chat("Who likes these, likes those.");
    }
    // Of leave-one-out's training of five films from 1 + p on, person 4 has 5, 6 and 7.
    const bool isFourth = prompt.find("Film 5: rated 1 of 5") != std::string::npos;
    return ScriptedServer::chat(isFourth ? "no idea"
                                         : Json{{"topic", "space"}, {"mood", "calm, \"quiet\""}}.dump());
}

} // namespace

/// What a knowledge base about people shows and hands on.
class PeopleKnowledgeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void peopleComeInPagesAndByTheirKeys();
    void historiesAreThoseOfThePrompts();
    void previewIsAboutThePersonThatIsChosen();
    void exportsNamePeopleByTheirKeys();

private:
    const KnowledgeBase& base() const { return *m_base; }

    test::Temporary m_folder;
    ScriptedServer m_server{ScriptedServer::BodyScript(answer)};
    std::optional<Workspace> m_workspace;
    std::optional<KnowledgeBase> m_base;
};

void PeopleKnowledgeTest::initTestCase()
{
    m_workspace.emplace(test::histories(m_folder));
    const auto done = extract(*m_workspace, test::aboutUsers(m_server.url()), {});
    QVERIFY_OK(done);
    QCOMPARE(done->failed, std::int64_t{1});
    m_base = KnowledgeStore(*m_workspace).find(done->id).value();
}

void PeopleKnowledgeTest::peopleComeInPagesAndByTheirKeys()
{
    const KnownPeople people(*m_workspace);
    const auto numbersOf = [&](std::string_view text, std::int64_t after, int limit) {
        std::vector<std::int64_t> found;
        const auto page = people.page(base().id, text, PersonId{after}, limit);
        for (const KnownPerson& each : page.value()) {
            found.push_back(number(each.person));
        }
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    QCOMPARE(numbersOf("", 0, 100), (Numbers{1, 2, 3, 4, 5, 6}));
    QCOMPARE(numbersOf("", 0, 4), (Numbers{1, 2, 3, 4}));
    QCOMPARE(numbersOf("", 4, 4), (Numbers{5, 6}));
    QCOMPARE(numbersOf("USER-5", 0, 4), (Numbers{5}));
    QCOMPARE(numbersOf("%", 0, 4), Numbers());
    const std::vector<KnownPerson> all = people.page(base().id, "", PersonId{0}, 100).value();
    QCOMPARE(all[0].keys, std::string("secret-user-1"));
    QCOMPARE(all[0].domains, 1);
    QCOMPARE(all[3].domains, 1); // of films there is a failure
    QVERIFY(all[3].hasFailed && !all[4].hasFailed);
    QCOMPARE(all[4].domains, 2);
}

void PeopleKnowledgeTest::historiesAreThoseOfThePrompts()
{
    const auto histories = PeopleHistories::read(*m_workspace, base(), {});
    QVERIFY_OK(histories);
    for (std::int64_t person = 1; person <= 6; ++person) {
        const std::vector<PeopleHistories::Told> told = (*histories)->of(PersonId{person});
        QCOMPARE(told.size(), person >= 3 ? std::size_t{2} : std::size_t{1});
        for (const PeopleHistories::Told& each : told) {
            const auto request = preview(*m_workspace,
                                         test::aboutUsers(m_server.url()),
                                         {},
                                         {.person = PersonId{person}, .domain = each.domain},
                                         {});
            QVERIFY_OK(request);
            std::string lines;
            for (const auto& [title, words] : each.lines) {
                lines += (lines.empty() ? "" : "\n") + title + ": " + words;
            }
            const std::string asked = Json::parse(request->request).at("messages").back().at("content");
            QVERIFY2(asked.find(":\n" + lines + "\n") != std::string::npos, asked.c_str());
        }
    }
    QVERIFY((*histories)->of(PersonId{99}).empty());
    KnowledgeBase other = base();
    other.extractor = "lexical";
    QVERIFY(!PeopleHistories::read(*m_workspace, other, {}));
}

void PeopleKnowledgeTest::previewIsAboutThePersonThatIsChosen()
{
    const int before = m_server.posts();
    const ExtractionRequest request = test::aboutUsers(m_server.url());
    const auto nobody =
        preview(*m_workspace, request, {}, {.person = PersonId{1}, .domain = DomainId{2}}, {});
    QVERIFY(!nobody);
    QVERIFY(describe(nobody.error()).find("no history that is long enough") != std::string::npos);
    const auto books = preview(*m_workspace, request, {}, {.person = PersonId{5}, .domain = DomainId{2}}, {});
    QVERIFY_OK(books);
    QVERIFY(books->request.find("Book 6: rated 1 of 5") != std::string::npos);
    QVERIFY(books->request.find("Film") == std::string::npos);
    QCOMPARE(m_server.posts(), before);
}

void PeopleKnowledgeTest::exportsNamePeopleByTheirKeys()
{
    const auto written = [&](KnowledgeExport what) {
        const std::filesystem::path file = m_folder.path("people.csv");
        const auto done = exportKnowledge(*m_workspace, "people", what, file, {});
        return done ? test::contentOf(file) : describe(done.error());
    };
    const std::string facets = written(KnowledgeExport::Facets);
    QVERIFY2(facets.starts_with("domain,user,facet,text\nfilms,secret-user-1,topic,space\n"
                                "films,secret-user-1,mood,\"calm, \"\"quiet\"\"\"\n"),
             facets.c_str());
    QCOMPARE(std::ranges::count(facets, '\n'), std::ptrdiff_t{1 + 2 * 9});
    QVERIFY(facets.find("films,secret-user-4") == std::string::npos);
    QVERIFY(facets.find("books,secret-user-4") != std::string::npos);
    QCOMPARE(written(KnowledgeExport::Pairs),
             std::string("source,target,text\n"
                         "films,books,\"Who likes these, likes those.\"\n"
                         "books,films,\"Who likes these, likes those.\"\n"));
    QVERIFY(written(KnowledgeExport::Vectors).find("tells of people") != std::string::npos);
    QVERIFY_OK(m_workspace->database().execute("UPDATE domain SET deleted = 1 WHERE name = 'books'"));
    const std::string rest = written(KnowledgeExport::Pairs);
    QVERIFY_OK(m_workspace->database().execute("UPDATE domain SET deleted = NULL"));
    QCOMPARE(rest, std::string("source,target,text\n"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PeopleKnowledgeTest)
#include "PeopleKnowledgeTest.moc"
