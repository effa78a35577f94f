#include "core/store/Catalog.h"
#include "core/store/DomainName.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <limits>

namespace transept {

class CatalogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void domainIsMadeOnceAndFoundByItsName();
    void unknownDomainNamesTheNearestOne();
    void emptyWorkspaceSaysWhatToDo();
    void domainKeepsItsPlatformAndKind();
    void refusedDomainLeavesNoPlatformBehind();
    void nameIsNeeded();
    void scaleOnlyGrows();
    void domainThatWasPutAsideCanComeBack();
    void nameOfADomainThatWasPutAsideIsFree();
    void renamedDomainKeepsItsInteractions();
    void nameThatDoesNotFitIsRefused_data();
    void nameThatDoesNotFitIsRefused();
    void domainThatIsKnownByItsNameKeepsIt_data();
    void domainThatIsKnownByItsNameKeepsIt();

private:
    std::optional<test::Temporary> m_folder;
};

void CatalogTest::domainIsMadeOnceAndFoundByItsName()
{
    const Workspace workspace = m_folder->workspace();
    const Catalog catalog(workspace);

    const Result<Domain> books = catalog.ensureDomain("books", "web", FeedbackKind::Explicit);
    const Result<Domain> films = catalog.ensureDomain("films", "web", FeedbackKind::Implicit);
    const Result<Domain> again = catalog.ensureDomain("books", "web", FeedbackKind::Explicit);

    QVERIFY_OK(books);
    QVERIFY_OK(films);
    QVERIFY_OK(again);
    QVERIFY(books->id == again->id);
    QVERIFY(books->platform == films->platform);
    QVERIFY(!books->scaleMin);
    const Result<std::vector<Domain>> all = catalog.domains();
    QVERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{2});
    QCOMPARE(all->front().name, "books");
    QCOMPARE(wordOf(all->back().kind), "implicit");
    QCOMPARE(all->back().platformName, "web");
}

void CatalogTest::unknownDomainNamesTheNearestOne()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5; films: ann alien 4");

    const Result<Domain> found = Catalog(workspace).domain("flims");

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::NotFound);
    QCOMPARE(describe(found.error()),
             "There is no domain flims. Did you mean films? There are: books, films.");
    QCOMPARE(describe(Catalog(workspace).domain("paintings").error()),
             "There is no domain paintings. There are: books, films.");
}

void CatalogTest::emptyWorkspaceSaysWhatToDo()
{
    const Workspace workspace = m_folder->workspace();

    QCOMPARE(describe(Catalog(workspace).domain("books").error()),
             "There is no domain books: the workspace is empty. Import data first.");
}

void CatalogTest::domainKeepsItsPlatformAndKind()
{
    const Workspace workspace = m_folder->workspace();
    const Catalog catalog(workspace);
    QVERIFY_OK(catalog.ensureDomain("books", "web", FeedbackKind::Explicit));

    const Result<Domain> elsewhere = catalog.ensureDomain("books", "shop", FeedbackKind::Explicit);
    const Result<Domain> otherwise = catalog.ensureDomain("books", "web", FeedbackKind::Implicit);

    QCOMPARE(elsewhere.error().code, ErrorCode::InvalidInput);
    QCOMPARE(otherwise.error().code, ErrorCode::InvalidInput);
}

void CatalogTest::refusedDomainLeavesNoPlatformBehind()
{
    const Workspace workspace = m_folder->workspace();
    QVERIFY_OK(Catalog(workspace).ensureDomain("books", "web", FeedbackKind::Explicit));

    QVERIFY(!Catalog(workspace).ensureDomain("books", "shop", FeedbackKind::Explicit));

    QCOMPARE(**workspace.database().scalar("SELECT count(*) FROM platform"), 1);
}

void CatalogTest::nameIsNeeded()
{
    const Workspace workspace = m_folder->workspace();

    QCOMPARE(Catalog(workspace).ensureDomain(" ", "web", FeedbackKind::Explicit).error().code,
             ErrorCode::InvalidInput);
    QCOMPARE(Catalog(workspace).ensureDomain("books", "", FeedbackKind::Explicit).error().code,
             ErrorCode::InvalidInput);
}

void CatalogTest::scaleOnlyGrows()
{
    const Workspace workspace = m_folder->workspace();
    const Catalog catalog(workspace);
    const DomainId books = catalog.ensureDomain("books", "web", FeedbackKind::Explicit)->id;

    QVERIFY_OK(catalog.widenScale(books, 2.0, 3.0));
    QVERIFY_OK(catalog.widenScale(books, 2.5, 4.5));
    QVERIFY_OK(catalog.widenScale(books, 1.0, 1.0));
    QVERIFY_OK(catalog.widenScale(books, std::numeric_limits<double>::quiet_NaN(), 9.0));

    const Result<Domain> found = catalog.domain("books");
    QCOMPARE(found->scaleMin, std::optional(1.0));
    QCOMPARE(found->scaleMax, std::optional(4.5));
}

void CatalogTest::domainThatWasPutAsideCanComeBack()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5; films: ann alien 4");
    const Catalog catalog(workspace);
    const DomainId books = catalog.domain("books")->id;

    QVERIFY_OK(catalog.setDeleted(books, true));
    QVERIFY(!catalog.domain("books"));
    QCOMPARE(catalog.domains()->size(), std::size_t{1});

    QVERIFY_OK(catalog.setDeleted(books, false));
    QVERIFY(catalog.domain("books")->id == books);
}

void CatalogTest::nameOfADomainThatWasPutAsideIsFree()
{
    const Workspace workspace = m_folder->workspace();
    const Catalog catalog(workspace);
    const DomainId old = catalog.ensureDomain("books", "web", FeedbackKind::Explicit)->id;
    QVERIFY_OK(catalog.setDeleted(old, true));

    const Result<Domain> books = catalog.ensureDomain("books", "shop", FeedbackKind::Implicit);

    QVERIFY_OK(books);
    QVERIFY(books->id != old);
    QVERIFY_OK(catalog.setDeleted(old, false));
    QCOMPARE(catalog.domains()->size(), std::size_t{2});
}

void CatalogTest::renamedDomainKeepsItsInteractions()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "book: ann dune 5, bob emma 3; films: ann alien 4");
    const Catalog catalog(workspace);
    const DomainId book = catalog.domain("book")->id;
    const DomainId old = catalog.domain("films")->id;
    QVERIFY_OK(catalog.setDeleted(old, true));

    QVERIFY_OK(renameDomain(workspace, book, " books "));
    QVERIFY(catalog.domain("books")->id == book);
    QVERIFY(!catalog.domain("book"));
    QCOMPARE(renameDomain(workspace, DomainId{999}, "none").error().code, ErrorCode::NotFound);
    QVERIFY_OK(renameDomain(workspace, book, "films")); // the one that was put aside gives it up
    QVERIFY(catalog.domain("films")->id == book);
    QVERIFY_OK(catalog.setDeleted(old, false));
    QCOMPARE(catalog.domains()->size(), std::size_t{2});
    QCOMPARE(workspace.database().scalar("SELECT count(*) FROM interaction")->value_or(0), 3);
}

void CatalogTest::nameThatDoesNotFitIsRefused_data()
{
    QTest::addColumn<std::string>("name");
    QTest::newRow("empty") << std::string("  ");
    QTest::newRow("list") << std::string("books, novels");
    QTest::newRow("taken") << std::string("films");
}

void CatalogTest::nameThatDoesNotFitIsRefused()
{
    QFETCH(std::string, name);
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5; films: ann alien 4");
    const Catalog catalog(workspace);
    const Status renamed = renameDomain(workspace, catalog.domain("books")->id, name);
    QVERIFY(!renamed);
    QVERIFY(renamed.error().code == ErrorCode::InvalidInput);
    QVERIFY_OK(catalog.domain("books"));
}

void CatalogTest::domainThatIsKnownByItsNameKeepsIt_data()
{
    QTest::addColumn<std::string>("by");
    QTest::newRow("run on it") << std::string(R"(INSERT INTO run(name, spec, spec_hash, state, created)
            VALUES('r', '{"data": {"target": "books", "sources": []}}', '', 'finished', 0))");
    QTest::newRow("run from it") << std::string(R"(INSERT INTO run(name, spec, spec_hash, state, created)
            VALUES('r', '{"data": {"target": "films", "sources": ["books"]}}', '', 'finished', 0))");
    QTest::newRow("knowledge") << std::string(
        R"(INSERT INTO knowledge_base(name, extractor, config, state, started)
            VALUES('k', 'lexical', '{"domains": ["books"]}', 'finished', 0))");
    QTest::newRow("import that can go on")
        << std::string(R"(INSERT INTO import(file, target, domain, options, state, started)
            VALUES('f', 'interactions', (SELECT id FROM domain WHERE name = 'books'), '{}', 'interrupted', 0))");
}

void CatalogTest::domainThatIsKnownByItsNameKeepsIt()
{
    QFETCH(std::string, by);
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5; films: ann alien 4; music: ann so-what 3");
    const Catalog catalog(workspace);
    QVERIFY_OK(workspace.database().execute(by));
    const Status renamed = renameDomain(workspace, catalog.domain("books")->id, "novels");
    QVERIFY(!renamed);
    QCOMPARE(renamed.error().arguments, (std::vector<std::string>{"books", "1"}));
    QVERIFY_OK(catalog.domain("books"));
    QVERIFY_OK(renameDomain(workspace, catalog.domain("music")->id, "songs")); // nothing speaks of that one
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CatalogTest)
#include "CatalogTest.moc"
