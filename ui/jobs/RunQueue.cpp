#include "ui/jobs/RunQueue.h"
