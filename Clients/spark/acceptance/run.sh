#!/bin/bash
# Runs the acceptance list of tallies: on this machine, in DuckDB, in Spark 3.5 as a cluster of two executors on this
# machine, and in Spark 4.0 by Spark Connect. Needs a release build, a C compiler and Java 17, which it installs where
# apt-get can. Prints a line for each point, and ends with 1 if one fails.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$root/.build/spark
export MISMATCH=${MISMATCH:-$root/.build/release/mismatch}
export PYTHONPATH=$here/..

if ! command -v java > /dev/null; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless || exit 1
fi
for version in 3.5 4.0; do
  if ! cmp -s "$here/requirements-$version.txt" "$work/$version/installed.txt"; then
    rm -rf "${work:?}/$version"
    python3 -m venv "$work/$version"
    "$work/$version/bin/python" -m pip install -q -r "$here/requirements-$version.txt" || exit 1
    cp "$here/requirements-$version.txt" "$work/$version/installed.txt"
  fi
done

status=0
try() { # the part, and the environment that it needs
  PYSPARK_PYTHON=$work/$2/bin/python "$work/$2/bin/python" "$here/$1.py" "$work/run" || status=1
}
rm -rf "$work/run"
mkdir -p "$work/run"
for part in ${PARTS:-engine queries classic connect}; do
  case $part in
    connect) try connect 4.0 ;;
    *) try "$part" 3.5 ;;
  esac
done
exit $status
