"""The same interactions by pandas."""
import json
import pathlib
import resource
import sqlite3
import sys
import time

import pandas

database = sqlite3.connect(pathlib.Path(sys.argv[1]) / "ratings.transept")
start = time.perf_counter()
table = pandas.read_sql("SELECT account, item, value, time FROM interaction", database)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "rows": len(table), "megabytes": peak}))
