#!/usr/bin/env bash
# Every page of the window as PNG, in both languages and themes, at 100 % and, on the screen of a laptop, 200 %:
#   tests/screenshots.sh BUILD-FOLDER DIR [WORKSPACE]
# Without a workspace the sample is made, with a few runs in it. Draws on a virtual display when there is one to be had, else without a display.
set -eu
build=$1
folder=$2
workspace=${3:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "$workspace" ]; then
    workspace=$scratch/sample.transept
    "$build/transept" sample "$workspace" >/dev/null
    quietly() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }; }
    quietly "$build/transept" knowledge "$workspace" --extractor lexical --name lexical
    for run in \
        '"name": "biases", "data": {"target": "films"}, "method": {"name": "bias"}' \
        '"name": "factors", "data": {"target": "films"}, "method": {"name": "mf"}' \
        '"name": "factors of three domains", "data": {"target": "films", "sources": ["books", "music"]}, "method": {"name": "cmf"}' \
        '"name": "lexical knowledge", "data": {"target": "films"}, "knowledge": "lexical", "method": {"name": "kfmf", "epochs": 20}' \
        '"name": "shuffled", "data": {"target": "films"}, "knowledge": "lexical", "shuffle_knowledge": true, "method": {"name": "kfmf", "epochs": 20}'; do
        echo "{$run, \"measures\": [\"rmse\", \"mae\", \"ndcg@10\"]}" >"$scratch/spec.json"
        quietly "$build/transept" run "$workspace" "$scratch/spec.json"
    done
    # Somebody who came after the runs, and films that did, in a workspace beside it.
    cp "$workspace" "$scratch/sample-newcomer.transept"
    awk -F, 'NR == 1 { print "user,item,rating" } NR > 1 && NR <= 13 { print "newcomer," $1 "," 3 + NR % 3 }' \
        "$scratch/sample-files/films-items.csv" >"$scratch/newcomer.csv"
    quietly "$build/transept" import "$scratch/sample-newcomer.transept" "$scratch/newcomer.csv" --domain films
    awk -F, 'NR == 1 { print "item,title" } NR > 1 && NR <= 40 { gsub(/"/, "", $2); print "new-" $1 ",The Return of " $2 }' \
        "$scratch/sample-files/films-items.csv" >"$scratch/new-items.csv"
    quietly "$build/transept" import "$scratch/sample-newcomer.transept" "$scratch/new-items.csv" --domain films --as items
    quietly "$build/transept" export "$scratch/sample-newcomer.transept" 2 --what train --to "$scratch/train.csv"
    awk -F, 'NR == FNR { isNew[$1] = 1; next } FNR == 1 { print "user,item,rating"; next }
        FNR % 3 == 0 && isNew["new-" $2] { print $1 ",new-" $2 "," $3 }' \
        "$scratch/new-items.csv" "$scratch/train.csv" >"$scratch/new-ratings.csv"
    quietly "$build/transept" import "$scratch/sample-newcomer.transept" "$scratch/new-ratings.csv" --domain films
fi
mkdir -p "$folder"
for scale in 1 2; do
    if command -v xvfb-run >/dev/null; then
        QT_SCALE_FACTOR=$scale xvfb-run -a -s "-screen 0 2560x1600x24" \
            "$build/tests/ui/transept_screenshots" "$workspace" "$folder" "${scale}00"
    else
        QT_SCALE_FACTOR=$scale QT_QPA_PLATFORM=offscreen \
            "$build/tests/ui/transept_screenshots" "$workspace" "$folder" "${scale}00"
    fi
done
