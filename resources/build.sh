#!/usr/bin/env bash
# Configures (once) and builds into build/. Arguments: targets; none builds all.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/build.ninja ] || cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release
exec cmake --build build ${1:+--target "$@"}
