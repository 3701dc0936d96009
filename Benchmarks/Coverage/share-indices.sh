#!/bin/sh
# The study of Tests/MismatchTests/ShareIndexStudyTests.swift at full size: DRAWS (1000) samples of every
# area and design, in an optimised build; figures go to share-indices.csv beside this script.
set -eu
cd "$(dirname "$0")/../.."
results="$PWD/Benchmarks/Coverage/share-indices.csv"
echo "design,index,samples,raw_root_mean_square_error,debiased_root_mean_square_error,ratio_of_mean_square_errors,interval_coverage" > "$results"
MISMATCH_COVERAGE_DRAWS="${DRAWS:-1000}" MISMATCH_SHARE_INDEX_FILE="$results" \
  swift test -c release -Xswiftc -enable-testing --no-parallel --filter ShareIndexStudyTests
cat "$results"
