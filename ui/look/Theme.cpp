#include "ui/look/Theme.h"
