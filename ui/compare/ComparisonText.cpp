#include "ui/compare/ComparisonText.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cmath>

namespace transept::ui {
namespace {

Json partOf(const RunRecord& run, const char* pointer)
{
    const Json::json_pointer place(pointer);
    return run.spec.contains(place) ? run.spec.at(place) : Json();
}

QVariant cellOf(double value)
{
    return std::isnan(value) ? QVariant() : QVariant(value);
}

} // namespace

ValueTable tableOf(const Comparison& comparison)
{
    ValueTable table{.headers = {QStringLiteral("measure"),
                                 QStringLiteral("run"),
                                 QStringLiteral("name"),
                                 QStringLiteral("method"),
                                 QStringLiteral("value"),
                                 QStringLiteral("interval_low"),
                                 QStringLiteral("interval_high"),
                                 QStringLiteral("better_than_first"),
                                 QStringLiteral("p_against_first")},
                     .rows = {}};
    for (const auto& [name, measure] : comparison.measures) {
        for (std::size_t at = 0; at < comparison.runs.size(); ++at) {
            const RunRecord& run = comparison.runs[at];
            const Json method = partOf(run, "/method/name");
            table.rows.push_back(
                {QString::fromStdString(name),
                 QString::number(number(run.id)),
                 sentences::runName(run.name),
                 QString::fromStdString(method.is_string() ? method.get<std::string>() : std::string()),
                 cellOf(measure.values[at]),
                 cellOf(measure.intervals[at].first),
                 cellOf(measure.intervals[at].second),
                 cellOf(measure.wins[0][at]),
                 cellOf(measure.p[0][at])});
        }
    }
    return table;
}

Incomparable whyNotComparable(const Comparison& comparison)
{
    const auto differ = [&comparison](const auto& of) {
        return std::ranges::any_of(
            comparison.runs, [&](const RunRecord& run) { return of(run) != of(comparison.runs.front()); });
    };
    if (differ([](const RunRecord& run) { return partOf(run, "/data/target"); })) {
        return Incomparable::Domains;
    }
    return differ(testedSplitOf) ? Incomparable::Splits : Incomparable::Data;
}

QString incomparableText(Incomparable why)
{
    switch (why) {
    case Incomparable::Domains:
        return QCoreApplication::translate(
            "transept::ui::ComparePage",
            "The selected runs recommend in different domains: their values may not be compared.");
    case Incomparable::Splits:
        return QCoreApplication::translate(
            "transept::ui::ComparePage",
            "The selected runs were tested on different splits of the data: their values may not "
            "be compared.");
    case Incomparable::Data:
        break;
    }
    return QCoreApplication::translate(
        "transept::ui::ComparePage",
        "The data changed between the selected runs: their values may not be compared. Run the "
        "older ones again.");
}

} // namespace transept::ui
