#pragma once

#include "ui/look/Tokens.h"

#include <initializer_list>

class QFrame;
class QWidget;

namespace transept::ui {

/// A surface of its own for these parts, one below the other, with so many pixels around them.
QFrame* card(std::initializer_list<QWidget*> parts, int margin = space::one);

} // namespace transept::ui
