#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test, headless.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/resources/install-dependencies.sh" --tests
"$here/resources/build.sh"
cd "$here/build"
# Measuring takes the whole machine for itself, so its tests do not run beside others.
status=0
ctest --output-on-failure --timeout 300 -j "$(nproc)" --no-tests=error || status=$?
exit $status
