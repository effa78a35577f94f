#pragma once

// What nearly every file of the window includes and what never changes; built once, with the frame.
#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include <QtWidgets/QtWidgets>
