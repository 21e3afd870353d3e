#!/usr/bin/env bash
# Writes the first inputs of every fuzz target, out of samples/ and of what the tests hold: fuzz_seeds.sh FOLDER.
set -eu
cd "$(dirname "$0")/../.."
out=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
golden=Tests/SegmentCompatibilityTests/Golden

# Each line of standard input as a file of its own.
lines() {
  local n=0 line
  mkdir -p "$out/$1"
  while IFS= read -r line; do n=$((n + 1)); printf '%s\n' "$line" >"$out/$1/$2-$n"; done
}
file() { mkdir -p "$out/$1"; cat >"$out/$1/$2"; }
# The string literals of Swift files.
strings() { grep -ohE '"([^"\\]|\\.)+"' "$@" | sed -e 's/^"//' -e 's/"$//' -e 's/\\"/"/g' -e 's/\\n/ /g' | sort -u; }

zstd -dcq samples/tweets.ndjson.zst | awk 'NR % 97 == 1' | head -60 | tee "$work/tweets" | lines decode tweet
head -c 3500 samples/page-v2.json | file decode page-cut
bsdtar -xOf samples/account.zip | head -c 6000 | file decode account
head -5 samples/follows.tsv | file decode follows
strings Tests/IngestionTests/*.swift | grep '{' | lines decode test

head -2 "$work/tweets" >"$work/two.json"
file ingest plain <"$work/two.json"
gzip -c "$work/two.json" | file ingest gz
bzip2 -c "$work/two.json" | file ingest bz2
xz -c "$work/two.json" | file ingest xz
zstd -qc "$work/two.json" | file ingest zst
lz4 -qc "$work/two.json" | file ingest lz4
gzip -c "$work/two.json" >"$work/two.json.gz"
for format in ustar pax gnutar zip; do bsdtar -cf - --format $format -C "$work" two.json two.json.gz | file ingest $format; done
file ingest account <samples/account.zip
cp "$out"/decode/account "$out/ingest/account-js"
head -4 samples/tweets.csv | tee >(file ingest csv) | file table csv
head -2 samples/tweets.csv | tr ',' '\t' | file table tsv
printf 'id;text;created_at\n1;"a ""b""\nc";2018-08-29\n' | file table quoted

head -20 samples/follows.tsv | file edges tsv
printf 'follower,followee,since\n1,2,2021-06-20T21:00:00Z\n# c\n3;4;1624222800\n"5" "6"\n' | file edges csv
printf '{"type":"follow","user":"1","target":"2"}\n{"type":"unblock","user":"1","target":"2","at":"2021-06-20T21:00:00.000Z"}\n' | file edges events
lines records golden <$golden/index-v1.ndjson
head -40 Tests/ToolTests/Cases/world.ndjson | lines records world
strings Tests/RecordsTests/*.swift | grep '{' | lines records test
for tar in $golden/*/segments/*.tar; do
  file tar "$(basename "$tar")" <"$tar"
  case $tar in *.dead-* | *.raised-*) continue ;; esac
  # Members in their order, each behind its length in two bytes.
  bsdtar -tf "$tar" | grep -vx checksums | while read -r member; do
    bsdtar -xOf "$tar" "$member" >"$work/member"
    size=$(stat -c %s "$work/member")
    printf "\\x$(printf %02x $((size & 255)))\\x$(printf %02x $((size >> 8)))"
    cat "$work/member"
  done | file segment "$(basename "$tar")"
done
for manifest in $golden/*/manifest-*.json; do
  head -1 "$manifest" | tr -d '\n' | file manifest "$(basename "$manifest")"
done

strings Tests/QueryGrammarTests/*.swift Tests/SearchTests/*.swift Tests/SegmentCompatibilityTests/SmallWorld.swift | head -800 >"$work/queries"
lines query test <"$work/queries"
lines grammar test <"$work/queries"
for yaml in pipelines/*.yaml; do file pipeline "$(basename "$yaml")" <"$yaml"; done
printf 'pipeline: x\nvars: { a: b }\nstages:\n  s: { run: "cat $a", in: x, ok: [0, 1], env: { K: v } }\n  t:\n    run: sort\n    from: s\n    to: out\n    reads: [x]\n' \
  | file pipeline small
strings Tests/PipelinesTests/*.swift | grep -E ': ' | lines pipeline test
for time in 'Wed Aug 29 20:21:02 +0000 2018' 2018-08-29T20:21:02.000Z '2018-08-29 20:21:02 +0530' 2018-08-29 '2018-08-29 20:21 UTC'; do
  printf %s "$time" | file timestamp "$time"
done
strings Tests/TextAnalysisTests/*.swift | head -600 | lines text test
{ printf 'tmseen1\n'; head -c 16 /dev/zero; } | file seen empty
{ printf 'tmseen1\n\1\0\0\0\0\0\0\0'; head -c 16 /dev/zero; } | file seen one
printf '%s\n' '{"type":"reject","program":"ingest","source":"a","member":"b","line":3,"offset":7,"reason":"bad-json","detail":"x","raw":"{\"id\":1"}' \
  '{"type":"reject","program":"ingest","source":"a","line":3,"offset":7,"reason":"bad-utf8","detail":"x","raw_base64":"eyJpZCI6Mf99"}' \
  | file replay rejects

sed -n 's/^ *- {/deny:\n  - {/p' Tests/TrendsTests/TrendRuleFileTests.swift Sources/Trends/Trends.docc/Definitions.md | lines rules line
sed -n '/^deny:/,/^```/p' Sources/Trends/Trends.docc/Definitions.md | grep -v '```' | file rules page
# The byte in front chooses settings. Real states where the tool is built, without their settings and checksum.
{ printf 0; head -c 18 /dev/zero; } | file trendstate empty
trend_state() {
  local name=$1 choice=$2 size
  shift 2
  .build/release/trend-compute -q --kind hashtag --state "$work/state" "$@" >"$work/rows"
  size=$(od -An -tu1 -j8 -N1 "$work/state")
  [ "$size" -ge 128 ] && size=$((size - 128 + 128 * $(od -An -tu1 -j9 -N1 "$work/state") + 1))
  { printf %s "$choice"; tail -c +$((10 + size)) "$work/state" | head -c -8; } | file trendstate "$name"
  rm "$work/state"
}
if [ -x .build/release/trend-compute ]; then
  zstd -dcq samples/tweets.ndjson.zst | .build/release/ingest -q 2>/dev/null >"$work/records" || true
  for lines in 1 3 20 60; do
    head -$lines "$work/records" >"$work/first"
    trend_state "day-$lines" 0 "$work/first"
    trend_state "minute-$lines" 1 --window 1m --step 20s "$work/first"
  done
fi

# The byte in front says how many parts of timelines there are, and whether a writer goes on from the segment.
timelines() {
  local name=$1 tar choice=0
  shift
  rm -rf "$work/store"
  .build/release/fanout -q -s "$work/store" "$@"
  tar=$(ls "$work"/store/segments/*.tar)
  bsdtar -tf "$tar" | grep -q timelines/00 && choice=1
  for choice in $choice $((choice + 4)); do
    {
      printf "\\x$(printf %02x $choice)"
      bsdtar -tf "$tar" | grep -vx checksums | while read -r member; do
        bsdtar -xOf "$tar" "$member" >"$work/member"
        size=$(stat -c %s "$work/member")
        printf "\\x$(printf %02x $((size & 255)))\\x$(printf %02x $((size >> 8)))"
        cat "$work/member"
      done
    } | file timelines "$name-$choice"
  done
}
printf '\0' | file timelines empty
if [ -x .build/release/fanout ]; then
  head -40 Tests/ToolTests/Cases/world.ndjson >"$work/world"
  head -20 samples/follows.tsv >"$work/follows"
  timelines world --graph "$work/follows" -- "$work/world"
  tweet() {
    printf '{"type":"tweet","id":"%s","created_at":"2021-06-20T21:0%s:00.000Z","user":{"id":"%s","username":"u%s","protected":%s},"text":"x"%s}\n' \
      "$1" "$2" "$3" "$3" "$4" "$5"
  }
  {
    tweet 11 1 1 false ''; tweet 12 2 2 true ',"reply_to":{"tweet":"11","user":"1"}'; tweet 13 3 3 false ',"reply_to":{"tweet":"9"}'
    tweet 14 4 3 true ',"retweet_of":{"id":"12","user":{"id":"2"}}'; tweet 15 5 4 false ',"retweet_of":{"id":"8","user":{"id":"7"}}'
    tweet 16 6 1 false ''; tweet 17 7 2 true ''
    for kind in follow unfollow block mute unmute; do
      printf '{"type":"%s","user":"1","target":"5","at":"2021-06-20T21:05:00.000Z"}\n' $kind
    done
    printf '{"type":"follow","user":"5","target":"1","at":"2021-06-20T21:05:00.000Z"}\n'
    printf '{"type":"delete","id":"16"}\n{"type":"delete","id":"99"}\n{"type":"user_delete","user":"77"}\n'
  } >"$work/records"
  printf '1 2\n1 3\n1 4\n2 1\n2 3\n3 1\n4 1\n4 3\n6 3\n' >"$work/edges"
  timelines pushed --graph "$work/edges" -- "$work/records"
  timelines pulled --push-below 0 --graph "$work/edges" -- "$work/records"
  timelines some --push-below 3 --cap 2 --active-days 0 --graph "$work/edges" -- "$work/records"
fi

# Names of fields, for decoders of JSON and tables.
strings Sources/Ingestion/*.swift Sources/Records/*.swift | grep -E '^[A-Za-z_]{2,24}$' | sed 's/.*/"&"/' >"$out/keys.dict"
strings Sources/QueryGrammar/*.swift | grep -E '^[a-z_]{2,24}$' | sed 's/.*/"&:"/' >"$out/query.dict"
