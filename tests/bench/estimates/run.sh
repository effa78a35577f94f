#!/usr/bin/env bash
# Estimates of time and memory beside what runs take: run.sh PROGRAM BENCH [METHOD...], as ./dev bench estimates calls it.
# By the processor's time on one thread, with few epochs; the sets lie in ../shared/data, or where TRANSEPT_SHARED_DATA says.
set -euo pipefail
program=$1
bench=$2
shift 2
data=${TRANSEPT_SHARED_DATA:-$(dirname "$0")/../../../../shared/data}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
few='"settings": {"mf": {"epochs": 6}, "bpr": {"epochs": 4}, "cmf": {"epochs": 4}, "emcdr": {"epochs": 4}, "lightgcn": {"epochs": 1},
    "bayesian-mf": {"samples": 16, "burn-in": 4}, "bayesian-kmf": {"samples": 16, "burn-in": 4},
    "fm": {"samples": 8, "burn-in": 2}, "kfmf": {"epochs": 2}, "ials": {"epochs": 3}}'

measure() { # NAME DATA-AND-SPLIT [METHOD...]
    local name=$1 spec=$2
    shift 2
    echo "== $name"
    echo "{$spec, \"stop\": {\"patience\": 0}, $few}" > "$folder/$name.json"
    "$bench" "$folder/$name.transept" "$folder/$name.json" "$@"
}

"$program" sample "$folder/sample.transept" > /dev/null
"$program" knowledge "$folder/sample.transept" --extractor lexical --name k > /dev/null
measure sample '"data": {"target": "films", "sources": ["books"]}, "knowledge": "k"' "$@"
[ -d "$data" ] || exit 0

films=$data/movielens_latest_small_2016
"$program" import "$folder/movielens.transept" "$films/ratings.csv" --domain films > /dev/null
"$program" import "$folder/movielens.transept" "$films/movies.csv" --domain films --as items > /dev/null
"$program" knowledge "$folder/movielens.transept" --extractor lexical --name k > /dev/null
measure movielens '"data": {"target": "films"}, "knowledge": "k"' "$@"

"$program" import "$folder/anime.transept" "$data/anime/anime_ratings.dat" --domain anime > /dev/null
"$program" import "$folder/anime.transept" "$data/anime/anime_info.dat" --domain anime --as items > /dev/null
"$program" knowledge "$folder/anime.transept" --extractor lexical --name k > /dev/null
measure anime '"data": {"target": "anime"}, "knowledge": "k"' "$@"

for part in train test; do
    "$program" import "$folder/phone.transept" "$data/amazon_sport_phone/phone_sport/$part.txt" \
        --domain phone --platform amazon --kind implicit --part $part --columns user=1,item=2 > /dev/null
done
"$program" import "$folder/phone.transept" "$data/amazon_sport_phone/sport_phone/train.txt" \
    --domain sport --platform amazon --kind implicit --part train --columns user=1,item=2 > /dev/null
measure phone '"data": {"target": "phone", "sources": ["sport"]}, "split": {"kind": "given"}' "$@"

for domain in book music; do
    "$program" import "$folder/douban.transept" "$data/douban/douban_$domain/ratings.dat" --domain $domain \
        --platform douban > /dev/null
done
measure douban '"data": {"target": "music", "sources": ["book"]}' "$@"
