#!/usr/bin/env python3
"""Compares `query --timeline` with the definition of a timeline, for random users of a graph and records of any size.

    fanout --graph follows.tsv -s store -- activity.ndjson
    python3 Tests/Oracles/timeline_oracle.py --bin .build/release --store store --graph follows.tsv --users 1000 activity.ndjson

Plain and independent: reads edges ("follower followee") and canonical records, and evaluates DESIGN 8 for each user as of all
that is known and as of one random moment. Also says how long the queries took as cold processes.
"""
import argparse
import bisect
import json
import random
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

END = 1 << 62
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
KINDS = {"follow": ("follow", True), "unfollow": ("follow", False), "block": ("block", True), "unblock": ("block", False),
         "mute": ("mute", True), "unmute": ("mute", False)}


def ms(text):
    # "YYYY-MM-DDTHH:MM:SS.mmmZ"; whole numbers only, so that no rounding decides.
    whole = datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    return int((whole - EPOCH).total_seconds()) * 1000 + int(text[20:23])


def text_of(at):
    return (EPOCH + timedelta(milliseconds=at)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % 1000:03d}Z"


class World:
    def __init__(self, graphs, records, count, seed):
        self.changes = {}  # (kind, user, target) -> [(at, on)]
        self.deleted, self.gone, self.protected = set(), set(), {}
        self.tweets = {}
        self.times = []
        users = set()
        for path in graphs:
            for line in open(path):
                users.add(line.split(None, 1)[0])
        for path in records:
            for line in open(path, encoding="utf-8"):
                self.read(json.loads(line))
        users.update(tweet[2] for tweet in self.tweets.values())
        self.sample = random.Random(seed).sample(sorted(users), min(count, len(users)))
        wanted = set(self.sample)
        self.edges = {user: set() for user in wanted}
        for path in graphs:
            for line in open(path):
                follower, followee = line.split()[:2]
                if follower in wanted:
                    self.edges[follower].add(followee)
        self.by_author = {}
        for tweet in self.tweets.values():
            self.by_author.setdefault(tweet[2], []).append(tweet)
            if tweet[6] is not None and not self.is_deleted(tweet):
                self.protected.setdefault(tweet[2], []).append((tweet[0], tweet[6]))
        self.touched = {}
        for kind, user, target in self.changes:
            self.touched.setdefault(user, set()).add(target)

    def read(self, record):
        kind = record["type"]
        if kind == "tweet":
            author = record.get("user", {}).get("id")
            if author is None:
                return
            reply, retweet = record.get("reply_to"), record.get("retweet_of")
            tweet = (ms(record["created_at"]), int(record["id"]), author, reply and reply.get("user", "?"),
                     retweet and retweet["id"], retweet and retweet.get("user", {}).get("id"), record["user"].get("protected"))
            other = self.tweets.get(tweet[1])
            if other is None or self.standing(tweet) < self.standing(other):
                self.tweets[tweet[1]] = tweet
            self.times.append(tweet[0])
        elif kind == "delete":
            self.deleted.add(record["id"])
        elif kind == "user_delete":
            self.gone.add(record["user"])
        elif kind in KINDS:
            relation, on = KINDS[kind]
            at = ms(record["at"]) if "at" in record else -END
            self.changes.setdefault((relation, record["user"], record["target"]), []).append((at, on))

    @staticmethod
    def standing(tweet):
        # Of two records of one id the one that stands is the lesser: unsaid things last, then those said of nobody known.
        at, _, author, reply, original, maker, protected = tweet
        rank = lambda value: (2, 0) if value is None else (1, 0) if value == "?" else (0, int(value))
        return at, int(author), rank(reply), rank(original), rank(maker), rank(protected)

    def is_deleted(self, tweet):
        _, number, author, _, original, maker, _ = tweet
        return str(number) in self.deleted or author in self.gone or original in self.deleted or maker in self.gone

    def state(self, kind, user, target, at, first=False):
        # The latest change until then; of two at one time the ending one.
        found = [(when, not on) for when, on in self.changes.get((kind, user, target), ()) if when <= at]
        return not max(found)[1] if found else first

    def follows(self, user, target, at):
        return self.state("follow", user, target, at, target in self.edges[user])

    def hides(self, user, other, at):
        return (self.state("block", user, other, at) or self.state("block", other, user, at)
                or self.state("mute", user, other, at))

    def is_protected(self, user, at):
        said = [(when, not on) for when, on in self.protected.get(user, ()) if when <= at]
        return bool(said) and not max(said)[1]

    def timeline(self, user, at, cap):
        authors = {other for other in self.edges[user] | self.touched.get(user, set()) if self.follows(user, other, at)}
        shown = []
        for author in authors | {user}:
            if self.hides(user, author, at):
                continue
            for tweet in self.by_author.get(author, ()):
                when, number, _, reply, original, maker, _ = tweet
                if when > at or self.is_deleted(tweet):
                    continue
                if reply is not None and author != user and reply != user and reply not in authors:
                    continue
                if maker is not None:
                    if self.hides(user, maker, at):
                        continue
                    if maker != user and maker not in authors and self.is_protected(maker, at):
                        continue
                shown.append((when, number))
        return [str(number) for _, number in sorted(shown, reverse=True)[:cap]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--store", action="append", required=True)
    parser.add_argument("--graph", action="append", default=[])
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--cap", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("records", nargs="*")
    arguments = parser.parse_args()
    world = World(arguments.graph, arguments.records, arguments.users, arguments.seed)
    rng = random.Random(arguments.seed + 1)
    command = [arguments.bin + "/query"] + [word for path in arguments.store for word in ("-s", path)]
    wrong, tweets, taken = 0, 0, []
    for user in world.sample:
        for at in (None, rng.choice(world.times) if world.times else 0):
            words = command + ["--timeline", user, "--format", "ids", "--limit", "all", "--quiet"]
            words += ["--as-of", text_of(at)] if at is not None else []
            began = time.perf_counter()
            run = subprocess.run(words, capture_output=True, text=True)
            if at is None:
                taken.append(time.perf_counter() - began)
            expected = world.timeline(user, END if at is None else at, arguments.cap)
            tweets += len(expected)
            if run.stdout.split() != expected or run.returncode != (0 if expected else 1):
                wrong += 1
                if wrong <= 5:
                    print(f"user {user} as of {at}: {len(run.stdout.split())} tweets, expected {len(expected)}, exit "
                          f"{run.returncode} {run.stderr[:200]}", file=sys.stderr)
    taken.sort()
    place = lambda part: 1000 * taken[min(len(taken) - 1, bisect.bisect_left(range(len(taken)), part * len(taken)))]
    print(json.dumps({"users": len(world.sample), "timelines": 2 * len(world.sample), "tweets": tweets, "wrong": wrong,
                      "p50_ms": round(place(0.5), 2), "p99_ms": round(place(0.99), 2), "max_ms": round(1000 * taken[-1], 2)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
