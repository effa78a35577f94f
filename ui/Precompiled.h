#pragma once

// What nearly every file of the window includes; built once, with the frame.
#include "core/experiment/Runner.h"
#include "ui/shell/IdTypes.h"
#include "core/store/Workspace.h"

#include <QtWidgets/QtWidgets>
