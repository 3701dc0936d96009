#!/bin/sh
# Opens reports in a real Chromium: test.sh EXECUTABLE. What must hold is in look.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
executable=$(realpath "$1")
command -v chromium > /dev/null || { echo "test: install chromium" >&2; exit 1; }
environment="$root/.build/report-environment"
if ! "$environment/bin/python" -c 'import axe_playwright_python, playwright' 2> /dev/null; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet axe-playwright-python==0.1.8 playwright==1.65.2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# London under other crosswalks; the areas of 2012; several periods, and names that try to be markup.
cp -r "$root/Datasets/london" "$work/london"
"$executable" run "$work/london/sensitivity.yaml" -o "$work/sensitivity" --quiet
cp -r "$here/names" "$work/names"
"$executable" run "$work/names/job.yaml" -o "$work/hostile" --quiet
for run in sensitivity hostile; do "$executable" report "$work/$run"; done
"$environment/bin/python" "$here/look.py" "$work/sensitivity/report.html" "$work/hostile/report.html"
