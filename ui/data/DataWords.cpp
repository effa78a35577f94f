#include "ui/data/DataWords.h"

#include "core/data/Interactions.h"

#include <QtCore/QCoreApplication>

namespace transept::ui::words {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("DataWords", text);
}

} // namespace

QString part(int part)
{
    switch (static_cast<Part>(part)) {
    case Part::None:
        return say(QT_TRANSLATE_NOOP("DataWords", "no given part"));
    case Part::Train:
        return say(QT_TRANSLATE_NOOP("DataWords", "train"));
    case Part::Validation:
        return say(QT_TRANSLATE_NOOP("DataWords", "validation"));
    case Part::Test:
        return say(QT_TRANSLATE_NOOP("DataWords", "test"));
    }
    return QString::number(part);
}

QString role(Role role)
{
    switch (role) {
    case Role::Ignore:
        return say(QT_TRANSLATE_NOOP("DataWords", "leave out"));
    case Role::User:
        return say(QT_TRANSLATE_NOOP("DataWords", "user"));
    case Role::Item:
        return say(QT_TRANSLATE_NOOP("DataWords", "item"));
    case Role::Value:
        return say(QT_TRANSLATE_NOOP("DataWords", "value"));
    case Role::Time:
        return say(QT_TRANSLATE_NOOP("DataWords", "time"));
    case Role::Domain:
        return say(QT_TRANSLATE_NOOP("DataWords", "domain"));
    case Role::Part:
        return say(QT_TRANSLATE_NOOP("DataWords", "part"));
    case Role::Title:
        return say(QT_TRANSLATE_NOOP("DataWords", "title"));
    case Role::Field:
        return say(QT_TRANSLATE_NOOP("DataWords", "field"));
    case Role::Text:
        return say(QT_TRANSLATE_NOOP("DataWords", "text"));
    case Role::Negative:
        return say(QT_TRANSLATE_NOOP("DataWords", "negative"));
    }
    Q_UNREACHABLE();
}

QString target(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Interactions:
        return say(QT_TRANSLATE_NOOP("DataWords", "interactions"));
    case ImportTarget::Items:
        return say(QT_TRANSLATE_NOOP("DataWords", "items"));
    case ImportTarget::Users:
        return say(QT_TRANSLATE_NOOP("DataWords", "users"));
    case ImportTarget::Links:
        return say(QT_TRANSLATE_NOOP("DataWords", "links between users"));
    case ImportTarget::Negatives:
        return say(QT_TRANSLATE_NOOP("DataWords", "negatives"));
    }
    Q_UNREACHABLE();
}

QString target(const std::string& word)
{
    const std::optional<ImportTarget> known = importTargetFrom(word);
    return known ? target(*known) : QString::fromStdString(word);
}

QString layout(Format::Layout layout)
{
    switch (layout) {
    case Format::Layout::Delimited:
        return say(QT_TRANSLATE_NOOP("DataWords", "a row a line"));
    case Format::Layout::Events:
        return say(QT_TRANSLATE_NOOP("DataWords", "a user a line: item|time …"));
    case Format::Layout::ItemList:
        return say(QT_TRANSLATE_NOOP("DataWords", "a user a line: item, item …"));
    case Format::Layout::JsonMap:
        return say(QT_TRANSLATE_NOOP("DataWords", "one JSON object of items"));
    case Format::Layout::Negatives:
        return say(QT_TRANSLATE_NOOP("DataWords", "negatives of a pair"));
    }
    Q_UNREACHABLE();
}

QString encoding(Format::Encoding encoding)
{
    switch (encoding) {
    case Format::Encoding::Utf8:
        return QStringLiteral("UTF-8");
    case Format::Encoding::Utf16Le:
        return QStringLiteral("UTF-16 LE");
    case Format::Encoding::Utf16Be:
        return QStringLiteral("UTF-16 BE");
    case Format::Encoding::Latin1:
        return QStringLiteral("Latin-1");
    }
    Q_UNREACHABLE();
}

QString delimiter(const std::string& delimiter)
{
    if (delimiter == ",") {
        return say(QT_TRANSLATE_NOOP("DataWords", "comma"));
    }
    if (delimiter == "\t") {
        return say(QT_TRANSLATE_NOOP("DataWords", "tab"));
    }
    if (delimiter == ";") {
        return say(QT_TRANSLATE_NOOP("DataWords", "semicolon"));
    }
    if (delimiter == "|") {
        return say(QT_TRANSLATE_NOOP("DataWords", "vertical bar"));
    }
    if (delimiter == " ") {
        return say(QT_TRANSLATE_NOOP("DataWords", "blank"));
    }
    return QString::fromStdString(delimiter);
}

QString quote(char quote)
{
    return quote == '\0' ? say(QT_TRANSLATE_NOOP("DataWords", "none")) : QString(QLatin1Char(quote));
}

QString duplicates(Duplicates rule)
{
    switch (rule) {
    case Duplicates::Last:
        return say(QT_TRANSLATE_NOOP("DataWords", "keep the last"));
    case Duplicates::First:
        return say(QT_TRANSLATE_NOOP("DataWords", "keep the first"));
    case Duplicates::Mean:
        return say(QT_TRANSLATE_NOOP("DataWords", "take the mean of the values"));
    case Duplicates::Sum:
        return say(QT_TRANSLATE_NOOP("DataWords", "add the values up"));
    case Duplicates::Keep:
        return say(QT_TRANSLATE_NOOP("DataWords", "keep all"));
    case Duplicates::Reject:
        return say(QT_TRANSLATE_NOOP("DataWords", "reject all but the first"));
    }
    Q_UNREACHABLE();
}

QString importState(const std::string& state)
{
    if (state == "running") {
        return say(QT_TRANSLATE_NOOP("DataWords", "running"));
    }
    if (state == "finished") {
        return say(QT_TRANSLATE_NOOP("DataWords", "finished"));
    }
    if (state == "interrupted") {
        return say(QT_TRANSLATE_NOOP("DataWords", "interrupted"));
    }
    if (state == "failed") {
        return say(QT_TRANSLATE_NOOP("DataWords", "failed"));
    }
    return state == "cancelled" ? say(QT_TRANSLATE_NOOP("DataWords", "cancelled"))
                                : QString::fromStdString(state);
}

} // namespace transept::ui::words
