#include "ui/settings/Settings.h"
