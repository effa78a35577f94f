#include "core/store/KnowledgeStore.h"

#include "core/base/Random.h"
#include "core/store/Catalog.h"
#include "core/store/RunStore.h"
#include "tests/support/StoredFacets.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

ItemId addItem(const Workspace& workspace,
               DomainId domain,
               const std::string& title,
               const std::vector<std::pair<std::string, std::string>>& fields = {})
{
    Result<Statement> item = workspace.database().prepare(
        "INSERT INTO item(domain, key, title) VALUES(?1, lower(?2), nullif(?2, ''))");
    Result<Statement> field =
        workspace.database().prepare("INSERT INTO item_field(item, name, value) VALUES(?, ?, ?)");
    if (!item || !field || !item->bind(1, number(domain)).bind(2, title).run()) {
        return ItemId{0};
    }
    const ItemId id{workspace.database().lastInsertId()};
    for (const auto& [name, value] : fields) {
        if (!field->bind(1, number(id)).bind(2, name).bind(3, value).run()) {
            return ItemId{0};
        }
    }
    return id;
}

ItemFacts factsOfItem(ItemId item)
{
    return {.item = item,
            .facets = {{"genre", "Drama", 0.25}, {"topic", "sea", 0.5}},
            .vector = {0.6F, -0.8F},
            .facetVectors = {{1.0F, 0.0F}, {0.0F, 1.0F}},
            .termWeights = {{3, 0.5F}, {70'000, 0.25F}}};
}

} // namespace

class KnowledgeStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void factsComeBackAsTheyWerePut();
    void factsAreReplacedAndCountedOnce();
    void factsOfADomainLeaveOutOthers();
    void extentAndCoverageAreOfTheDomain();
    void factsDropTheFailureOfTheirItem();
    void failedPutLeavesNothingBehind();
    void sharedFacetVectorIsStoredOnce();
    void halvesAreTheNearestAndComeBackExactly();
    void whatHalvesCannotHoldIsRefused();
    void factsBesideVectorsLackThem();
    void sameNameWithOtherSettingsIsRefused();
    void finishedOrRunningOneIsNotBegunAgain();
    void interruptedOneGoesOn();
    void readersSeeThatAKilledOneWasInterrupted();
    void removedOneIsGoneWithItsFacts();
    void oneThatARunWasTrainedWithIsFrozen();
    void nameOfADeletedOneIsFree();
    void unknownNameTellsTheNearest();
    void clearForgetsFactsAndTerms();
    void failuresCountTheirAttempts();
    void textsComeWithTheChosenFieldsInTheirOrder();
    void fieldsAreCounted();
    void replyIsCachedByItsContent();

private:
    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    DomainId m_films{};
    DomainId m_books{};
};

void KnowledgeStoreTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    const Catalog catalog(*m_workspace);
    m_films = catalog.ensureDomain("films", "web", FeedbackKind::Explicit)->id;
    m_books = catalog.ensureDomain("books", "web", FeedbackKind::Explicit)->id;
}

void KnowledgeStoreTest::factsComeBackAsTheyWerePut()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");
    const Result<KnowledgeId> id = store.begin("words", "lexical", {{"a", 1}});
    QVERIFY_OK(id);

    QVERIFY_OK(store.put(*id, std::vector{factsOfItem(item)}));

    const Result<ItemFacts> found = store.facts(*id, item);
    QVERIFY_OK(found);
    const ItemFacts wanted = factsOfItem(item);
    QCOMPARE(found->vector, wanted.vector);
    QCOMPARE(found->facetVectors, wanted.facetVectors);
    QCOMPARE(found->termWeights, wanted.termWeights);
    QCOMPARE(found->facets.size(), std::size_t{2});
    QCOMPARE(found->facets[1].text, std::string("sea"));
    QCOMPARE(found->facets[1].weight, 0.5);
}

void KnowledgeStoreTest::factsAreReplacedAndCountedOnce()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");
    const KnowledgeId id = *store.begin("words", "lexical", {});

    QVERIFY_OK(store.put(id, std::vector{factsOfItem(item)}));
    QVERIFY_OK(store.put(id, std::vector{ItemFacts{.item = item, .vector = {1.0F, 0.0F}}}));

    QCOMPARE(store.find(id)->items, std::int64_t{1});
    QVERIFY(store.facts(id, item)->facets.empty());
    QCOMPARE(store.facts(id, item)->vector, (std::vector<float>{1.0F, 0.0F}));
    QCOMPARE(*store.itemsWithFacts(id), std::vector{item});
}

void KnowledgeStoreTest::factsOfADomainLeaveOutOthers()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId film = addItem(*m_workspace, m_films, "Alien");
    const ItemId book = addItem(*m_workspace, m_books, "Emma");
    const ItemId second = addItem(*m_workspace, m_films, "Aliens");
    const KnowledgeId id = *store.begin("words", "lexical", {});

    QVERIFY_OK(store.put(id, std::vector{factsOfItem(second), factsOfItem(book), factsOfItem(film)}));

    const auto found = store.factsOf(id, m_films);
    QVERIFY_OK(found);
    QCOMPARE(found->size(), std::size_t{2});
    QCOMPARE(found->at(0).item, film);
    QCOMPARE(found->at(1).item, second);
    QCOMPARE(found->at(1).facetVectors, factsOfItem(second).facetVectors);
}

void KnowledgeStoreTest::extentAndCoverageAreOfTheDomain()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId both = store.begin("both", "lexical", {{"a", 1}}).value();
    const KnowledgeId other = store.begin("other", "lexical", {{"a", 2}}).value();
    const ItemId film = addItem(*m_workspace, m_films, "Alien");
    const ItemId second = addItem(*m_workspace, m_films, "Brazil");
    const ItemId book = addItem(*m_workspace, m_books, "Dune");
    ItemFacts plain{.item = book, .termWeights = {{3, 1.0F}}};
    QVERIFY_OK(store.put(both, std::vector{factsOfItem(film), factsOfItem(second), plain}));
    plain.termWeights.clear();
    plain.vector = {1.0F};
    QVERIFY_OK(store.put(other, std::vector{plain}));
    const std::vector<std::pair<std::string, std::int64_t>> terms{{"sea", 3}, {"ship", 2}, {"cat", 1}};
    QVERIFY_OK(store.putTerms(both, terms));

    const KnowledgeExtent films = store.extentOf(both, m_films).value();
    const KnowledgeExtent books = store.extentOf(both, m_books).value();
    const KnowledgeExtent none = store.extentOf(other, m_films).value();

    QCOMPARE(films.vocabulary, std::int64_t{2});
    QCOMPARE(films.occurrences, std::int64_t{3 + 2 + 1});
    QCOMPARE(films.squares, std::int64_t{9 + 4 + 1});
    QCOMPARE(films.terms, std::int64_t{2 * 2});
    QCOMPARE(films.facets, std::int64_t{2 * 2});
    QCOMPARE(films.vectors, std::int64_t{2 * (1 + 2)});
    QCOMPARE(books.terms, std::int64_t{1});
    QCOMPARE(books.facets, std::int64_t{0});
    QCOMPARE(none.vocabulary + none.terms + none.facets + none.vectors, std::int64_t{0});
    QVERIFY(store.coverageOf(both, m_films)->vectors && store.coverageOf(both, m_films)->terms);
    QVERIFY(!store.coverageOf(both, m_books)->vectors && store.coverageOf(both, m_books)->terms);
    QVERIFY(store.coverageOf(other, m_books)->vectors && !store.coverageOf(other, m_books)->terms);
    QVERIFY(!store.coverageOf(other, m_films)->vectors && !store.coverageOf(other, m_films)->terms);
}

void KnowledgeStoreTest::factsDropTheFailureOfTheirItem()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");
    const KnowledgeId id = *store.begin("words", "chat", {});
    QVERIFY_OK(store.putFailure(id, {.item = item, .reason = "no answer"}));

    QVERIFY_OK(store.put(id, std::vector{factsOfItem(item)}));

    QVERIFY(store.failures(id)->empty());
}

void KnowledgeStoreTest::failedPutLeavesNothingBehind()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");

    QVERIFY(!store.put(KnowledgeId{99}, std::vector{factsOfItem(item)})); // there is no such knowledge base

    QCOMPARE(**m_workspace->database().scalar("SELECT count(*) FROM vector"), std::int64_t{0});
}

void KnowledgeStoreTest::sharedFacetVectorIsStoredOnce()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId first = addItem(*m_workspace, m_films, "Alien");
    const ItemId second = addItem(*m_workspace, m_films, "Aliens");
    const KnowledgeId id = *store.begin("words", "lexical", {});
    ItemFacts sharing = factsOfItem(second);
    sharing.facetVectors = {{}, {0.5F, 0.5F}};
    sharing.facets[1].text = "space";

    QVERIFY_OK(store.put(id, std::vector{factsOfItem(first), sharing}));

    const auto vectors = test::facetVectors(store, id);
    QVERIFY_OK(vectors);
    QCOMPARE(vectors->size(), std::size_t{3});
    QCOMPARE(vectors->at(0).text, std::string("Drama"));
    QCOMPARE(vectors->at(2).text, std::string("space"));
    std::unordered_set<std::string> keys;
    for (const test::StoredFacetVector& each : *vectors) {
        keys.insert(vectorKey(each.name, each.text));
    }
    QCOMPARE(keys.size(), std::size_t{3});
    QVERIFY(store.facetsWithVectors(id) == keys);
    QVERIFY(store.facts(id, second)->facetVectors[0].empty());
}

/// The value of a finite float16 by its bits: sign, five bits of exponent, ten of fraction.
double valueOfHalf(int bits)
{
    const int exponent = (bits >> 10) & 31;
    const double fraction = static_cast<double>(bits & 1023) / 1024.0;
    const double size = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1.0 + fraction, exponent - 15);
    return (bits & 0x8000) != 0 ? -size : size;
}

/// The nearest of all finite ones; of two as near the one whose last bit is 0.
double nearestHalf(double value)
{
    int best = 0;
    for (int bits = 0; bits < 0x10000; ++bits) {
        if (((bits >> 10) & 31) == 31) {
            continue;
        }
        const double distance = std::abs(valueOfHalf(bits) - value);
        const double least = std::abs(valueOfHalf(best) - value);
        if (distance < least || (distance == least && (bits & 1) == 0)) {
            best = bits;
        }
    }
    return valueOfHalf(best);
}

void KnowledgeStoreTest::halvesAreTheNearestAndComeBackExactly()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = *store.begin("small", "lexical", {{"settings", {{"precision", "float16"}}}});
    const ItemId item = addItem(*m_workspace, m_films, "Solaris");
    ItemFacts facts = factsOfItem(item);
    // Ties (1 + 2^-11, 1 + 3 * 2^-11), subnormal numbers and the largest are among them.
    facts.vector = {0.1F, -0.7F, 1.00048828125F, 1.00146484375F, 6e-8F, 2.98e-8F, 65504.0F, -1e-5F, 0.0F};
    Random random(5);
    for (int nth = 0; nth < 30; ++nth) {
        facts.vector.push_back(static_cast<float>(random.normal()));
    }
    facts.facetVectors = {facts.vector, {}};

    QVERIFY_OK(store.put(base, std::span(&facts, 1)));

    const ItemFacts read = *store.facts(base, item);
    QCOMPARE(read.vector.size(), facts.vector.size());
    for (std::size_t at = 0; at < read.vector.size(); ++at) {
        QCOMPARE(static_cast<double>(read.vector[at]), nearestHalf(static_cast<double>(facts.vector[at])));
    }
    QCOMPARE(read.facetVectors[0], read.vector);
    QCOMPARE(store.factsOf(base, m_films)->front().vector, read.vector);
    QCOMPARE(test::facetVectors(store, base)->front().vector, read.vector);
    QVERIFY_OK(store.forEachVector(base, m_films, [&](ItemId, DomainId, std::span<const float> vector) {
        return std::ranges::equal(vector, read.vector) ? Status() : Status(fail(ErrorCode::Io, "differs"));
    }));
    QVERIFY_OK(store.forEachVector(base, m_books, [&](ItemId, DomainId, std::span<const float>) {
        return Status(fail(ErrorCode::Io, "of another domain"));
    }));
    QCOMPARE(**m_workspace->database().scalar("SELECT length(data) FROM vector WHERE facet = -1"),
             static_cast<std::int64_t>(2 * facts.vector.size()));
}

void KnowledgeStoreTest::whatHalvesCannotHoldIsRefused()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = *store.begin("small", "lexical", {{"settings", {{"precision", "float16"}}}});
    ItemFacts facts = factsOfItem(addItem(*m_workspace, m_films, "Solaris"));
    facts.vector = {1.0F, 70'000.0F};

    const Status put = store.put(base, std::span(&facts, 1));

    QCOMPARE(put.error().code, ErrorCode::InvalidInput);
    QVERIFY(store.itemsWithFacts(base)->empty());
}

void KnowledgeStoreTest::factsBesideVectorsLackThem()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = *store.begin("kb", "lexical", {});
    const ItemFacts facts = factsOfItem(addItem(*m_workspace, m_films, "Solaris"));
    QVERIFY_OK(store.put(base, std::span(&facts, 1)));

    const auto beside = store.factsBesideVectors(base, m_films);

    QVERIFY_OK(beside);
    QCOMPARE(beside->size(), std::size_t{1});
    QVERIFY(beside->front().vector.empty());
    QVERIFY(beside->front().facetVectors.empty());
    QCOMPARE(beside->front().termWeights, facts.termWeights);
    QCOMPARE(beside->front().facets.size(), facts.facets.size());
}

void KnowledgeStoreTest::sameNameWithOtherSettingsIsRefused()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId id = *store.begin("words", "lexical", {{"dimension", 8}});
    QVERIFY_OK(store.setState(id, "cancelled"));

    const Result<KnowledgeId> other = store.begin("words", "lexical", {{"dimension", 9}});
    const Result<KnowledgeId> otherExtractor = store.begin("words", "chat", {{"dimension", 8}});

    QCOMPARE(other.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(other.error()).find("dimension") != std::string::npos);
    QCOMPARE(otherExtractor.error().code, ErrorCode::InvalidInput);
}

void KnowledgeStoreTest::finishedOrRunningOneIsNotBegunAgain()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId id = *store.begin("words", "lexical", {});

    const Result<KnowledgeId> whileRunning = store.begin("words", "lexical", {});
    QVERIFY_OK(store.setState(id, "finished"));
    const Result<KnowledgeId> afterwards = store.begin("words", "lexical", {});

    QCOMPARE(whileRunning.error().code, ErrorCode::InvalidInput);
    QCOMPARE(afterwards.error().code, ErrorCode::InvalidInput);
}

void KnowledgeStoreTest::interruptedOneGoesOn()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId id = *store.begin("words", "lexical", {});
    QVERIFY_OK(store.setState(id, "interrupted", "the process ended"));

    const Result<KnowledgeId> again = store.begin("words", "lexical", {});

    QVERIFY_OK(again);
    QCOMPARE(*again, id);
    QCOMPARE(store.find(id)->state, std::string("running"));
    QVERIFY(!store.find(id)->finished.has_value());
}

void KnowledgeStoreTest::readersSeeThatAKilledOneWasInterrupted()
{
    const KnowledgeId id = *KnowledgeStore(*m_workspace).begin("words", "lexical", {});
    Result<Workspace> reader = Workspace::open(m_workspace->file(), Access::ReadOnly);
    QVERIFY_OK(reader);
    QCOMPARE(KnowledgeStore(*reader).find(id)->state, std::string("running"));

    // The process id of another start of this machine: what a killed program leaves.
    const std::int64_t gone = processId() ^ (std::int64_t{1} << 40);
    QVERIFY_OK(
        m_workspace->database().execute("UPDATE knowledge_base SET process = " + std::to_string(gone)));

    QCOMPARE(KnowledgeStore(*reader).find(id)->state, std::string("interrupted"));
    QCOMPARE(KnowledgeStore(*reader).all()->front().state, std::string("interrupted"));
    QCOMPARE(*KnowledgeStore(*m_workspace).begin("words", "lexical", {}), id);
}

void KnowledgeStoreTest::removedOneIsGoneWithItsFacts()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId id = *store.begin("words", "lexical", {});
    const ItemFacts facts = factsOfItem(addItem(*m_workspace, m_films, "Dune"));
    QVERIFY_OK(store.put(id, std::span(&facts, 1)));

    QVERIFY_OK(store.remove(id));

    QVERIFY(store.all()->empty());
    Result<Statement> left = m_workspace->database().prepare("SELECT (SELECT count(*) FROM facet)"
                                                             " + (SELECT count(*) FROM vector)"
                                                             " + (SELECT count(*) FROM knowledge_base)");
    QVERIFY(left && *left->step());
    QCOMPARE(left->integer(0), std::int64_t{0});
}

void KnowledgeStoreTest::oneThatARunWasTrainedWithIsFrozen()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId vectors = *store.begin("vectors", "lexical", {});
    const KnowledgeId terms = *store.begin("terms", "lexical", {});
    const KnowledgeId unused = *store.begin("unused", "lexical", {});
    const RunStore runs(*m_workspace);
    const RunId run = *runs.add("text-knn", {{"knowledge", "vectors"}, {"knowledge_terms", "terms"}});
    for (const KnowledgeId each : {vectors, terms, unused}) {
        QVERIFY_OK(store.setState(each, "finished"));
    }
    QVERIFY(!*store.isFrozen(vectors)); // it only waits to be trained
    QVERIFY(*runs.claim(run, "0.1.0"));

    QVERIFY(*store.isFrozen(vectors));
    QVERIFY(*store.isFrozen(terms));
    QVERIFY(!*store.isFrozen(unused));
    QVERIFY_OK(store.checkChangeable(unused));
    QCOMPARE(store.checkChangeable(terms).error().code, ErrorCode::InvalidInput);
}

void KnowledgeStoreTest::nameOfADeletedOneIsFree()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId old = *store.begin("words", "lexical", {});
    QVERIFY_OK(store.setDeleted(old, true));

    const Result<KnowledgeId> fresh = store.begin("words", "chat", {});

    QVERIFY_OK(fresh);
    QVERIFY(*fresh != old);
    QCOMPARE(store.all()->size(), std::size_t{1});
    QCOMPARE(store.find(old).error().code, ErrorCode::NotFound);
    QVERIFY_OK(store.setDeleted(old, false));
    QCOMPARE(store.all()->size(), std::size_t{2});
}

void KnowledgeStoreTest::unknownNameTellsTheNearest()
{
    const KnowledgeStore store(*m_workspace);
    QCOMPARE(store.find("words").error().code, ErrorCode::NotFound);
    QVERIFY_OK(store.begin("words", "lexical", {}));

    const Result<KnowledgeBase> found = store.find("wrods");

    QVERIFY(!found);
    QVERIFY(describe(found.error()).find("Did you mean words?") != std::string::npos);
}

void KnowledgeStoreTest::clearForgetsFactsAndTerms()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");
    const KnowledgeId id = *store.begin("words", "lexical", {});
    QVERIFY_OK(store.put(id, std::vector{factsOfItem(item)}));
    QVERIFY_OK(
        store.putTerms(id, std::vector<std::pair<std::string, std::int64_t>>{{"sea", 2}, {"ship", 1}}));
    QCOMPARE(*store.terms(id), (std::vector<std::string>{"sea", "ship"}));

    QVERIFY_OK(store.clear(id));

    QVERIFY(store.terms(id)->empty());
    QVERIFY(store.itemsWithFacts(id)->empty());
    QCOMPARE(store.find(id)->items, std::int64_t{0});
}

void KnowledgeStoreTest::failuresCountTheirAttempts()
{
    const KnowledgeStore store(*m_workspace);
    const ItemId item = addItem(*m_workspace, m_films, "Alien");
    const KnowledgeId id = *store.begin("words", "chat", {});

    QVERIFY_OK(
        store.putFailure(id, {.item = item, .reason = "%1 said no", .arguments = {"it"}, .reply = "{}"}));
    QVERIFY_OK(store.putFailure(id, {.item = item, .reason = "late", .reply = std::string(9000, 'x')}));

    const auto failures = store.failures(id);
    QVERIFY_OK(failures);
    QCOMPARE(failures->size(), std::size_t{1});
    QCOMPARE(failures->front().attempts, 2);
    QCOMPARE(failures->front().reason, std::string("late"));
    QCOMPARE(failures->front().reply.size(), std::size_t{4096});
    QCOMPARE(failures->front().title, std::string("Alien"));
}

void KnowledgeStoreTest::textsComeWithTheChosenFieldsInTheirOrder()
{
    const ItemId alien =
        addItem(*m_workspace, m_films, "Alien", {{"genre", "Horror"}, {"about", "a ship"}, {"year", "1979"}});
    const ItemId bare = addItem(*m_workspace, m_films, "");
    addItem(*m_workspace, m_books, "Emma", {{"genre", "Novel"}});
    const KnowledgeStore store(*m_workspace);

    const auto chosen = store.itemTexts(std::vector{m_films}, {"year", "genre"});
    const auto all = store.itemTexts(std::vector{m_films, m_books}, {});

    QVERIFY_OK(chosen);
    QVERIFY_OK(all);
    QCOMPARE(chosen->size(), std::size_t{2});
    QCOMPARE(chosen->at(0).item, alien);
    QCOMPARE(chosen->at(0).fields,
             (std::vector<std::pair<std::string, std::string>>{{"year", "1979"}, {"genre", "Horror"}}));
    QCOMPARE(chosen->at(1).item, bare);
    QVERIFY(chosen->at(1).title.empty() && chosen->at(1).fields.empty());
    QCOMPARE(all->size(), std::size_t{3});
    QCOMPARE(all->at(0).fields.size(), std::size_t{3});
    const auto one = store.itemTexts(std::vector{m_films, m_books}, {"year"}, alien);
    QVERIFY_OK(one);
    QCOMPARE(one->size(), std::size_t{1});
    QCOMPARE(one->front().title, std::string("Alien"));
    QCOMPARE(one->front().fields.size(), std::size_t{1});
    QVERIFY(store.itemTexts(std::vector{m_books}, {}, alien)->empty()); // of another domain
}

void KnowledgeStoreTest::fieldsAreCounted()
{
    addItem(*m_workspace, m_films, "Alien", {{"genre", "Horror"}, {"year", "1979"}});
    addItem(*m_workspace, m_films, "Aliens", {{"genre", "Action"}});
    addItem(*m_workspace, m_books, "Emma", {{"author", "Austen"}});

    const auto names = KnowledgeStore(*m_workspace).fieldNames(std::vector{m_films});

    QVERIFY_OK(names);
    QCOMPARE(*names, (std::vector<std::pair<std::string, std::int64_t>>{{"genre", 2}, {"year", 1}}));
}

void KnowledgeStoreTest::replyIsCachedByItsContent()
{
    const KnowledgeStore store(*m_workspace);
    const auto find = [&](const char* hash) { return store.replyCache().find(hash).value(); };
    QVERIFY(!find("abc"));
    const StoredReply reply{.hash = "abc",
                            .endpoint = "/chat/completions",
                            .model = "small",
                            .reply = "{\"a\":1}",
                            .tokensIn = 12,
                            .tokensOut = 7,
                            .seconds = 0.5};

    QVERIFY_OK(store.keepReplies(std::span(&reply, 1)));
    QCOMPARE(find("abc").value_or(""), std::string("{\"a\":1}"));

    const KnowledgeId id = store.begin("kb", "chat", Json::object()).value();
    const AnswerCounts answers{.calls = 3, .retries = 1, .valid = 2, .unreadable = 1};
    QVERIFY_OK(store.commit(id, {.forgotten = {"abc"}, .tokensIn = 12, .tokensOut = 7, .answers = answers}));
    QVERIFY(!find("abc"));
    QCOMPARE(store.find(id)->answers, answers);
    QCOMPARE(store.find(id)->tokensIn, std::int64_t{12});
    const Status failed = store.commit(
        id, {.replies = {reply}, .tokensIn = 5}, [] { return Status(fail(ErrorCode::Database, "no")); });
    QVERIFY(!failed && !find("abc")); // all or nothing
    QCOMPARE(store.find(id)->tokensIn, std::int64_t{12});
    QVERIFY_OK(store.commit(id, {.answers = {.calls = 2, .valid = 1}}));
    QCOMPARE(store.find(id)->answers, (AnswerCounts{.calls = 5, .retries = 1, .valid = 3, .unreadable = 1}));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeStoreTest)
#include "KnowledgeStoreTest.moc"
