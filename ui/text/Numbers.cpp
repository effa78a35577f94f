#include "ui/text/Numbers.h"
