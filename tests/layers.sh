#!/usr/bin/env bash
# Fails, naming the lines, when a file includes what its layer may not know: Qt or the window in core, SQL or a
# database handle in ui, a higher layer of core in a lower one.
set -u
cd "$1" || exit 2
wrong=0
complain() {
    if [ -n "$2" ]; then
        printf '%s\n%s\n' "$1" "$2"
        wrong=1
    fi
}

complain "core may not include Qt, ui or app:" "$(grep -rnE '#include *(<Q|"(ui|app)/)' core)"
complain "ui may not include app:" "$(grep -rnE '#include *"app/' ui)"
complain "ui may hold no SQL:" "$(grep -rnE 'sqlite3|#include *"core/store/(Database|Schema)\.h"|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [^"]*\b(FROM|VALUES|SET|WHERE)\b' ui)"
complain "ui may hold no linear algebra:" "$(grep -rnE '#include *<(Eigen|cblas|lapack)' ui)"

layers=(base store ingest text data nn knowledge model evaluation experiment recommend)
# What each layer may include beside itself, as in core/*/CMakeLists.txt.
declare -A may=(
    [base]="" [store]="base" [ingest]="base store" [text]="base" [data]="base store" [nn]="base"
    [knowledge]="base store ingest text data" [model]="base store data nn text"
    [evaluation]="base store data model" [experiment]="base store data nn text ingest knowledge model evaluation"
    [recommend]="base store data nn text ingest knowledge model evaluation experiment"
)
for layer in "${layers[@]}"; do
    allowed=$(echo "$layer ${may[$layer]}" | tr ' ' '|')
    complain "core/$layer may include only ${allowed}:" \
        "$(grep -rnE '#include *"core/' "core/$layer" | grep -vE "\"core/(${allowed%|})/")"
done
exit $wrong
