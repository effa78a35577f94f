#pragma once

#include "core/knowledge/FacetFigures.h"
#include "ui/knowledge/FigureTable.h"

namespace transept::ui {

/// What a knowledge base holds and has cost, in sentences.
QString figureSentences(const FacetFigures& figures);

/// A row for each facet; with the share of agreement when it was compared with another knowledge base.
FigureTable::Content figureRows(const FacetFigures& figures, const std::vector<FacetComparison>& compared);

} // namespace transept::ui
