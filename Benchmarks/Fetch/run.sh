#!/bin/bash
# `mismatch fetch` against the stand-in of its tests: 2.3 million rows beside curl with the same pages, and fault by fault beside
# clients in Python: run.sh [ROUNDS]. Results go to Results/fetch.csv and Results/fetch_faults.csv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environment=$here/.venv
if ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$environment/installed.txt"
fi
"$environment/bin/python" "$here/compare.py" "$here/../../.build/release/mismatch" "${1:-7}"
