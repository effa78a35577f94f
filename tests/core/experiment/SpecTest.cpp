#include "core/experiment/Spec.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <limits>

namespace transept {

using Words = std::vector<std::string>;

class SpecTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallestSpecGetsEveryDefault();
    void wholeDocumentIsRead();
    void documentComesBackFromItsSpec();
    void mistakesNameThePathAndTheRemedy_data();
    void mistakesNameThePathAndTheRemedy();
    void mutatedDocumentsAreReadOrRefusedWithAPath();
    void depthOfADocumentIsLimited();
    void bytesThatAreNoTextAreRefused();
    void documentOfAnOlderVersionIsCompleted();
    void valueIsSetByItsPath_data();
    void valueIsSetByItsPath();
    void impossiblePathIsRefused();
    void differenceShowsPathsButNoNames();
};

namespace {

Json smallest()
{
    return {{"data", {{"target", "films"}}}, {"method", {{"name", "mf"}}}};
}

/// Some valid document, different for every seed.
Json randomDocument(std::uint64_t seed)
{
    Random random(seed);
    const auto pick = [&](const std::vector<Json>& values) {
        return values[static_cast<std::size_t>(random.below(values.size()))];
    };
    Json document = smallest();
    document["name"] = pick({"", "a \"name\" 影"});
    document["data"]["sources"] =
        pick({Json::array(), Json::array({"books"}), Json::array({"books", "music"})});
    document["data"]["positive"] = pick({Json(), 4, 3.5});
    document["data"]["drop_twins"] = random.below(2) == 1;
    document["data"]["where"] = {
        {"min_user", random.below(10)}, {"min_item", random.below(10)}, {"min_value", pick({Json(), 2.5})}};
    document["split"] = {{"kind",
                          pick({"warm",
                                "leave-one-out",
                                "temporal",
                                "cross-time",
                                "cold-user",
                                "cold-item",
                                "cross-group",
                                "k-fold",
                                "given"})},
                         {"ratios", pick({Json::array({0.8, 0.1, 0.1}), Json::array({0.7, 0.0, 0.3})})},
                         {"share", 0.1 + 0.8 * random.uniform()},
                         {"fold", random.below(4)},
                         {"groups", pick({"activity", "domain", "field"})},
                         {"field", pick({"age", "\u5e74\u9f84"})},
                         {"tested", pick({Json::array({"light"}), Json::array({"", "old"})})},
                         {"history", pick({0.0, 0.8})},
                         {"periods", 7 + random.below(5)},
                         {"window", random.below(3)},
                         {"gap", random.below(3)},
                         {"refit", random.below(2) == 1},
                         {"order", pick({"file", "random"})},
                         {"seed", random.below(1'000'000)}};
    document["knowledge"] = "lexical";
    if (random.below(2) == 1) {
        document["knowledge_terms"] = "words";
    }
    document["shuffle_knowledge"] = random.below(2) == 1;
    document["method"] = pick({{{"name", "popularity"}}, {{"name", "mf"}, {"factors", 8}, {"epochs", 3}}});
    document["stop"] = {{"measure", pick({Json(), "rmse", "ndcg@10"})}, {"patience", random.below(10)}};
    document["measures"] = pick({Json::array(), Json::array({"rmse", "recall@20", "recall@20~99"})});
    document["seed"] = random.below(std::uint64_t{1} << 53U);
    return document;
}

/// Puts something else somewhere, takes a key away, or adds one.
void mutate(Json& value, Random& random, int depth)
{
    static const std::vector<Json> others{Json(),
                                          true,
                                          0,
                                          -1,
                                          1.5,
                                          1e308,
                                          std::numeric_limits<std::uint64_t>::max(),
                                          std::numeric_limits<std::int64_t>::min(),
                                          std::numeric_limits<double>::quiet_NaN(),
                                          std::numeric_limits<double>::infinity(),
                                          "",
                                          "%1 %2 %%",
                                          "ndcg@99999999999999999999",
                                          Json::array(),
                                          Json::array({Json::array({1}), nullptr}),
                                          Json::object(),
                                          Json{{"", ""}}};
    const bool goesDeeper = value.is_structured() && !value.empty() && (depth == 0 || random.below(3) > 0);
    if (!goesDeeper) {
        value = others[static_cast<std::size_t>(random.below(others.size()))];
        return;
    }
    auto at = value.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random.below(value.size())));
    if (value.is_object() && random.below(5) == 0) {
        random.below(2) == 0 ? static_cast<void>(value.erase(at)) : static_cast<void>(value["extra"] = 1);
        return;
    }
    mutate(*at, random, depth + 1);
}

} // namespace

void SpecTest::smallestSpecGetsEveryDefault()
{
    const Spec spec = specFrom(smallest()).value();

    QCOMPARE(spec.data.target, std::string("films"));
    QVERIFY(spec.split == SplitSpec{});
    QVERIFY(spec.stop == StopRule{});
    QVERIFY(spec.measures.empty());
    QVERIFY(spec.parameters.integer("factors") > 0);
    const Json document = toJson(spec);
    QCOMPARE(document.at("transept").get<int>(), 1);
    QVERIFY(document.at("method").contains("epochs"));
    QVERIFY(document.at("knowledge").is_null());
    QVERIFY(document.at("data").at("drop_twins") == Json(false));
}

void SpecTest::wholeDocumentIsRead()
{
    const Json document = Json::parse(R"({"transept": 1, "name": "mf on films",
        "data": {"target": "films", "sources": ["books"], "where": {"min_user": 5, "min_item": 4}, "positive": 4,
                 "drop_twins": true},
        "split": {"kind": "k-fold", "folds": 4, "fold": 3, "order": "file", "seed": 9},
        "knowledge": "lexical-128", "shuffle_knowledge": true,
        "method": {"name": "mf", "factors": 12},
        "stop": {"measure": "mae", "patience": 2},
        "measures": ["rmse", "ndcg@10"], "seed": 7})");

    const Spec spec = specFrom(document).value();

    QCOMPARE(spec.name, std::string("mf on films"));
    QCOMPARE(spec.data.sources, std::vector<std::string>{"books"});
    QCOMPARE(spec.data.minUser, 5);
    QCOMPARE(spec.data.minItem, 4);
    QCOMPARE(spec.data.positive.value(), 4.0);
    QVERIFY(spec.data.dropTwins);
    QVERIFY(spec.split.kind == SplitSpec::Kind::KFold);
    QVERIFY(spec.split.order == SplitSpec::Order::File);
    QCOMPARE(spec.split.folds, 4);
    QCOMPARE(spec.split.fold, 3);
    QCOMPARE(spec.split.seed, std::uint64_t{9});
    QCOMPARE(spec.knowledge, std::string("lexical-128"));
    QVERIFY(spec.shuffleKnowledge);
    QCOMPARE(spec.parameters.integer("factors"), 12);
    QCOMPARE(spec.stop.measure, std::string("mae"));
    QCOMPARE(spec.stop.patience, 2);
    QCOMPARE(spec.measures, (std::vector<std::string>{"rmse", "ndcg@10"}));
    QCOMPARE(spec.seed, std::uint64_t{7});
}

void SpecTest::documentComesBackFromItsSpec()
{
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Result<Spec> spec = specFrom(randomDocument(seed));
        QVERIFY2(spec.has_value(), spec ? "" : describe(spec.error()).c_str());
        const Json document = toJson(*spec);
        const Spec again = specFrom(Json::parse(document.dump())).value();
        QCOMPARE(toJson(again).dump(), document.dump());
        QVERIFY(again.data == spec->data);
        QVERIFY(again.split == spec->split);
    }
}

void SpecTest::mistakesNameThePathAndTheRemedy_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<Words>("said");

    const auto row = [](const char* path, const char* value, const Words& said) {
        QTest::addRow("%s %s", path, value) << QString::fromUtf8(path) << QString::fromUtf8(value) << said;
    };
    row("threads", "4", {"threads", "setting of the machine"});
    row("transept", "2", {"transept is 2", "version 1"});
    row("sed", "4", {"sed", "seed"});
    row("seed", "-1", {"seed", "whole number"});
    row("seed", "1.5", {"seed", "whole number"});
    row("name", "7", {"name", "a text"});
    row("data", "7", {"data", "target"});
    row("data.target", "null", {"data.target is missing"});
    row("data.target", "5", {"data.target", "a text"});
    row("data.sorces", "[]", {"data.sorces", "sources"});
    row("data.sources", "\"books\"", {"data.sources", "list"});
    row("data.sources", "[3]", {"data.sources[0]", "a text"});
    row("data.sources", "[\"films\"]", {"data.sources", "target"});
    row("data.sources", "[\"a\", \"a\"]", {"data.sources", "twice"});
    row("data.where.min_user", "-1", {"data.where.min_user", "between 0"});
    row("data.where.minuser", "1", {"data.where.minuser", "min_user"});
    row("data.where.min_value", "\"x\"", {"data.where.min_value", "number"});
    row("data.positive", "\"4\"", {"data.positive", "number"});
    row("data.drop_twins", "1", {"data.drop_twins", "true or false"});
    row("split.kind", "\"wram\"", {"split.kind", "warm", "k-fold"});
    row("split.ratios", "[0.5, 0.5]", {"split.ratios", "three"});
    row("split.ratios", "[0.5, 0.1, 0.1]", {"split.ratios", "add up to 1"});
    row("split.ratios", "[0.9, 0.1, 0]", {"split.ratios", "above 0"});
    row("split.share", "1.5", {"split.share", "0.999"});
    row("split.folds", "1", {"split.folds", "2"});
    row("split.folds", "2.5", {"split.folds", "whole"});
    row("split.refit", "1", {"split.refit", "true or false"});
    row("split.groups", "\"age\"", {"split.groups", "activity", "field"});
    row("split.tested", "\"light\"", {"split.tested", "list"});
    row("split.history", "1", {"split.history", "0.999"});
    row("split.periods", "1", {"split.periods", "2"});
    row("split.kind", "\"cross-group\"", {"split.tested is empty", "light"});
    row("split",
        R"({"kind": "cross-group", "groups": "field", "tested": ["old"]})",
        {"split.field is empty"});
    row("split", R"({"kind": "cross-time", "periods": 3, "gap": 2})", {"no period is left to test"});
    row("split", R"({"kind": "cross-time", "periods": 3, "fold": 2})", {"split.fold is 2", "0 and 1"});
    row("method", "\"mf\"", {"method", "object"});
    row("method.name", "\"nf\"", {"method.name", "nf", "mf"});
    row("method.name", "null", {"method.name is missing"});
    row("method.factor", "3", {"method.factor", "factors"});
    row("method.factors", "\"many\"", {"method.factors", "whole number"});
    row("method.factors", "0", {"method.factors", "between"});
    row("stop.patience", "-1", {"stop.patience", "between 0"});
    row("stop.measure", "\"rsme\"", {"stop.measure", "rmse"});
    row("stop.measure", "\"picp\"", {"stop.measure", "picp", "rmse"});
    row("measures", "[\"rmse\", \"ndgc@10\"]", {"measures[1]", "ndcg"});
    row("knowledge", "[]", {"knowledge", "a text"});
    row("knowledge_terms", "[]", {"knowledge_terms", "a text"});
    row("knowledge_terms", "words", {"knowledge_terms", "words", "\"knowledge\""});
    row("shuffle_knowledge", "1", {"shuffle_knowledge", "true or false"});
    row("shuffle_knowledge", "true", {"shuffle_knowledge", "knowledge"});
}

void SpecTest::mistakesNameThePathAndTheRemedy()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(Words, said);
    Json document = smallest();
    QVERIFY(setValue(document, path.toStdString(), value.toStdString()).has_value());

    const Result<Spec> spec = specFrom(document);

    QVERIFY(!spec.has_value());
    QCOMPARE(spec.error().code, ErrorCode::InvalidInput);
    const std::string sentence = describe(spec.error());
    for (const std::string& part : said) {
        QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
    }
}

void SpecTest::documentOfAnOlderVersionIsCompleted()
{
    const Json present = toJson(specFrom(smallest()).value());
    Json older = present;
    for (const char* key : {"refit", "groups", "tested", "periods"}) {
        older["split"].erase(key);
    }

    QVERIFY(completed(older) == present);
    QVERIFY(completed(present) == present);
    QVERIFY(completed({{"split", 7}}) == (Json{{"split", 7}}));
}

/// Whatever stands in a document, it is a spec or an error that says where.
void SpecTest::mutatedDocumentsAreReadOrRefusedWithAPath()
{
    const Words roots{"$",
                      "transept",
                      "threads",
                      "name",
                      "data",
                      "split",
                      "knowledge",
                      "knowledge_terms",
                      "shuffle_knowledge",
                      "method",
                      "stop",
                      "measures",
                      "seed",
                      "extra"};
    std::size_t refused = 0;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed, 77);
        Json document = randomDocument(seed);
        for (std::uint64_t change = 0; change <= random.below(3); ++change) {
            mutate(document, random, 0);
        }
        const Result<Spec> spec = specFrom(document);
        if (spec) {
            QVERIFY(specFrom(toJson(*spec)).has_value());
            continue;
        }
        ++refused;
        QCOMPARE(spec.error().code, ErrorCode::InvalidInput);
        const std::string sentence = describe(spec.error());
        const bool startsWithAPath =
            std::ranges::any_of(roots, [&](const std::string& root) { return sentence.starts_with(root); });
        QVERIFY2(startsWithAPath, (sentence + " " + document.dump()).c_str());
    }
    QVERIFY(refused > 1500);
}

void SpecTest::depthOfADocumentIsLimited()
{
    const std::string deep(100'000, '[');
    const Result<Json> parsed = parseJson("{\"name\": " + deep, "file");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
    const std::string quoted = Json{{"name", std::string(1000, '[') + '"' + std::string(1000, '{')}}.dump();
    QVERIFY(parseJson(quoted, "file").has_value());
    QVERIFY(!parseJson(std::string(100'000, '[') + std::string(100'000, ']'), "file"));
}

void SpecTest::bytesThatAreNoTextAreRefused()
{
    Json document = smallest();
    QVERIFY(!setValue(document, "name", "\xff\xfe"));
    QVERIFY(!setValue(document, "n\xff", "1"));
    QVERIFY(setValue(document, "name", "Bücher 书").has_value());
}

void SpecTest::valueIsSetByItsPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("expected");

    QTest::newRow("number") << "method.factors"
                            << "32"
                            << "/method/factors"
                            << "32";
    QTest::newRow("text") << "method.name"
                          << "kfmf"
                          << "/method/name"
                          << "\"kfmf\"";
    QTest::newRow("list") << "data.sources"
                          << "[\"a\"]"
                          << "/data/sources"
                          << "[\"a\"]";
    QTest::newRow("new object") << "stop.patience"
                                << "3"
                                << "/stop/patience"
                                << "3";
    QTest::newRow("place in a list") << "measures.1"
                                     << "mae"
                                     << "/measures/1"
                                     << "\"mae\"";
    QTest::newRow("flag") << "shuffle_knowledge"
                          << "true"
                          << "/shuffle_knowledge"
                          << "true";
}

void SpecTest::valueIsSetByItsPath()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, pointer);
    QFETCH(QString, expected);
    Json document = smallest();
    document["measures"] = {"rmse", "ndcg@10"};

    QVERIFY(setValue(document, path.toStdString(), text.toStdString()).has_value());

    QCOMPARE(document.at(Json::json_pointer(pointer.toStdString())).dump(), expected.toStdString());
}

void SpecTest::impossiblePathIsRefused()
{
    Json document = smallest();

    QVERIFY(!setValue(document, "", "1").has_value());
    QVERIFY(!setValue(document, "method.name.deeper", "1").has_value());
    QVERIFY(!setValue(document, "method..factors", "1").has_value());
}

void SpecTest::differenceShowsPathsButNoNames()
{
    Json first = smallest();
    first["name"] = "one";
    Json second = smallest();
    second["name"] = "two";
    second["method"] = {{"name", "kfmf"}, {"alpha", 0.3}};

    const auto found = difference(std::vector{first, second});

    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(Json(found.at("method.name")).dump(), std::string(R"(["mf","kfmf"])"));
    QCOMPARE(Json(found.at("method.alpha")).dump(), std::string("[null,0.3]"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SpecTest)
#include "SpecTest.moc"
