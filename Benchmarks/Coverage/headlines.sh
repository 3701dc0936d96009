#!/bin/sh
# The study of Tests/MismatchTests/HeadlineSamplingTests.swift at full size: DRAWS (2000) samples of every
# design, in an optimised build; figures go to headlines.csv beside this script.
set -eu
cd "$(dirname "$0")/../.."
results="$PWD/Benchmarks/Coverage/headlines.csv"
echo "design,headline,samples,raw_root_mean_square_error,debiased_root_mean_square_error,ratio_of_mean_square_errors,interval_coverage" > "$results"
MISMATCH_COVERAGE_DRAWS="${DRAWS:-2000}" MISMATCH_HEADLINE_FILE="$results" \
  swift test -c release -Xswiftc -enable-testing --no-parallel --filter HeadlineSamplingTests
cat "$results"
