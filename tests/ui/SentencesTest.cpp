#include "ui/text/Sentences.h"

#include "tests/ui/OneName.h"
#include "ui/settings/Language.h"

#include <QtTest/QTest>

using namespace transept;
using namespace transept::ui;

class SentencesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorHasItsArgumentsInPlace();
    void argumentThatLooksLikeAPlaceStaysAsItIs();
    void placeWithoutArgumentStays();
    void listIsReadAloud();
    void sentencesStandAsTheLanguageSetsThem();
    void controlIsNamedInTheReadersLanguage();
};

void SentencesTest::errorHasItsArgumentsInPlace()
{
    const Error error{.code = ErrorCode::NotFound,
                      .sentence = "There is no run %1 in %2.",
                      .arguments = {"7", "books.transept"}};

    QCOMPARE(sentences::of(error), QStringLiteral("There is no run 7 in books.transept."));
}

void SentencesTest::argumentThatLooksLikeAPlaceStaysAsItIs()
{
    const Error error{.sentence = "%1 is not %2.", .arguments = {"%2", "a number"}};

    QCOMPARE(sentences::of(error), QStringLiteral("%2 is not a number."));
}

void SentencesTest::placeWithoutArgumentStays()
{
    QCOMPARE(sentences::of(Error{.sentence = "50% of %1 and %2.", .arguments = {"rows"}}),
             QStringLiteral("50% of rows and %2."));
}

void SentencesTest::listIsReadAloud()
{
    QCOMPARE(sentences::enumeration({}), QString());
    QCOMPARE(sentences::enumeration({QStringLiteral("books")}), QStringLiteral("books"));
    QCOMPARE(
        sentences::enumeration({QStringLiteral("books"), QStringLiteral("films"), QStringLiteral("music")}),
        QStringLiteral("books, films and music"));
}

void SentencesTest::sentencesStandAsTheLanguageSetsThem()
{
    const QStringList said{
        QStringLiteral("A run of %2."), QStringLiteral("It is 50 %1 done."), QStringLiteral("So.")};
    Language language;
    language.choose(QStringLiteral("en"));
    QCOMPARE(sentences::paragraph({}), QString());
    QCOMPARE(sentences::paragraph(said.mid(1, 1)), said[1]);
    QCOMPARE(sentences::paragraph(said), QStringLiteral("A run of %2. It is 50 %1 done. So."));

    language.choose(QStringLiteral("zh_CN"));
    QCOMPARE(sentences::paragraph(said), said.join(QString()));
    language.choose(QStringLiteral("en"));
}

void SentencesTest::controlIsNamedInTheReadersLanguage()
{
    test::OneName translator;
    QCoreApplication::installTranslator(&translator);
    QCOMPARE(sentences::runName("control: bias"), QStringLiteral("Kontrolle: Neigung"));
    QCOMPARE(sentences::runName("control: bias (12)"), QStringLiteral("Kontrolle: Neigung (12)"));
    QCOMPARE(sentences::runName("control: biased"), QStringLiteral("control: biased"));
    QCOMPARE(sentences::runName("my bias (2) 影"), QStringLiteral("my bias (2) 影"));
    QCOMPARE(sentences::runName(""), QString());
    QCoreApplication::removeTranslator(&translator);
    QCOMPARE(sentences::runName("control: bias (2)"), QStringLiteral("control: bias (2)"));
}

QTEST_GUILESS_MAIN(SentencesTest)
#include "SentencesTest.moc"
