#!/usr/bin/env python3
"""What ingest's ledger must say about a dump, counted a second time and in another way.

usage: ingest_ledger.py [--limit N] FILE      prints {"read","filtered","tweets","distinct","events","refused"}

Knows JSON only through Python's own parser, containers through Python's own modules (and the zstd command), and counts
records by what the contract calls one. It shares no code and no rules with ingest beyond that page.
"""
import bz2, gzip, json, re, subprocess, sys, tarfile, zipfile

NOTICES = ("limit", "warning", "disconnect", "status_withheld", "user_withheld", "friends")
ID = re.compile(r"[1-9][0-9]{0,18}\Z")


def members(path):
    if path.endswith(".tar"):
        for info in tarfile.open(path):
            if info.isfile():
                raw = tarfile.open(path).extractfile(info).read()
                yield bz2.decompress(raw) if info.name.endswith(".bz2") else gzip.decompress(raw)
    elif path.endswith(".zip"):
        archive = zipfile.ZipFile(path)
        for name in archive.namelist():
            if re.search(r"tweets?(/\d{4}_\d\d|-part\d+)?\.js$", name):
                yield archive.read(name).split(b"=", 1)[1]
    elif path.endswith(".zst"):
        yield subprocess.run(["zstd", "-qdc", path], stdout=subprocess.PIPE, check=True).stdout
    else:
        yield open(path, "rb").read()


def values(blob, limit):
    """All JSON values of a text, elements of a top-level array one by one."""
    text = blob.decode("utf-8")
    decoder = json.JSONDecoder()
    at = 0
    blank = re.compile(r"[\s\ufeff;]*")
    while limit is None or limit > 0:
        at = blank.match(text, at).end()
        if at >= len(text):
            return
        value, at = decoder.raw_decode(text, at)
        for one in value if isinstance(value, list) else [value]:
            yield one
            if limit is not None:
                limit -= 1


def records(value):
    """The records of one value: a page's tweets, else the value itself."""
    if isinstance(value, dict):
        for key in ("data", "statuses", "results"):
            inner = value.get(key)
            if isinstance(inner, list):
                return inner
            if key == "data" and isinstance(inner, dict):
                return [inner]
    return [value]


def identity(record):
    found = record.get("id_str") or record.get("id")
    if isinstance(found, bool) or isinstance(found, float) or found is None:
        return None
    return int(found) if ID.match(str(found)) and int(found) < 2 ** 63 else None


def main():
    words = sys.argv[1:]
    limit = int(words.pop(1)) if words[0] == "--limit" and words.pop(0) else None
    out = dict(read=0, filtered=0, tweets=0, distinct=0, events=0, refused=0)
    seen = set()
    for blob in members(words[0]):
        for value in values(blob, limit):
            for record in records(value):
                out["read"] += 1
                if not isinstance(record, dict):
                    out["refused"] += 1
                    continue
                record = record.get("tweet", record) if isinstance(record.get("tweet"), dict) else record
                if "delete" in record and identity(record["delete"].get("status", {})):
                    out["events"] += 1
                elif "scrub_geo" in record and "text" not in record:
                    who = record["scrub_geo"]
                    out["events" if who.get("user_id_str") or who.get("user_id") else "refused"] += 1
                elif any(key in record for key in NOTICES) and "text" not in record:
                    out["filtered"] += 1
                elif identity(record) and isinstance(record.get("full_text", record.get("text")), str):
                    out["tweets"] += 1
                    seen.add(identity(record))
                else:
                    out["refused"] += 1
    out["distinct"] = len(seen)
    print(json.dumps(out))


main()
