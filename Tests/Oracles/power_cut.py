#!/usr/bin/env python3
"""Cuts the power under `index-build` and reads what is on the disk: power_cut.py BIN [ROUNDS].

The index lies on ext4 in a loop file. At a random moment (or at the end) the writer is killed and the file behind the
disk is copied as it is: what was not made durable is not in it. The copy, mounted, must hold the old commit or the new
one, the new one when the run had ended with 0, and the next run must succeed. A control, in which fsync does nothing,
must lose commits: else the test shows nothing. Exit 1 on a violation, 77 where a loop file cannot be mounted."""
import json, os, random, shutil, signal, subprocess, sys, tempfile, time

bin_dir = os.path.abspath(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 40
quiet = {"capture_output": True, "text": True}

if os.environ.get("POWER_CUT_INSIDE") != "1":
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4") or not shutil.which("cc"):
        print("skipped: a loop file is mounted by root only, with mkfs.ext4, and cc builds the control")
        sys.exit(77)
    # The mounts go with the namespace, whatever happens.
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "POWER_CUT_INSIDE": "1", "POWER_CUT_HOME": home}
        sys.exit(subprocess.run(["unshare", "--mount", sys.executable, os.path.abspath(__file__), bin_dir, str(rounds)], env=env).returncode)

home = os.environ["POWER_CUT_HOME"]
disk, after, image, cut, empty = (os.path.join(home, x) for x in ("disk", "after", "image", "cut", "empty"))
os.makedirs(disk)
os.makedirs(after)


def mount(file, place):
    # A journal that waits: what is on the disk is what was asked for.
    return subprocess.run(["mount", "-o", "loop,commit=300", file, place], **quiet)


def tool(name, *words):
    return subprocess.run([os.path.join(bin_dir, name), *words], **quiet)


def lines(name, numbers, likes):
    with open(os.path.join(home, name), "w") as f:
        for i in numbers:
            f.write(json.dumps({"type": "tweet", "id": str(1034898743869534208 + i), "created_at": "2018-08-29T20:21:02.000Z", "text": f"crane {i}", "counts": {"likes": likes}}, separators=(",", ":")) + "\n")
    return os.path.join(home, name)


old, new = lines("old", range(300), 1), lines("new", range(200, 3000), 2)
subprocess.run(["truncate", "-s", "24M", empty], check=True)
subprocess.run(["mkfs.ext4", "-q", empty], check=True)
if mount(empty, disk).returncode:
    print("skipped: a loop file cannot be mounted here")
    sys.exit(77)
tool("index-build", "-i", f"{disk}/index", old)
subprocess.run(["umount", disk], check=True)
source = os.path.join(home, "nosync.c")
open(source, "w").write("int fsync(int f) { return 0; }\nint fdatasync(int f) { return 0; }\n")
subprocess.run(["cc", "-shared", "-fPIC", "-o", f"{home}/nosync.so", source], check=True)


def trial(wait, env):
    """Returns what is wrong, or None, and whether the writer was killed."""
    global whole
    shutil.copyfile(empty, image)
    mount(image, disk)
    begin = time.monotonic()
    running = subprocess.Popen([os.path.join(bin_dir, "index-build"), "-i", f"{disk}/index", new], env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(wait)
        whole = time.monotonic() - begin
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    shutil.copyfile(image, cut)
    subprocess.run(["umount", disk], check=True)
    if mount(cut, after).returncode:
        return "the disk does not mount", False
    try:
        answer = tool("query", "-i", f"{after}/index", "--count", "crane")
        count = answer.stdout.strip()
        if count not in ("300", "3000"):
            return f"the index answers {count!r} {answer.stderr}", running.returncode != 0
        if running.returncode == 0 and count != "3000":
            return "exit 0, and the commit is lost", False
        if tool("index-build", "-i", f"{after}/index", "--verify", "full").returncode:
            return "verify finds faults", running.returncode != 0
        again = tool("index-build", "-i", f"{after}/index", new)
        if again.returncode or tool("query", "-i", f"{after}/index", "--count", "crane").stdout.strip() != "3000":
            return f"the next run ended with {again.returncode}: {again.stderr}", running.returncode != 0
        return None, running.returncode != 0
    finally:
        subprocess.run(["umount", after], check=True)


whole = 0.0
first, _ = trial(None, {})
generator = random.Random(17)
violations = 1 if first else 0
killed = 0
for number in range(rounds):
    # One in four ends undisturbed: its commit must be there.
    problem, was_killed = trial(None if number % 4 == 0 else generator.uniform(0.002, whole), {})
    killed += was_killed
    if problem:
        violations += 1
        print(f"round {number}: {problem}")
lost = sum(trial(None, {"LD_PRELOAD": f"{home}/nosync.so"})[0] is not None for _ in range(max(rounds // 4, 4)))
print(f"power cuts: {rounds + 1}, {killed} of them in the middle, {violations} violations; without fsync {lost} of {max(rounds // 4, 4)} commits were lost")
if killed * 4 < rounds:
    print("too few were killed in the middle")
    violations += 1
if lost * 10 < max(rounds // 4, 4) * 9:
    print("without fsync nearly all commits should be lost: the test shows too little")
    violations += 1
sys.exit(1 if violations else 0)
