#pragma once

#include "core/experiment/Segments.h"

#include <QtCore/QString>

namespace transept::ui {

/// What the parts of a test set are called in the window, where items are selected with a lasso.
QString partTitle(Segment::Dimension dimension);
QString segmentTitle(std::string_view name);

/// Before the others comes what the user has just chosen.
int placeOf(Segment::Dimension dimension);

} // namespace transept::ui
