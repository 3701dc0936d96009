#!/bin/sh
# Makes the environment of the independent readings, where it is missing, and prints its Python.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
environment="$root/.build/independent"
if ! "$environment/bin/python" -c 'import csvw, openpyxl' 2> /dev/null; then
  mkdir -p "$root/.build"
  python3 -m venv "$environment" >&2
  "$environment/bin/python" -m pip install --quiet openpyxl==3.1.5 csvw==4.1.1 >&2
fi
echo "$environment/bin/python"
