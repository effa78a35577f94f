#include "ui/shell/CommandPalette.h"
