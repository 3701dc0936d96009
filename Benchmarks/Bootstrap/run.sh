#!/bin/bash
# Percentile bootstrap of dissimilarity: whole processes of ours, numpy and pysal in turn, from the same
# tables; figures go to ../Results/bootstrap.csv.
set -euo pipefail
cd "$(dirname "$0")"

if [ ! -x ../../.build/release/mismatch ]; then
  echo "no release build: run \`make .build/release/mismatch\` in the folder above first" >&2
  exit 1
fi

python=.venv/bin/python
if ! cmp -s requirements.txt .venv/installed.txt; then
  rm -rf .venv
  python3 -m venv .venv
  $python -m pip install --quiet --requirement requirements.txt
  cp requirements.txt .venv/installed.txt
fi

$python compare.py
