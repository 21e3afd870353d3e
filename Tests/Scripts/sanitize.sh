#!/usr/bin/env bash
# Runs all tests, and the tools that they start, under the sanitizers: sanitize.sh [address] [thread] [undefined].
#
#   address    ASan and LSan: reads and writes outside memory, use after free, leaks; Swift and the C shims
#   thread     TSan: data races and Swift access races
#   undefined  UBSan for the C and C++ shims (Swift has no UBSan: it traps by itself)
#
# Reports of every process are gathered in .build/sanitize; exit 1 when there is one, or when a test fails.
set -u
cd "$(dirname "$0")/../.." || exit 70
kinds=("$@")
[ ${#kinds[@]} -eq 0 ] && kinds=(address thread undefined)
resources=$(swiftc -print-target-info | sed -nE 's/.*"runtimeResourcePath": "(.*)".*/\1/p')
# These two measure time, which a sanitizer multiplies.
skipped=(--skip HostileTextTests.links --skip HostileInputTests.linear)
failed=0

suppress() {
  mkdir -p .build/sanitize
  # Foundation is used by tests only. It keeps buffers of `Data` behind tagged pointers, which the leak checker does not
  # see through; weak references (of its `Process`) lie behind shifted ones; dispatch keeps its worker threads for ever.
  printf 'leak:readBytesFromFile\nleak:FoundationEssentials13__DataStorageC\nleak:FoundationEssentials4DataVyACxcSTRz\nleak:formWeakReference\nleak:_dispatch_root_queue_poke_slow\n' >.build/sanitize/lsan.supp
}

run() {
  local kind=$1 home=.build/sanitize/$1 flags
  case $kind in
    address | thread) flags=("--sanitize=$kind") ;;
    undefined)
      local runtime
      runtime=$(ls "$resources"/clang/lib/linux/libclang_rt.ubsan_standalone-x86_64.a "$resources"/../clang/*/lib/linux/libclang_rt.ubsan_standalone-x86_64.a 2>/dev/null | head -1)
      flags=(-Xcc -fsanitize=undefined -Xcc -fno-sanitize=vptr,function -Xcc -fno-sanitize-recover=undefined -Xlinker "$runtime") ;;
    *) echo "sanitize: $kind: expected address, thread or undefined"; exit 2 ;;
  esac
  mkdir -p "$home" && rm -f "$home"/report.*
  echo "sanitize: $kind: building, then all tests; some minutes"
  nice swift build -j 2 --build-tests --scratch-path "$home" "${flags[@]}" >"$home/build.log" 2>&1 || { tail -30 "$home/build.log"; failed=1; return; }
  local options="log_path=$PWD/$home/report"
  # Swift's backtracer would be what reports, and be reported.
  SWIFT_BACKTRACE=enable=no TWEETMILL_BIN=$PWD/$home/debug \
    ASAN_OPTIONS=$options:detect_leaks=1 LSAN_OPTIONS=suppressions=$PWD/.build/sanitize/lsan.supp:print_suppressions=0 \
    TSAN_OPTIONS=$options UBSAN_OPTIONS=$options:print_stacktrace=1 \
    nice swift test --skip-build --disable-xctest --scratch-path "$home" "${flags[@]}" "${skipped[@]}" >"$home/test.log" 2>&1
  local status=$? reports
  reports=$(find "$home" -maxdepth 1 -name 'report.*' | wc -l)
  echo "sanitize: $kind: $(grep -E 'Test run with' "$home/test.log" | tail -1); $reports reports"
  [ $status -eq 0 ] && [ "$reports" -eq 0 ] && return
  failed=1
  grep -E '✘.*recorded an issue' "$home/test.log" | cut -c1-300 | head -20
  cat "$home"/report.* 2>/dev/null | grep -E '^(==|SUMMARY)|runtime error' | sort | uniq -c | sort -rn | head -20
  echo "sanitize: $kind: all of it stands in $home/test.log and $home/report.*"
}

suppress
for kind in "${kinds[@]}"; do run "$kind"; done
exit $failed
