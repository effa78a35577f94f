#pragma once

#include "ui/shell/Page.h"

#include <vector>

namespace transept::ui {

/// All pages of the window, in the order of the mode bar (Ctrl+1, Ctrl+2, ...).
std::vector<PageFactory> allPages();

} // namespace transept::ui
