#!/usr/bin/env python3
"""Fills a small tmpfs to every level under `ingest`, `index-build`, `trend-compute`, `fanout` and `pipeline`: disk_full.py BIN [STEP_KB].

On a full disk, and with no inode left, a run must end with 74 (on a read-only one also with 73), name what it could not do, leave
the old output or commit whole, and leave no temporary file that the next run does not sweep; with room again the next
run must succeed unaided. Mounts in a namespace of its own. Exit 1 on a violation, 77 where mounting is not allowed."""
import json, os, shutil, subprocess, sys

bin_dir = os.path.abspath(sys.argv[1])
step = int(sys.argv[2]) if len(sys.argv) > 2 else 16

if os.environ.get("DISK_FULL_INSIDE") != "1":
    # Without root a user namespace may allow it; whatever happens, the mounts go with the namespace.
    how = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    probe = how + ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    try:
        allowed = subprocess.run(probe, capture_output=True).returncode == 0
    except OSError:
        allowed = False
    if not allowed:
        print("skipped: mounting a tmpfs is not allowed here")
        sys.exit(77)
    env = {**os.environ, "DISK_FULL_INSIDE": "1"}
    sys.exit(subprocess.run(how + [sys.executable, os.path.abspath(__file__), bin_dir, str(step)], env=env).returncode)

home, inputs, disk = "/mnt", "/mnt/inputs", "/mnt/disk"
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", home], check=True)
os.makedirs(inputs)
os.makedirs(disk)
id0 = 1034898743869534208


def tool(name, *words, **more):
    return subprocess.run([os.path.join(bin_dir, name), *words], capture_output=True, text=True, **more)


def record(i, word):
    return json.dumps({"type": "tweet", "id": str(id0 + i * 4194304), "created_at": "2018-08-29T20:21:02.000Z", "user": {"id": str(i), "username": f"user{i}"}, "text": f"crane {word} number {i * 7919}", "counts": {"likes": 1 if word == "old" else 2}}, separators=(",", ":"))


def write(name, lines):
    with open(f"{inputs}/{name}", "w") as f:
        f.write("".join(line + "\n" for line in lines))
    return f"{inputs}/{name}"


old = write("old", [record(i, "old") for i in range(400)])
new = write("new", [record(i, "new") for i in range(200, 2200)] + ["{broken"])
more = write("more", [record(i, "old") for i in range(5000, 5300)])
yaml = write("p.yaml", [
    "pipeline: p", "stages:",
    f"  clean: {{ run: ingest --as canonical {new} --rejects {disk}/rejects }}",
    "  tokens: { run: tokenize, from: clean }",
    f"  copy: {{ run: tokenize --stem auto, from: clean, to: {disk}/copy }}",
    f"  index: {{ run: index-build -i {disk}/index, from: tokens }}"])
tool("index-build", "-i", f"{inputs}/one", old, check=True)
shutil.copytree(f"{inputs}/one", f"{inputs}/two")
tool("index-build", "-i", f"{inputs}/two", more, check=True)
risen = write("risen", [json.dumps({"type": "counters", "id": str(id0 + i * 4194304), "likes": 1000 + i * 31 % 997}) for i in range(400)])
violations = points = 0


def count(query="crane"):
    done = tool("query", "-i", f"{disk}/index", "--count", query)
    return done.stdout.strip() or done.stderr


def index_is(*allowed):
    found = count()
    if found not in allowed:
        return f"the index answers {found!r}, expected {allowed}"
    verified = tool("index-build", "-i", f"{disk}/index", "--verify", "full")
    return f"verify: {verified.stdout}{verified.stderr}" if verified.returncode else None


def copy(name):
    return lambda: shutil.copytree(f"{inputs}/{name}", f"{disk}/index")


def old_output():
    for name in ("out", "rejects"):
        with open(f"{disk}/{name}", "w") as f:
            f.write("old\n")


def output_is(ended_well):
    found = open(f"{disk}/out").read()
    if ended_well:
        return None if found.count("\n") == 2000 else "exit 0 without the output"
    return None if found == "old\n" else f"{len(found)} bytes in place of the old output"


def tweets(hours, word, accounts):
    return [json.dumps({"type": "tweet", "id": str(h * 1000 + ord(word[0]) * 100000 + u), "created_at": f"2020-03-{1 + h // 24:02}T{h % 24:02}:{10 + u}:00.000Z", "user": {"id": str(u)}, "text": f"{word} {h} {u}", "hashtags": [word] + [f"{word}{u}{h}x{n}" for n in range(9)]}) for h in hours for u in range(accounts)]


day = write("day", tweets(range(24), "usual", 30))
hour = write("hour", tweets([24], "quake", 30) + tweets(range(25, 27), "usual", 9))
before_hour = []


def trends(source, folder=disk):
    return tool("trend-compute", "--kind", "hashtag", "--step", "30m", "--state", f"{folder}/state", "--append", f"{folder}/rows", "--html", f"{folder}/page", source)


def trend_files(folder=disk):
    return [open(f"{folder}/{name}", "rb").read() for name in ("state", "rows")]


def a_day_of_trends():
    trends(day)
    before_hour[:] = trend_files()


trends(day, inputs)
trends(hour, inputs)
after_hour = trend_files(inputs)


def trends_are(ended_well):
    found = trend_files()
    if ended_well:
        # The run that follows one that ended well adds to the windows that are open, and no rows.
        return None if found[0] != before_hour[0] and found[1] == after_hour[1] and b'"#quake"' in found[1] else "exit 0 without the new state and rows"
    return None if found == before_hour else "new files of a run that failed"


def pipeline_is(ended_well):
    found = open(f"{disk}/copy").read() if os.path.exists(f"{disk}/copy") else None
    if ended_well and (found is None or found.count("\n") != 2000):
        return "exit 0 without the output"
    if not ended_well and found is not None:
        return "an output of a run that failed"
    return index_is("2200" if ended_well else "400")


def new_index(ended_well):
    if ended_well:
        return index_is("2000")
    return None if not os.path.exists(f"{disk}/index/CURRENT") else "a commit of a run that failed"


def counts_are(ended_well):
    found = tool("query", "-i", f"{disk}/index", "--count", "min_likes:1000").stdout.strip()
    return index_is("400") if found == ("400" if ended_well else "0") else f"the counts of {found} tweets rose"


# A timeline of one tweet of each of 399 accounts before, and the newest 800 of 1,000 after.
follows = write("follows", [f"9999 {i}" for i in range(1, 1001)])
tool("fanout", "-s", f"{inputs}/store", old, "--graph", follows, check=True)


def store_is(*allowed):
    done = tool("query", "-s", f"{disk}/store", "--timeline", "9999", "--limit", "all", "--format", "ids")
    if str(len(done.stdout.split())) not in allowed:
        return f"the timeline has {len(done.stdout.split())} tweets, expected {allowed}: {done.stderr}"
    verified = tool("fanout", "-s", f"{disk}/store", "--verify")
    return f"verify: {verified.stdout}{verified.stderr}" if verified.returncode else None


# 2,000 likes of other accounts' tweets tell 1,999 accounts (one tweet is its own) and count 2,000.
likes = write("likes", [record(i, "new") for i in range(200, 2200)] + [json.dumps({"type": "like", "user": "300", "tweet": str(id0 + i * 4194304)}, separators=(",", ":")) for i in range(200, 2200)])


def old_files():
    shutil.copytree(f"{inputs}/store", f"{disk}/store")
    for name in ("notify", "counters"):
        with open(f"{disk}/{name}", "w") as f:
            f.write("old\n")


def files_are(ended_well):
    found = [open(f"{disk}/{name}").read() for name in ("notify", "counters")]
    if ended_well and [text.count("\n") for text in found] != [1999, 2000]:
        return "exit 0 without the files"
    if not ended_well and found != ["old\n"] * 2:
        return "a new file of a run that failed"
    return store_is("800" if ended_well else "399")


# What is run, what is there before, what must hold after, by whether it ended well.
cases = {
    "ingest -o": (lambda: tool("ingest", "--as", "canonical", "-o", f"{disk}/out", "--rejects", f"{disk}/rejects", new), old_output, output_is),
    "index-build, new": (lambda: tool("index-build", "-i", f"{disk}/index", new), lambda: None, new_index),
    "index-build, adding": (lambda: tool("index-build", "-i", f"{disk}/index", new), copy("one"), lambda well: index_is("2200" if well else "400")),
    "index-build --counters": (lambda: tool("index-build", "-i", f"{disk}/index", "--counters", risen, "--", "/dev/null"), copy("one"), counts_are),
    "index-build --merge": (lambda: tool("index-build", "-i", f"{disk}/index", "--merge"), copy("two"), lambda well: index_is("700")),
    "trend-compute --append": (lambda: trends(hour), a_day_of_trends, trends_are),
    "fanout -s": (lambda: tool("fanout", "-s", f"{disk}/store", new), lambda: shutil.copytree(f"{inputs}/store", f"{disk}/store"), lambda well: store_is("800" if well else "399")),
    "fanout --notify": (lambda: tool("fanout", "-s", f"{disk}/store", "--notify", f"{disk}/notify", "--counters", f"{disk}/counters", likes), old_files, files_are),
    "pipeline run": (lambda: tool("pipeline", "run", yaml), copy("one"), pipeline_is),
}


def temporaries():
    return [os.path.join(d, f) for d, _, files in os.walk(disk) for f in files if ".tmp." in f]


def mount(options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)


def trial(name, label, spoil, repair, statuses=(0, 74)):
    """Returns whether the run ended well."""
    global violations, points
    run, prepare, check = cases[name]
    mount("size=16m,nr_inodes=1000")
    prepare()
    spoil()
    done = run()
    points += 1
    left = temporaries()
    problem = check(done.returncode == 0)
    if problem is None and done.returncode not in statuses:
        problem = f"exit {done.returncode}, expected one of {statuses}"
    if problem is None and done.returncode and not done.stderr.strip():
        problem = "no word of what went wrong"
    repair()
    if problem is None:
        again = run()
        problem = check(again.returncode == 0) or (f"the next run ended with {again.returncode}: {again.stderr}" if again.returncode else None)
    if problem is None and temporaries():
        problem = f"the next run left {temporaries()} (after the fault: {left})"
    if problem:
        violations += 1
        print(f"{name}, {label}: {problem}\nexit {done.returncode}: {done.stderr}")
    subprocess.run(["umount", disk], check=True)
    return done.returncode == 0


def remount(access):
    # As a bind mount: that is allowed without root too.
    subprocess.run(["mount", "-o", f"remount,bind,{access}", disk], check=True)


def leave(kilobytes):
    def fill():
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - (kilobytes << 10)
        with open(f"{disk}/ballast", "wb") as f:
            f.write(b"x" * max(room, 0))
    return fill


def use_inodes():
    os.makedirs(f"{disk}/ballast")
    try:
        for i in range(2000):
            open(f"{disk}/ballast/{i}", "w").close()
    except OSError:
        pass


def clear():
    path = f"{disk}/ballast"
    shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.unlink(path)


for name in cases:
    before, level, well = points, 0, False
    while not well and level < 16384:
        well = trial(name, f"{level} KB free", leave(level), clear)
        level += step
    trial(name, "no inode", use_inodes, clear)
    trial(name, "read-only", lambda: remount("ro"), lambda: remount("rw"), (73, 74))
    print(f"{name}: {points - before} full disks, {violations} violations")
sys.exit(1 if violations else 0)
