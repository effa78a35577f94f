#pragma once

#include <QtCore/QTranslator>

namespace transept::test {

/// Knows one name of another language.
class OneName final : public QTranslator
{
public:
    QString translate(const char* context, const char* text, const char*, int) const override
    {
        const bool isIt = QLatin1String(context) == QLatin1String("runs") &&
                          QLatin1String(text) == QLatin1String("control: bias");
        return isIt ? QStringLiteral("Kontrolle: Neigung") : QString();
    }
    bool isEmpty() const override { return false; }
};

} // namespace transept::test
