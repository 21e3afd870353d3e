#!/usr/bin/env bash
# Builds the targets of Tests/Fuzz with libFuzzer and AddressSanitizer and runs each: fuzz.sh SECONDS [TARGET…].
#
# A target is a file there with a small first letter; those with a capital one are shared. Modules come from the
# imports, objects from what the build says of them, so a new module needs no change here. The corpus stays in
# .build/fuzz/corpus; the first one is made of samples/ and of the golden files. Exit 1 when anything was found.
set -u
cd "$(dirname "$0")/../.." || exit 70
seconds=${1:-60}; shift
home=.build/fuzz
objects=$home/build/release
targets=("$@")
[ ${#targets[@]} -eq 0 ] && mapfile -t targets < <(cd Tests/Fuzz && ls [a-z]*.swift | sed 's/\.swift$//')

build_modules() {
  local module
  for module in $(sed -nE 's/^@testable import ([A-Za-z]+)$/\1/p' Tests/Fuzz/*.swift | sort -u); do
    nice swift build -c release -j 2 --scratch-path $home/build --target "$module" \
      -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xcc -fsanitize=address,fuzzer-no-link \
      >$home/build.log 2>&1 || { cat $home/build.log; return 1; }
  done
}

# The objects of what is in the package now: an incremental build leaves those of files that went.
list_objects() {
  local folder source
  for folder in $objects/*.build; do
    if [ -f "$folder/sources" ]; then
      while read -r source; do source=${source//\'/}; echo "$folder/$(basename "$source").o"; done <"$folder/sources"
    else
      ls "$folder"/*.c.o "$folder"/*.cpp.o 2>/dev/null
    fi
  done
}

build_target() {
  local flags=() map
  for map in Sources/*/module.modulemap $objects/*.build/module.modulemap; do
    [ -f "$map" ] && flags+=(-Xcc "-fmodule-map-file=$map")
  done
  for map in Sources/*/include; do flags+=(-I "$map"); done
  nice swiftc -O -g -parse-as-library -swift-version 6 -strict-memory-safety -warnings-as-errors -sanitize=fuzzer,address \
    -module-name "fuzz_$1" -I $objects/Modules "${flags[@]}" Tests/Fuzz/[A-Z]*.swift "Tests/Fuzz/$1.swift" @$home/objects.txt \
    $(sed -nE 's/.*shim\("[A-Za-z0-9]+", links: (.*)\).*/\1/p' Package.swift | tr -d '",' | sed 's/[^ ]*/-l&/g') \
    -lstdc++ -o $home/bin/"$1" >$home/build.log 2>&1 || { grep -v 'Cannot export' $home/build.log | tail -40; return 1; }
}

# The longest input tried; a dictionary where names matter.
settings() {
  case $1 in
    decode | records | replay) echo "-max_len=4096 -dict=$home/seeds/keys.dict" ;;
    query | grammar) echo "-max_len=512 -dict=$home/seeds/query.dict" ;;
    ingest | segment | timelines) echo "-max_len=12288" ;;
    tar) echo "-max_len=33792" ;;
    timestamp) echo "-max_len=40" ;;
    *) echo "-max_len=4096" ;;
  esac
}

run_target() {
  local log=$home/$1.log
  mkdir -p $home/corpus/"$1" $home/found
  # Swift's backtracer would take the signal, and no input would be saved. Leaks are looked for at the end: caches that
  # grow would have them looked for after every input, which takes all the time.
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=1 nice -n 10 $home/bin/"$1" $(settings "$1") \
    -max_total_time="$seconds" -timeout=10 -detect_leaks=0 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix=$home/found/"$1"- \
    $home/corpus/"$1" $home/seeds/"$1" >"$log" 2>&1
  local status=$?
  local runs covered
  runs=$(sed -n "s/^stat::number_of_executed_units: *//p" "$log" | tail -1)
  covered=$(sed -nE 's/.* cov: ([0-9]+) .*/\1/p' "$log" | tail -1)
  printf '%-10s %12s executions, %6s edges, %5s inputs kept' "$1" "${runs:-?}" "${covered:-?}" "$(find $home/corpus/"$1" -type f | wc -l)"
  [ $status -eq 0 ] && { echo; return 0; }
  echo "; FOUND (exit $status):"
  grep -E 'Fatal error|ERROR|SUMMARY|Test unit written' "$log" | head -8 | sed 's/^/    /'
  return 1
}

mkdir -p $home/bin $home/corpus
echo "fuzz: ${#targets[@]} targets, $seconds s each; building with libFuzzer and AddressSanitizer"
build_modules || exit 70
list_objects >$home/objects.txt
bash Tests/Scripts/fuzz_seeds.sh $home/seeds || exit 70
found=0
for target in "${targets[@]}"; do build_target "$target" || exit 70; done
for target in "${targets[@]}"; do run_target "$target" || found=$((found + 1)); done
[ $found -eq 0 ] && exit 0
echo "fuzz: $found targets found something; the inputs are in $home/found, run .build/fuzz/bin/TARGET FILE to see each again"
exit 1
