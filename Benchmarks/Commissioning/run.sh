#!/bin/bash
# Plans for 7,264 areas and for 309 that commute, beside HiGHS: run.sh [ROUNDS]. Results go to Results/commissioning.csv.
# run.sh coverage [WORLDS] simulates worlds whose truth is known instead; results go to coverage.csv here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environment=$here/.venv
if ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$environment/installed.txt"
fi
executable=$here/../../.build/release/mismatch
if [ "${1:-}" = coverage ]; then
  "$environment/bin/python" "$here/coverage.py" "$executable" "${2:-200}"
else
  "$environment/bin/python" "$here/compare.py" "$executable" "${1:-3}"
fi
