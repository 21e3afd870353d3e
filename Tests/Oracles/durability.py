#!/usr/bin/env python3
"""Reads the system calls of a commit and shows that a power cut at any moment leaves the old or the new: durability.py BIN.

Recorded with strace: a file is made durable (fsync, nothing written after) before a rename gives it its name; the folder
is before anything that names the file (CURRENT behind the manifest, the manifest behind segments, raised counts and lists of the dead)
and before the run ends; a new folder's parent likewise; nothing is removed before the new pointer is durable. Then the
checker itself is tried: with any one fsync taken out of the record it must complain. Exit 1 on a violation, 77 without
strace."""
import json, os, re, shutil, subprocess, sys, tempfile

bin_dir = os.path.abspath(sys.argv[1])
calls = "openat,open,creat,write,pwrite64,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,link,linkat"


def record(folder, *command):
    """The calls that touch `folder`, in order: (name, path, second path)."""
    log = os.path.join(folder, "..", "strace.log")
    done = subprocess.run(["strace", "-f", "-y", "-qq", "-s", "4096", "-e", "signal=none", "-e", "trace=" + calls, "-o", log, *command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr}")
    events, begun = [], {}
    for line in open(log):
        number, rest = line.split(None, 1)
        # Calls of several threads: one that another interrupts counts where it ends.
        if "<unfinished ...>" in rest:
            begun[number] = rest.split("<unfinished")[0]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
        if resumed:
            rest = begun.pop(number, "") + resumed.group(1)
        found = re.match(r"(\w+)\((.*)\) += (-?\d+)", rest)
        if not found or int(found.group(3)) < 0:
            continue
        name, words = found.group(1), found.group(2)
        if name in ("write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync"):
            paths = re.findall(r"^\d+<(/[^>]*)>", words)
        else:
            paths = re.findall(r'"((?:[^"\\]|\\.)*)"', words)
        if name in ("open", "openat", "creat"):
            if "O_TRUNC" not in words and "O_CREAT" not in words and name != "creat":
                continue
            name = "make"
        if name in ("pwrite64", "writev", "ftruncate"):
            name = "write"
        name = {"fdatasync": "fsync", "mkdirat": "mkdir", "unlinkat": "unlink", "linkat": "link"}.get(name, re.sub("^renameat2?$", "rename", name))
        paths = [os.path.normpath(os.path.join(folder, p.removesuffix(" (deleted)"))) for p in paths]
        if paths and (paths[0] + "/").startswith(folder + "/"):
            events.append((name, *paths))
    return events


def check(events, named=None):
    """All violations. `named` is the newest manifest with the files that it needs."""
    faults = []
    dirty = set()  # files written since their last fsync
    unnamed = {}  # folder -> names that its fsync will make durable
    pointed = False

    def waits(path):
        return path in unnamed.get(os.path.dirname(path), ())

    for name, path, *more in events:
        if name in ("make", "write"):
            dirty.add(path)
        if name == "make":
            unnamed.setdefault(os.path.dirname(path), set()).add(path)
        elif name == "mkdir":
            unnamed.setdefault(os.path.dirname(path), set()).add(path)
        elif name == "fsync":
            dirty.discard(path)
            unnamed.pop(path, None)
            if pointed and path == pointed:
                pointed = None
        elif name == "rename":
            target = more[0]
            if path in dirty:
                faults.append(f"{target} gets its name before its bytes are durable")
                dirty.discard(path)
            unnamed.get(os.path.dirname(path), set()).discard(path)
            unnamed.setdefault(os.path.dirname(target), set()).add(target)
            if os.path.basename(target) == "CURRENT":
                folder = os.path.dirname(target)
                pointed = folder
                # Of this commit, and of those before it, whose manifests may be gone by now.
                needed = {os.path.join(folder, n) for n in [named[0]] + [os.path.join("segments", f) for f in named[1]]}
                for one in needed | {p for names in unnamed.values() for p in names if p.startswith(folder + "/") and ".tmp." not in p}:
                    if one != target and os.path.basename(one) != "lock" and (waits(one) or one in dirty):
                        faults.append(f"CURRENT is replaced before {one} is durable")
        elif name == "unlink":
            dirty.discard(path)
            unnamed.get(os.path.dirname(path), set()).discard(path)
            if pointed and ".tmp." not in path:
                faults.append(f"{path} is removed before the new commit is durable")
    for folder, names in unnamed.items():
        # The lock holds nothing.
        for path in names:
            if os.path.basename(path) != "lock":
                faults.append(f"the run ends, and the name {path} is not durable")
    for path in dirty:
        if os.path.basename(path) != "lock":
            faults.append(f"the run ends, and the bytes of {path} are not durable")
    return faults


def needs(index):
    """The newest manifest's name and the files that it needs."""
    name = open(os.path.join(index, "CURRENT")).read().strip()
    manifest = json.loads(open(os.path.join(index, name)).readline())
    return name, [f for s in manifest["segments"] for f in (s["name"], s.get("dead_file"), s.get("raised_file")) if f]


def tweet(i, likes):
    return json.dumps({"type": "tweet", "id": str(1034898743869534208 + i), "created_at": "2018-08-29T20:21:02.000Z", "text": f"crane {i}", "counts": {"likes": likes}}, separators=(",", ":")) + "\n"


if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
    print("skipped: no strace that may trace")
    sys.exit(77)

if "ASAN_OPTIONS" in os.environ:
    print("skipped: the leak checker of a sanitized build cannot run under strace")
    sys.exit(77)

violations = 0
with tempfile.TemporaryDirectory() as home:
    home = os.path.realpath(home)
    work, old, new, more = (os.path.join(home, x) for x in ("work", "old", "new", "more"))
    os.makedirs(work)
    open(old, "w").write("".join(tweet(i, 1) for i in range(300)))
    open(new, "w").write("".join(tweet(i, 2) for i in range(200, 500)) + "{broken\n")
    open(more, "w").write("".join(tweet(i, 3) for i in range(400, 700)))
    risen = os.path.join(home, "risen")
    open(risen, "w").write("".join(f'{{"type":"counters","id":"{1034898743869534208 + i}","likes":9}}\n' for i in range(0, 700, 3)))
    store, follows, posts, further = (os.path.join(d, x) for d, x in ((work, "store"), (home, "follows"), (home, "posts"), (home, "further")))
    open(follows, "w").write("1 2\n2 1\n")
    for name, start in ((posts, 0), (further, 50)):
        open(name, "w").write("".join(tweet(i, 1).replace(',"text"', ',"user":{"id":"2"},"text"') for i in range(start, start + 60)))
    index, yaml = os.path.join(work, "deep", "index"), os.path.join(home, "p.yaml")
    open(yaml, "w").write(f"pipeline: p\nstages:\n  clean: {{ run: ingest --as canonical {new} --rejects {work}/made/rejects }}\n  copy: {{ run: cat, from: clean, to: {work}/made/copy }}\n  index: {{ run: index-build -i {work}/piped, from: clean }}\n")

    def tool(name):
        return os.path.join(bin_dir, name)

    runs = [
        ("ingest -o", [tool("ingest"), "--as", "canonical", "-o", f"{work}/out", "--rejects", f"{work}/rejects", "--stats", f"{work}/stats", new], None),
        ("index-build, new", [tool("index-build"), "-i", index, old], index),
        ("index-build, adding with replaced tweets", [tool("index-build"), "-i", index, new], index),
        ("index-build, many commits", [tool("index-build"), "-i", index, "--commit-every", "40", more], index),
        ("index-build --counters", [tool("index-build"), "-i", index, "--counters", risen, "--", "/dev/null"], index),
        ("index-build --merge", [tool("index-build"), "-i", index, "--merge"], index),
        ("fanout -s, new", [tool("fanout"), "-s", store, "--graph", follows, "--", posts], store),
        ("fanout -s, adding", [tool("fanout"), "-s", store, "--merge", further], store),
        ("pipeline run", [tool("pipeline"), "run", yaml], f"{work}/piped"),
    ]
    for label, command, published in runs:
        events = record(work, *command)
        named = needs(published) if published else None
        faults = check(events, named)
        syncs = [i for i, e in enumerate(events) if e[0] == "fsync"]
        # A folder's fsync may be made good by a later one, and the runner repeats its stages'; most are needed.
        missed = [i for i in syncs if len(check(events[:i] + events[i + 1:], named)) <= len(faults)]
        for fault in faults:
            print(f"{label}: {fault}")
        violations += len(faults)
        print(f"{label}: {len(events)} calls, {len(syncs)} fsyncs, {len(syncs) - len(missed)} needed, {len(faults)} violations")
        if not syncs or len(missed) * 2 > len(syncs):
            violations += 1
            print(f"{label}: the record shows too little")
sys.exit(1 if violations else 0)
