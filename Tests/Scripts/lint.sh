#!/usr/bin/env bash
# House rules that the compiler does not know. Each failure says where and what to do.
set -u
status=0
complain() { echo "lint: $1"; status=1; }

# System calls live in one file; results are never printed past the checked writer.
found=$(grep -nE '\b(print|debugPrint|NSLog)\(' -r Sources --include='*.swift' | grep -vE '(func|\.)\s?print\(|try printer\.print' || true)
[ -n "$found" ] && complain "print() hides a full disk; write through OutputStream:"$'\n'"$found"
found=$(grep -lE '^(internal |public |package )?import Foundation' -r Sources || true)
[ -n "$found" ] && complain "no Foundation in Sources (start-up time):"$'\n'"$found"
found=$(grep -nE 'try!|TODO|FIXME|XXX' -r Sources --include='*.swift' || true)
[ -n "$found" ] && complain "unfinished or trapping code:"$'\n'"$found"

# `unsafe` only in Bytes and in the files that wrap a C library.
found=$(grep -lE '\bunsafe ' -r Sources --include='*.swift' | grep -v '^Sources/Bytes/' | while read -r f; do
  grep -qE 'import (C[A-Z][A-Za-z0-9]+|Glibc)' "$f" || echo "$f"; done)
[ -n "$found" ] && complain "unsafe outside Bytes and the C wrappers:"$'\n'"$found"

exit $status
