#!/usr/bin/env python3
"""Fails every system call of `ingest`, `index-build`, `trend-compute` and `fanout` once, and kills at each: fault_sweep.py BIN FAULT.so [STEP].

After every fault the index, the state and each output must be the old one or the new one, and no state ahead of the rows; exit 0
must mean the new ones; a run that was not killed must leave no temporary file; and the next run must succeed unaided. STEP > 1
samples. Exit 1 at the first violation."""
import json, os, shutil, subprocess, sys, tempfile

bin_dir, library = sys.argv[1], os.path.abspath(sys.argv[2])
step = int(sys.argv[3]) if len(sys.argv) > 3 else 1


def record(i):
    return json.dumps({"type": "tweet", "id": str(1034898743869534208 + i), "created_at": "2018-08-29T20:21:02.000Z", "user": {"id": "7", "username": "a"}, "text": f"storks and cranes {i}"}, separators=(",", ":"))


def status(i):
    return json.dumps({"id_str": str(1034898743869534208 + i), "created_at": "Wed Aug 29 20:21:02 +0000 2018", "full_text": f"cranes {i}", "user": {"id_str": "7", "screen_name": "a"}})


def tool(name, *arguments, env=None, **more):
    return subprocess.run([os.path.join(bin_dir, name), *arguments], capture_output=True, env={**os.environ, **(env or {})}, **more)


def temporaries(folder):
    return [os.path.join(d, f) for d, _, files in os.walk(folder) for f in files if ".tmp." in f]


def sweep(label, command, prepare, check, work, operations=("write", "fsync", "rename", "close", "open", "unlink")):
    points = violations = 0
    for operation in operations:
        for error in {"write": ["28", "5", "KILL", "SHORT"], "read": ["5", "SHORT"]}.get(operation, ["28", "5", "KILL"]):
            at = 0
            while True:
                at += step
                shutil.rmtree(work, ignore_errors=True)
                os.makedirs(work)
                prepare()
                report = os.path.join(work, "..", "calls")
                env = {"LD_PRELOAD": library, "FAULT_OP": operation, "FAULT_AT": str(at), "FAULT_ERR": error, "FAULT_REPORT": report}
                if os.path.exists(report):
                    os.unlink(report)
                done = command(env)
                killed = done.returncode == -9
                calls = at if killed else int(open(report).read().split("=")[1])
                if at > calls:
                    break
                points += 1
                # Looked for before the next run sweeps. An unlink that failed leaves its file.
                left = [] if killed or operation == "unlink" else temporaries(work)
                problem = check(done, error)
                if problem is None and left:
                    problem = f"left {left}"
                if problem is None and done.returncode < 0 and not killed:
                    problem = f"died by signal {-done.returncode}"
                if problem:
                    print(f"{label}: {operation} call {at}, error {error}, exit {done.returncode}: {problem}\n{done.stderr.decode()}")
                    violations += 1
                    if violations > 5:
                        sys.exit(1)
    print(f"{label}: {points} faults, {violations} violations")
    return violations


with tempfile.TemporaryDirectory() as home:
    old, new, dump = (os.path.join(home, x) for x in ("old.ndjson", "new.ndjson", "dump.ndjson"))
    open(old, "w").write("".join(record(i) + "\n" for i in range(20)))
    open(new, "w").write("".join(record(i) + "\n" for i in range(10, 50)))
    open(dump, "w").write("".join(status(i) + "\n" for i in range(50)) + "{broken\n")
    base, work = os.path.join(home, "base"), os.path.join(home, "work")
    index = os.path.join(work, "index")
    tool("index-build", "-i", base, old, check=True)

    def check_index(done, error):
        answer = tool("query", "-i", index, "--count", "cranes")
        count = answer.stdout.decode().strip()
        if count not in ("20", "50"):
            return f"the index answers {count!r}: {answer.stderr.decode()}"
        if done.returncode == 0 and count != "50":
            return "exit 0, but the old commit"
        if tool("index-build", "-i", index, "--verify", "full").returncode != 0:
            return "verify finds faults"
        again = tool("index-build", "-i", index, new)
        if again.returncode != 0 or tool("query", "-i", index, "--count", "cranes").stdout.strip() != b"50":
            return f"the next run ended with {again.returncode}: {again.stderr.decode()}"
        return None

    bad = sweep("index-build", lambda env: tool("index-build", "-i", index, new, env=env), lambda: shutil.copytree(base, index), check_index, work)

    # Upkeep: segments from elsewhere, a purge, an archive and back.
    other, elsewhere, purged, archive = (os.path.join(home, x) for x in ("other.ndjson", "elsewhere", "purged", "archive"))
    open(other, "w").write("".join(record(i) + "\n" for i in range(20, 50)))
    tool("index-build", "-i", elsewhere, other, check=True)
    segment = os.path.join(elsewhere, "segments", os.listdir(os.path.join(elsewhere, "segments"))[0])
    shutil.copytree(base, purged)
    gone = json.loads(record(3))["id"]
    tool("index-build", "-i", purged, input=json.dumps({"type": "delete", "id": gone}).encode(), check=True)
    tool("index-build", "-i", base, "--archive", archive, check=True)

    def count_of(path):
        return tool("query", "-i", path, "--count", "cranes").stdout.decode().strip()

    def check_added(done, error):
        if count_of(index) not in ("20", "50") or done.returncode == 0 and count_of(index) != "50":
            return f"the index answers {count_of(index)!r}"
        again = tool("index-build", "-i", index, "--add-segments", segment)
        return None if again.returncode == 0 and count_of(index) == "50" else f"the next run ended with {again.returncode}: {again.stderr.decode()}"

    def check_purged(done, error):
        if count_of(index) != "19" or tool("index-build", "-i", index, "--verify", "full").returncode != 0:
            return f"the index answers {count_of(index)!r}"
        manifests = [name for name in os.listdir(index) if name.startswith("manifest-")]
        if done.returncode == 0 and (len(manifests) != 1 or not os.path.exists(os.path.join(index, "audit.ndjson"))):
            return f"exit 0, and {manifests}"
        again = tool("index-build", "-i", index, "--purge")
        return None if again.returncode == 0 and count_of(index) == "19" else f"the next run ended with {again.returncode}: {again.stderr.decode()}"

    def check_restored(done, error):
        if os.path.exists(os.path.join(index, "CURRENT")):
            return None if count_of(index) == "20" else "a commit that is not whole"
        if done.returncode == 0:
            return "exit 0, and no commit"
        again = tool("index-build", "-i", index, "--restore", archive)
        return None if again.returncode == 0 and count_of(index) == "20" else f"the next run ended with {again.returncode}: {again.stderr.decode()}"

    def check_archived(done, error):
        file = os.path.join(work, "file")
        if os.path.exists(file):
            return None if open(file, "rb").read() == open(archive, "rb").read() else "an archive that is not whole"
        return "exit 0, and no archive" if done.returncode == 0 else None

    # Counts that rise beside the segments of two commits, one of which had some.
    raised, rise = os.path.join(home, "raised"), os.path.join(home, "counters")
    shutil.copytree(base, raised)
    tool("index-build", "-i", raised, other, check=True)
    liked = [json.loads(record(i))["id"] for i in range(15, 30)]
    tool("index-build", "-i", raised, "--counters", "/dev/stdin", "--", "/dev/null", input=(json.dumps({"type": "counters", "id": liked[0], "likes": 3}) + "\n").encode(), check=True)
    open(rise, "w").write("".join(json.dumps({"type": "counters", "id": i, "likes": 9}) + "\n" for i in liked))

    def likes():
        answers = [tool("query", "-i", index, "--count", f"min_likes:{n}").stdout.decode().strip() for n in (3, 9)]
        return tuple(answers)

    def check_raised(done, error):
        if likes() not in (("1", "0"), ("15", "15")) or done.returncode == 0 and likes()[1] != "15":
            return f"the index answers {likes()!r}"
        if count_of(index) != "50" or tool("index-build", "-i", index, "--verify", "full").returncode != 0:
            return "verify finds faults"
        again = tool("index-build", "-i", index, "--counters", rise, "--", "/dev/null")
        return None if again.returncode == 0 and likes() == ("15", "15") else f"the next run ended with {again.returncode}: {again.stderr.decode()}"

    bad += sweep("index-build --counters", lambda env: tool("index-build", "-i", index, "--counters", rise, "--", "/dev/null", env=env), lambda: shutil.copytree(raised, index), check_raised, work)
    bad += sweep("index-build --add-segments", lambda env: tool("index-build", "-i", index, "--add-segments", segment, env=env), lambda: shutil.copytree(base, index), check_added, work)
    bad += sweep("index-build --purge", lambda env: tool("index-build", "-i", index, "--purge", env=env), lambda: shutil.copytree(purged, index), check_purged, work)
    bad += sweep("index-build --restore", lambda env: tool("index-build", "-i", index, "--restore", archive, env=env), lambda: None, check_restored, work)
    bad += sweep("index-build --archive", lambda env: tool("index-build", "-i", base, "--archive", os.path.join(work, "file"), env=env), lambda: None, check_archived, work)

    # A merge of segments whose lists and records are too large to wait in memory: words that no two tweets share.
    many = os.path.join(home, "many")
    for part in range(2):
        lines = "".join(record(i).replace("storks", f"w{i * 2654435761 % 2**32:x}x{i * 40503 % 65521:x}x{i}") + "\n" for i in range(part, 60000, 2))
        tool("index-build", "-i", many, input=lines.encode(), check=True)

    def check_merged(done, error):
        if count_of(index) != "60000":
            return f"the index answers {count_of(index)!r}"
        manifest = open(os.path.join(index, "CURRENT")).read().strip()
        segments = len(json.loads(open(os.path.join(index, manifest)).readline())["segments"])
        if segments not in (1, 2) or done.returncode == 0 and segments != 1:
            return f"exit {done.returncode}, and {segments} segments"
        if tool("index-build", "-i", index, "--verify", "quick").returncode != 0:
            return "verify finds faults"
        again = tool("index-build", "-i", index, "--merge")
        return None if again.returncode == 0 and count_of(index) == "60000" else f"the next run ended with {again.returncode}: {again.stderr.decode()}"

    bad += sweep("index-build --merge", lambda env: tool("index-build", "-i", index, "--merge", env=env), lambda: shutil.copytree(many, index), check_merged, work)

    # A timeline store: what account 1 sees is tweets of 7 before, and of 8 and a retweet after.
    def post(i, author, **more):
        return json.dumps({"type": "tweet", "id": str(1034898743869534208 + i), "created_at": f"2018-08-29T20:21:{i % 60:02}.000Z", "user": {"id": str(author), "username": f"user{author}"}, "text": "storks", **more}, separators=(",", ":")) + "\n"

    graph, earlier, later = (os.path.join(home, x) for x in ("graph", "earlier.ndjson", "later.ndjson"))
    open(graph, "w").write("".join(f"{u}\t7\n" for u in range(1, 7)))
    open(earlier, "w").write("".join(post(i, 7) for i in range(20)))
    open(later, "w").write('{"type":"follow","user":"1","target":"8","at":"2018-08-29T20:22:00.000Z"}\n' + "".join(post(i, 8) for i in range(20, 50)) + post(50, 7, retweet_of={"id": "5", "user": {"id": "9"}}))
    store, kept = os.path.join(work, "store"), os.path.join(home, "kept")
    tool("fanout", "-s", kept, "--graph", graph, "--", earlier, check=True)

    def seen_by_one():
        return len(tool("query", "-s", store, "--timeline", "1", "--format", "ids", "--limit", "all").stdout.split())

    def check_store(done, error):
        count = seen_by_one()
        if count not in (20, 51):
            return f"the timeline has {count} tweets"
        if done.returncode == 0 and count != 51:
            return "exit 0, but the old commit"
        if tool("fanout", "-s", store, "--verify").returncode != 0:
            return "verify finds faults"
        again = tool("fanout", "-s", store, later)
        if again.returncode != 0 or seen_by_one() != 51:
            return f"the next run ended with {again.returncode}: {again.stderr.decode()}"
        return None

    for words in ((), ("--merge",)):
        bad += sweep(" ".join(("fanout -s", *words)), lambda env: tool("fanout", "-s", store, *words, later, env=env), lambda: shutil.copytree(kept, store), check_store, work)

    # Two files behind the commit of the store: each is as it was or whole, and new only behind a new commit.
    names = [os.path.join(work, name) for name in ("notify", "counters")]
    options = ("--notify", names[0], "--counters", names[1])
    os.makedirs(work, exist_ok=True)
    shutil.copytree(kept, store, dirs_exist_ok=True)
    tool("fanout", "-s", store, *options, later, check=True)
    whole = [open(name, "rb").read() for name in names]
    assert all(whole)

    def prepare_files():
        shutil.copytree(kept, store)
        for name in names:
            open(name, "w").write("old")

    def check_files(done, error):
        found = [open(name, "rb").read() for name in names]
        for text, new_text in zip(found, whole):
            if text not in (b"old", new_text):
                return f"{len(text)} bytes in place of a file"
            if text == new_text and seen_by_one() != 51:
                return "a new file beside the old commit"
        if done.returncode == 0 and found != whole:
            return "exit 0, but old files"
        problem = check_store(done, error)
        if problem is None and tool("fanout", "-s", store, *options, later).returncode != 0 or [open(name, "rb").read() for name in names] != whole:
            return problem or "the next run wrote other files"
        return problem

    bad += sweep("fanout --notify --counters", lambda env: tool("fanout", "-s", store, *options, later, env=env), prepare_files, check_files, work)

    out, rejects, seen = (os.path.join(work, x) for x in ("out.ndjson", "rejects.ndjson", "seen"))
    tool("ingest", "-o", out if os.makedirs(work, exist_ok=True) is None else out, "--rejects", rejects, dump)
    whole = open(out, "rb").read()

    def check_ingest(done, error):
        found = open(out, "rb").read() if os.path.exists(out) else None
        if found not in (None, whole):
            return "half an output"
        if done.returncode == 0 and (found is None or not os.path.exists(rejects) or not os.path.exists(seen)):
            return "exit 0 without the output"
        if os.path.exists(seen) and found is None:
            return "ids count as seen whose records are nowhere"
        return None

    bad += sweep("ingest", lambda env: tool("ingest", "-o", out, "--rejects", rejects, "--seen", seen, dump, env=env), lambda: None, check_ingest, work)

    # The tweets of a day with a burst, and of the hours behind it; rules that deny one of the two terms that burst then.
    def tweets(hours, word, accounts):
        return [json.dumps({"type": "tweet", "id": str(h * 1000 + ord(word[0]) * 100000 + u), "created_at": f"2020-03-{1 + h // 24:02}T{h % 24:02}:{10 + u}:00.000Z", "user": {"id": str(u)}, "text": f"{word} {h} {u}", "hashtags": [word]}, separators=(",", ":")) for h in hours for u in range(accounts)]

    before, now, rules = (os.path.join(home, x) for x in ("before.ndjson", "now.ndjson", "rules.yaml"))
    open(before, "w").write("\n".join(tweets(range(20), "usual", 9) + tweets([20], "flood", 30) + tweets(range(21, 24), "usual", 9)) + "\n")
    open(now, "w").write("\n".join(tweets([24], "quake", 30) + tweets([24], "train", 30) + tweets(range(25, 27), "usual", 9)) + "\n{broken\n")
    open(rules, "w").write("deny: [{ term: '#train', reason: follow trains }]\n")
    names = ["state", "rows", "page.html", "rejects", "stats", "metrics"]
    files = [os.path.join(work, name) for name in names]

    def trends(source, env=None):
        state, rows, page, refused, stats, metrics = files
        return tool("trend-compute", "--kind", "hashtag", "--step", "30m", "--memory", "128MB", "--state", state, where, rows, "--html", page, "--rejects", refused, "--stats", stats, "--metrics", metrics, "--rules", rules, source, env=env)

    def contents():
        return [open(f, "rb").read() if os.path.exists(f) else None for f in files]

    def restore():
        os.rmdir(work)
        shutil.copytree(base, work)

    def check_trends(done, error):
        found = contents()
        for name, one, old, new in zip(names[:4], found, first, second):
            if one not in (old, new):
                return f"{name} is neither the old nor the new one"
        if done.returncode == 0 and found[:4] != second[:4]:
            return "exit 0 without all outputs"
        if done.returncode == 0 and any(f in (None, old) for f, old in zip(found[4:], first[4:])):
            return "exit 0 without the ledger"
        if found[0] == second[0] and found[:4] != second[:4]:
            return "the state is ahead of an output"
        if found[0] == first[0]:
            again = trends(now)
            if again.returncode != 0 or contents()[:4] != second[:4]:
                return f"the next run ended with {again.returncode}, or other rows: {again.stderr.decode()}"
            if any(f.startswith(".state.tmp.") for f in os.listdir(work)):
                return "the next run left what a killed one wrote of the state"
        return None

    operations = ("write", "fsync", "rename", "close", "open", "unlink", "read")
    base = os.path.join(home, "state")
    for where in ("-o", "--append"):
        for folder in (work, base):
            shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(work)
        assert trends(before).returncode == 0
        first = contents()
        shutil.copytree(work, base)
        assert trends(now).returncode == 0
        second = contents()
        # What a broken run would hide behind: outputs that do not change.
        assert all(a and a != b for a, b in zip(first[:3], second)) and b"follow trains" in second[1] and b"#quake" in second[1]
        assert (where == "-o" or second[1].startswith(first[1]) and first[1] != second[1])
        bad += sweep(f"trend-compute {where}", lambda env: trends(now, env), restore, check_trends, work, operations)
    sys.exit(1 if bad else 0)
