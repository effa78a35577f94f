#include "ui/jobs/JobPanel.h"
