#include "ui/look/SeriesColours.h"
