#!/bin/sh
# Installs the C libraries that the build needs, asking for nothing that is there already.
set -eu

modules="openblas lapacke libisal libcrypto libarchive expat clp re2"
missing=""
for module in $modules; do
  if command -v pkg-config > /dev/null && pkg-config --exists "$module"; then continue; fi
  missing="$missing $module"
done
# Headers only, without a pkg-config file.
boost=boost/math/special_functions/beta.hpp
for folder in /usr/include /usr/local/include /opt/homebrew/include; do
  if [ -f "$folder/$boost" ]; then boost=""; break; fi
done
[ -z "$boost" ] || missing="$missing boost"
# On a Mac the system has it.
if command -v apt-get > /dev/null && ! pkg-config --exists libcurl; then missing="$missing libcurl"; fi
[ -n "$missing" ] || exit 0
echo "setup: missing:$missing" >&2

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if command -v apt-get > /dev/null; then
  packages=""
  command -v pkg-config > /dev/null || packages="pkg-config"
  for module in $missing; do
    case $module in
      openblas) packages="$packages libopenblas-dev" ;;
      lapacke) packages="$packages liblapacke-dev" ;;
      libisal) packages="$packages libisal-dev" ;;
      libcrypto) packages="$packages libssl-dev" ;;
      libarchive) packages="$packages libarchive-dev" ;;
      expat) packages="$packages libexpat1-dev" ;;
      clp) packages="$packages coinor-libclp-dev" ;;
      re2) packages="$packages libre2-dev" ;;
      libcurl) packages="$packages libcurl4-openssl-dev" ;;
      boost) packages="$packages libboost-dev" ;;
    esac
  done
  as_root apt-get update -qq
  # shellcheck disable=SC2086  # a list of names
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
elif command -v brew > /dev/null; then
  brew install pkgconf openblas lapack isa-l openssl@3 libarchive expat boost clp re2
else
  echo "setup: install these with your package manager, then try again:$missing" >&2
  exit 1
fi
