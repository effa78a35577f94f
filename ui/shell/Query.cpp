#include "ui/shell/Query.h"
