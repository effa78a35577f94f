#include "ui/look/StyleSheet.h"
