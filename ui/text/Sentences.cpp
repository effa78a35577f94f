#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace transept::ui::sentences {

namespace {

constexpr const char* kContext = "Sentences";

QString say(const char* text)
{
    return QCoreApplication::translate(kContext, text);
}

} // namespace

QString translated(const char* context, std::string_view english)
{
    return QCoreApplication::translate(context, std::string(english).c_str());
}

QString translated(const char* context, std::string_view english, const std::vector<std::string>& arguments)
{
    const QString pattern = translated(context, english);
    QString filled;
    filled.reserve(pattern.size());
    // In one pass, so that an argument that contains "%2" is left alone.
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const bool isPlace = pattern[at] == QLatin1Char('%') && at + 1 < pattern.size() &&
                             pattern[at + 1] >= QLatin1Char('1') && pattern[at + 1] <= QLatin1Char('9');
        const auto place =
            isPlace ? static_cast<std::size_t>(pattern[at + 1].digitValue() - 1) : arguments.size();
        if (place < arguments.size()) {
            filled += QString::fromStdString(arguments[place]);
            ++at;
        } else {
            filled += pattern[at];
        }
    }
    return filled;
}

QString of(const Error& error)
{
    return translated("errors", error.sentence, error.arguments);
}

QString stage(std::string_view stage)
{
    return stage.empty() ? QString() : translated("stages", stage);
}

QString runName(std::string_view name)
{
    static const QRegularExpression numbered(QStringLiteral(" \\([0-9]+\\)$"));
    const QString given = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const QString number = numbered.match(given).captured();
    const QString stem = given.chopped(number.size());
    return stem.isEmpty() ? given : translated("runs", stem.toStdString()) + number;
}

QString of(RunState state)
{
    switch (state) {
    case RunState::Queued:
        return say(QT_TRANSLATE_NOOP("Sentences", "queued"));
    case RunState::Running:
        return say(QT_TRANSLATE_NOOP("Sentences", "running"));
    case RunState::Paused:
        return say(QT_TRANSLATE_NOOP("Sentences", "paused"));
    case RunState::Interrupted:
        return say(QT_TRANSLATE_NOOP("Sentences", "interrupted"));
    case RunState::Failed:
        return say(QT_TRANSLATE_NOOP("Sentences", "failed"));
    case RunState::Cancelled:
        return say(QT_TRANSLATE_NOOP("Sentences", "cancelled"));
    case RunState::Finished:
        return say(QT_TRANSLATE_NOOP("Sentences", "finished"));
    }
    Q_UNREACHABLE();
}

QString of(FeedbackKind kind)
{
    return kind == FeedbackKind::Explicit ? say(QT_TRANSLATE_NOOP("Sentences", "explicit"))
                                          : say(QT_TRANSLATE_NOOP("Sentences", "implicit"));
}

QString facetTitle(const std::string& name)
{
    for (const char* own : {TRANSLATABLE("facets", "keyphrase"), TRANSLATABLE("facets", "topic")}) {
        if (name == own) {
            return translated("facets", own);
        }
    }
    return QString::fromStdString(name);
}

QString list(const QStringList& parts)
{
    return parts.join(say(QT_TRANSLATE_NOOP("Sentences", ", ")));
}

QString enumeration(const QStringList& parts)
{
    if (parts.size() < 2) {
        return parts.join(QString());
    }
    return say(QT_TRANSLATE_NOOP("Sentences", "%1 and %2"))
        .arg(list(parts.first(parts.size() - 1)), parts.last());
}

QString paragraph(const QStringList& sentences)
{
    QString text = sentences.value(0);
    for (const QString& sentence : sentences.mid(1)) {
        text =
            QCoreApplication::translate("Sentences", "%1 %2", "a sentence and the next").arg(text, sentence);
    }
    return text;
}

} // namespace transept::ui::sentences
