#!/usr/bin/env python3
"""Reads an index while it is rebuilt again and again, and while records arrive.

    python3 Tests/Oracles/concurrent_readers.py BIN [REBUILDS [READERS]]

Each rebuild (`index-build --replace`) publishes tweets whose ids say which rebuild they are of, another number of them each time. Readers
ask for all of them without pause: each answer must be all tweets of exactly one rebuild, that of the time of the question or later.
Then records are written one by one into `index-build --commit-every 1s`: says how long each took until `query` found it.
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

BASE = 1_034_898_743_869_534_208


def tweet(number, text):
    return json.dumps({"type": "tweet", "id": str(number), "created_at": "2018-08-29T20:21:02.000Z", "text": text}) + "\n"


def size(rebuild):
    return 50 + rebuild * 37 % 400


def rebuilds(binary, folder, count, readers):
    index, published, ended, wrong, answers = folder + "/i", [0], [False], [], [0]

    def build(rebuild):
        lines = "".join(tweet(BASE + rebuild * 1000 + place, "common word") for place in range(size(rebuild)))
        subprocess.run([binary + "/index-build", "-q", "-i", index, "--replace"], input=lines.encode(), check=True)
        published[0] = rebuild

    def read():
        while not ended[0]:
            before = published[0]
            run = subprocess.run([binary + "/query", "-i", index, "--format", "ids", "--limit", "all", "common"], capture_output=True, text=True)
            ids = sorted(int(line) - BASE for line in run.stdout.split())
            rebuild = ids[0] // 1000 if ids else -1
            if run.returncode != 0 or rebuild < before or ids != [rebuild * 1000 + place for place in range(size(rebuild))]:
                wrong.append((run.returncode, before, ids[:3], len(ids), run.stderr))
            answers[0] += 1

    build(1)
    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for rebuild in range(2, count + 1):
        build(rebuild)
    ended[0] = True
    for thread in threads:
        thread.join()
    return {"rebuilds": count, "readers": readers, "answers": answers[0], "wrong": len(wrong)}, wrong


def freshness(binary, folder, count):
    index, taken = folder + "/live", []
    writer = subprocess.Popen([binary + "/index-build", "-q", "-i", index, "--commit-every", "1s"], stdin=subprocess.PIPE)
    for number in range(count):
        writer.stdin.write(tweet(BASE + number, f"fresh{number}").encode())
        writer.stdin.flush()
        began = time.perf_counter()
        while subprocess.run([binary + "/query", "-i", index, "--count", f"fresh{number}"], capture_output=True).stdout != b"1\n":
            if time.perf_counter() - began > 30:
                break
            time.sleep(0.01)
        taken.append(time.perf_counter() - began)
    writer.stdin.close()
    return {"arrivals": count, "searchable_after_s_mean": round(sum(taken) / count, 2), "most": round(max(taken), 2), "exit": writer.wait()}


def main():
    binary = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    readers = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        told, wrong = rebuilds(binary, folder, count, readers)
        for one in wrong[:5]:
            print(one, file=sys.stderr)
        print(json.dumps(told))
        fresh = freshness(binary, folder, max(3, count // 10))
        print(json.dumps(fresh))
    return 1 if wrong or fresh["exit"] != 0 or fresh["most"] > 10 else 0


if __name__ == "__main__":
    sys.exit(main())
