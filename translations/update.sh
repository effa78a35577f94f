#!/usr/bin/env bash
# Brings the translation files in step with the sources: texts marked tr, translate, QT_TRANSLATE_NOOP in the window and
# TRANSLATABLE in the core. With --check nothing is written: it fails, naming the texts, when one is missing, obsolete or
# without a translation.
set -eu
cd "$(dirname "$0")/.."
lupdate=$(command -v /usr/lib/qt6/bin/lupdate || command -v lupdate6 || command -v lupdate)
update() {
    "$lupdate" -silent -locations none -no-obsolete -tr-function-alias QT_TRANSLATE_NOOP+=TRANSLATABLE \
        -extensions cpp,h -I . core ui app -ts "$1/transept_zh_CN.ts"
    "$lupdate" -silent -locations none -no-obsolete -pluralonly -tr-function-alias QT_TRANSLATE_NOOP+=TRANSLATABLE \
        -extensions cpp,h -I . core ui app -ts "$1/transept_en.ts"
}
if [ "${1:-}" != --check ]; then
    update translations
    exit
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp translations/*.ts "$scratch"
update "$scratch"
wrong=0
for file in transept_zh_CN.ts transept_en.ts; do
    diff -u "translations/$file" "$scratch/$file" >"$scratch/difference" || {
        echo "translations/$file is not in step with the sources; run translations/update.sh:"
        cat "$scratch/difference"
        wrong=1
    }
    if grep -B4 'type="unfinished"' "$scratch/$file"; then
        echo "translations/$file lacks the translations above"
        wrong=1
    fi
done
exit $wrong
