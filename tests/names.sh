#!/usr/bin/env bash
# Fails, naming the places, when two types of one namespace have one name: the linker keeps one of their functions
# for both and says nothing. Types of an unnamed namespace are a file's own. A test program has its file's types.
set -u
cd "$1" || exit 2
twice=$({ find core ui app tests -name '*.h'; find core ui app -name '*.cpp'; } | sort | xargs awk '
    FNR == 1 { space = ""; unnamed = 0 }
    /^namespace [a-z:]+ \{/ { space = $2 }
    /^namespace \{/ { unnamed = 1 }
    /^\} \/\/ namespace$/ { unnamed = 0 }
    !unnamed && /^(struct|class|enum|enum class) [A-Z]/ && !/;$/ {
        name = $2 == "class" ? $3 : $2
        if (name == "[[nodiscard]]") name = $3
        sub(/:$/, "", name)
        full = space "::" name
        places[full] = places[full] "\n  " FILENAME ":" FNR
        ++count[full]
    }
    END { for (full in count) if (count[full] > 1) print full places[full] }')
if [ -n "$twice" ]; then
    printf 'one name for several types:\n%s\n' "$twice"
    exit 1
fi
