#include "ui/knowledge/MapPicture.h"

#include "core/base/Words.h"
#include "core/knowledge/ItemFigures.h"
#include "ui/text/Numbers.h"

#include <QtCore/QCoreApplication>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int mostGroups = 8; // colours that can be told apart; the rest is one group

/// The context of these texts for the translation.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(MapPicture)
};

struct Figures
{
    MapPicture::Scale::Of of;
    std::vector<double> values;
};

Result<Figures> figuresOf(const Workspace& workspace,
                          const std::string& colourBy,
                          std::span<const MapPoint> points,
                          const JobContext& context)
{
    using Of = MapPicture::Scale::Of;
    if (colourBy == colouring::popularity) {
        Result<std::vector<double>> counts = popularityOf(workspace, points, context);
        return counts ? Result<Figures>(Figures{Of::Interactions, std::move(*counts)}) : passOn(counts);
    }
    const auto run = parseInteger(std::string_view(colourBy).substr(colouring::error.size()));
    Result<RunErrors> errors = errorsOf(workspace, RunId{run.value_or(0)}, points, context);
    return errors ? Result<Figures>(
                        Figures{errors->areMisses ? Of::Misses : Of::RatingError, std::move(errors->values)})
                  : passOn(errors);
}

void placeOnScale(const Figures& figures, MapPicture& map)
{
    const bool isLogarithmic = figures.of == MapPicture::Scale::Of::Interactions;
    const FigureSteps steps = stepsOf(figures.values, ScatterChart::scaleSteps, isLogarithmic);
    for (std::size_t at = 0; at < map.points.size(); ++at) {
        map.points[at].group = steps.places[at];
        map.points[at].figure = figures.values[at];
    }
    map.scale = {.of = figures.of, .low = steps.low, .high = steps.high};
}

} // namespace

Result<MapPicture> mapPicture(const Workspace& workspace,
                              KnowledgeId base,
                              const std::string& colourBy,
                              const JobContext& context)
{
    const bool isFigure = colourBy == colouring::popularity || colourBy.starts_with(colouring::error);
    const auto points = itemMap(workspace, base, isFigure ? "domain" : colourBy, context);
    if (!points) {
        return passOn(points);
    }
    MapPicture map;
    map.points.reserve(points->size());
    for (const MapPoint& point : *points) {
        map.points.push_back({.x = static_cast<double>(point.x),
                              .y = static_cast<double>(point.y),
                              .id = number(point.item),
                              .name = QString::fromStdString(point.title)});
    }
    if (isFigure) {
        const Result<Figures> figures = figuresOf(workspace, colourBy, *points, context);
        if (!figures) {
            return passOn(figures);
        }
        placeOnScale(*figures, map);
        return map;
    }
    MapGroups groups = groupsOf(*points, mostGroups);
    for (std::size_t at = 0; at < points->size(); ++at) {
        map.points[at].group = groups.places[at];
    }
    map.groups = std::move(groups.names);
    map.hasOthers = groups.hasOthers;
    return map;
}

QString figureText(MapPicture::Scale::Of of, double figure)
{
    if (!std::isfinite(figure)) {
        return Words::tr("in no test");
    }
    switch (of) {
    case MapPicture::Scale::Of::Interactions:
        return Words::tr("%Ln interaction(s)", nullptr, static_cast<int>(figure));
    case MapPicture::Scale::Of::RatingError:
        return Words::tr("off by %1").arg(numbers::real(figure, 2));
    case MapPicture::Scale::Of::Misses:
        break;
    }
    return Words::tr("missed by %1").arg(numbers::percent(figure));
}

} // namespace transept::ui
