#include "ui/shell/ModeBar.h"
