#include "ui/knowledge/ForecastText.h"

#include "ui/text/Numbers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <cmath>

namespace transept::ui {
namespace {

/// The context of these texts for the translation.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Forecast)
};

/// "12,300 (11,800 to 12,900)"; without an interval when nothing was sampled.
QString withInterval(const Expected& figure, const std::function<QString(double)>& text)
{
    return figure.low == figure.high ? text(figure.value)
                                     : Words::tr("%1 (%2 to %3)", "figure, its interval")
                                           .arg(text(figure.value), text(figure.low), text(figure.high));
}

QString roundedCount(double value)
{
    return numbers::count(std::llround(value));
}

} // namespace

QString forecastText(const ExtractionForecast& cost, const ExtractorDescription& extractor)
{
    if (cost.items == 0) {
        return extractor.isAboutUsers
                   ? Words::tr("Nobody has a history that is long enough. Lower the shortest one, or import "
                               "titles.")
                   : Words::tr(
                         "No item has a text in these fields. Choose others, or import item texts first.");
    }
    if (!extractor.needsServer) {
        return Words::tr("%Ln item(s) with text; costs nothing.", nullptr, static_cast<int>(cost.items));
    }
    QStringList parts;
    parts << (extractor.isAboutUsers ? Words::tr("%1 histories, %2 requests, about %3 tokens in and %4 out")
                                     : Words::tr("%1 items, %2 requests, about %3 tokens in and %4 out"))
                 .arg(numbers::count(cost.items),
                      numbers::count(cost.calls),
                      withInterval(cost.tokensIn, roundedCount),
                      withInterval(cost.tokensOut, roundedCount));
    if (cost.seconds) {
        parts << withInterval(*cost.seconds, &numbers::duration);
    }
    if (cost.money) {
        parts << Words::tr("%1 %2", "amount of money, currency")
                     .arg(withInterval(*cost.money, [](double money) { return numbers::real(money, 2); }),
                          QString::fromStdString(cost.currency));
    }
    if (cost.fromCache > 0) {
        parts << Words::tr("%Ln item(s) answered already", nullptr, static_cast<int>(cost.fromCache));
    }
    if (cost.sampled > 0) {
        parts << Words::tr("judged by %Ln real call(s)", nullptr, static_cast<int>(cost.sampled));
    }
    return parts.join(Words::tr("; ", "between parts of a sentence"));
}

QString serverText(const ServerStatus& status)
{
    QStringList names;
    for (const std::string& name : status.models) {
        names << QString::fromStdString(name);
    }
    QString text = Words::tr("The server answers. Models: %1").arg(names.join(QStringLiteral(", ")));
    if (status.abilities) {
        const ServerAbilities& can = *status.abilities;
        QStringList abilities;
        for (const auto& [has, word] : std::initializer_list<std::pair<bool, QString>>{
                 {can.chat, Words::tr("chat")},
                 {can.schema, Words::tr("replies to a schema")},
                 {can.object, Words::tr("replies as JSON")},
                 {can.systemRole, Words::tr("system messages")},
                 {can.embeddings, Words::tr("embeddings of length %1").arg(can.dimension)},
                 {can.batches, Words::tr("several texts at once")},
                 {can.tellsTokens, Words::tr("tells its tokens")}}) {
            if (has) {
                abilities << word;
            }
        }
        text = Words::tr("The server can do: %1").arg(abilities.join(QStringLiteral(", ")));
    }
    return text;
}

} // namespace transept::ui
