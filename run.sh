#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window: ./run.sh [FILE…]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
files=("$@")
[ ${#files[@]} -gt 0 ] || files=("$here/examples/jacobi-1d.c")

"$here/resources/install-dependencies.sh"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
targets=(polyloom polyloom-cli polyloom-worker polyloom-runner)
if [ -x "$here/build/bin/polyloom" ]; then
  "$here/resources/build.sh" "${targets[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 4; }
else
  echo "Building Polyloom; this takes some minutes the first time."
  "$here/resources/build.sh" "${targets[@]}"
fi

if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
  echo "There is no display, so no window can open. The same from the terminal:"
  for file in "${files[@]}"; do
    recipe="${file%.c}.recipe"
    if [ -f "$recipe" ]; then
      echo "  build/bin/polyloom-cli measure $file --recipe $recipe"
    else
      echo "  build/bin/polyloom-cli info $file"
    fi
  done
  exit 0
fi
rm -f "$log"
# One window per file; this script ends with the last one named.
for ((f = 0; f < ${#files[@]} - 1; f++)); do
  "$here/build/bin/polyloom" "${files[f]}" &
done
exec "$here/build/bin/polyloom" "${files[-1]}"
