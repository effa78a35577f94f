#include "core/text/Segmentation.h"
#include "core/text/Languages.h"
#include "core/text/StemRule.h"
#include "core/text/Stemming.h"
#include "core/text/StopWords.h"
#include "core/text/Utf8.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class SegmentationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheWords_data();
    void findsTheWords();
    void numbersAreMarked();
    void accentsOfLatinLettersAreDropped();
    void englishEndingsAreDropped_data();
    void englishEndingsAreDropped();
    void everyLanguageOfTheStemmerHasStems_data();
    void everyLanguageOfTheStemmerHasStems();
    void languagesAreTold_data();
    void languagesAreTold();
    void rareDetectionsAreTakenForTheMainLanguage();
    void functionWordsAreStopWords();
    void listsOfWordsAreFolded();
    void damagedBytesAreNoCharacter();
};

void SegmentationTest::findsTheWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words"); // '/' where no phrase goes on

    QTest::newRow("English") << "The World's End: a Sci-Fi, comedy"
                             << "/the world's end /a sci fi /comedy";
    QTest::newRow("typographic apostrophe") << "Ender’s Game"
                                            << "/ender's game";
    QTest::newRow("German") << "Die Straße nach Süden – für Anfänger"
                            << "/die strasse nach süden /für anfänger";
    QTest::newRow("Chinese") << "我喜欢科幻小说，也喜欢音乐。"
                             << "/我 喜欢 科幻 小说 /也 喜欢 音乐";
    QTest::newRow("mixed") << "三体 The Three-Body Problem 刘慈欣"
                           << "/三 体 the three body problem 刘 慈 欣";
    QTest::newRow("Japanese") << "カタカナ ＡＢＣ"
                              << "/カタカナ abc";
    QTest::newRow("bars of a list") << "Action|Slice of Life"
                                    << "/action /slice of life";
    QTest::newRow("line end") << "one\ntwo"
                              << "/one /two";
    QTest::newRow("nothing but signs") << "?! ... ♥"
                                       << "";
}

void SegmentationTest::findsTheWords()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    Result<Segmenter> segmenter = Segmenter::create();
    QVERIFY_OK(segmenter);

    QStringList found;
    for (const Word& word : segmenter->words(text.toStdString())) {
        found << (word.afterBreak ? QStringLiteral("/") : QString()) + QString::fromStdString(word.text);
    }

    QCOMPARE(found.join(QLatin1Char(' ')), words);
}

void SegmentationTest::numbersAreMarked()
{
    Result<Segmenter> segmenter = Segmenter::create();
    QVERIFY_OK(segmenter);

    const std::vector<Word> words = segmenter->words("Fallout 4 16.9 4x");

    QCOMPARE(words.size(), std::size_t{4});
    QVERIFY(!words[0].isNumber && words[1].isNumber && words[2].isNumber && !words[3].isNumber);
}

void SegmentationTest::accentsOfLatinLettersAreDropped()
{
    QCOMPARE(withoutAccents("pokémon"), std::string("pokemon"));
    QCOMPARE(withoutAccents("plain"), std::string("plain"));
    QCOMPARE(withoutAccents("が"), std::string("が")); // a voiced kana is another letter, not an accent
    QCOMPARE(withoutAccents("й"), std::string("й"));
}

void SegmentationTest::englishEndingsAreDropped_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("stem");

    // From the examples that Snowball publishes with the algorithm.
    QTest::newRow("consistency") << "consistency"
                                 << "consist";
    QTest::newRow("knightly") << "knightly"
                              << "knight";
    QTest::newRow("plural") << "adventures"
                            << "adventur";
    QTest::newRow("singular") << "adventure"
                              << "adventur";
    QTest::newRow("possessive") << "ender's"
                                << "ender";
    QTest::newRow("not English letters") << "straßen"
                                         << "straßen";
    QTest::newRow("Chinese") << "小说"
                             << "小说";
    QTest::newRow("with a digit") << "mp3s"
                                  << "mp3s";
}

void SegmentationTest::englishEndingsAreDropped()
{
    QFETCH(QString, word);
    QFETCH(QString, stem);

    QCOMPARE(QString::fromStdString(Stemmer().stem(word.toStdString())), stem);
}

void SegmentationTest::everyLanguageOfTheStemmerHasStems_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");

    // Two forms of one word each.
    QTest::newRow("english") << "english"
                             << "adventure"
                             << "adventures";
    QTest::newRow("french") << "french"
                            << "l'aventure"
                            << "aventures";
    QTest::newRow("italian") << "italian"
                             << "dell'avventura"
                             << "avventure";
    QTest::newRow("german") << "german"
                            << "häuser"
                            << "hauses";
    QTest::newRow("russian") << "russian"
                             << "книга"
                             << "книги";
    QTest::newRow("spanish") << "spanish"
                             << "canciones"
                             << "canción";
}

void SegmentationTest::everyLanguageOfTheStemmerHasStems()
{
    QFETCH(QString, language);
    QFETCH(QString, one);
    QFETCH(QString, other);
    QVERIFY(std::ranges::binary_search(stemmerLanguages(), language.toStdString()));
    const std::vector<std::string> languages{"none", language.toStdString()};
    const StemRule rule({}, languages);

    QCOMPARE(rule.stemOf(one.toStdString(), 1), rule.stemOf(other.toStdString(), 1));
    QVERIFY(rule.stemOf(one.toStdString(), 0) != rule.stemOf(other.toStdString(), 0));
    QCOMPARE(rule.stemOf("mp3s", 1), std::string("mp3s"));
}

void SegmentationTest::languagesAreTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("language");

    QTest::newRow("English") << "The adventures of a young wizard at school"
                             << "english";
    QTest::newRow("German") << "Harry Potter und der Stein der Weisen"
                            << "german";
    QTest::newRow("French") << "Le Seigneur des anneaux: la communauté de l'anneau"
                            << "french";
    QTest::newRow("Russian") << "Краткая история времени"
                             << "russian";
    QTest::newRow("Chinese, two characters") << "三体"
                                             << "chinese";
    QTest::newRow("traditional Chinese") << "關於音樂的一本書"
                                         << "chinese";
    QTest::newRow("Japanese") << "となりのトトロ"
                              << "japanese";
    QTest::newRow("Korean") << "기생충"
                            << "korean";
    QTest::newRow("mostly Chinese") << "Java 编程思想"
                                    << "chinese";
    QTest::newRow("too short") << "Batman Forever"
                               << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("figures") << "1984 2001 3000 4 5 6 7 8 9 10 11 12"
                             << "";
}

void SegmentationTest::languagesAreTold()
{
    QFETCH(QString, text);
    QFETCH(QString, language);

    QCOMPARE(QString::fromStdString(languageOf(text.toStdString())), language);
}

void SegmentationTest::rareDetectionsAreTakenForTheMainLanguage()
{
    const Document english{{"The adventures of a young wizard at school", 1.0F}};
    const Document german{{"Die Abenteuer eines jungen Zauberers in der Schule", 1.0F}};
    const Document spanish{{"Las aventuras de un joven mago en la escuela", 1.0F}};
    std::vector<Document> documents(60, english);
    documents.resize(75, german);
    documents.resize(77, spanish); // below a twentieth
    documents.push_back({{"Batman", 1.0F}});

    const Result<LanguageRule> rule = LanguageRule::detected(documents, {});

    QVERIFY_OK(rule);
    QCOMPARE(rule->stemmers().size(), std::size_t{2});
    QCOMPARE(rule->stemmers()[rule->of(english)], std::string("english"));
    QCOMPARE(rule->stemmers()[rule->of(german)], std::string("german"));
    QCOMPARE(rule->of(spanish), rule->of(english));
    QCOMPARE(rule->of(documents.back()), rule->of(english));
    QCOMPARE(LanguageRule::detected({}, {})->stemmers()[0], std::string("english"));
}

void SegmentationTest::listsOfWordsAreFolded()
{
    const auto words = foldedWords("Pack, OUNCE\n盒，Café  ");

    QCOMPARE(std::vector<std::string>(words.begin(), words.end()),
             (std::vector<std::string>{"café", "ounce", "pack", "盒"}));
    const std::vector<std::string> languages{"english"};
    const StemRule rule({.stopWords = false, .moreStopWords = words}, languages);
    QVERIFY(rule.stemOf("ounce", 0).empty());
    QCOMPARE(rule.stemOf("the", 0), std::string("the"));
}

void SegmentationTest::functionWordsAreStopWords()
{
    for (const char* word : {"the", "of", "don't", "的", "我们"}) {
        QVERIFY2(isStopWord(word), word);
    }
    for (const char* word : {"book", "love", "小说", ""}) {
        QVERIFY2(!isStopWord(word), word);
    }
}

void SegmentationTest::damagedBytesAreNoCharacter()
{
    QCOMPARE(firstCodePoint("書")->value, U'書');
    QCOMPARE(firstCodePoint("😀!")->bytes, std::size_t{4});
    for (const char* damaged :
         {"", "\x80", "\xC0\x80", "\xE4\xB8", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
        QVERIFY(!firstCodePoint(damaged).has_value());
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SegmentationTest)
#include "SegmentationTest.moc"
