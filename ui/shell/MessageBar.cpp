#include "ui/shell/MessageBar.h"
