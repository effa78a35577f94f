#include "core/text/Corpus.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <map>
#include <set>

namespace transept {
namespace {

std::vector<Document> documentsOf(const std::vector<std::string>& texts)
{
    std::vector<Document> documents;
    for (const std::string& text : texts) {
        documents.push_back(text.empty() ? Document{} : Document{{text, 1.0F}});
    }
    return documents;
}

/// Texts of words w0 ... w39, rarer the higher the number.
std::vector<std::vector<std::string>> randomWords(std::size_t documents)
{
    Random random(5);
    std::vector<std::vector<std::string>> all(documents);
    for (auto& words : all) {
        const auto length = 1 + random.below(12);
        for (std::uint64_t nth = 0; nth < length; ++nth) {
            words.push_back("w" + std::to_string(random.below(1 + random.below(40))));
        }
    }
    return all;
}

/// Full stops between the words: no phrases.
std::vector<Document> unrelated(const std::vector<std::vector<std::string>>& words)
{
    std::vector<std::string> texts;
    for (const auto& each : words) {
        texts.emplace_back();
        for (const std::string& word : each) {
            texts.back() += word + ". ";
        }
    }
    return documentsOf(texts);
}

std::map<std::string, double> documentCounts(const std::vector<std::vector<std::string>>& words)
{
    std::map<std::string, double> documents;
    for (const auto& each : words) {
        for (const std::string& word : std::set<std::string>(each.begin(), each.end())) {
            documents[word] += 1.0;
        }
    }
    return documents;
}

/// The rows of a corpus beside weightOf(word, its count, words of the document), scaled to length 1.
template<typename WeightOf>
void compareRows(const Corpus& corpus,
                 const std::vector<std::vector<std::string>>& words,
                 const WeightOf& weightOf)
{
    QCOMPARE(corpus.vocabulary.terms().size(), documentCounts(words).size());
    for (std::size_t row = 0; row < words.size(); ++row) {
        std::map<std::string, double> expected;
        for (const std::string& word : words[row]) {
            expected[word] += 1.0;
        }
        double squares = 0.0;
        for (auto& [word, value] : expected) {
            value = weightOf(word, value, static_cast<double>(words[row].size()));
            squares += value * value;
        }
        QCOMPARE(corpus.rows[row].size(), expected.size());
        for (const auto& [term, weight] : corpus.rows[row]) {
            const double wanted = expected[corpus.vocabulary.terms()[term].key] / std::sqrt(squares);
            QVERIFY(std::abs(static_cast<double>(weight) - wanted) < 1e-6);
        }
    }
}

std::string shownRow(const Corpus& corpus, std::size_t row)
{
    std::string shown;
    for (const auto& [term, weight] : corpus.rows[row]) {
        shown += (shown.empty() ? "" : ", ") + corpus.vocabulary.terms()[term].key;
    }
    return shown;
}

} // namespace

class CorpusTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void weightsAgreeWithTheFormulaWrittenOutInFull();
    void bm25AgreesWithTheFormulaWrittenOutInFull();
    void partsCountByTheirWeight();
    void formsOfAWordAreOneTermShownByItsMostFrequentForm();
    void wordsThatBelongTogetherAreAPhrase();
    void phrasesDoNotSpanPunctuation();
    void runsOfWordsAreTermsWhenAskedFor();
    void eachDocumentHasTheStemsOfItsLanguage();
    void wordsOfTheUsersListAreNoTerms();
    void commonAndRareTermsAreLeftOut();
    void mostFrequentTermsAreKeptWhenThereAreTooMany();
    void anyTextIsWeighedLikeADocument();
    void chineseTextsHaveTerms();
    void sameBitsForAnyNumberOfThreads();
    void stopsWhenAsked();
};

void CorpusTest::weightsAgreeWithTheFormulaWrittenOutInFull()
{
    const auto words = randomWords(60);

    const Result<Corpus> corpus = buildCorpus(unrelated(words), {.maxDocumentShare = 1.0}, {});

    QVERIFY_OK(corpus);
    const auto documents = documentCounts(words);
    compareRows(*corpus, words, [&](const std::string& word, double count, double /*length*/) {
        return (1.0 + std::log(count)) * (std::log(61.0 / (1.0 + documents.at(word))) + 1.0);
    });
}

void CorpusTest::bm25AgreesWithTheFormulaWrittenOutInFull()
{
    const auto words = randomWords(60);
    constexpr double k1 = 1.6;
    constexpr double b = 0.4;

    const Result<Corpus> corpus = buildCorpus(
        unrelated(words), {.maxDocumentShare = 1.0, .weighting = Weighting::Bm25, .k1 = k1, .b = b}, {});

    QVERIFY_OK(corpus);
    const auto documents = documentCounts(words);
    double length = 0.0;
    for (const auto& each : words) {
        length += static_cast<double>(each.size());
    }
    const double meanLength = length / 60.0;
    compareRows(*corpus, words, [&](const std::string& word, double count, double itsLength) {
        const double holding = documents.at(word);
        return count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * itsLength / meanLength)) *
               std::log(1.0 + (60.0 - holding + 0.5) / (holding + 0.5));
    });
}

void CorpusTest::partsCountByTheirWeight()
{
    const std::vector<Document> documents{
        {{"dragon", 2.0F}, {"castle", 1.0F}}, {{"dragon castle", 1.0F}}, {{"sea", 1.0F}}};

    const Result<Corpus> corpus = buildCorpus(documents, {.phrases = false, .maxDocumentShare = 1.0}, {});

    QVERIFY_OK(corpus);
    const auto weightOf = [&](const char* key) {
        return corpus->rows[0][*corpus->vocabulary.find(key)].second;
    };
    QVERIFY(std::abs(weightOf("dragon") / weightOf("castl") - (1.0F + std::log(2.0F))) < 1e-5F);
}

void CorpusTest::formsOfAWordAreOneTermShownByItsMostFrequentForm()
{
    const auto documents = documentsOf({"Pokémon adventures", "pokemon Adventure", "Adventures!", "sea"});

    const Result<Corpus> stemmed = buildCorpus(documents, {.phrases = false, .maxDocumentShare = 1.0}, {});
    const Result<Corpus> whole = buildCorpus(
        documents, {.words = {.language = "none"}, .phrases = false, .maxDocumentShare = 1.0}, {});

    QVERIFY_OK(stemmed);
    QVERIFY_OK(whole);
    const Term& adventure = stemmed->vocabulary.terms()[*stemmed->vocabulary.find("adventur")];
    QCOMPARE(adventure.shown, std::string("adventures"));
    QCOMPARE(adventure.documents, std::int64_t{3});
    QCOMPARE(stemmed->vocabulary.terms()[*stemmed->vocabulary.find("pokemon")].documents, std::int64_t{2});
    QVERIFY(whole->vocabulary.find("adventure") && whole->vocabulary.find("adventures"));
}

void CorpusTest::wordsThatBelongTogetherAreAPhrase()
{
    const auto documents = documentsOf({"The Lord of the Rings one",
                                        "Lord of the Rings two",
                                        "lords of the ring",
                                        "slow sea",
                                        "slow car",
                                        "slow tree",
                                        "red sea",
                                        "red car",
                                        "red tree"});

    const Result<Corpus> corpus = buildCorpus(documents, {}, {});

    QVERIFY_OK(corpus);
    const auto phrase = corpus->vocabulary.find("lord ring");
    QVERIFY(phrase.has_value());
    QVERIFY(corpus->vocabulary.terms()[*phrase].isPhrase);
    QCOMPARE(corpus->vocabulary.terms()[*phrase].shown, std::string("lord of the rings"));
    QVERIFY(!corpus->vocabulary.find("slow sea")); // one document only
    QCOMPARE(shownRow(*corpus, 2), std::string("lord, lord ring, ring"));
}

void CorpusTest::phrasesDoNotSpanPunctuation()
{
    const auto documents = documentsOf(
        {"Drama, Romance", "Drama, Romance", "Drama, Romance", "Drama, Romance", "sea", "car", "tree"});

    const Result<Corpus> corpus = buildCorpus(documents, {.maxDocumentShare = 1.0}, {});

    QVERIFY_OK(corpus);
    QVERIFY(!corpus->vocabulary.find("drama romanc"));
}

void CorpusTest::runsOfWordsAreTermsWhenAskedFor()
{
    const auto documents =
        documentsOf({"slow red sea", "slow red sea bird", "slow car", "red car", "sea car", "tree", "tree"});

    const auto termsWith = [&](int runLength) {
        const Result<Corpus> corpus =
            buildCorpus(documents, {.phrases = false, .runLength = runLength, .maxDocumentShare = 1.0}, {});
        std::string shown;
        for (const Term& term : corpus->vocabulary.terms()) {
            shown += term.isPhrase ? term.shown + "; " : std::string();
        }
        return shown;
    };

    QCOMPARE(termsWith(1), std::string());
    QCOMPARE(termsWith(2), std::string("red sea; slow red; "));
    QCOMPARE(termsWith(3), std::string("red sea; slow red; slow red sea; "));
}

void CorpusTest::eachDocumentHasTheStemsOfItsLanguage()
{
    const auto documents = documentsOf({"the adventures of a young wizard at the old school",
                                        "an adventure of two old wizards and their schools",
                                        "die abenteuer eines jungen zauberers in der alten schule",
                                        "zwei zauberer und das abenteuer ihrer alten schulen"});

    const Result<Corpus> corpus =
        buildCorpus(documents, {.words = {.language = "auto"}, .phrases = false}, {});

    QVERIFY_OK(corpus);
    const auto documentsOfTerm = [&](const char* key) {
        const auto term = corpus->vocabulary.find(key);
        return term ? corpus->vocabulary.terms()[*term].documents : 0;
    };
    QCOMPARE(documentsOfTerm("adventur"), std::int64_t{2});
    QCOMPARE(documentsOfTerm("schul"), std::int64_t{2}); // English would keep schule and schulen apart
    Result<Segmenter> segmenter = Segmenter::create();
    QVERIFY_OK(segmenter);
    for (std::size_t row = 0; row < documents.size(); ++row) {
        QCOMPARE(corpus->vocabulary.weigh(*segmenter, documents[row][0].text), corpus->rows[row]);
    }
}

void CorpusTest::wordsOfTheUsersListAreNoTerms()
{
    const auto documents = documentsOf({"the pack of tea", "tea", "coffee", "pack"});

    const Result<Corpus> corpus =
        buildCorpus(documents,
                    {.words = {.stopWords = false, .moreStopWords = foldedWords("PACK, Ounce")},
                     .phrases = false,
                     .maxDocumentShare = 1.0},
                    {});

    QVERIFY_OK(corpus);
    QCOMPARE(shownRow(*corpus, 0), std::string("of, tea, the"));
    QVERIFY(corpus->rows[3].empty());
}

void CorpusTest::commonAndRareTermsAreLeftOut()
{
    const auto documents = documentsOf({"sea boat", "sea boat", "sea fish", "sea", ""});

    const Result<Corpus> corpus =
        buildCorpus(documents, {.phrases = false, .minDocuments = 2, .maxDocumentShare = 0.5}, {});

    QVERIFY_OK(corpus);
    QCOMPARE(corpus->vocabulary.terms().size(), std::size_t{1}); // the empty text counts for no share
    QCOMPARE(corpus->vocabulary.terms()[0].key, std::string("boat"));
    QVERIFY(corpus->rows[3].empty() && corpus->rows[4].empty());
}

void CorpusTest::mostFrequentTermsAreKeptWhenThereAreTooMany()
{
    const auto documents = documentsOf({"sea boat fish", "sea boat", "sea"});

    const Result<Corpus> corpus =
        buildCorpus(documents, {.phrases = false, .maxDocumentShare = 1.0, .maxTerms = 2}, {});

    QVERIFY_OK(corpus);
    QCOMPARE(shownRow(*corpus, 0), std::string("boat, sea"));
}

void CorpusTest::anyTextIsWeighedLikeADocument()
{
    const std::vector<std::string> texts{
        "Slice of Life school comedy", "slice of life", "Slice of life, school", "school", "sea"};
    const Result<Corpus> corpus = buildCorpus(documentsOf(texts), {}, {});
    QVERIFY_OK(corpus);
    Result<Segmenter> segmenter = Segmenter::create();
    QVERIFY_OK(segmenter);

    for (std::size_t row = 0; row < texts.size(); ++row) {
        QCOMPARE(corpus->vocabulary.weigh(*segmenter, texts[row]), corpus->rows[row]);
    }
    QVERIFY(corpus->vocabulary.weigh(*segmenter, "unheard words").empty());
}

void CorpusTest::chineseTextsHaveTerms()
{
    const Result<Corpus> corpus =
        buildCorpus(documentsOf({"一本关于音乐的小说", "音乐", "电影", "电影小说"}), {}, {});

    QVERIFY_OK(corpus);
    QVERIFY(corpus->vocabulary.find("音乐") && corpus->vocabulary.find("小说") &&
            corpus->vocabulary.find("电影"));
    QVERIFY(!corpus->vocabulary.find("的"));
}

void CorpusTest::sameBitsForAnyNumberOfThreads()
{
    std::vector<std::string> texts;
    for (const auto& words : randomWords(700)) {
        texts.emplace_back();
        for (const std::string& word : words) {
            texts.back() += word + " ";
        }
    }

    setThreadCount(1);
    const Result<Corpus> one = buildCorpus(documentsOf(texts), {}, {});
    setThreadCount(2);
    const Result<Corpus> two = buildCorpus(documentsOf(texts), {}, {});

    QVERIFY_OK(one);
    QVERIFY_OK(two);
    QCOMPARE(one->rows, two->rows);
    QVERIFY(
        std::ranges::equal(one->vocabulary.terms(), two->vocabulary.terms(), {}, &Term::shown, &Term::shown));
}

void CorpusTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();

    const Result<Corpus> corpus = buildCorpus(documentsOf({"sea", "boat"}), {}, {.stop = stop.get_token()});

    QVERIFY(!corpus.has_value());
    QCOMPARE(corpus.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CorpusTest)
#include "CorpusTest.moc"
