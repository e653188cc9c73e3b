#!/usr/bin/env python3
"""Kills writers and loads at random moments (`kill -9`), opens the store again, and checks that every acknowledged
commit is there whole and that none is there in part. One store goes through all rounds.

Usage: crash_test.py CRASH_WRITER SCENOGRAPH GENERATE [--rounds N] [--seed S] [--folder DIR]
"""
import argparse
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

LOADED = 60_000  # triples of a load that is killed
PATIENCE = 60  # seconds a writer has for its first commit


class Failure(Exception):
    pass


class Rounds:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.random = random.Random(options.seed)
        self.store = folder / "store"
        self.last = [0] * 4  # of each writer, acknowledged or found there
        self.tally = {"commits acknowledged": 0, "found though not acknowledged": 0, "loads cut": 0, "loads done": 0}
        self.data = folder / "load.nt"
        with open(self.data, "wb") as file:
            subprocess.run([options.generate, "--triples", str(LOADED)], check=True, stdout=file)
        self.loads = 0
        self.load_seconds = 1.0
        self.distinct = None  # quads of the load, told by the first that ends
        self.call(options.scenograph, "--data", self.store, "init", "--quiet")
        self.commands = self.call(options.scenograph, "--help")

    def call(self, *words):
        done = subprocess.run([str(word) for word in words], capture_output=True, timeout=300, check=False)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace")
            raise Failure(f"{' '.join(map(str, words))} ended with {done.returncode}: {said}")
        return done.stdout.decode()

    def kill_after(self, words, seconds, once_told=False):
        """Starts a program and kills it; what it had said by then, and whether it had ended before. The seconds count
        from its start, or from its first line: on a slow machine a program may need long to begin."""
        # Unbuffered, so that reading a line takes nothing of what communicate() is to return.
        words = [str(word) for word in words]
        process = subprocess.Popen(words, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = b""
        if once_told:
            patience = threading.Timer(PATIENCE, process.kill)
            patience.start()
            first = process.stdout.readline()
            patience.cancel()
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
        if process.returncode not in (0, -signal.SIGKILL):
            raise Failure(f"{words[0]} ended by itself with {process.returncode}: {err.decode(errors='replace')}")
        return (first + out).decode(), process.returncode == 0

    def check(self):
        found = [int(line) for line in self.call(self.options.writer, "check", self.store, *self.last).split()]
        self.tally["found though not acknowledged"] += sum(found) - sum(self.last)
        self.last = found

    def commits(self, once_told=None):
        """Kills a writer early, perhaps while it opens the store, or once a commit of it was acknowledged."""
        once_told = self.random.random() < 0.5 if once_told is None else once_told
        seconds = self.random.choice([0.02, 0.1, 0.3, 1.0]) * (0.5 + self.random.random())
        mode = self.random.choice(["write", "write", "rewrite"])
        words = [self.options.writer, mode, self.store, *[last + 1 for last in self.last]]
        out, ended = self.kill_after(words, seconds, once_told)
        if ended:
            raise Failure("the writer ended by itself")
        if once_told and not out:
            raise Failure(f"the writer had no commit acknowledged in {PATIENCE} s")
        for writer, number in re.findall(r"^(\d+) (\d+)$", out, re.M):
            if int(number) != self.last[int(writer)] + 1:
                raise Failure(f"writer {writer} was told of commit {number} after {self.last[int(writer)]}")
            self.last[int(writer)] = int(number)
            self.tally["commits acknowledged"] += 1

    def load(self):
        graph = f"https://crash.example/load/{self.loads}"
        self.loads += 1
        words = [self.options.scenograph, "--data", self.store, "load", "--quiet", "--graph", graph, self.data]
        start = time.monotonic()
        # The first one ends by itself, to learn how long that takes here and how much there is.
        limit = 300 if self.distinct is None else self.load_seconds * self.random.uniform(0.02, 1.1)
        _, ended = self.kill_after(words, limit)
        if ended:
            self.load_seconds = time.monotonic() - start
        self.tally["loads done" if ended else "loads cut"] += 1
        count = int(self.call(self.options.writer, "count", self.store, graph))
        if self.distinct is None:
            self.distinct = count
        if count not in ((self.distinct,) if ended else (0, self.distinct)):
            raise Failure(f"a load of {self.distinct} quads that {'ended' if ended else 'was killed'} left {count}")
        if count:
            self.call(self.options.scenograph, "--data", self.store, "update", "-e", f"CLEAR GRAPH <{graph}>")

    def compact(self):
        words = [self.options.scenograph, "--data", self.store, "compact", "--quiet"]
        self.kill_after(words, self.random.uniform(0.01, 1.0))

    def run(self):
        kinds = [self.commits] * 4 + [self.load]
        if re.search(r"^ +compact ", self.commands, re.M):
            kinds.append(self.compact)
        self.load()
        self.round(1, self.commits, once_told=True)  # so that every run tests commits that were acknowledged
        for number in range(2, self.options.rounds + 1):
            self.round(number, self.random.choice(kinds))

    def round(self, number, kind, **options):
        try:
            kind(**options)
            self.check()
        except Failure as failure:
            raise Failure(f"round {number} ({kind.__name__}, --seed {self.options.seed}): {failure}") from None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("writer")
    parser.add_argument("scenograph")
    parser.add_argument("generate")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--folder", type=pathlib.Path, help="where the store is made, and left if a round fails")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="crash-", dir=options.folder))
    try:
        rounds = Rounds(options, folder)
        rounds.run()
    except Failure as failure:
        print(f"crash_test.py: {failure}\nthe store is left in {folder}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    tally = ", ".join(f"{count} {what}" for what, count in rounds.tally.items())
    print(f"{options.rounds} rounds, seed {options.seed}: {tally}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
