#include "ui/runs/MeasureTitle.h"

#include "core/evaluation/Measures.h"
#include "core/store/RunStore.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
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

namespace {

QString fullTitle(const std::string& measure)
{
    constexpr std::string_view acronyms[] = {"rmse", "mae", "picp", "f1", "auc", "ndcg", "map", "mrr"};
    const QString name = QString::fromStdString(measure);
    const auto parsed = parseMeasure(measure, "measures");
    if (!parsed || std::ranges::find(acronyms, parsed->base) != std::end(acronyms)) {
        return name.toUpper();
    }
    static const QRegularExpression places(QStringLiteral("\\bK\\b")); // "Recall at K"
    return sentences::translated("measures", describe(*parsed).title)
        .replace(places, QString::number(parsed->k));
}

} // namespace

QString measureTitle(const std::string& measure)
{
    const auto parsed = parseMeasure(measure, "measures");
    if (!parsed || parsed->ranksAll()) {
        return fullTitle(measure);
    }
    if (parsed->isGiven) {
        return QCoreApplication::translate("transept::ui::MeasureTitle", "%1 (given negatives)", "NDCG@10")
            .arg(fullTitle(measure.substr(0, measure.find('~'))));
    }
    if (parsed->isCold) {
        return QCoreApplication::translate("transept::ui::MeasureTitle", "%1 (cold items)", "NDCG@10")
            .arg(fullTitle(measure.substr(0, measure.find('~'))));
    }
    return QCoreApplication::translate("transept::ui::MeasureTitle", "%1 (%2 sampled)", "NDCG@10, a number")
        .arg(fullTitle(measure.substr(0, measure.find('~'))), numbers::count(parsed->negatives));
}

QString measureMeaning(const std::string& measure)
{
    const auto parsed = parseMeasure(measure, "measures");
    if (!parsed) {
        return {};
    }
    const QString meaning = sentences::translated("measures", describe(*parsed).meaning);
    if (parsed->ranksAll()) {
        return meaning;
    }
    if (parsed->isGiven) {
        return QCoreApplication::translate(
                   "transept::ui::MeasureTitle",
                   "%1 Each relevant item is ranked among the negatives that a file gives it, instead of all "
                   "items: higher, and for comparing with the tables that use this file only.",
                   "what the measure means")
            .arg(meaning);
    }
    if (parsed->isCold) {
        return QCoreApplication::translate("transept::ui::MeasureTitle",
                                           "%1 Each relevant item that has no training interactions is "
                                           "ranked among all items without "
                                           "any: what is known of new items is all that tells them apart.",
                                           "what the measure means")
            .arg(meaning);
    }
    return QCoreApplication::translate(
               "transept::ui::MeasureTitle",
               "%1 Ranked among %2 sampled items for each relevant one instead of all: "
               "higher, and for comparing with published tables only.",
               "what the measure means, a number")
        .arg(meaning, numbers::count(parsed->negatives));
}

} // namespace transept::ui
