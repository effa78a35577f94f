#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"
#include "ui/charts/ScatterChart.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace transept::ui {

/// What a map is coloured by, as one word: "domain", the name of a field, or one of these.
namespace colouring {
inline constexpr std::string_view popularity = "figure:popularity";
inline constexpr std::string_view error = "figure:error:"; ///< the number of a run follows
} // namespace colouring

/// The items of a map by principal components, coloured by groups or on a scale of figures.
struct MapPicture
{
    /// The ends of a scale, and what they count.
    struct Scale
    {
        enum class Of { Interactions, RatingError, Misses };
        Of of = Of::Interactions;
        double low = 0.0;
        double high = 0.0;
    };

    std::vector<ScatterChart::Point> points;
    std::vector<std::string> groups;
    bool hasOthers = false;
    std::optional<Scale> scale;
    QStringList names = {}; ///< of the groups, in the reader's language
};

/// Reads it; for a job's thread.
Result<MapPicture> mapPicture(const Workspace& workspace,
                              KnowledgeId base,
                              const std::string& colourBy,
                              const JobContext& context);

/// "120 interactions", "off by 0.8", "missed by 40 %".
QString figureText(MapPicture::Scale::Of of, double figure);

} // namespace transept::ui
