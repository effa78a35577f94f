#include "ui/jobs/JobList.h"
