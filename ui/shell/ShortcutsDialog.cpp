#include "ui/shell/ShortcutsDialog.h"
