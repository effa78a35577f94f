#include "ui/shell/FileDialogs.h"
