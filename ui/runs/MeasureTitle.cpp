#include "ui/runs/MeasureTitle.h"

#include "core/evaluation/Measures.h"
#include "core/store/RunStore.h"
#include "ui/text/Sentences.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace transept::ui {
std::string onValidation(const std::string& measure)
{
    return std::string(validationMark) + measure;
}

bool isOnValidation(const std::string& name)
{
    return name.starts_with(validationMark);
}

std::string measureOf(const std::string& name)
{
    return isOnValidation(name) ? name.substr(validationMark.size()) : name;
}

QString measureTitle(const std::string& measure)
{
    constexpr std::string_view acronyms[] = {"rmse", "mae", "f1", "auc", "ndcg", "map", "mrr"};
    const QString name = QString::fromStdString(measure);
    const auto parsed = parseMeasure(measure, "measures");
    if (!parsed || std::ranges::find(acronyms, parsed->base) != std::end(acronyms)) {
        return name.toUpper();
    }
    static const QRegularExpression places(QStringLiteral("\\bK\\b")); // "Recall at K"
    return sentences::translated("measures", describe(*parsed).title)
        .replace(places, QString::number(parsed->k));
}

} // namespace transept::ui
