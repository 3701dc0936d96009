#!/bin/bash
# Counts the instructions of our own runs with callgrind, on one thread: Results/instructions.csv. Fails where
# one takes more than Thresholds/instructions.csv allows.
# On a busy machine they tell two versions apart better than seconds do.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
  echo "no valgrind: instructions are not counted" >&2
  exit 0
fi

# callgrind cannot read the executable's own debugging notes.
strip -o .inputs/mismatch ../.build/release/mismatch

count() {
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    .inputs/mismatch "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

# row QUESTION ARGUMENT...
row() {
  local question=$1 first second
  shift
  first=$(count "$@")
  second=$(count "$@")
  echo "$question,mismatch,$first,$second"
}

run() { row "$1" run "$2" --jobs 1 --quiet -o ".inputs/out/instructions-$1"; }

{
  echo "question,contender,instructions,instructions_again"
  row start --version
  run london ../Datasets/london/job.yaml
  run providers Jobs/providers.yaml
} >.inputs/instructions.csv
mv .inputs/instructions.csv Results/instructions.csv

# The thresholds lie a twentieth above what was counted last: more is a regression to explain.
awk -F, '
  FNR == 1 { next }
  NR == FNR { most[$1] = $2; next }
  $3 > most[$1] { print $1 ": " $3 " instructions, more than " most[$1]; failed = 1 }
  END { exit failed }
' Thresholds/instructions.csv Results/instructions.csv
