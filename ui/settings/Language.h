#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTranslator>

#include <vector>

namespace transept::ui {

/// The language of the window, switchable while it is open: widgets hear of a change by
/// QEvent::LanguageChange. Numbers and dates follow it.
class Language final : public QObject
{
    Q_OBJECT

public:
    struct Choice
    {
        QString code; ///< "en", "zh_CN"; empty: as the system says
        QString name; ///< in that language itself
    };
    static std::vector<Choice> choices(); ///< without the system's

    explicit Language(QObject* parent = nullptr);

    QString chosen() const { return m_chosen; }
    /// The code of the language that is shown.
    QString shown() const { return m_shown; }
    void choose(const QString& code);

Q_SIGNALS:
    void changed();

private:
    QString m_chosen;
    QString m_shown;
    QTranslator m_own;
    QTranslator m_ofQt;
};

} // namespace transept::ui
