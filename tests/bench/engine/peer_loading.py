"""The same interactions by pandas."""
import json
import pathlib
import sqlite3
import sys
import time

import pandas

import engine_data

database = sqlite3.connect(pathlib.Path(sys.argv[1]) / "ratings.transept")
engine_data.reset_peak()
start = time.perf_counter()
table = pandas.read_sql("SELECT account, item, value, time FROM interaction", database)
seconds = time.perf_counter() - start
peak = engine_data.peak_megabytes()
print(json.dumps({"seconds": seconds, "rows": len(table), "megabytes": peak}))
