#include "ui/shell/Page.h"
