#include "core/knowledge/WordVectors.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <Eigen/SVD>
#include <QtTest/QTest>

namespace transept {
namespace {

constexpr int words = 24;

/// Documents of single letters, those of one theme in each other's company, some of double weight.
std::vector<Document> themedDocuments(std::size_t count)
{
    Random random(7);
    std::vector<Document> documents(count);
    for (Document& document : documents) {
        const std::uint64_t theme = random.below(3);
        for (const float weight : {1.0F, 2.0F}) {
            std::string text;
            const auto length = random.below(9);
            for (std::uint64_t nth = 0; nth < length; ++nth) {
                const bool isOwn = random.uniform() < 0.8;
                const auto word = isOwn ? theme * (words / 3) + random.below(words / 3) : random.below(words);
                text += std::string(2, static_cast<char>('a' + word)) + " ";
            }
            document.push_back({text, weight});
        }
    }
    return documents;
}

Result<Corpus> corpusOf(const std::vector<Document>& documents)
{
    return buildCorpus(documents, {.phrases = false, .maxDocumentShare = 1.0}, {}, Keep::RowsAndSequences);
}

/// The formula of positiveInformation(), pair by pair.
Eigen::MatrixXd denseInformation(const TermSequences& sequences,
                                 Eigen::Index terms,
                                 const WordVectorOptions& options)
{
    Eigen::MatrixXd counts = Eigen::MatrixXd::Zero(terms, terms);
    for (std::size_t document = 0; document < sequences.documentCount(); ++document) {
        const auto tokens = sequences.document(document);
        for (int one = 0; one < static_cast<int>(tokens.size()); ++one) {
            for (int other = 0; other < static_cast<int>(tokens.size()); ++other) {
                if (one != other && std::abs(one - other) <= options.window) {
                    counts(tokens[static_cast<std::size_t>(one)].word,
                           tokens[static_cast<std::size_t>(other)].word) += 1.0;
                }
            }
        }
    }
    const Eigen::VectorXd ofWords = counts.rowwise().sum();
    const Eigen::VectorXd ofContexts = counts.colwise().sum().transpose().array().pow(options.smoothing);
    Eigen::MatrixXd information = Eigen::MatrixXd::Zero(terms, terms);
    for (Eigen::Index word = 0; word < terms; ++word) {
        for (Eigen::Index context = 0; context < terms; ++context) {
            if (counts(word, context) > 0.0) {
                const double ratio =
                    counts(word, context) * ofContexts.sum() / (ofWords(word) * ofContexts(context));
                information(word, context) = std::max(0.0, std::log(ratio) - std::log(options.shift));
            }
        }
    }
    return information;
}

} // namespace

class WordVectorsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void cleanup() { setThreadCount(0); }
    void informationAgreesWithTheFormulaPairByPair();
    void itemsAgreeWithDenseAlgebra();
    void wordsOfOneThemeAreNear();
    void itemsOfOneThemeAreNearest();
    void facetsAreThoseOfTheLexicalExtractor();
    void sameBitsForAnyNumberOfThreads();
    void textsWithoutCompanyHaveNoVectors();
    void stopsWhenAsked();

private:
    std::optional<test::Temporary> m_folder;
};

void WordVectorsTest::informationAgreesWithTheFormulaPairByPair()
{
    const Result<Corpus> corpus = corpusOf(themedDocuments(80));
    QVERIFY_OK(corpus);
    const std::size_t terms = corpus->vocabulary.terms().size();
    QVERIFY(terms > words / 2);

    for (const WordVectorOptions& options : {WordVectorOptions{.window = 2},
                                             WordVectorOptions{.window = 5, .smoothing = 1.0},
                                             WordVectorOptions{.window = 40, .shift = 1.5}}) {
        const auto sparse = positiveInformation(corpus->sequences, terms, options, {});

        QVERIFY_OK(sparse);
        Eigen::MatrixXd found =
            Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(terms), static_cast<Eigen::Index>(terms));
        for (std::size_t row = 0; row < terms; ++row) {
            for (std::size_t at = 0; at < sparse->lengthOf(row); ++at) {
                found(static_cast<Eigen::Index>(row), sparse->columnsOf(row)[at]) =
                    static_cast<double>(sparse->valuesOf(row)[at]);
            }
        }
        const Eigen::MatrixXd wanted = denseInformation(corpus->sequences, found.rows(), options);
        QVERIFY((found - wanted).cwiseAbs().maxCoeff() < 1e-5);
        QVERIFY((wanted.array() > 0.0).count() > 50);
    }
}

void WordVectorsTest::itemsAgreeWithDenseAlgebra()
{
    const Result<Corpus> corpus = corpusOf(themedDocuments(80));
    QVERIFY_OK(corpus);
    const WordVectorOptions options{.dimension = 6, .window = 3, .sif = 0.02};
    const auto terms = static_cast<Eigen::Index>(corpus->vocabulary.terms().size());

    const Result<WordSpace> space = WordSpace::over(*corpus, options, {});

    QVERIFY_OK(space);
    QCOMPARE(space->dimension(), 6);
    const Eigen::BDCSVD<Eigen::MatrixXd> svd(denseInformation(corpus->sequences, terms, options),
                                             Eigen::ComputeFullU);
    const Eigen::MatrixXd vectors =
        svd.matrixU().leftCols(6) * svd.singularValues().head(6).cwiseSqrt().asDiagonal();
    const Eigen::MatrixXd ours = space->words().cast<double>(); // the same but for signs
    QVERIFY((ours * ours.transpose() - vectors * vectors.transpose()).cwiseAbs().maxCoeff() < 1e-3);

    Eigen::VectorXd shares = Eigen::VectorXd::Zero(terms);
    for (const Token& token : corpus->sequences.tokens) {
        shares(token.word) += static_cast<double>(token.weight);
    }
    shares /= shares.sum();
    Eigen::MatrixXd items = Eigen::MatrixXd::Zero(80, 6);
    for (Eigen::Index item = 0; item < 80; ++item) {
        double length = 0.0;
        for (const Token& token : corpus->sequences.document(static_cast<std::size_t>(item))) {
            const auto weight = static_cast<double>(token.weight);
            items.row(item) +=
                weight * options.sif / (options.sif + shares(token.word)) * vectors.row(token.word);
            length += weight;
        }
        items.row(item) /= std::max(length, 1.0);
    }
    const Eigen::BDCSVD<Eigen::MatrixXd> principal(items, Eigen::ComputeThinV);
    const Eigen::VectorXd first = principal.matrixV().col(0);
    items -= items * first * first.transpose();
    items.rowwise().normalize();
    Eigen::MatrixXd found = Eigen::MatrixXd::Zero(80, 6);
    for (Eigen::Index item = 0; item < 80; ++item) {
        const std::vector<float> vector = space->vectorOf(static_cast<std::size_t>(item));
        for (std::size_t at = 0; at < vector.size(); ++at) {
            found(item, static_cast<Eigen::Index>(at)) = static_cast<double>(vector[at]);
        }
    }
    QVERIFY((found * found.transpose() - items * items.transpose()).cwiseAbs().maxCoeff() < 1e-3);
}

void WordVectorsTest::wordsOfOneThemeAreNear()
{
    const Result<Corpus> corpus = corpusOf(themedDocuments(400));
    QVERIFY_OK(corpus);

    const Result<WordSpace> space = WordSpace::over(*corpus, {.dimension = 4}, {});

    QVERIFY_OK(space);
    const auto themeOf = [&](std::size_t term) {
        return (corpus->vocabulary.terms()[term].key[0] - 'a') / (words / 3);
    };
    const Matrix vectors = space->words().rowwise().normalized();
    for (Eigen::Index word = 0; word < vectors.rows(); ++word) {
        Eigen::VectorXf near = vectors * vectors.row(word).transpose();
        near(word) = -1.0F;
        Eigen::Index nearest = 0;
        near.maxCoeff(&nearest);
        QCOMPARE(themeOf(static_cast<std::size_t>(nearest)), themeOf(static_cast<std::size_t>(word)));
    }
}

void WordVectorsTest::itemsOfOneThemeAreNearest()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 90);

    const Result<ExtractionReport> report = extract(
        workspace, {.extractor = "word-vectors", .name = "words", .settings = {{"dimension", 8}}}, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{90});
    const auto near = nearestItems(workspace, report->id, ItemId{1}, 20, {});
    QVERIFY_OK(near);
    for (const NearItem& each : *near) {
        QCOMPARE(number(each.item) % 3, std::int64_t{1});
    }
}

void WordVectorsTest::facetsAreThoseOfTheLexicalExtractor()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    const auto lexical = extract(workspace, test::lexical("lexical"), {});
    QVERIFY_OK(lexical);

    const auto report = extract(workspace, {.extractor = "word-vectors", .name = "words"}, {});

    QVERIFY_OK(report);
    const KnowledgeStore store(workspace);
    for (std::int64_t item = 1; item <= 30; ++item) {
        const auto mine = store.facts(report->id, ItemId{item});
        const auto theirs = store.facts(lexical->id, ItemId{item});
        QVERIFY(std::ranges::equal(mine->facets, theirs->facets, {}, &StoredFacet::text, &StoredFacet::text));
        QVERIFY(mine->termWeights == theirs->termWeights);
        QVERIFY(mine->vector != theirs->vector);
    }
}

void WordVectorsTest::sameBitsForAnyNumberOfThreads()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 700);
    std::optional<std::string> content;

    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        const auto report = extract(
            workspace,
            {.extractor = "word-vectors", .name = std::to_string(threads), .settings = {{"dimension", 12}}},
            {});
        QVERIFY_OK(report);
        const std::string now = test::contentOf(workspace, report->id);
        QVERIFY(!content || *content == now);
        content = now;
    }
}

void WordVectorsTest::textsWithoutCompanyHaveNoVectors()
{
    const Result<Corpus> alone = corpusOf({{{"sea", 1.0F}}, {{"boat", 1.0F}}, {}});
    QVERIFY_OK(alone);
    const Result<Corpus> same = corpusOf({{{"sea boat", 1.0F}}, {{"sea boat", 1.0F}}});
    QVERIFY_OK(same);

    const Result<WordSpace> none = WordSpace::over(*alone, {}, {});
    const Result<WordSpace> one = WordSpace::over(*same, {}, {});

    QVERIFY_OK(none);
    QVERIFY_OK(one);
    for (std::size_t item = 0; item < 3; ++item) {
        QVERIFY(none->vectorOf(item).empty());
    }
    QVERIFY(one->vectorOf(0).empty()); // nothing tells them apart
}

void WordVectorsTest::stopsWhenAsked()
{
    const Result<Corpus> corpus = corpusOf(themedDocuments(20));
    QVERIFY_OK(corpus);
    std::stop_source stop;
    stop.request_stop();

    const Result<WordSpace> space = WordSpace::over(*corpus, {}, {.stop = stop.get_token()});

    QCOMPARE(space.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::WordVectorsTest)
#include "WordVectorsTest.moc"
