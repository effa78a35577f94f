#include "ui/shell/EmptyState.h"
