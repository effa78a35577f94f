#pragma once

#include "core/experiment/Estimate.h"

#include <QtCore/QString>

namespace transept::ui {

/// "about 12 s", "3 s to 20 s" when validation decides when training ends. Two digits at most: an estimate
/// knows no more.
QString timeText(const RunEstimate& estimate);

/// The same and the memory: "about 12 s, 300 MB".
QString estimateText(const RunEstimate& estimate);

} // namespace transept::ui
