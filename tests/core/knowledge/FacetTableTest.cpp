#include "core/knowledge/FacetTable.h"

#include "core/base/Random.h"
#include "core/knowledge/FacetChanges.h"
#include "core/knowledge/FacetFigures.h"
#include "core/knowledge/FacetKey.h"
#include "core/store/Catalog.h"
#include "core/store/PriceTable.h"
#include "tests/core/knowledge/FacetsByHand.h"
#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

using namespace byhand;
using test::valueOf;

class FacetTableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void textsThatDifferInWritingAloneAreOne_data();
    void textsThatDifferInWritingAloneAreOne();
    void windowsAreThoseOfTheWholeTable();
    void windowsOfTwoKnowledgeBasesAreThoseOfTheWholeTable();
    void importedFieldsStandBesideFacetsOfTheirName();
    void severalTextsOfAFacetOfOneTextAreAConflict();
    void itemsOfADeletedDomainAreLeftOut();
    void figuresAreThoseCountedByHand();
    void vocabularyCountsItemsAndFindsSynonyms();
    void mergedTextsAreOneChange();
    void textsAreCheckedAsAModelsAre();
    void whatIsUndoneNextAndMadeAgainNext();
    void comparisonIsThatCountedByHand();
    void everyWalkCanBeStopped();

private:
    KnowledgeId make(const char* name, std::uint64_t seed, Base& known) const;
    std::vector<FacetRow> whole(const FacetFilter& filter) const
    {
        return valueOf(facetRows(*m_workspace, m_base, filter, {}, 1'000'000, {}));
    }
    std::vector<FacetRow> byHand(const FacetFilter& filter) const;
    void windowsAgree(const FacetFilter& filter) const;

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    KnowledgeId m_base{};
    KnowledgeId m_other{};
    Base m_known;
    Base m_knownOther;
};

/// A knowledge base of random facets, some of them edited.
KnowledgeId FacetTableTest::make(const char* name, std::uint64_t seed, Base& known) const
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = valueOf(store.begin(name, "chat", Json{{"domains", {"films", "books"}}}));
    Random random(seed);
    const auto any = [&](const std::vector<std::string>& from) {
        return from[static_cast<std::size_t>(random.below(from.size()))];
    };
    std::vector<ItemFacts> facts;
    std::vector<FacetEdit> edits;
    known.clear();
    for (int item = 1; item <= 60; ++item) {
        if (random.below(5) == 0) {
            continue;
        }
        ItemFacts each{.item = ItemId{item}};
        for (std::uint64_t left = random.below(5); left > 0; --left) {
            each.facets.push_back({any(names), any(texts), 1.0});
            const FacetPlace place{each.item, static_cast<std::int64_t>(each.facets.size()) - 1};
            Known& facet = known[place] = {each.facets.back().name, each.facets.back().text, {}, false};
            facet.text = facet.extracted;
            if (random.below(8) == 0) {
                facet.text = random.below(2) == 0 ? std::nullopt : std::optional<std::string>("edited");
                facet.edited = true;
                edits.push_back({place, facet.name, facet.text});
            }
        }
        if (random.below(8) == 0) {
            edits.push_back({{each.item, newFacet}, "mood", "love"});
            known[{each.item, firstAddedFacet}] = {"mood", std::nullopt, "love", true};
        }
        facts.push_back(std::move(each));
    }
    valueOf(store.put(base, facts).map([] { return 0; }));
    valueOf(changeFacets(*m_workspace, base, edits));
    return base;
}

void FacetTableTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    std::string picture = "films:";
    for (int item = 1; item <= 40; ++item) {
        picture += (item == 1 ? " - Film" : ", - Film") + std::to_string(item);
    }
    picture += "; books:";
    for (int item = 41; item <= 60; ++item) {
        picture += (item == 41 ? " - Book" : ", - Book") + std::to_string(item);
    }
    test::fill(*m_workspace, picture);
    m_base = make("one", 3, m_known);
    m_other = make("other", 4, m_knownOther);
}

void FacetTableTest::textsThatDifferInWritingAloneAreOne_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    const auto row = [](const char* one, const char* other, bool same) {
        QTest::addRow("%s, %s", one, other) << QString::fromUtf8(one) << QString::fromUtf8(other) << same;
    };
    row("Sci-Fi", "sci fi", true);
    row("SciFi", "sci\u2010fi", true);
    row("Science fiction", "sci-fi", false);
    row("Comedies", "comedy", true);
    row("stories", "story", true);
    row("movie", "movies", true);
    row("boxes", "box", true);
    row("dark.", "DARK", true);
    row("\uFF24ark", "dark", true); // of full width
    row("\u79D1\u5E7B", "\u79D1\u5E7B\u3002", true);
    row("glass", "glas", false);
    row("virus", "viru", false);
    row("gas", "ga", false);
    row("dark", "darkness", false);
}

void FacetTableTest::textsThatDifferInWritingAloneAreOne()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, same);

    QCOMPARE(facetKey(one.toStdString()) == facetKey(other.toStdString()), same);
}

/// The whole table, found without any of the code that is tested.
std::vector<FacetRow> FacetTableTest::byHand(const FacetFilter& filter) const
{
    std::vector<FacetRow> rows;
    for (int item = 1; item <= 60; ++item) {
        const std::string title = (item <= 40 ? "Film" : "Book") + std::to_string(item);
        Sayings mine(m_known, ItemId{item});
        Sayings others(filter.other ? m_knownOther : Base(), ItemId{item});
        const auto take = [&](FacetPlace place, const Known& facet, std::optional<std::string> other) {
            FacetRow row{.facet = {.place = place,
                                   .name = facet.name,
                                   .extracted = facet.extracted,
                                   .text = facet.text,
                                   .edited = facet.edited ? 1 : 0},
                         .domain = DomainId{item <= 40 ? 1 : 2},
                         .key = title,
                         .title = title,
                         .other = std::move(other),
                         .conflict = contradict(mine.keys[facet.name], others.keys[facet.name])};
            if (isWanted(filter, row)) {
                rows.push_back(std::move(row));
            }
        };
        for (const auto& [place, facet] : m_known) {
            if (place.item == ItemId{item}) {
                take(place, facet, besides(facet, others.texts[facet.name]));
            }
        }
        for (const auto& [place, facet] : filter.other ? m_knownOther : Base()) {
            if (place.item == ItemId{item} && facet.text && !mine.names.contains(facet.name)) {
                take({place.item, firstFacetOfOther + place.nth}, {.name = facet.name}, facet.text);
            }
        }
    }
    return rows;
}

void FacetTableTest::windowsAgree(const FacetFilter& filter) const
{
    const std::vector<FacetRow> wanted = byHand(filter);
    std::vector<FacetRow> found;
    FacetPlace from;
    for (bool isMore = true; isMore;) {
        const auto window = valueOf(facetRows(*m_workspace, m_base, filter, from, 7, {}));
        found.insert(found.end(), window.begin(), window.end());
        isMore = window.size() == 7;
        if (isMore) {
            from = {window.back().facet.place.item, window.back().facet.place.nth + 1};
        }
    }
    for (FacetRow& row : found) {
        row.facet.edited = row.facet.edited > 0 ? 1 : 0;
    }
    QCOMPARE(found.size(), wanted.size());
    QVERIFY(found == wanted);
    const FacetAnchors anchors = valueOf(facetAnchors(*m_workspace, m_base, filter, 5, {}));
    QCOMPARE(anchors.count, static_cast<std::int64_t>(wanted.size()));
    QCOMPARE(anchors.places.size(), (wanted.size() + 4) / 5);
    for (std::size_t at = 0; at < anchors.places.size(); ++at) {
        QVERIFY(anchors.places[at] == wanted[at * 5].facet.place);
    }
}

void FacetTableTest::windowsAreThoseOfTheWholeTable()
{
    windowsAgree({});
    QVERIFY(whole({}).size() > 60);
    windowsAgree({.domain = DomainId{2}});
    windowsAgree({.facet = "mood"});
    windowsAgree({.text = "DRAM"});
    windowsAgree({.item = "film1"});
    windowsAgree({.edited = true});
    QVERIFY(whole({.edited = true}).size() > 5);
    windowsAgree({.domain = DomainId{1}, .facet = "genre", .text = "e", .item = "1"});
    windowsAgree({.text = "nowhere"});
    windowsAgree({.among = std::vector{ItemId{2}, ItemId{5}, ItemId{41}}});
    QVERIFY(!whole({.among = std::vector{ItemId{2}, ItemId{5}, ItemId{41}}}).empty());
    QCOMPARE(whole({.text = "STRASSE"}).size(), whole({.text = "Straße"}).size()); // whatever its case
    for (int item = 1; item <= 60; ++item) {
        const auto of = whole({.only = ItemId{item}});
        QVERIFY(std::ranges::all_of(
            of, [&](const FacetRow& row) { return row.facet.place.item == ItemId{item}; }));
    }
}

void FacetTableTest::windowsOfTwoKnowledgeBasesAreThoseOfTheWholeTable()
{
    windowsAgree({.other = m_other});
    windowsAgree({.conflicts = true, .other = m_other});
    QVERIFY(whole({.conflicts = true, .other = m_other}).size() > 10);
    QVERIFY(std::ranges::any_of(whole({.other = m_other}), &FacetRow::isOfOther));
    windowsAgree({.domain = DomainId{2}, .facet = "genre", .other = m_other});
    windowsAgree({.text = "love", .conflicts = true, .other = m_other});
    windowsAgree({.edited = true, .other = m_other});
}

void FacetTableTest::importedFieldsStandBesideFacetsOfTheirName()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = valueOf(store.begin("said", "chat", Json::object()));
    QVERIFY_OK(store.put(
        base,
        std::vector<ItemFacts>{{.item = ItemId{1}, .facets = {{"genre", "Drama"}, {"mood", "calm"}}},
                               {.item = ItemId{2}, .facets = {{"genre", "Comedy"}}}}));
    QVERIFY_OK(m_workspace->database().execute(
        "INSERT INTO item_field(item, name, value) VALUES(1, 'genre', 'War|drama'), (1, 'author', 'ann'),"
        " (2, 'genre', 'Crime'), (3, 'genre', 'Crime')"));

    const auto rows = valueOf(facetRows(*m_workspace, base, {.other = importedFields}, {}, 100, {}));
    QCOMPARE(rows.size(), std::size_t{3}); // of the facets alone
    QCOMPARE(rows[0].other, std::optional<std::string>("War|drama"));
    QVERIFY(!rows[0].conflict);
    QCOMPARE(rows[1].other, std::optional<std::string>());
    QVERIFY(rows[2].conflict);
    const auto one =
        valueOf(facetRows(*m_workspace, base, {.only = ItemId{2}, .other = importedFields}, {}, 100, {}));
    QVERIFY(one == std::vector{rows[2]});
    const auto compared = valueOf(compareFacets(*m_workspace, base, importedFields, {}));
    QCOMPARE(compared.size(), std::size_t{2});
    QCOMPARE(compared[0].both, std::int64_t{2});
    QCOMPARE(compared[0].agree, std::int64_t{1});
    QCOMPARE(compared[0].onlyOther, std::int64_t{1});
    QCOMPARE(compared[1].onlyOne, std::int64_t{1});
}

void FacetTableTest::severalTextsOfAFacetOfOneTextAreAConflict()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = valueOf(store.begin("single", "chat", Json::object()));
    std::vector<ItemFacts> facts;
    for (int item = 1; item <= 40; ++item) {
        facts.push_back(
            {.item = ItemId{item}, .facets = {{"genre", "Drama"}, {"keyword", "love"}, {"keyword", "war"}}});
    }
    facts[6].facets.push_back({"genre", "Comedy"});        // a conflict
    facts[7].facets.push_back({"genre", "drama, comedy"}); // none: they have one in common
    QVERIFY_OK(store.put(base, facts));

    QCOMPARE(valueOf(facetsOfOneText(*m_workspace, base, {})), std::set<std::string>{"genre"});
    const auto rows = valueOf(facetRows(*m_workspace, base, {.conflicts = true}, {}, 100, {}));
    QCOMPARE(rows.size(), std::size_t{2});
    QVERIFY(rows[0].conflict && rows[0].facet.place == (FacetPlace{ItemId{7}, 0}));
    QVERIFY(rows[1].conflict && rows[1].facet.place == (FacetPlace{ItemId{7}, 3}));
}

void FacetTableTest::itemsOfADeletedDomainAreLeftOut()
{
    const auto before = valueOf(facetFigures(*m_workspace, m_base, {}));
    QVERIFY_OK(Catalog(*m_workspace).setDeleted(DomainId{1}, true));

    const auto rows = whole({});
    QVERIFY(!rows.empty());
    QVERIFY(std::ranges::all_of(rows, [](const FacetRow& row) { return row.domain == DomainId{2}; }));
    const auto after = valueOf(facetFigures(*m_workspace, m_base, {}));
    QCOMPARE(before.items, std::int64_t{60});
    QCOMPARE(after.items, std::int64_t{20});
    QVERIFY(after.facets < before.facets);
}

void FacetTableTest::figuresAreThoseCountedByHand()
{
    QVERIFY_OK(KnowledgeStore(*m_workspace)
                   .commit(m_base,
                           {.tokensIn = 3'000'000,
                            .tokensOut = 500'000,
                            .answers = {.calls = 2, .valid = 1, .unreadable = 1}}));
    QVERIFY_OK(KnowledgeStore(*m_workspace).putFailure(m_base, {.item = ItemId{1}, .reason = "no"}));

    const FacetFigures figures = valueOf(facetFigures(*m_workspace, m_base, {}));

    std::set<ItemId> with;
    std::int64_t edited = 0;
    for (const std::string& name : names) {
        std::map<ItemId, int> items;
        std::map<std::string, std::int64_t> counts;
        std::int64_t editedHere = 0;
        double length = 0.0;
        for (const auto& [place, facet] : m_known) {
            editedHere += facet.name == name && facet.edited ? 1 : 0;
            if (facet.name == name && facet.text) {
                ++items[place.item];
                ++counts[*facet.text];
                length += static_cast<double>(QString::fromStdString(*facet.text).size());
                with.insert(place.item);
            }
        }
        const auto found = std::ranges::find(figures.byName, name, &FacetFigure::name);
        QVERIFY(found != figures.byName.end());
        const auto most = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
        QCOMPARE(found->items, static_cast<std::int64_t>(items.size()));
        QCOMPARE(found->texts, static_cast<std::int64_t>(counts.size()));
        QCOMPARE(found->commonest, most->first);
        QCOMPARE(found->commonestFacets, most->second);
        QCOMPARE(found->meanLength, length / static_cast<double>(found->facets));
        QCOMPARE(found->several,
                 std::ranges::count_if(items, [](const auto& each) { return each.second > 1; }));
        QCOMPARE(found->edited, editedHere);
        edited += editedHere;
    }
    QCOMPARE(figures.items, std::int64_t{60});
    QCOMPARE(figures.withFacets, static_cast<std::int64_t>(with.size()));
    QCOMPARE(figures.edited, edited);
    QCOMPARE(figures.failures, std::int64_t{1});
    QCOMPARE(figures.tokensIn, std::int64_t{3'000'000});
    QCOMPARE(figures.answers, (AnswerCounts{.calls = 2, .valid = 1, .unreadable = 1}));
    QVERIFY(!figures.money);

    const KnowledgeId priced = valueOf(
        KnowledgeStore(*m_workspace).begin("priced", "chat", Json{{"settings", {{"model", "small"}}}}));
    QVERIFY_OK(KnowledgeStore(*m_workspace).commit(priced, {.tokensIn = 3'000'000, .tokensOut = 500'000}));
    QVERIFY_OK(PriceTable(*m_workspace).set({"small", 0.5, 2.0, "EUR"}));
    const FacetFigures paid = valueOf(facetFigures(*m_workspace, priced, {}));
    QCOMPARE(paid.money, std::optional(2.5)); // 3 * 0.5 + 0.5 * 2
    QCOMPARE(paid.currency, std::string("EUR"));
}

void FacetTableTest::vocabularyCountsItemsAndFindsSynonyms()
{
    std::map<std::string, std::set<ItemId>> items;
    for (const auto& [place, facet] : m_known) {
        if (facet.name == "genre" && facet.text) {
            items[*facet.text].insert(place.item);
        }
    }

    const FacetVocabulary all = valueOf(facetVocabulary(*m_workspace, m_base, "genre", {}, 100, {}));
    QCOMPARE(all.texts, static_cast<std::int64_t>(items.size()));
    QCOMPARE(all.common.size(), items.size());
    for (std::size_t at = 0; at < all.common.size(); ++at) {
        QCOMPARE(all.common[at].items, static_cast<std::int64_t>(items.at(all.common[at].text).size()));
        QVERIFY(at == 0 || all.common[at].items <= all.common[at - 1].items);
    }
    std::set<std::set<std::string>> groups;
    for (const auto& group : all.alike) {
        std::set<std::string> alike;
        std::ranges::transform(group, std::inserter(alike, alike.end()), &VocabularyText::text);
        groups.insert(alike);
    }
    QVERIFY(groups == (std::set<std::set<std::string>>{{"Drama", "drama"}, {"Comedy", "comedies"}}));

    const FacetVocabulary some = valueOf(facetVocabulary(*m_workspace, m_base, "genre", "COM", 1, {}));
    QCOMPARE(some.texts, std::int64_t{2});
    QCOMPARE(some.common.size(), std::size_t{1});
    QCOMPARE(valueOf(facetVocabulary(*m_workspace, m_base, "nothing", {}, 9, {})).texts, std::int64_t{0});
}

void FacetTableTest::mergedTextsAreOneChange()
{
    const auto textsOf = [&] {
        std::map<FacetPlace, std::optional<std::string>> found;
        for (const FacetRow& row : whole({})) {
            found[row.facet.place] = row.facet.text;
        }
        return found;
    };
    const auto before = textsOf();

    const MergedTexts merged =
        valueOf(mergeFacetTexts(*m_workspace, m_base, "genre", {"drama", "love"}, " Drama\n", {}));

    std::map<FacetPlace, std::optional<std::string>> wanted = before;
    std::map<ItemId, bool> hasDrama;
    for (const auto& [place, facet] : m_known) {
        hasDrama[place.item] = hasDrama[place.item] ||
                               (facet.name == "genre" && facet.text == std::optional<std::string>("Drama"));
    }
    std::int64_t changed = 0;
    std::int64_t struck = 0;
    for (const auto& [place, facet] : m_known) {
        if (facet.name == "genre" && facet.text && (*facet.text == "drama" || *facet.text == "love")) {
            wanted[place] = hasDrama[place.item] ? std::nullopt : std::optional<std::string>("Drama");
            (hasDrama[place.item] ? struck : changed) += 1;
            hasDrama[place.item] = true;
        }
    }
    QVERIFY(changed > 0 && struck > 0);
    QVERIFY(textsOf() == wanted);
    QCOMPARE(merged.facets, changed);
    QCOMPARE(merged.struck, struck);
    QVERIFY_OK(FacetEdits(*m_workspace).setUndone(m_base, merged.change, true));
    QVERIFY(textsOf() == before);
    QCOMPARE(mergeFacetTexts(*m_workspace, m_base, "genre", {"nowhere"}, "Drama", {}).error().code,
             ErrorCode::InvalidInput);
}

void FacetTableTest::textsAreCheckedAsAModelsAre()
{
    QCOMPARE(valueOf(facetText(" two\nlines\t\u202Eturned ")), std::string("two lines turned"));
    QCOMPARE(facetText(" \n ").error().code, ErrorCode::InvalidInput);
    QVERIFY(facetText(std::string(200, 'x')).has_value());
    QCOMPARE(facetText(std::string(201, 'x')).error().code, ErrorCode::InvalidInput);
    const auto added = [&](const std::string& name) {
        return changeFacets(*m_workspace, m_base, {{{ItemId{1}, newFacet}, name, "text"}});
    };
    QCOMPARE(added("").error().code, ErrorCode::InvalidInput);
    QCOMPARE(added(std::string(41, 'x')).error().code, ErrorCode::InvalidInput);
    QVERIFY(added("setting").has_value());
}

void FacetTableTest::whatIsUndoneNextAndMadeAgainNext()
{
    const auto history = [](std::initializer_list<bool> undone) {
        std::vector<FacetChange> changes;
        for (const bool each : undone) {
            changes.push_back({.number = static_cast<std::int64_t>(changes.size()) + 1, .undone = each});
        }
        return changes;
    };
    using Number = std::optional<std::int64_t>;
    QCOMPARE(changeToUndo(history({})), Number());
    QCOMPARE(changeToRedo(history({false})), Number());
    QCOMPARE(changeToUndo(history({false, false, true})), Number(2));
    QCOMPARE(changeToRedo(history({true, false, true, true})), Number(3));
    QCOMPARE(changeToUndo(history({true, true})), Number());
    QCOMPARE(changeToRedo(history({true, true})), Number(1));
}

void FacetTableTest::comparisonIsThatCountedByHand()
{
    const auto compared = valueOf(compareFacets(*m_workspace, m_base, m_other, {}));

    QCOMPARE(compared.size(), names.size());
    const auto keys = [](const Base& base, int item, const std::string& name) {
        std::set<std::string> found;
        for (const auto& [place, facet] : base) {
            if (place.item == ItemId{item} && facet.name == name && facet.text) {
                found.merge(keysOf(*facet.text));
            }
        }
        return found;
    };
    for (const FacetComparison& each : compared) {
        FacetComparison wanted{.name = each.name};
        for (int item = 1; item <= 60; ++item) {
            const auto one = keys(m_known, item, each.name);
            const auto other = keys(m_knownOther, item, each.name);
            std::set<std::string> common;
            std::ranges::set_intersection(one, other, std::inserter(common, common.end()));
            wanted.both += !one.empty() && !other.empty() ? 1 : 0;
            wanted.agree += common.empty() ? 0 : 1;
            wanted.onlyOne += !one.empty() && other.empty() ? 1 : 0;
            wanted.onlyOther += one.empty() && !other.empty() ? 1 : 0;
        }
        QCOMPARE(each.both, wanted.both);
        QCOMPARE(each.agree, wanted.agree);
        QCOMPARE(each.onlyOne, wanted.onlyOne);
        QCOMPARE(each.onlyOther, wanted.onlyOther);
        QVERIFY(each.conflicts() > 0 && each.agree > 0);
    }
    for (const FacetComparison& each : valueOf(compareFacets(*m_workspace, m_base, m_base, {}))) {
        QCOMPARE(each.agree, each.both);
        QCOMPARE(each.onlyOne + each.onlyOther, std::int64_t{0});
    }
}

void FacetTableTest::everyWalkCanBeStopped()
{
    std::stop_source stop;
    stop.request_stop();
    const JobContext stopped{.stop = stop.get_token()};
    QCOMPARE(facetRows(*m_workspace, m_base, {}, {}, 9, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(facetAnchors(*m_workspace, m_base, {}, 9, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(facetFigures(*m_workspace, m_base, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(facetVocabulary(*m_workspace, m_base, "genre", {}, 9, stopped).error().code,
             ErrorCode::Cancelled);
    QCOMPARE(compareFacets(*m_workspace, m_base, m_other, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(mergeFacetTexts(*m_workspace, m_base, "genre", {"drama"}, "Drama", stopped).error().code,
             ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetTableTest)
#include "FacetTableTest.moc"
