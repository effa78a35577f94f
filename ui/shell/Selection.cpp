#include "ui/shell/Selection.h"
