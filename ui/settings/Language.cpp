#include "ui/settings/Language.h"
