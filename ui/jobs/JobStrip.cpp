#include "ui/jobs/JobStrip.h"
