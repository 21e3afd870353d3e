#!/usr/bin/env bash
# `make bench`: dump to index and queries, beside Tantivy and Lucene where they are installed, in one run on one machine.
#
#   TWEETMILL_DUMP    NDJSON of v1.1 tweets (default: ../shared/data/tweets.ndjson.zst, else a synthetic world)
#   TWEETMILL_PEERS   folder with the peers' programs (default: ../shared/bench/peers)
#   ROUNDS            rounds of queries (default 5)
# Prints NDJSON: one line a measurement.
set -euo pipefail
built=$(cd "$1" && pwd)
dump=${TWEETMILL_DUMP:-../shared/data/tweets.ndjson.zst}
peers=$(cd "${TWEETMILL_PEERS:-../shared/bench/peers}" 2>/dev/null && pwd || true)
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Copies are timed, as an installation has them: a program straight from the linker starts 0.4 ms later than its copy.
bin=$work/bin
mkdir "$bin"
for tool in ingest tokenize index-build query trend-compute fanout bench; do cp "$built/$tool" "$bin/"; done

# seconds and peak memory (KB) of a command, as JSON fields
measure() { /usr/bin/time -f '"seconds":%e,"user":%U,"system":%S,"peak_kb":%M' -o "$work/time" "$@" >/dev/null; tail -1 "$work/time"; }
say() { echo "$1"; }

if [ ! -f "$dump" ]; then
  echo "bench: $dump is not there: a synthetic world takes its place" >&2
  "$bin/bench" world --seed 1 --tweets 300000 --plain --out "$work/world" >/dev/null
  dump=$work/world/tweets.ndjson
fi
case $dump in *.zst) zstd -dqc "$dump" > "$work/raw.ndjson";; *) cp "$dump" "$work/raw.ndjson";; esac
tweets=$(wc -l < "$work/raw.ndjson")
"$bin/ingest" --dedupe off "$work/raw.ndjson" > "$work/canonical.ndjson" 2>/dev/null
"$bin/tokenize" "$work/canonical.ndjson" > "$work/tokens.ndjson"

for threads in 1 2; do
  say "{\"tool\":\"ingest\",\"threads\":$threads,\"tweets\":$tweets,\"bytes\":$(stat -c %s "$work/raw.ndjson"),$(measure "$bin/ingest" --threads $threads "$work/raw.ndjson")}"
  say "{\"tool\":\"tokenize\",\"threads\":$threads,\"tweets\":$tweets,$(measure "$bin/tokenize" --threads $threads "$work/canonical.ndjson")}"
  rm -rf "$work/index"
  say "{\"tool\":\"index-build\",\"from\":\"tokens\",\"threads\":$threads,\"tweets\":$tweets,$(measure "$bin/index-build" --threads $threads -i "$work/index" "$work/tokens.ndjson")}"
  rm -rf "$work/index"
  say "{\"tool\":\"index-build\",\"from\":\"records\",\"threads\":$threads,\"tweets\":$tweets,$(measure "$bin/index-build" --threads $threads -i "$work/index" "$work/canonical.ndjson")}"
done
# Beside what a shell would do, which counts hashtags and nothing else.
for kinds in hashtag hashtag,term hashtag,phrase; do
  say "{\"tool\":\"trend-compute\",\"kind\":\"$kinds\",\"tweets\":$tweets,$(measure "$bin/trend-compute" --kind $kinds "$work/tokens.ndjson")}"
done
if command -v jq >/dev/null; then
  say "{\"tool\":\"jq, sort, uniq -c\",\"kind\":\"hashtag\",\"tweets\":$tweets,$(measure bash -c "jq -r '.hashtags[]?' '$work/tokens.ndjson' | LC_ALL=C sort | uniq -c")}"
fi
"$bin/bench" trend-world --out "$work/trends" >/dev/null
"$bin/tokenize" -q "$work/trends/tweets.ndjson" > "$work/trends/tokens.ndjson"
for memory in 1GB 256MB 128MB; do
  say "{\"tool\":\"trend-compute\",\"input\":\"trend-world\",\"kind\":\"hashtag,phrase\",\"memory\":\"$memory\",\"tweets\":$(wc -l < "$work/trends/tokens.ndjson"),$(measure "$bin/trend-compute" --memory $memory "$work/trends/tokens.ndjson")}"
done
rm -rf "$work/trends"
# A million accounts, 15 million follows, two days of what they write; then a smaller world that a Redis can hold.
"$bin/bench" follow-world --tweets 2000000 --out "$work/follows" >/dev/null
say "{\"tool\":\"fanout\",\"job\":\"edges, records and timelines\",$(measure "$bin/fanout" -q --stats "$work/stats" -s "$work/store" --graph "$work/follows/follows.tsv" -- "$work/follows/activity.ndjson"),\"deliveries\":$(sed 's/.*"deliveries":\([0-9]*\).*/\1/' "$work/stats")}"
python3 Tests/Scripts/timeline_bench.py "$bin" "$work/store" "$work/follows/follows.tsv" | sed 's/^/# /'
rm -rf "$work/follows" "$work/store"
if command -v redis-server >/dev/null; then
  "$bin/bench" follow-world --users 100000 --edges 1500000 --tweets 100000 --out "$work/follows" >/dev/null
  say "{\"tool\":\"fanout, redis-cli --pipe\",$(python3 Tests/Oracles/redis_timelines.py "$bin" "$work/follows" --speed | cut -c2-)"
  rm -rf "$work/follows"
fi
for run in 1 2 3; do
  rm -rf "$work/index"
  say "{\"tool\":\"dump to commit\",\"run\":$run,\"tweets\":$tweets,$(measure bash -c "'$bin/ingest' -q '$work/raw.ndjson' | '$bin/tokenize' -q | '$bin/index-build' -q -i '$work/index'")}"
done
say "{\"tool\":\"index\",\"bytes\":$(du -sb "$work/index/segments" | cut -f1),\"tweets\":$tweets}"
"$bin/index-build" -i "$work/index" --info | sed -n 4,30p | sed 's/^/# /'

summary='
import collections, json, sys
kinds = collections.defaultdict(list)
queries = [line.split("\t")[0] for line in open(sys.argv[1], encoding="utf-8")]
rounds = int(sys.argv[2])
for n, line in enumerate(sys.stdin):
    if n >= len(queries): kinds[queries[n % len(queries)]].append(json.loads(line)["micros"])
for kind, v in sorted(kinds.items()):
    v.sort()
    print(json.dumps({"tool": "query", "job": "search", "kind": kind, "n": len(v), "p50_us": v[len(v) // 2], "p99_us": v[int(len(v) * .99)], "mean_us": round(sum(v) / len(v), 1)}))
'
cold='
import json, subprocess, sys, time
queries = [line.split("\t")[:2] for line in open(sys.argv[3], encoding="utf-8")]
times = []
for kind, query in queries[:: max(1, len(queries) // 300)]:
    start = time.perf_counter()
    subprocess.run([sys.argv[1] + "/query", "-i", sys.argv[2], "--format", "ids", "--limit", "10", "--", query], capture_output=True)
    times.append((time.perf_counter() - start) * 1e3)
times.sort()
print(json.dumps({"tool": "query", "job": "cold process", "n": len(times), "p50_ms": round(times[len(times) // 2], 2), "p99_ms": round(times[int(len(times) * .99)], 2), "max_ms": round(times[-1], 2)}))
'
# Tweets repeated, ids shifted, so that the same queries meet a larger index.
grow='
import re, sys
head = re.compile(rb"^\{\"type\":\"tweet\",\"id\":\"(\d+)\"")
for copy in range(int(sys.argv[2])):
    for line in open(sys.argv[1], "rb"):
        found = head.match(line)
        if found:
            number = int(found.group(1))
            number += copy * (977 << 22 if number > 29700859248 else 1000003)
            sys.stdout.buffer.write(b"{\"type\":\"tweet\",\"id\":\"%d\"" % number + line[found.end():])
'
throughput() {
  for threads in 1 2; do
    say "{\"tool\":\"query --batch\",\"index\":\"$2\",\"threads\":$threads,\"queries\":$(wc -l < "$work/batch"),$(measure "$bin/query" -i "$1" --threads $threads --limit 10 --batch "$work/batch")}"
  done
}
if [ -n "$peers" ]; then
  python3 "$peers/make_tsv.py" < "$work/raw.ndjson" > "$work/tweets.tsv"
  python3 "$peers/make_queries.py" "$work/tweets.tsv" 7 > "$work/queries.tsv"
  for _ in $(seq $((rounds + 1))); do cut -f2 "$work/queries.tsv"; done > "$work/batch"
  # One thread: what a query takes by itself.
  "$bin/query" -i "$work/index" --threads 1 --limit 10 --batch "$work/batch" | python3 -c "$summary" "$work/queries.tsv" "$rounds"
  throughput "$work/index" "$tweets tweets"
  head -100000 "$work/tokens.ndjson" | "$bin/index-build" -q -i "$work/index-small"
  throughput "$work/index-small" "100,000 tweets"
  python3 -c "$grow" "$work/tokens.ndjson" 5 | "$bin/index-build" -q -i "$work/index-large"
  throughput "$work/index-large" "5 times as many"
  rm -rf "$work/index-small" "$work/index-large"
  python3 -c "$cold" "$bin" "$work/index" "$work/queries.tsv"
  if python3 -c 'import tantivy' 2>/dev/null; then
    for threads in 1 2; do python3 "$peers/tantivy_peer.py" build "$work/tweets.tsv" "$work/tantivy" $threads; done
    python3 "$peers/tantivy_peer.py" search "$work/tantivy" "$work/queries.tsv" "$rounds"
  else echo "bench: Tantivy is not installed (pip install tantivy==0.27.0)" >&2; fi
  jars=$(ls /usr/share/java/lucene-{core,analyzers-common,queryparser,queries,sandbox}-8*.jar 2>/dev/null | paste -sd: || true)
  if [ -n "$jars" ] && command -v javac >/dev/null; then
    javac -cp "$jars" -d "$work/lucene-classes" "$peers/LucenePeer.java"
    for threads in 1 2; do rm -rf "$work/lucene"; java -Xmx4g -cp "$jars:$work/lucene-classes" LucenePeer build "$work/tweets.tsv" "$work/lucene" $threads; done
    java -Xmx4g -cp "$jars:$work/lucene-classes" LucenePeer search "$work/lucene" "$work/queries.tsv" "$rounds"
  else echo "bench: Lucene is not installed (apt-get install liblucene8-java)" >&2; fi
else
  echo "bench: no peers beside this checkout: only our own figures" >&2
fi
