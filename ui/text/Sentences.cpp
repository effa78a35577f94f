#include "ui/text/Sentences.h"
