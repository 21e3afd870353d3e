#!/usr/bin/env python3
"""Loads timelines into a real Redis and compares them with what `query --timeline` says.

    bench follow-world --users 2000 --edges 16000 --tweets 20000 --out world
    python3 Tests/Oracles/redis_timelines.py .build/release world [--speed]

Starts a redis-server of its own on a free loopback port, without persistence, and stops it. Two runs of `fanout -s` with half
of the records each; after each the commands of `--format resp` go through `redis-cli --pipe`, so that the second run must
replace what the first one loaded. With --speed all users are loaded once and the rates are told: deliveries a second of the
load, and of the run of `fanout` that made them.
"""
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Redis:
    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        self.port = str(free_port())
        self.server = subprocess.Popen(
            ["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if self.run("PING") == ["PONG"]:
                return self
            time.sleep(0.02)
        raise SystemExit("redis-server does not answer")

    def __exit__(self, *_):
        # Not SIGTERM: under a test it comes to the server blocked, and is never seen.
        self.server.kill()
        self.server.wait()
        shutil.rmtree(self.folder)

    def run(self, *words):
        return subprocess.run(["redis-cli", "-p", self.port, *words], capture_output=True, text=True).stdout.split()

    def load(self, path):
        with open(path, "rb") as commands:
            run = subprocess.run(["redis-cli", "-p", self.port, "--pipe"], stdin=commands, capture_output=True, text=True)
        if run.returncode != 0 or "errors: 0" not in run.stdout:
            raise SystemExit("redis-cli --pipe: " + run.stdout + run.stderr)


def check(redis, binary, store, users):
    wrong = 0
    for user in users:
        run = subprocess.run([binary + "/query", "-s", store, "--timeline", user, "--format", "ids", "--limit", "all", "--quiet"],
                             capture_output=True, text=True)
        found = redis.run("ZREVRANGE", "timeline:" + user, "0", "-1")
        if found != run.stdout.split():
            wrong += 1
            print(f"user {user}: Redis has {len(found)} tweets, query {len(run.stdout.split())}", file=sys.stderr)
    return wrong


def main():
    binary, world = sys.argv[1:3]
    graph = world + "/follows.tsv"
    users = sorted({line.split()[0] for line in open(graph)})
    sample = random.Random(1).sample(users, min(200, len(users)))
    folder = tempfile.mkdtemp()
    store, commands = folder + "/store", folder + "/commands"
    fanout = [binary + "/fanout", "-s", store, "--graph", graph, "--format", "resp", "-o", commands, "--quiet"]
    try:
        with Redis() as redis:
            if "--speed" in sys.argv:
                began = time.perf_counter()
                subprocess.run(fanout[:3] + fanout[3:5] + ["--quiet", "--stats", folder + "/stats", "--", world + "/activity.ndjson"], check=True)
                made = time.perf_counter() - began
                count = json.load(open(folder + "/stats"))["deliveries"]
                subprocess.run([binary + "/fanout", "-s", store, "--format", "resp", "-o", commands, "--quiet", "/dev/null"], check=True)
                began = time.perf_counter()
                redis.load(commands)
                loaded = time.perf_counter() - began
                print(json.dumps({"deliveries": count, "fanout_seconds": round(made, 2), "redis_seconds": round(loaded, 2),
                                  "fanout_rate": round(count / made), "redis_rate": round(count / loaded),
                                  "command_bytes": os.path.getsize(commands)}))
                return 0
            lines = open(world + "/activity.ndjson", encoding="utf-8").readlines()
            wrong = 0
            for part in (lines[: len(lines) // 2], lines[len(lines) // 2 :], lines[len(lines) // 2 :]):
                open(folder + "/part.ndjson", "w", encoding="utf-8").writelines(part)
                subprocess.run(fanout + ["--cap", "60", "--", folder + "/part.ndjson"], check=True)
                redis.load(commands)
                wrong += check(redis, binary, store, sample)
            most = max(int(redis.run("ZCARD", "timeline:" + user)[0]) for user in sample)
            print(json.dumps({"users": len(sample), "wrong": wrong, "most": most}))
            return 1 if wrong or most > 60 else 0
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
