#include "core/base/Sha256.h"
#include "core/knowledge/Extractor.h"
#include "core/knowledge/Npy.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cstring>

namespace transept {
namespace {

template<typename T>
std::string bytesOf(const std::vector<T>& numbers)
{
    std::string bytes(numbers.size() * sizeof(T), '\0');
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    return bytes;
}

/// A file in NumPy's format, version 1.0, as its documentation describes it.
std::string npy(const std::string& type,
                const std::string& order,
                const std::string& shape,
                const std::string& data)
{
    std::string header = "{'descr': " + type + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
    header.resize((header.size() + 10 + 64) / 64 * 64 - 10 - 1, ' ');
    header += '\n';
    const auto length = static_cast<unsigned>(header.size());
    return std::string("\x93NUMPY\x01", 7) + '\0' + static_cast<char>(length % 256) +
           static_cast<char>(length / 256) + header + data;
}

std::string sentenceOf(const RejectedRow& row)
{
    return describe({.sentence = row.sentence, .arguments = row.arguments});
}

} // namespace

/// Knowledge that another program made. The items have the keys k0, k1 ...; those of even and odd number are
/// two kinds.
class FileExtractorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_workspace.emplace(m_folder->workspace());
        m_films = test::addItems(*m_workspace, "films", 6);
    }
    void arraysGiveVectors_data();
    void arraysGiveVectors();
    void otherArraysAreRefused_data();
    void otherArraysAreRefused();
    void csvGivesVectors_data();
    void csvGivesVectors();
    void jsonLinesGiveFacetsAndVectors();
    void facetsAloneGetVectorsFromTheirWords();
    void badRowsAreNamedAndCounted();
    void itemsWithNothingButBadRowsAreFailures();
    void keysOfSeveralDomainsNeedTheirDomain();
    void theConfigurationSaysWhatTheFileWas();
    void filesThatHoldNothingLeaveNothing_data();
    void filesThatHoldNothingLeaveNothing();
    void goesOnAfterAStop();
    void previewAndForecastReadTheFile();

private:
    std::string place(const char* name) const { return m_folder->path(name).string(); }
    Result<ExtractionReport> take(Json settings, const JobContext& context = {})
    {
        return extract(
            *m_workspace, {.extractor = "file", .name = "kb", .settings = std::move(settings)}, context);
    }
    ItemFacts factsOf(KnowledgeId id, std::int64_t item) const
    {
        return KnowledgeStore(*m_workspace).facts(id, ItemId{item}).value();
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    DomainId m_films{};
};

void FileExtractorTest::arraysGiveVectors_data()
{
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<QByteArray>("keys");

    const auto raw = [](const std::string& bytes) { return QByteArray::fromStdString(bytes); };
    const std::string shape = "(2, 2)";
    const std::string singles = bytesOf<float>({0.5F, 0.0F, 3.0F, -4.0F});
    QTest::newRow("float32") << raw(npy("'<f4'", "False", shape, singles)) << QByteArray("k1\nk4\n");
    QTest::newRow("float64") << raw(npy("'<f8'", "False", shape, bytesOf<double>({0.5, 0.0, 3.0, -4.0})))
                             << QByteArray("k1\r\nk4");
    // 0.5, 0, 3 and -4 in IEEE 754 binary16.
    QTest::newRow("float16")
        << raw(npy("'<f2'", "False", shape, bytesOf<std::uint16_t>({0x3800, 0, 0x4200, 0xC400})))
        << QByteArray("k1\nk4\n\n");
    QTest::newRow("keys with domains")
        << raw(npy("'<f4'", "False", shape, singles)) << QByteArray("domain,key\nfilms,k1\nfilms,k4\n");
    QTest::newRow("keys alone in a table")
        << raw(npy("'<f4'", "False", shape, singles)) << QByteArray("key\nk1\nk4\n");
}

void FileExtractorTest::arraysGiveVectors()
{
    QFETCH(QByteArray, array);
    QFETCH(QByteArray, keys);
    m_folder->write("v.npy", array.toStdString());
    m_folder->write("keys.txt", keys.toStdString());

    const auto scaled = take({{"path", place("v.npy")}, {"keys", place("keys.txt")}});

    QVERIFY_OK(scaled);
    QCOMPARE(scaled->items, std::int64_t{2});
    QCOMPARE(scaled->without, std::int64_t{4});
    QCOMPARE(scaled->rejected, std::int64_t{0});
    QCOMPARE(factsOf(scaled->id, 2).vector, (std::vector<float>{1.0F, 0.0F}));
    QCOMPARE(factsOf(scaled->id, 5).vector, (std::vector<float>{0.6F, -0.8F}));
    QCOMPARE(KnowledgeStore(*m_workspace).find("kb")->dimension, 2);
    const auto asItIs =
        extract(*m_workspace,
                {.extractor = "file",
                 .name = "raw",
                 .settings = {{"path", place("v.npy")}, {"keys", place("keys.txt")}, {"unit-length", false}}},
                {});
    QVERIFY_OK(asItIs);
    QCOMPARE(factsOf(asItIs->id, 5).vector, (std::vector<float>{3.0F, -4.0F}));
}

void FileExtractorTest::otherArraysAreRefused_data()
{
    QTest::addColumn<QByteArray>("array");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("says");

    const auto raw = [](const std::string& bytes) { return QByteArray::fromStdString(bytes); };
    const std::string data = bytesOf<float>({1.0F, 2.0F, 3.0F, 4.0F});
    const QByteArray keys("k1\nk2\n");
    const auto row =
        [&](const char* name, const std::string& array, const QByteArray& names, const char* says) {
            QTest::newRow(name) << raw(array) << names << says;
        };
    row("pickled", npy("'|O'", "False", "(2, 2)", data), keys, "pickled Python objects");
    row("pickled fields", npy("[('a', '|O')]", "False", "(2,)", data), keys, "is of type records");
    row("columns first", npy("'<f4'", "True", "(2, 2)", data), keys, "Fortran order");
    row("big endian", npy("'>f4'", "False", "(2, 2)", data), keys, "is of type >f4");
    row("integers", npy("'<i8'", "False", "(2, 2)", data + data), keys, "is of type <i8");
    row("one dimension", npy("'<f4'", "False", "(4,)", data), keys, "the shape (4,)");
    row("three dimensions", npy("'<f4'", "False", "(2, 1, 2)", data), keys, "the shape (2, 1, 2)");
    row("cut off", npy("'<f4'", "False", "(2, 2)", data.substr(1)), keys, "Save the array again");
    row("too long", npy("'<f4'", "False", "(2, 2)", data + "x"), keys, "Save the array again");
    row("a wild shape", npy("'<f4'", "False", "(99999999999999, 2)", data), keys, "two dimensions");
    row("no header", npy("'<f4'", "False", "(2, 2)", data).substr(0, 9), keys, "no complete .npy file");
    row("no keys", npy("'<f4'", "False", "(2, 2)", data), "", "need names");
    row("too few keys", npy("'<f4'", "False", "(2, 2)", data), "k1\n", "has 2 rows, but its keys file has 1");
    row("too many keys", npy("'<f4'", "False", "(2, 2)", data), "k1\nk2\nk3\n", "its keys file has 3+");
}

void FileExtractorTest::otherArraysAreRefused()
{
    QFETCH(QByteArray, array);
    QFETCH(QByteArray, keys);
    QFETCH(QString, says);
    m_folder->write("v.npy", array.toStdString());
    Json settings{{"path", place("v.npy")}};
    if (!keys.isEmpty()) {
        m_folder->write("keys.txt", keys.toStdString());
        settings["keys"] = place("keys.txt");
    }

    const auto report = take(settings);

    QVERIFY(!report.has_value());
    const std::string sentence = describe(report.error());
    QVERIFY2(sentence.find(says.toStdString()) != std::string::npos, sentence.c_str());
}

void FileExtractorTest::csvGivesVectors_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("key first") << QByteArray("k1,3,4\nk4,0,1e-3\n");
    QTest::newRow("header") << QByteArray("key,x,y\nk1,3,4\nk4,0,2\n");
    QTest::newRow("domain and key anywhere") << QByteArray("x,domain,key,y\n3,films,k1,4\n0,films,k4,2\n");
    QTest::newRow("tabs, carriage returns") << QByteArray("k1\t3\t4\r\n\r\nk4\t0\t2\r\n");
    QTest::newRow("semicolons, quotes") << QByteArray("\"k1\";3;4\n\"k4\";0;2");
}

void FileExtractorTest::csvGivesVectors()
{
    QFETCH(QByteArray, text);
    m_folder->write("v.csv", text.toStdString());

    const auto report = take({{"path", place("v.csv")}});

    QVERIFY_OK(report);
    QCOMPARE(report->rejected, std::int64_t{0});
    QCOMPARE(factsOf(report->id, 2).vector, (std::vector<float>{0.6F, 0.8F}));
    QCOMPARE(factsOf(report->id, 5).vector, (std::vector<float>{0.0F, 1.0F}));
}

void FileExtractorTest::jsonLinesGiveFacetsAndVectors()
{
    m_folder->write(
        "f.jsonl",
        R"({"domain": "films", "key": "k1", "facets": {"genre": ["crime", "<b>drama</b>"], "mood": "dark"}, "vector": [0, 2]}
{"key": "k4", "facets": {"genre": "space"}}
{"vector": [1, 0], "key": "k5"}
)");

    const auto report = take({{"path", place("f.jsonl")}});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{3});
    const ItemFacts first = factsOf(report->id, 2);
    QCOMPARE(first.vector, (std::vector<float>{0.0F, 1.0F}));
    QCOMPARE(first.facets.size(), std::size_t{3});
    QCOMPARE(first.facets[1].name + "=" + first.facets[1].text, std::string("genre=drama"));
    QVERIFY(factsOf(report->id, 5).vector.empty());
    QVERIFY(factsOf(report->id, 6).facets.empty());
    const auto knowledge = loadKnowledge(*m_workspace, "kb", m_films, std::vector{ItemId{5}, ItemId{6}});
    QVERIFY_OK(knowledge);
    QVERIFY((*knowledge)->vectors.floats()->row(0).isZero());
    QCOMPARE((*(*knowledge)->vectors.floats())(1, 0), 1.0F);
}

void FileExtractorTest::facetsAloneGetVectorsFromTheirWords()
{
    std::string lines;
    for (int nth = 0; nth < 6; ++nth) {
        lines += R"({"key": "k)" + std::to_string(nth) + R"(", "facets": {"genre": ")" +
                 (nth % 2 == 0 ? "crime drama" : "space opera") + R"("}})" + "\n";
    }
    m_folder->write("f.jsonl", lines);

    const auto report = take({{"path", place("f.jsonl")}, {"dimension", 2}});

    QVERIFY_OK(report);
    const auto near = nearestItems(*m_workspace, report->id, ItemId{1}, 2, {});
    QVERIFY_OK(near);
    for (const NearItem& each : *near) {
        QCOMPARE(number(each.item) % 2, std::int64_t{1});
    }
}

void FileExtractorTest::badRowsAreNamedAndCounted()
{
    m_folder->write("v.csv",
                    "k0,1,0\n"
                    "nobody,1,0\n"
                    "k1,1,0,0\n"
                    "k2,nan,0\n"
                    "k3,x,0\n"
                    "k4,0,0\n"
                    "k0,0,1\n"
                    "\n"
                    "k5\n"
                    "k1,1e39,0\n"
                    "k5,0,1\n");

    const auto report = take({{"path", place("v.csv")}});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{2});
    QCOMPARE(report->rejected, std::int64_t{8});
    std::string all;
    for (const RejectedRow& row : report->rejects) {
        all += sentenceOf(row) + "\n";
    }
    QCOMPARE(all,
             std::string("Line 2: there is no item with the key nobody.\n"
                         "Line 3: the vector has 3 numbers, the first one has 2.\n"
                         "Line 4: \"nan\" is no finite number.\n"
                         "Line 5: \"x\" is no finite number.\n"
                         "Line 6: the vector is zero and points nowhere.\n"
                         "Line 7: the item k0 has its knowledge from line 1.\n"
                         "Line 9 has neither facets nor a vector.\n"
                         "Line 10: the vector has numbers that are not finite.\n"));
    QCOMPARE(report->rejects[3].line, std::int64_t{5});
}

void FileExtractorTest::itemsWithNothingButBadRowsAreFailures()
{
    m_folder->write("f.jsonl",
                    "{\"key\": \"k1\", \"facets\": [1]}\n"
                    "{\"key\": \"k2\", \"vector\": \"no\"}\n"
                    "not JSON\n"
                    "{\"key\": null}\n"
                    "{\"key\": \"k1\", \"facets\": {\"genre\": 3}}\n"
                    "{\"key\": \"k2\", \"vector\": [1, 0]}\n"
                    "{\"key\": \"\xff\"}\n");

    const auto report = take({{"path", place("f.jsonl")}});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{1});
    QCOMPARE(report->rejected, std::int64_t{6});
    QCOMPARE(report->failed, std::int64_t{1}); // k2 has a good row as well
    QCOMPARE(report->without, std::int64_t{4});
    const auto failures = KnowledgeStore(*m_workspace).failures(report->id);
    QCOMPARE(failures->front().itemKey, std::string("k1"));
    QCOMPARE(failures->front().arguments, std::vector<std::string>{"1"});
}

void FileExtractorTest::keysOfSeveralDomainsNeedTheirDomain()
{
    test::addItems(*m_workspace, "books", 2);
    m_folder->write("f.jsonl",
                    "{\"key\": \"k0\", \"vector\": [1, 0]}\n"
                    "{\"key\": \"k5\", \"vector\": [1, 0]}\n"
                    "{\"key\": \"k0\", \"domain\": \"books\", \"vector\": [0, 1]}\n"
                    "{\"key\": \"k0\", \"domain\": \"music\", \"vector\": [0, 1]}\n");

    const auto report = take({{"path", place("f.jsonl")}});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{2});
    QVERIFY(sentenceOf(report->rejects[0]).starts_with("Line 1: several domains have an item k0."));
    QCOMPARE(sentenceOf(report->rejects[1]), std::string("Line 4: music is none of the chosen domains."));
    QVERIFY(!factsOf(report->id, 7).vector.empty());
}

void FileExtractorTest::theConfigurationSaysWhatTheFileWas()
{
    m_folder->write("v.csv", "k0,1,0\n");
    const std::string hash = sha256(test::contentOf(place("v.csv")));

    const auto report = take({{"path", place("v.csv")}});

    QVERIFY_OK(report);
    const Json settings = KnowledgeStore(*m_workspace).find("kb")->config.at("settings");
    QCOMPARE(settings.at("sha256").get<std::string>(), hash);
    m_folder->write("v.csv", "k0,0,1\n");
    const auto other = extract(
        *m_workspace,
        {.extractor = "file", .name = "again", .settings = {{"path", place("v.csv")}, {"sha256", hash}}},
        {});
    QVERIFY(describe(other.error()).find("has the SHA-256") != std::string::npos);
}

void FileExtractorTest::filesThatHoldNothingLeaveNothing_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");

    QTest::newRow("no path") << "" << QByteArray() << "needs a file";
    QTest::newRow("missing") << "missing.csv" << QByteArray() << "cannot be opened";
    QTest::newRow("empty") << "v.csv" << QByteArray("") << "empty";
    QTest::newRow("header alone") << "v.csv" << QByteArray("key,x\n") << "has no rows";
    QTest::newRow("other keys") << "v.csv" << QByteArray("a,1\nb,2\n") << "None of the 2 rows";
}

void FileExtractorTest::filesThatHoldNothingLeaveNothing()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    if (file == QStringLiteral("v.csv")) {
        m_folder->write("v.csv", text.toStdString());
    }

    const auto report = take({{"path", file.isEmpty() ? std::string() : place(file.toStdString().c_str())}});

    const std::string sentence = describe(report.error());
    QVERIFY2(sentence.find(says.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY(KnowledgeStore(*m_workspace).all()->empty());
}

void FileExtractorTest::goesOnAfterAStop()
{
    test::addItems(*m_workspace, "many", 2000);
    std::string text = "domain,key,x,y\n";
    for (int nth = 0; nth < 2000; ++nth) {
        text += "many,k" + std::to_string(nth) + ",1," + std::to_string(nth) + "\n";
    }
    m_folder->write("v.csv", text);
    std::stop_source stop;
    JobContext context{.stop = stop.get_token()};
    context.progress = [&](const Progress& progress) {
        if (progress.done > 1000) {
            stop.request_stop();
        }
    };

    const auto stopped = take({{"path", place("v.csv")}}, context);
    const KnowledgeStore store(*m_workspace);
    const auto before = store.itemsWithFacts(store.find("kb")->id);
    const auto whole = take({{"path", place("v.csv")}});

    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(!before->empty() && before->size() < 2000);
    QVERIFY_OK(whole);
    QCOMPARE(whole->items, std::int64_t{2000});
    QCOMPARE(store.find("kb")->dimension, 2);
}

void FileExtractorTest::previewAndForecastReadTheFile()
{
    m_folder->write("f.jsonl", "{\"key\": \"k1\", \"facets\": {\"mood\": \"dark\"}}\nnot JSON\n");
    const ExtractionRequest request{
        .extractor = "file", .name = "kb", .settings = {{"path", place("f.jsonl")}}};

    const auto cost = forecast(*m_workspace, request, 0, {});
    const auto shown = preview(*m_workspace, request, ItemId{2}, {}, {});
    const auto other = preview(*m_workspace, request, ItemId{3}, {}, {});

    QCOMPARE(cost->items, std::int64_t{1});
    QCOMPARE(shown->facets.front().text, std::string("dark"));
    QVERIFY(other->problem.has_value());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FileExtractorTest)
#include "FileExtractorTest.moc"
