#!/usr/bin/env python3
"""Checks `query` against a brute-force scan: query_oracle.py BIN TOKENIZED.ndjson COUNT SEED.

Shares nothing with the tools but the tokens of the records: every query is evaluated on every tweet, in plain Python.
Compares ids (as sets), counts, and for scored queries the first ten in order. Exit 1 at the first difference."""
import calendar, json, math, os, random, re, subprocess, sys, tempfile, time

bin_dir, path, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
rng = random.Random(seed)


def fold(text):
    return text.lower()


class Tweet:
    def __init__(self, d):
        self.id = int(d["id"])
        self.at = calendar.timegm(time.strptime(d["created_at"][:19], "%Y-%m-%dT%H:%M:%S")) * 1000 + int(d["created_at"][20:23])
        user = d.get("user") or {}
        self.author = fold(user.get("username") or "")
        self.author_id = user.get("id")
        self.positions = [t if isinstance(t, list) else [t] for t in d.get("tokens", [])]
        self.length = len(self.positions)
        self.where = {}
        for place, terms in enumerate(self.positions):
            for term in terms:
                self.where.setdefault(term, []).append(place)
        self.hashtags = {fold(h) for h in d.get("hashtags", [])}
        self.mentions = {fold(m["username"]) for m in d.get("mentions", []) if m.get("username")}
        self.lang = d.get("lang")
        self.reply = d.get("reply_to") or {}
        self.retweet = d.get("retweet_of") or {}
        self.quote = d.get("quote_of") or {}
        self.urls = d.get("urls", [])
        self.media = d.get("media", [])
        self.counts = d.get("counts") or {}
        self.geo = d.get("geo") or {}
        self.verified = user.get("verified") is True


tweets = [Tweet(d) for d in map(json.loads, open(path, encoding="utf-8")) if d["type"] == "tweet"]
mean = sum(t.length for t in tweets) / len(tweets)
df = {}
for t in tweets:
    for term in t.where:
        df[term] = df.get(term, 0) + 1
words = [w for w in df if re.fullmatch(r"[a-z]{2,}", w)]
common = sorted(words, key=lambda w: (-df[w], w))[:300]
words.sort()
names = sorted({t.author for t in tweets if re.fullmatch(r"\w+", t.author)})
tags = sorted({h for t in tweets for h in t.hashtags if re.fullmatch(r"[a-z]\w*", h)})
mentioned = sorted({m for t in tweets for m in t.mentions if re.fullmatch(r"\w+", m)})
langs = sorted({t.lang for t in tweets if t.lang})


def idf(term):
    n = df.get(term, 0)
    return math.log(1 + (len(tweets) - n + 0.5) / (n + 0.5))


def bm25(weight, tf, length):
    return weight * 2.2 * tf / (tf + 1.2 * (1 - 0.75 + 0.75 * length / mean))


# A clause is (text, matches(tweet), score(tweet)).
def word():
    w = rng.choice(common if rng.random() < 0.6 else words)
    return w, lambda t: w in t.where, lambda t: bm25(idf(w), len(t.where[w]), t.length) if w in t.where else 0


def phrase():
    while True:
        t = rng.choice(tweets)
        run = [p[0] for p in t.positions]
        size = rng.choice([2, 2, 3])
        starts = [i for i in range(len(run) - size + 1) if all(re.fullmatch("[a-z]+", x) for x in run[i : i + size])]
        if starts:
            break
    i = rng.choice(starts)
    terms = run[i : i + size]
    weight = sum(idf(x) for x in terms)

    def tf(t):
        if any(x not in t.where for x in terms):
            return 0
        return sum(all(s + k in t.where[x] for k, x in enumerate(terms)) for s in t.where[terms[0]])

    return '"' + " ".join(terms) + '"', lambda t: tf(t) > 0, lambda t: bm25(weight, tf(t), t.length) if tf(t) else 0


def plain(text, matches):
    return text, matches, lambda t: 0


def prefix():
    p = rng.choice(words)[: rng.choice([2, 3, 4])]
    return plain(p + "*", lambda t: any(x.startswith(p) for x in t.where))


def field():
    kind = rng.randrange(14)
    if kind == 0 and names:
        n = rng.choice(names)
        return plain("from:" + n, lambda t: t.author == n)
    if kind == 1 and mentioned:
        n = rng.choice(mentioned)
        return plain("@" + n, lambda t: n in t.mentions)
    if kind == 2 and mentioned:
        n = rng.choice(mentioned)
        return plain("to:" + n, lambda t: fold(t.reply.get("username") or "") == n)
    if kind == 3 and tags:
        n = rng.choice(tags)
        return plain("#" + n, lambda t: n in t.hashtags)
    if kind == 4:
        n = rng.choice(langs)
        return plain("lang:" + n, lambda t: t.lang == n)
    if kind in (5, 6):
        at = rng.choice(tweets).at // 86400000 * 86400000
        day = time.strftime("%Y-%m-%d", time.gmtime(at // 1000))
        return plain("since:" + day, lambda t: t.at >= at) if kind == 5 else plain("until:" + day, lambda t: t.at < at)
    if kind in (7, 8):
        i = rng.choice(tweets).id
        return plain(f"since_id:{i}", lambda t: t.id > i) if kind == 7 else plain(f"max_id:{i}", lambda t: t.id <= i)
    if kind == 9:
        n = rng.choice([1, 5, 100, 1000])
        name, key = rng.choice([("min_likes", "likes"), ("min_faves", "likes"), ("min_retweets", "retweets"), ("min_replies", "replies")])
        return plain(f"{name}:{n}", lambda t: t.counts.get(key, 0) >= n)
    if kind == 10:
        a, b = sorted([rng.randrange(200), rng.randrange(200)])
        return plain(f"likes:{a}..{b}", lambda t: a <= t.counts.get("likes", 0) <= b)
    name, test = rng.choice([
        ("has:hashtags", lambda t: bool(t.hashtags)), ("has:links", lambda t: bool(t.urls)), ("has:media", lambda t: bool(t.media)),
        ("is:reply", lambda t: bool(t.reply)), ("filter:replies", lambda t: bool(t.reply)), ("is:retweet", lambda t: bool(t.retweet)),
        ("is:quote", lambda t: bool(t.quote)), ("has:mentions", lambda t: bool(t.mentions)), ("is:verified", lambda t: t.verified),
        ("has:geo", lambda t: bool(t.geo)),
    ])
    return plain(name, test)


def clause(depth=0):
    r = rng.random()
    if r < 0.42:
        return word()
    if r < 0.55:
        return phrase()
    if r < 0.60:
        return prefix()
    if r < 0.88 or depth > 1:
        return field()
    inner = query(depth + 1)
    return "(" + inner[0] + ")", inner[1], inner[2]


def conjunction(depth):
    parts = []
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        text, matches, score = clause(depth)
        if rng.random() < 0.15:
            parts.append(("-" + text, lambda t, m=matches: not m(t), lambda t: 0))
        else:
            parts.append((text, matches, score))
    return (" ".join(p[0] for p in parts), lambda t: all(p[1](t) for p in parts), lambda t: sum(p[2](t) for p in parts))


def query(depth=0):
    parts = [conjunction(depth) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    if len(parts) == 1:
        return parts[0]
    return (" OR ".join(p[0] for p in parts), lambda t: any(p[1](t) for p in parts), lambda t: sum(p[2](t) for p in parts if p[1](t)))


def run(*arguments):
    done = subprocess.run([os.path.join(bin_dir, "query"), "-i", index, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"query {arguments} ended with {done.returncode}: {done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    index = os.path.join(folder, "index")
    every = [] if len(sys.argv) < 6 else ["--commit-every", sys.argv[5]]
    subprocess.run([os.path.join(bin_dir, "index-build"), "-i", index, *every, path], check=True)
    hits = 0
    for number in range(count):
        text, matches, score = query()
        wanted = [t for t in tweets if matches(t)]
        found = [int(x) for x in run("--format", "ids", "--limit", "all", "--", text).split()]
        if sorted(found) != sorted(t.id for t in wanted):
            missing, extra = set(t.id for t in wanted) - set(found), set(found) - set(t.id for t in wanted)
            sys.exit(f"query {number}: {text}\n{len(wanted)} expected, {len(found)} found\nmissing {sorted(missing)[:5]}\nextra {sorted(extra)[:5]}")
        if number % 5 == 0 and int(run("--count", "--", text)) != len(wanted):
            sys.exit(f"query {number}: {text}: --count differs")
        order = sorted(((round(score(t), 9), t.id) for t in wanted), reverse=True)
        top = [i for _, i in order[:10]]
        # Sums of the same numbers in another order may differ in the last bit: only real differences count.
        if found[:10] != top:
            by_id = {t.id: score(t) for t in wanted}
            for a, b in zip(found[:10], top):
                if a != b and abs(by_id[a] - by_id[b]) > 1e-9:
                    sys.exit(f"query {number}: {text}\norder {found[:10]}\nexpected {top}")
        hits += len(wanted)
    print(f"{count} queries on {len(tweets)} tweets: no difference, {hits} hits")
