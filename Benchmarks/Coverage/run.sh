#!/bin/sh
# The coverage study of Tests/MismatchTests/CoverageStudyTests.swift at full size: DRAWS (300) draws of
# every design; figures go to results.csv beside this script.
set -eu
cd "$(dirname "$0")/../.."
results="$PWD/Benchmarks/Coverage/results.csv"
echo "design,draws,cells,exact_share_coverage,gap_coverage,published_gap_coverage,exact_fdr_benjamini_hochberg,published_fdr_benjamini_hochberg,published_fdr_benjamini_yekutieli,true_gaps_called" > "$results"
MISMATCH_COVERAGE_DRAWS="${DRAWS:-300}" MISMATCH_COVERAGE_FILE="$results" \
  swift test --no-parallel --filter CoverageStudyTests
cat "$results"
