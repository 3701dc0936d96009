#!/bin/bash
# Measures the release build against its peers; the figures are read in Results/README.md.
set -euo pipefail
cd "$(dirname "$0")"

if [ ! -x ../.build/release/mismatch ]; then
  echo "no release build: run \`swift build -c release\` in the folder above first" >&2
  exit 1
fi

python=.venv/bin/python
if ! cmp -s Peers/requirements.txt .venv/installed.txt; then
  rm -rf .venv
  python3 -m venv .venv
  $python -m pip install --quiet --requirement Peers/requirements.txt
  cp Peers/requirements.txt .venv/installed.txt
fi

$python Peers/prepare.py "${MISMATCH_EXTRACTS:-../../shared/extracts}" .inputs
$python Peers/compare.py
./instructions.sh
for product in SpaceBench TransportBench; do
  (cd .. && MISMATCH_BENCH=1 swift build -c release --product $product --scratch-path .build-bench)
done
PYTHONPATH=Peers $python Space/space.py ../.build-bench/release/SpaceBench Results/space.csv
PYTHONPATH=Peers $python Transport/transport.py ../.build-bench/release/TransportBench Results/transport.csv
Ingest/run.sh
Bootstrap/run.sh
$python Peers/report.py
$python Peers/figures.py
swift package benchmark --no-progress
