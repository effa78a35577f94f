#include "ui/look/Icons.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/StyleSheet.h"
#include "ui/look/Tokens.h"

#include <QtCore/QDir>
#include <QtGui/QImage>
#include <QtTest/QTest>

#include <cmath>
#include <set>

using namespace transept::ui;

namespace {

// The contrast ratio of the Web Content Accessibility Guidelines 2.1.
double luminance(const QColor& colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class LookTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreLegible_data();
    void textsAreLegible();
    void seriesStandOutFromTheirGround();
    void sixtyFourSeriesAreAllDifferent();
    void styleSheetLeavesNoPlaceholder();
    void listWithoutBackgroundHasTheColoursOfTheProgram();
    void everyIconIsDrawnInTheTextColour();
};

void LookTest::textsAreLegible_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");

    for (const Tokens* tokens : {&lightTokens(), &darkTokens()}) {
        const char* theme = tokens->dark ? "dark" : "light";
        const std::vector<std::pair<const char*, QColor>> grounds{{"window", tokens->window},
                                                                  {"surface", tokens->surface},
                                                                  {"field", tokens->field},
                                                                  {"hover", tokens->hover},
                                                                  {"selection", tokens->selection}};
        for (const auto& [name, ground] : grounds) {
            QTest::addRow("%s text on %s", theme, name) << tokens->text << ground;
            QTest::addRow("%s muted text on %s", theme, name) << tokens->mutedText << ground;
        }
        QTest::addRow("%s accent on surface", theme) << tokens->accent << tokens->surface;
        QTest::addRow("%s text on accent", theme) << tokens->accentText << tokens->accent;
        QTest::addRow("%s accent on its soft ground", theme) << tokens->accent << tokens->accentSoft;
        QTest::addRow("%s text on bad", theme) << tokens->text << tokens->badSoft;
        QTest::addRow("%s text on warning", theme) << tokens->text << tokens->warningSoft;
        QTest::addRow("%s bad on surface", theme) << tokens->bad << tokens->surface;
        QTest::addRow("%s good on surface", theme) << tokens->good << tokens->surface;
        QTest::addRow("%s warning on surface", theme) << tokens->warning << tokens->surface;
    }
}

void LookTest::textsAreLegible()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);

    const double reached = contrast(text, ground);

    QVERIFY2(reached >= 4.5, qPrintable(QString::number(reached)));
}

void LookTest::seriesStandOutFromTheirGround()
{
    for (int number = 0; number < seriesColourCount; ++number) {
        QVERIFY(contrast(seriesColour(number, false), lightTokens().surface) >= 2.0);
        QVERIFY(contrast(seriesColour(number, true), darkTokens().surface) >= 4.5);
        QVERIFY(contrast(seriesTextColour(number, false), lightTokens().surface) >= 4.5);
        QVERIFY(contrast(seriesTextColour(number, true), darkTokens().surface) >= 4.5);
    }
}

void LookTest::sixtyFourSeriesAreAllDifferent()
{
    std::set<std::pair<QRgb, int>> seen;
    for (int number = 0; number < 64; ++number) {
        seen.emplace(seriesColour(number, false).rgb(), static_cast<int>(seriesMark(number)));
    }
    QCOMPARE(seen.size(), std::size_t{64});
}

void LookTest::styleSheetLeavesNoPlaceholder()
{
    for (const Tokens* tokens : {&lightTokens(), &darkTokens()}) {
        const QString sheet = styleSheet(*tokens);
        QVERIFY(!sheet.contains(QLatin1Char('@')));
        QVERIFY(!sheet.contains(QStringLiteral(": ;")));
        QVERIFY(!sheet.contains(QStringLiteral(" ;")));
    }
}

void LookTest::listWithoutBackgroundHasTheColoursOfTheProgram()
{
    QPalette clear = QGuiApplication::palette();
    clear.setColor(QPalette::Window, Qt::transparent);
    QCOMPARE(tokensOf(clear).dark, currentTokens().dark);
    QVERIFY(!currentTokens().dark);
}

void LookTest::everyIconIsDrawnInTheTextColour()
{
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 40);
    for (const QString& file : files) {
        const QString name = file.chopped(4);
        const QImage drawn = icon(name, QColor(200, 30, 40)).pixmap(QSize(48, 48)).toImage();
        int painted = 0;
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x) {
                const QColor pixel = drawn.pixelColor(x, y);
                if (pixel.alpha() > 250) {
                    ++painted;
                    QVERIFY2(pixel.red() > 190 && pixel.green() < 45, qPrintable(name));
                }
            }
        }
        QVERIFY2(painted > 10, qPrintable(name));
    }
}

QTEST_MAIN(LookTest)
#include "LookTest.moc"
