#include "ui/look/Icons.h"
