#include "ui/look/Tokens.h"
