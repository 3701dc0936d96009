#!/bin/bash
# What a report, figures, a workbook and files for publishing add to a run of London, beside scripts of pandas with matplotlib and
# XlsxWriter that make one heat map and one sheet of the same cells: run.sh [ROUNDS]. Results go to Results/report.csv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environment=$here/.venv
if ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$environment/installed.txt"
fi
"$environment/bin/python" "$here/compare.py" "$here/../../.build/release/mismatch" "${1:-15}"
