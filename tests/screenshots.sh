#!/usr/bin/env bash
# Every page of the window as PNG, in both languages and themes, at 100 % and 200 %:
#   tests/screenshots.sh BUILD-FOLDER DIR [WORKSPACE]
# Without a workspace the sample is made. Draws on a virtual display when there is one to be had, else without a display.
set -eu
build=$1
folder=$2
workspace=${3:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "$workspace" ]; then
    workspace=$scratch/sample.transept
    "$build/transept" sample "$workspace" >/dev/null
fi
mkdir -p "$folder"
for scale in 1 2; do
    if command -v xvfb-run >/dev/null; then
        QT_SCALE_FACTOR=$scale xvfb-run -a -s "-screen 0 3200x2000x24" \
            "$build/tests/ui/transept_screenshots" "$workspace" "$folder" "${scale}00"
    else
        QT_SCALE_FACTOR=$scale QT_QPA_PLATFORM=offscreen \
            "$build/tests/ui/transept_screenshots" "$workspace" "$folder" "${scale}00"
    fi
done
