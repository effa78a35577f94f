#include "core/text/TextDiff.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

namespace transept {
namespace {

using Kind = TextChange::Kind;

std::string without(const std::vector<TextChange>& changes, Kind kind)
{
    std::string text;
    for (const TextChange& change : changes) {
        text += change.kind == kind ? "" : change.text;
    }
    return text;
}

/// The length of the longest common subsequence, by its definition.
std::size_t commonLength(const std::string& a, const std::string& b, std::size_t i = 0, std::size_t j = 0)
{
    if (i == a.size() || j == b.size()) {
        return 0;
    }
    return a[i] == b[j] ? 1 + commonLength(a, b, i + 1, j + 1)
                        : std::max(commonLength(a, b, i + 1, j), commonLength(a, b, i, j + 1));
}

} // namespace

/// What makes one text of another.
class TextDiffTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesAreNamedWordByWord();
    void bothTextsComeBackAndAsMuchAsCanStaysTheSame();
    void longTextsEndInTime();
};

void TextDiffTest::changesAreNamedWordByWord()
{
    using Changes = std::vector<TextChange>;
    QVERIFY(textDiff("", "").empty());
    QVERIFY(textDiff("one", "one") == (Changes{{Kind::Same, "one"}}));
    QVERIFY(textDiff("", "new") == (Changes{{Kind::Added, "new"}}));
    QVERIFY(textDiff("a short phrase of eight words", "a phrase of at most nine words") ==
            (Changes{{Kind::Same, "a "},
                     {Kind::Removed, "short "},
                     {Kind::Same, "phrase of "},
                     {Kind::Removed, "eight"},
                     {Kind::Added, "at most nine"},
                     {Kind::Same, " words"}}));
    QVERIFY(textDiff("red fish, blue fish", "big bird, blue fish") ==
            (Changes{{Kind::Removed, "red fish"}, {Kind::Added, "big bird"}, {Kind::Same, ", blue fish"}}));
    QVERIFY(
        textDiff("Say {title}", "Say {fields}") ==
        (Changes{
            {Kind::Same, "Say {"}, {Kind::Removed, "title"}, {Kind::Added, "fields"}, {Kind::Same, "}"}}));
}

void TextDiffTest::bothTextsComeBackAndAsMuchAsCanStaysTheSame()
{
    Random random(5);
    for (int round = 0; round < 300; ++round) {
        std::string before;
        std::string after;
        for (std::string* text : {&before, &after}) {
            const std::uint64_t length = random.below(9);
            for (std::uint64_t at = 0; at < length; ++at) {
                *text += ".,;!"[random.below(4)]; // each a word of its own
            }
        }
        const std::vector<TextChange> changes = textDiff(before, after);
        QCOMPARE(without(changes, Kind::Added), before);
        QCOMPARE(without(changes, Kind::Removed), after);
        std::size_t same = 0;
        for (std::size_t at = 0; at < changes.size(); ++at) {
            same += changes[at].kind == Kind::Same ? changes[at].text.size() : 0;
            QVERIFY(at == 0 || changes[at].kind != changes[at - 1].kind);
        }
        QCOMPARE(same, commonLength(before, after));
    }
}

void TextDiffTest::longTextsEndInTime()
{
    std::string before = "start ";
    std::string after = "start ";
    for (int at = 0; at < 20'000; ++at) {
        before += "old" + std::to_string(at) + " ";
        after += "new" + std::to_string(at) + " ";
    }
    const std::vector<TextChange> changes = textDiff(before + "end", after + "end");

    QCOMPARE(changes.size(), std::size_t{4});
    QCOMPARE(without(changes, Kind::Added), before + "end");
    QCOMPARE(without(changes, Kind::Removed), after + "end");
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TextDiffTest)
#include "TextDiffTest.moc"
