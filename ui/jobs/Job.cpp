#include "ui/jobs/Job.h"
