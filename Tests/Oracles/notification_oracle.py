#!/usr/bin/env python3
"""Compares the files of `fanout --notify`, `--digest` and `--counters` with their definitions: notification_oracle.py BIN [WORLDS].

Plain and independent: makes worlds of few accounts in which everything meets everything, hands them to `fanout` in several runs
into one store, shuffled and partly repeated, some as graph files, and evaluates Notifications.md on the same records. Then the
same run in three shards must have the same lines and sums. Exit 1 at the first difference."""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

bin_dir, worlds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
RANK = {"reply": 0, "quote": 1, "mention": 2, "retweet": 3}
OLDEST = ""  # Times are texts of one length, which compare as times do; none is before all.


def time(second):
    return f"2020-01-01T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000Z"


def world(rnd, count):
    """Records in order of ids; edges without a time."""
    records, edges, tweets = [], set(), []
    users = list(range(1, 9))
    for i in range(count):
        user, other, at = rnd.choice(users), rnd.choice(users), time(rnd.randrange(4 * 3600))
        target = rnd.choice(tweets) if tweets and rnd.random() < 0.9 else (99, 1)
        dice = rnd.random()
        if dice < 0.45:
            tweet = {"type": "tweet", "id": str(1000 + i), "created_at": at, "user": {"id": str(user), "username": f"u{user}"}, "text": "x"}
            if rnd.random() < 0.3:
                tweet["user"]["protected"] = rnd.random() < 0.5
            # The author of the other tweet stands in half of the records.
            who = {"user": {"id": str(target[1]), "username": f"u{target[1]}"}} if rnd.random() < 0.5 else {}
            names = [{"id": str(u), "username": f"u{u}"} for u in {rnd.choice(users), target[1]} if rnd.random() < 0.4]
            if names:
                tweet["mentions"] = names
            if rnd.random() < 0.4:
                tweet["reply_to"] = {"tweet": str(target[0]), **({"user": str(target[1])} if who else {})}
            if rnd.random() < 0.2:
                tweet["retweet_of"] = {"id": str(target[0]), **who}
                tweet.pop("reply_to", None)
            elif rnd.random() < 0.3:
                tweet["quote_of"] = {"id": str(target[0]), **who}
            tweets.append((1000 + i, user))
            records.append(tweet)
        elif dice < 0.7:
            like = {"type": rnd.choice(["like", "like", "unlike"]), "user": str(user), "tweet": str(target[0]), "at": at}
            if rnd.random() < 0.1:
                del like["at"]
            records.append(like)
        elif dice < 0.73:
            records.append({"type": "delete", "id": str(1000 + rnd.randrange(count))})
        elif dice < 0.733:
            records.append({"type": "user_delete", "user": str(user)})
        elif dice < 0.76:
            if user != other:
                edges.add((user, other))
        elif user != other:
            kind = rnd.choice(["follow"] * 4 + ["unfollow"] * 2 + ["block", "unblock", "mute", "unmute"])
            records.append({"type": kind, "user": str(user), "target": str(other), "at": at})
    return records, edges


class Known:
    """What all runs say together."""

    def __init__(self):
        self.tweets, self.edges, self.changes = {}, set(), collections.defaultdict(set)
        self.deleted, self.gone = set(), set()

    def add(self, record):
        kind = record["type"]
        if kind == "tweet":
            original = record.get("retweet_of", {})
            self.tweets[int(record["id"])] = tuple(int(x) for x in (record["user"]["id"], original.get("id", 0), original.get("user", {}).get("id", 0)))
        elif kind == "delete":
            self.deleted.add(int(record["id"]))
        elif kind == "user_delete":
            self.gone.add(int(record["user"]))
        elif kind not in ("like", "unlike"):
            name = kind.removeprefix("un")
            self.changes[name, int(record["user"]), int(record["target"])].add((record["at"], not kind.startswith("un")))

    def is_on(self, name, user, target, at):
        said = [(t, not on) for t, on in self.changes[name, user, target] if t <= at]
        return not max(said)[1] if said else name == "follow" and (user, target) in self.edges

    def author(self, tweet):
        author, original, other = self.tweets.get(tweet, (0, 0, 0))
        return 0 if tweet in self.deleted or original in self.deleted or {author, other} & self.gone else author

    def tells(self, user, actor, at):
        return not (user == actor or {user, actor} & self.gone or self.is_on("mute", user, actor, at) or self.is_on("block", user, actor, at) or self.is_on("block", actor, user, at))


def began(events):
    """When what these (time, on) give began, if it holds at the end."""
    ended = [at for at, on in events if not on]
    return min((at for at, on in events if on and (not ended or at > max(ended))), default=None)


def expected(records, known):
    """Notices as (at, kind, user, actor, tweet) in order, and counters by tweet."""
    own = {int(r["id"]): int(r["user"]["id"]) for r in records if r["type"] == "tweet"}
    best, notices, done, likes = {}, set(), collections.defaultdict(set), collections.defaultdict(set)
    for r in records:
        if r["type"] in ("like", "unlike"):
            likes[int(r["user"]), int(r["tweet"])].add((r.get("at", OLDEST), r["type"] == "like"))
        if r["type"] == "follow":
            user, target, at = int(r["user"]), int(r["target"]), r["at"]
            events = set(known.changes["follow", user, target]) | ({(OLDEST, True)} if (user, target) in known.edges else set())
            if began(events) == at and known.tells(target, user, at):
                notices.add((at, "follow", target, user, 0))
        if r["type"] != "tweet":
            continue
        tweet, actor, at = int(r["id"]), int(r["user"]["id"]), r["created_at"]
        found = []
        if "retweet_of" in r:
            found.append(("retweet", int(r["retweet_of"]["id"]), int(r["retweet_of"].get("user", {}).get("id", 0))))
        else:
            if "reply_to" in r:
                found.append(("reply", int(r["reply_to"]["tweet"]), int(r["reply_to"].get("user", 0))))
            if "quote_of" in r:
                found.append(("quote", int(r["quote_of"]["id"]), int(r["quote_of"].get("user", {}).get("id", 0))))
            found += [("mention", 0, int(m["id"])) for m in r.get("mentions", [])]
        for kind, target, user in found:
            author = user or own.get(target, 0) or known.author(target)
            if tweet in known.deleted or actor in known.gone:
                continue
            if target and target not in known.deleted and author not in known.gone:
                done[target].add((kind, tweet))
            user = user or known.author(target)
            if kind == "retweet" and target in known.deleted or not user or not known.tells(user, actor, at):
                continue
            if r["user"].get("protected") and not known.is_on("follow", user, actor, at):
                continue
            if (user, tweet) not in best or RANK[kind] < RANK[best[user, tweet][1]]:
                best[user, tweet] = (at, kind, user, actor, tweet)
    for (actor, tweet), events in likes.items():
        at = began(events)
        if at is None or actor in known.gone or tweet in known.deleted:
            continue
        if (own.get(tweet, 0) or known.author(tweet)) not in known.gone:
            done[tweet].add(("like", actor))
        author = known.author(tweet)
        if author and known.tells(author, actor, at):
            notices.add((at, "like", author, actor, tweet))
    return sorted(notices | set(best.values())), {t: collections.Counter(kind for kind, _ in done[t]) for t in sorted(done) if t}


def notice_line(notice):
    at, kind, user, actor, tweet = notice
    name = ":".join(str(x) for x in (kind, user, actor, tweet) if x)
    fields = {"type": "notification", "id": name, "user": str(user), "kind": kind, "actor": str(actor), "tweet": str(tweet), "at": at}
    return json.dumps({k: v for k, v in fields.items() if v not in ("0", OLDEST)}, separators=(",", ":"))


def digest_lines(notices):
    """Of windows of an hour."""
    groups = collections.defaultdict(list)
    for notice in notices:
        groups[notice[0][:13], notice[2]].append(notice)
    for (hour, user), members in sorted(groups.items()):
        begin = hour + ":00:00.000Z"
        fields = {"type": "digest", "id": f"digest:{user}:{begin}:3600" if hour else f"digest:{user}", "user": str(user)}
        if hour:
            fields |= {"from": begin, "to": f"{hour[:11]}{int(hour[11:]) + 1:02}:00:00.000Z"}
        fields["counts"] = dict(sorted(collections.Counter(n[1] for n in members).items()))
        for name, place in (("actors", 3), ("tweets", 4)):
            first = list(dict.fromkeys(str(n[place]) for n in members if n[place]))[:5]
            if first:
                fields[name] = first
        yield json.dumps(fields, separators=(",", ":"))


def counter_line(tweet, counted):
    fields = {"type": "counters", "id": str(tweet)}
    fields |= {name: counted[kind] for name, kind in (("likes", "like"), ("retweets", "retweet"), ("replies", "reply"), ("quotes", "quote")) if counted[kind]}
    return json.dumps(fields, separators=(",", ":"))


def fanout(folder, *words):
    done = subprocess.run([os.path.join(os.path.abspath(bin_dir), "fanout"), *words], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"fanout {' '.join(words)}: exit {done.returncode}: {done.stderr}")


def differ(what, seed, found, wanted):
    if found == wanted:
        return
    lines = [f"- {line}" for line in wanted if line not in found] + [f"+ {line}" for line in found if line not in wanted]
    sys.exit(f"{what} of world {seed} differ:\n" + "\n".join(lines[:20] or ["the order"]))


def trial(folder, seed):
    rnd = random.Random(seed)
    records, edges = world(rnd, 240)
    runs = rnd.choice([1, 1, 2, 3])
    parts = [[] for _ in range(runs)]
    for record in records:
        for part in {rnd.randrange(runs), rnd.randrange(runs) if rnd.random() < 0.2 else 0}:
            parts[part].append(record)
    known, lines = Known(), 0
    for number, part in enumerate(parts):
        shuffled = part + [r for r in part if rnd.random() < 0.2]
        rnd.shuffle(shuffled)
        as_graph = [r for r in shuffled if "target" in r and rnd.random() < 0.5]
        own_edges = sorted(e for e in edges if number == 0 or rnd.random() < 0.2)
        known.edges.update(own_edges)
        for record in part:
            known.add(record)
        for name, content in (("in", [json.dumps(r) for r in shuffled if r not in as_graph]), ("events", [json.dumps(r) for r in as_graph]), ("edges", ["%d\t%d" % e for e in own_edges])):
            open(os.path.join(folder, name), "w").write("".join(line + "\n" for line in content))
        graph = ["--graph", "edges", "events", "--", "in"]
        read = lambda name: open(os.path.join(folder, name)).read().splitlines()
        notices, counters = expected(part, known)
        wanted = [[notice_line(n) for n in notices], [counter_line(t, counters[t]) for t in counters]]
        lines += sum(map(len, wanted))
        # Three shards beside a copy of what was known, then the whole.
        found = [[], collections.defaultdict(collections.Counter)]
        for shard in range(3):
            fanout(folder, "-s", f"store{shard}", "--shard", f"{shard}/3", "--notify", "n", "--counters", "c", *graph)
            found[0] += read("n")
            for line in read("c"):
                sums = json.loads(line)
                found[1][int(sums["id"])].update({k: v for k, v in sums.items() if isinstance(v, int)})
        differ("notifications of shards", seed, sorted(found[0]), sorted(wanted[0]))
        sums = [json.loads(line) for line in wanted[1]]
        differ("counters of shards", seed, sorted((i, dict(c)) for i, c in found[1].items()), [(int(s["id"]), {k: v for k, v in s.items() if isinstance(v, int)}) for s in sums])
        fanout(folder, "-s", "store", "--notify", "n", "--counters", "c", *rnd.choice([[], ["--merge"]]), *graph)
        differ("notifications", seed, read("n"), wanted[0])
        differ("counters", seed, read("c"), wanted[1])
        fanout(folder, "-s", "store", "--notify", "n", "--digest", "1h", *graph)
        differ("digests", seed, read("n"), list(digest_lines(notices)))
    return lines


total = 0
for seed in range(worlds):
    with tempfile.TemporaryDirectory() as folder:
        total += trial(folder, seed)
print(f"{worlds} worlds, {total} lines, 0 wrong")
