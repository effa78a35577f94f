#include "ui/shell/Session.h"
