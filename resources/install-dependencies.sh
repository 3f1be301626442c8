#!/usr/bin/env bash
# Installs what Polyloom needs to build and run, from Debian's own packages. Says what it will install; does nothing
# where everything is there.
#   resources/install-dependencies.sh          what the programs need
#   resources/install-dependencies.sh --tests  also what the tests drive (a virtual display, other compilers)
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache pkg-config
  libisl-dev llvm-19-dev libclang-19-dev clang-19 libomp-19-dev
  qt6-base-dev qt6-svg-dev libgl-dev libqcustomplot-dev libqscintilla2-qt6-dev
  nlohmann-json3-dev libcli11-dev libfmt-dev libseccomp-dev libsqlitecpp-dev libsqlite3-dev
  libtorch-dev libopenblas0-openmp
  libgtest-dev fonts-dejavu-core
)
[ "${1:-}" = "--tests" ] && packages+=(xvfb xauth gcc libc6-dev libopenblas-openmp-dev python3-minimal)

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "This script knows Debian's packages only. Polyloom needs (by Debian's names):" >&2
  printf '  %s\n' "${packages[@]}" >&2
  echo "Install them with your system's own means, then configure with cmake -S . -B build -G Ninja." >&2
  exit 3
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = "installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Polyloom will install these packages: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "This needs root, and there is no sudo. As root, run: apt-get install ${missing[*]}" >&2
    exit 3
  fi
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; }
# The lists may be stale or absent on a fresh system: try, refresh once, try again.
install >/dev/null 2>&1 || { "${as_root[@]}" apt-get update && install; }
