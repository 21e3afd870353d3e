#!/usr/bin/env python3
"""Three simple trend detectors on a labelled world, measured as `trend-compute --backtest` measures ours.

    bench trend-world --out build/world
    trend-compute --kind hashtag,cashtag,phrase --backtest build/world/labels.ndjson -o rows build/world/tweets.ndjson
    python3 Tests/Oracles/trend_methods.py build/world [--rows rows]

Plain and independent: canonical records with `hashtags`, `cashtags` and `text` in order of time, one hour's windows every
five minutes, counts of uses (tweets that have the term) at the world and at each country and place. What it compares:

- count: the N most frequent terms of each window and place;
- ratio: count / (count of the window before + 1), the N highest with at least 5 uses;
- poisson: the averaging Poisson model of "Trend Detection in Social Data" as its code has it (GitHub,
  xdevplatform/Gnip-Trend-Detection, models.py, `mode=a`): eta = |count - mean| / width > theta, where mean is over all tumbling
  windows of the seven days before and the tested one, whatever their hour, and width is that of the interval which holds 99 %
  of a Poisson variable of that mean (1 where it is empty). Here with at least 5 uses and a day of windows before.

With --rows the rows of our own run are measured by the same code, which must agree with `--backtest`.
"""
import argparse
import collections
import heapq
import json
import math
import re
import sys
from datetime import datetime, timezone

STEP, WINDOW, BASELINE = 5, 60, 7 * 1440  # minutes


def minutes(text):
    # Minutes since 1970, with their fraction.
    return datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc).timestamp() / 60 + float(text[19:23]) / 60


def read_labels(path):
    bursts, decoys = [], {}
    for line in open(path, encoding="utf-8"):
        label = json.loads(line)
        if label["type"] not in ("burst", "decoy"):
            continue
        label["key"] = (label["kind"], label["term"].lower())
        if label["type"] == "burst" and not label.get("spam"):
            bursts.append(label)
        else:
            decoys.setdefault(label["key"], label.get("reason", "spam"))
    for burst in bursts:
        for name in ("start", "peak", "end"):
            burst[name] = minutes(burst[name])
    return bursts, decoys


def read_tweets(path, with_phrases):
    """Uses by step: {step: {(place, key): count}}. Phrases are counted where their two words are neighbours in the text;
    a tag, a handle or a number ends a run of words as it does for `tokenize`."""
    steps = collections.defaultdict(collections.Counter)
    word = re.compile(r"[^\W_]+", re.UNICODE)
    for line in open(path, encoding="utf-8"):
        tweet = json.loads(line)
        if tweet["type"] != "tweet":
            continue
        keys = {("hashtag", "#" + tag.lower()) for tag in tweet.get("hashtags", [])}
        keys |= {("cashtag", "$" + tag.lower()) for tag in tweet.get("cashtags", [])}
        if with_phrases:
            last = None
            for piece in tweet["text"].lower().split():
                if not word.fullmatch(piece) or not piece.isascii():
                    last = None
                    continue
                if last:
                    keys.add(("phrase", last + " " + piece))
                last = piece
        if not keys:
            continue
        geo = tweet.get("geo", {})
        places = ["world"]
        if "country" in geo:
            places.append("country:" + geo["country"])
        if "place_id" in geo:
            places.append("place:" + geo["place_id"])
        step = steps[int(minutes(tweet["created_at"]) // STEP)]
        for place in places:
            for key in keys:
                step[(place, key)] += 1
    return steps


def windows(steps, begin):
    """(end in minutes, counts of the window, counts of the window before, tumbling windows before) at every step."""
    first, last = min(steps), max(steps)
    size = WINDOW // STEP
    now, before = collections.Counter(), collections.Counter()
    history = collections.defaultdict(dict)  # term -> {hour: count}
    for step in range(first, last + 1):
        for counts, moved in ((now, step), (before, step - size)):
            for key, count in steps.get(moved, {}).items():
                counts[key] += count
            for key, count in steps.get(moved - size, {}).items():
                counts[key] -= count
                if counts[key] == 0:
                    del counts[key]
        end = (step + 1) * STEP
        if end > begin:
            yield end, now, before, history, first * STEP
        if end % WINDOW == 0:
            for key, count in now.items():
                history[key][end // WINDOW] = count


def width(mean, alpha=0.99):
    """Of the interval that holds alpha of a Poisson variable: by summing, beyond 500 by its normal approximation."""
    if mean > 500:
        return 2 * 2.5758 * math.sqrt(mean)
    total, term, low, count = 0.0, math.exp(-mean), None, 0
    while True:
        total += term
        if low is None and total >= (1 - alpha) / 2:
            low = count
        if total >= (1 + alpha) / 2:
            return max(1, count - low)
        count += 1
        term *= mean / count


def detect(steps, begin, tops, thetas):
    """Rows (key, place, start, end) of every method, each as a generator's list."""
    rows = collections.defaultdict(list)
    cache = {}
    for end, now, before, history, beginning in windows(steps, begin):
        places = collections.defaultdict(list)
        for (place, key), count in now.items():
            if count >= 5:
                places[place].append((count, key))
        hours = min(BASELINE, end - WINDOW - beginning) // WINDOW
        oldest = (end - WINDOW - BASELINE) / WINDOW
        for place, found in places.items():
            for top in tops:
                for count, key in heapq.nlargest(top, found):
                    rows[f"count, top {top}"].append((key, place, end - WINDOW, end))
                ratios = [(count / (before[(place, key)] + 1), key) for count, key in found]
                for ratio, key in heapq.nlargest(top, ratios):
                    if ratio > 2:
                        rows[f"ratio > 2, top {top}"].append((key, place, end - WINDOW, end))
            if hours < 24:
                continue
            for count, key in found:
                # Windows that end by the time at which the tested one begins.
                past = history.get((place, key), {})
                total = sum(n for hour, n in past.items() if oldest < hour <= (end - WINDOW) / WINDOW)
                mean = (total + count) / (hours + 1)
                # Rounded so that intervals are looked up.
                rough = round(mean, 2)
                if rough not in cache:
                    cache[rough] = width(rough)
                eta = abs(count - mean) / cache[rough]
                for theta in thetas:
                    if eta > theta:
                        rows[f"poisson, eta > {theta:g}"].append((key, place, end - WINDOW, end))
    return rows


def level(place):
    return place.split(":")[0]


def together(row, burst):
    return row == burst or "world" in (row, burst) or level(row) != level(burst)


def measure(rows, bursts, decoys, begin):
    by_key = collections.defaultdict(list)
    for index, burst in enumerate(bursts):
        by_key[burst["key"]].append(index)
    found, terms, right_rows, count = {}, collections.defaultdict(int), 0, 0
    for key, place, start, end in rows:
        if end <= begin:
            continue
        count += 1
        right = False
        for index in by_key.get(key, []):
            burst = bursts[index]
            if not (start < burst["end"] and burst["start"] < end):
                continue
            if level(place) == "lang":
                right = True
            elif together(place, burst["place"]):
                right = True
                found[index] = min(found.get(index, end), end)
        right_rows += right
        terms[key] += right
    right_terms = sum(1 for n in terms.values() if n)
    false = collections.Counter(
        decoys.get(key, "elsewhere" if key in by_key else "none") for key, n in terms.items() if not n)
    small = [i for i, burst in enumerate(bursts) if burst["tweets"] < 50]
    delays = sorted(end - bursts[i]["start"] for i, end in found.items())

    def rank(percent):
        return delays[(len(delays) * percent + 99) // 100 - 1] if delays else float("nan")

    return {
        "found": len(found), "of": len(bursts), "small_found": sum(i in found for i in small), "small": len(small),
        "right_terms": right_terms, "terms": len(terms), "right_rows": right_rows, "rows": count,
        "median": rank(50), "p90": rank(90), "false": dict(sorted(false.items())),
    }


def share(part, whole):
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "0/0"


def show(name, m):
    print(f"{name:22} recall {share(m['found'], m['of']):16} (< 50 tweets {m['small_found']}/{m['small']})  "
          f"terms {share(m['right_terms'], m['terms']):20} rows {share(m['right_rows'], m['rows']):22} "
          f"delay {m['median']:.0f}, {m['p90']:.0f} min  false {m['false']}")
    sys.stdout.flush()


def our_rows(path):
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        yield (row["kind"], row["term"]), row["place"], minutes(row["window_start"]), minutes(row["window_end"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("world", help="a folder with tweets.ndjson and labels.ndjson")
    parser.add_argument("--rows", help="the rows of trend-compute on it")
    parser.add_argument("--no-phrases", action="store_true", help="tags alone")
    arguments = parser.parse_args()
    bursts, decoys = read_labels(arguments.world + "/labels.ndjson")
    begin = min(burst["start"] for burst in bursts)
    if arguments.rows:
        show("trend-compute", measure(our_rows(arguments.rows), bursts, decoys, begin))
    steps = read_tweets(arguments.world + "/tweets.ndjson", not arguments.no_phrases)
    for name, rows in detect(steps, begin, tops=(5, 20), thetas=(0.5, 1, 2, 4)).items():
        show(name, measure(rows, bursts, decoys, begin))


if __name__ == "__main__":
    main()
