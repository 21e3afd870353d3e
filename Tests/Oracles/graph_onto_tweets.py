#!/usr/bin/env python3
"""Lays a real follow graph over real tweets whose authors are others, to try `fanout` on both.

    python3 Tests/Oracles/graph_onto_tweets.py edges.tsv canonical.ndjson OUT [EVENTS]

The rule: the k-th most followed account of the graph becomes the k-th most writing author (ties by number and by id), so that
fame and diligence meet; accounts beyond the authors get the ids 1, 2, 3… that no author has. Writes OUT/follows.tsv, and
OUT/activity.ndjson: the tweets of those authors, shuffled with EVENTS (default 20,000) follows, unfollows, blocks, unblocks,
mutes, unmutes and deletes of random accounts at random times; one tweet in 20 comes twice, the second record saying less or
something else. Same input, same bytes.
"""
import collections
import json
import os
import random
import sys


def retold(tweet, rng):
    how = rng.randrange(4)
    if how == 0:
        tweet["user"]["protected"] = rng.random() < 0.5
    elif how == 1:
        tweet["created_at"] = tweet["created_at"][:17] + f"{rng.randrange(60):02d}" + tweet["created_at"][19:]
    elif how == 2:
        tweet.pop("reply_to", None)
    elif "retweet_of" in tweet:
        tweet["retweet_of"].pop("user", None)
    return tweet


def main():
    edges = [line.split()[:2] for line in open(sys.argv[1])]
    out = sys.argv[3]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 20000
    followers = collections.Counter(followee for _, followee in edges)
    accounts = {account for edge in edges for account in edge}
    written, tweets, times = collections.Counter(), {}, []
    for line in open(sys.argv[2], encoding="utf-8"):
        record = json.loads(line)
        author = record.get("user", {}).get("id") if record["type"] == "tweet" else None
        if author:
            written[author] += 1
            tweets[record["id"]] = line
            times.append(record["created_at"])
    ranked = sorted(accounts, key=lambda account: (-followers[account], int(account)))
    authors = sorted(written, key=lambda author: (-written[author], int(author)))
    spare = (str(number) for number in range(1, 1 << 60) if str(number) not in written)
    names = {account: authors[rank] if rank < len(authors) else next(spare) for rank, account in enumerate(ranked)}
    os.makedirs(out, exist_ok=True)
    with open(out + "/follows.tsv", "w") as file:
        file.writelines(f"{names[follower]}\t{names[followee]}\n" for follower, followee in edges)
    rng = random.Random(7)
    users, ids = sorted(names.values()), sorted(tweets)
    lines = list(tweets.values())
    for _ in range(count):
        kind = rng.choice(["follow", "unfollow", "block", "unblock", "mute", "unmute", "delete"])
        at = rng.choice(times)
        if kind == "delete":
            lines.append(json.dumps({"type": kind, "id": rng.choice(ids), "at": at}) + "\n")
            continue
        # An edge that is there, so that something ends; for others two who are known.
        user, target = (names[end] for end in rng.choice(edges)) if kind != "follow" else rng.sample(users, 2)
        lines.append(json.dumps({"type": kind, "user": user, "target": target, "at": at}) + "\n")
    for number in ids[::20]:
        lines.append(json.dumps(retold(json.loads(tweets[number]), rng)) + "\n")
    for author in rng.sample(authors, count // 2000):
        lines.append(json.dumps({"type": "user_delete", "user": author, "at": rng.choice(times)}) + "\n")
    rng.shuffle(lines)
    with open(out + "/activity.ndjson", "w", encoding="utf-8") as file:
        file.writelines(lines)
    print(json.dumps({"accounts": len(accounts), "authors": len(authors), "edges": len(edges), "records": len(lines)}))


if __name__ == "__main__":
    main()
