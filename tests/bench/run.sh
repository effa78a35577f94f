#!/usr/bin/env bash
# Measurements, each beside the peer that is installed; prints ratios, because machines differ: [ROWS=2000000] run.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

seconds() { # COMMAND...: wall seconds of the fastest of three runs
    local best=999999 start end taken
    for _ in 1 2 3; do
        rm -f bench.transept* peer.db*
        start=$(date +%s.%N)
        "$@" > /dev/null 2>&1
        end=$(date +%s.%N)
        taken=$(awk -v a="$start" -v b="$end" 'BEGIN { print b - a }')
        best=$(awk -v a="$best" -v b="$taken" 'BEGIN { print (b < a) ? b : a }')
    done
    echo "$best"
}

rows=${ROWS:-2000000}
awk -v rows="$rows" 'BEGIN {
    srand(1); print "user,item,rating,timestamp"
    for (row = 0; row < rows; ++row)
        printf "u%d,i%d,%d,%d\n", row / 50, int(rand() * rand() * 20000), 1 + int(rand() * 5), 1600000000 + row
}' > ratings.csv

import_ours() { "$program" import bench.transept ratings.csv --domain films --duplicates keep; }
import_peer() {
    sqlite3 peer.db 'CREATE TABLE rating(user TEXT, item TEXT, value REAL, time INTEGER)' '.mode csv' \
        '.import --skip 1 ratings.csv rating'
}
ours=$(seconds import_ours)
printf 'import of %d rows: %.2f s, %.0f rows/s' "$rows" "$ours" "$(awk -v r="$rows" -v s="$ours" 'BEGIN { print r / s }')"
if command -v sqlite3 > /dev/null; then
    peer=$(seconds import_peer)
    printf '; sqlite3 .import without checks, keys or index: %.2f s; ratio %.2f' "$peer" \
        "$(awk -v a="$ours" -v b="$peer" 'BEGIN { print a / b }')"
fi
printf '\n'

rm -f sample.transept
"$program" sample sample.transept > /dev/null
for method in bias mf ease item-knn; do
    printf '{"name": "%s", "data": {"target": "films"}, "method": {"name": "%s"}}' "$method" "$method" > spec.json
    "$program" run sample.transept spec.json --json > run.json
    printf '%s on the sample: ' "$method"
    python3 -c 'import json; print({k: round(v, 3) for k, v in json.load(open("run.json"))["seconds"].items()})'
done
