#!/usr/bin/env python3
"""Times cold `query --timeline` processes by how many accounts a user follows: timeline_bench.py BIN STORE follows.tsv [N].

N users (default 100) of each size are drawn with a fixed seed. Celebrities are authors whom --push-below leaves to be pulled: those
with 10,000 followers or more. What an idle `query --version` takes is told first: it is part of every figure."""
import collections
import random
import subprocess
import sys
import time


def timed(words, runs):
    taken = []
    for line in runs:
        began = time.perf_counter()
        subprocess.run(words + line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    return taken


def told(label, taken):
    place = lambda part: taken[min(len(taken) - 1, int(part * len(taken)))]
    print(f"{label:34} p50 {place(0.5):6.2f}  p90 {place(0.9):6.2f}  p99 {place(0.99):6.2f}  max {taken[-1]:6.2f} ms  ({len(taken)} users)")


def main():
    binary, store, graph = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    followees, followers = collections.Counter(), collections.Counter()
    for line in open(graph):
        follower, followee = line.split()
        followees[follower] += 1
        followers[followee] += 1
    famous = {user for user, number in followers.items() if number >= 10000}
    celebrities = collections.Counter()
    for line in open(graph):
        follower, followee = line.split()
        if followee in famous:
            celebrities[follower] += 1
    told("query --version", timed([binary + "/query"], [["--version"]] * 50))
    query = [binary + "/query", "-s", store, "--quiet", "--timeline"]
    rng = random.Random(1)
    ordered = sorted(followees)
    told("any user", timed(query, [[user] for user in rng.sample(ordered, min(5 * count, len(ordered)))]))
    for low, high in ((1, 9), (10, 99), (100, 999), (1000, 9999), (10000, 1 << 60)):
        users = [user for user in ordered if low <= followees[user] <= high]
        if users:
            users = rng.sample(users, min(count, len(users)))
            told(f"{low:,} followees or more", timed(query, [[user] for user in users]))
            told("    all of the timeline", timed(query, [[user, "--limit", "all"] for user in users]))
    for low, high in ((0, 0), (1, 2), (3, 9), (10, 1 << 60)):
        users = [user for user in ordered if low <= celebrities[user] <= high]
        if users:
            users = rng.sample(users, min(count, len(users)))
            told(f"{low} celebrities followed or more", timed(query, [[user] for user in users]))


main()
