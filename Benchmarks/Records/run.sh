#!/bin/bash
# Measures 51.2 million adverts, one a row (4 GB), against DuckDB and Polars: run.sh [FOLDER [ROUNDS [ROWS]]]. Needs a C
# compiler and the environment that ../run.sh makes; without one it makes it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../.inputs/records}
python=$here/../.venv/bin/python
if ! cmp -s "$here/../Peers/requirements.txt" "$here/../.venv/installed.txt"; then
  python3 -m venv "$here/../.venv"
  "$python" -m pip install --quiet --requirement "$here/../Peers/requirements.txt"
  cp "$here/../Peers/requirements.txt" "$here/../.venv/installed.txt"
fi
[ -s "$folder/job.yaml" ] || "$python" "$here/prepare.py" "$folder" "${3:-51200000}"
"$python" "$here/compare.py" "$folder" "${2:-3}"
