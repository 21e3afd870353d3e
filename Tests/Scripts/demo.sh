#!/usr/bin/env bash
# `make demo`: runs pipelines/demo.yaml on samples/ and shows what can be asked.
set -euo pipefail
bin=$1
rm -rf build/demo
mkdir -p build/demo
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
ask() { say "query -i build/demo/index $*"; "$bin/query" -i build/demo/index "$@"; }

say "pipeline graph pipelines/demo.yaml"
"$bin/pipeline" graph pipelines/demo.yaml
say "pipeline run pipelines/demo.yaml"
"$bin/pipeline" run pipelines/demo.yaml
say "wc -l build/demo/rejects.ndjson   # what could not be read, with place and reason"
cut -c1-150 build/demo/rejects.ndjson | head -3
ask --count '#CometNight'
ask --format table --limit 3 '#CometNight -is:retweet'
ask --format table --limit 2 --sort likes 'has:links lang:en'
ask --format ids --limit 3 'lang:ja has:media'
ask --facet hashtag:5 --facet lang:3 --histogram day --format table morning
ask --suggest mountian --limit 3 --format table
ask --explain-query 'from:nasa (mars OR moon) -is:retweet since:2018-01-01'
say "query -s build/demo/timelines -i build/demo/index --timeline @zangrast0 --why --limit 4   # a home timeline"
"$bin/query" -s build/demo/timelines -i build/demo/index --timeline @zangrast0 --why --limit 4 --format table
say "index-build -i build/demo/index --info"
"$bin/index-build" -i build/demo/index --info | head -6
say "bsdtar -tvf build/demo/index/segments/*.tar"
bsdtar -tvf build/demo/index/segments/*.tar | head -5
printf '\nThe index stays in build/demo/index: ask it what you like.\n'
