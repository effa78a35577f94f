#include "core/text/Segmentation.h"
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
    void functionWordsAreStopWords();
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
