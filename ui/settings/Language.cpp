#include "ui/settings/Language.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QLibraryInfo>
#include <QtCore/QLocale>

namespace transept::ui {

namespace {

const QString kEnglish = QStringLiteral("en");
const QString kChinese = QStringLiteral("zh_CN");

QString ofSystem()
{
    const QStringList wanted = QLocale::system().uiLanguages();
    for (const QString& each : wanted) {
        if (each.startsWith(QStringLiteral("zh"))) {
            return kChinese;
        }
        if (each.startsWith(kEnglish)) {
            return kEnglish;
        }
    }
    return kEnglish;
}

} // namespace

std::vector<Language::Choice> Language::choices()
{
    return {{.code = kEnglish, .name = QStringLiteral("English")},
            {.code = kChinese, .name = QString::fromUtf8("\u7b80\u4f53\u4e2d\u6587")}};
}

Language::Language(QObject* parent) : QObject(parent) {}

void Language::choose(const QString& code)
{
    m_chosen = code;
    const QString wanted = code.isEmpty() ? ofSystem() : code;
    if (wanted == m_shown) {
        return;
    }
    m_shown = wanted;
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_ofQt);

    // The system's own English (or Chinese) keeps its separators and dates; another language brings its usual
    // ones.
    const QLocale system = QLocale::system();
    const QLocale usual(wanted);
    QLocale::setDefault(system.language() == usual.language() ? system : usual);

    const QString folder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_ofQt.load(QStringLiteral("qtbase_") + wanted, folder)) {
        QCoreApplication::installTranslator(&m_ofQt);
    }
    if (m_own.load(QStringLiteral(":/translations/transept_") + wanted)) {
        QCoreApplication::installTranslator(&m_own);
    }
    Q_EMIT changed();
}

} // namespace transept::ui
