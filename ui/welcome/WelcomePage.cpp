#include "ui/welcome/WelcomePage.h"
