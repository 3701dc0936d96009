#!/bin/sh
# Runs every fuzz target for a while, one after another: FUZZ_SECONDS each, or FUZZ_RUNS executions.
# FUZZ_LENGTH (4096) bounds the inputs in bytes. Named targets only, where there are arguments.
# What is found stays in .build-fuzz/found/<target>/.
cd "$(dirname "$0")/.." || exit 1
program=$PWD/.build-fuzz/release/Fuzz
limit="-max_total_time=${FUZZ_SECONDS:-60}"
[ -n "$FUZZ_RUNS" ] && limit="-runs=$FUZZ_RUNS"
[ $# -gt 0 ] || set -- $(ls Fuzz/Corpus)
# The inputs are small, and most of a run was spent on what goes with allocations: a small quarantine, no
# stacks of them (running a found input again tells them), nothing filled. Without TZ, libarchive has the
# time zone's file looked up for every member.
export ASAN_OPTIONS="quarantine_size_mb=1:malloc_context_size=0:max_malloc_fill_size=0:detect_stack_use_after_return=0:${ASAN_OPTIONS:-}"
export TZ="${TZ:-UTC0}"
failed=0
for target in "$@"; do
  found=.build-fuzz/found/$target
  grown=.build-fuzz/corpus/$target
  mkdir -p "$found" "$grown"
  FUZZ_TARGET=$target nice "$program" -rss_limit_mb=512 -timeout=10 -max_len="${FUZZ_LENGTH:-4096}" \
    -print_final_stats=1 $limit -artifact_prefix="$found/" "$grown" "Fuzz/Corpus/$target" \
    </dev/null >"$found/log" 2>&1
  status=$?
  count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log")
  printf '%-20s %12s executions, status %s\n' "$target" "${count:-0}" "$status"
  [ $status -eq 0 ] || failed=1
done
exit $failed
