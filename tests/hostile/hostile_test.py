#!/usr/bin/env python3
"""Asks a server queries that mean it ill: each must be answered, refused or stopped by its deadline or its memory.

Usage: hostile_test.py SCENOGRAPH GENERATE [--triples N] [--deadline-ms MS] [--memory BYTES]

Prints how long after its deadline each was over. The aim is 100 ms on an idle machine; what fails the test is two
seconds, for machines that are not, a server that has gone, or one that grew far beyond the budget.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "benchmarks"))

from http_client import Connection, Failed, request_of
from processes import Watch
from queries import ENDLESS, QUERIES

TOKEN = "t0ken"
ROWS_OR_TRIPLES = "application/sparql-results+json, application/n-triples"
LATEST = 2.0  # seconds past the deadline
SERVER_DEADLINE = 20  # seconds: that of hostile queries is a parameter of theirs


class Server:
    def __init__(self, options, folder):
        data = folder / "data"
        subprocess.run([options.scenograph, "--data", data, "init", "--quiet"], check=True)
        with open(folder / "data.nt", "wb") as out:
            subprocess.run([options.generate, "--triples", str(options.triples)], stdout=out, check=True)
        subprocess.run([options.scenograph, "--data", data, "load", "--quiet", folder / "data.nt"], check=True)
        self.log_path = folder / "log.txt"
        words = [options.scenograph, "--data", data, "serve", "--listen", "127.0.0.1:0",
                 "--timeout", f"{SERVER_DEADLINE}s", "--query-memory", str(options.memory), "--write-token", TOKEN,
                 "--slow-query", "1ms"]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=log, text=True)
        served = re.search(r":(\d+)/ ", self.process.stdout.readline())
        if not served:
            raise SystemExit(f"hostile_test.py: the server did not start: {self.log_path.read_text()}")
        self.port = int(served[1])

    def ask(self, query, **parameters):
        """Seconds, and what it said."""
        connection = Connection(self.port)
        request = request_of(f"127.0.0.1:{self.port}", "/sparql", {"query": query, **parameters}, ROWS_OR_TRIPLES)
        start = time.monotonic()
        try:
            said = f"{connection.ask(request, 60, len).size} bytes"
        except Failed as error:
            said = str(error)
        finally:
            connection.close()
        return time.monotonic() - start, said

    def answers(self):
        return "bytes" in self.ask("ASK {}")[1]

    def operate(self, method, path):
        """Status and body of a request with the token."""
        words = ["curl", "-sS", "-X", method, "-H", f"Authorization: Bearer {TOKEN}", "-w", "\n%{http_code}",
                 f"http://127.0.0.1:{self.port}{path}"]
        body, _, status = subprocess.run(words, capture_output=True, text=True, check=True).stdout.rpartition("\n")
        return int(status), body

    def running(self):
        return json.loads(self.operate("GET", "/queries")[1])["queries"]

    def until_none_runs(self):
        start = time.monotonic()
        while self.running() and time.monotonic() - start < 10:
            time.sleep(0.002)
        return time.monotonic() - start


class Test:
    def __init__(self, server, options):
        self.server = server
        self.options = options
        self.failures = []

    def expect(self, holds, what):
        if not holds:
            self.failures.append(what)

    def hostile_queries(self):
        deadline = self.options.deadline_ms / 1000
        latest = 0
        for name, query in QUERIES.items():
            seconds, said = self.server.ask(query, timeout=f"{self.options.deadline_ms}ms")
            late = seconds - deadline
            latest = max(latest, late)
            print(f"{seconds * 1e3:8.0f} ms {name:32} {said[:110]}")
            self.expect(late < LATEST, f"{name}: over {late * 1e3:.0f} ms past its deadline")
            self.expect(self.server.process.poll() is None, f"{name}: the server has gone")
            self.expect(self.server.answers(), f"{name}: the server does not answer afterwards")
            if self.failures and self.server.process.poll() is not None:
                return
        print(f"latest: {latest * 1e3:.0f} ms past the deadline of {self.options.deadline_ms} ms")

    def start_endless(self):
        """A connection on which a query without end and without output runs."""
        connection = Connection(self.server.port)
        connection.open()
        connection.socket.sendall(request_of("localhost", "/sparql", {"query": ENDLESS}, ROWS_OR_TRIPLES))
        for _ in range(200):
            if self.server.running():
                return connection
            time.sleep(0.005)
        raise SystemExit("hostile_test.py: the query did not start")

    def a_client_that_hangs_up(self):
        self.start_endless().close()
        took = self.server.until_none_runs()
        print(f"{took * 1e3:8.0f} ms from hanging up to the end of the query")
        self.expect(took < LATEST, "a query outlived its client")

    def an_operator_who_cancels(self):
        connection = self.start_endless()
        query = self.server.running()[0]
        self.expect(query["text"] == ENDLESS, f"the list shows {query}")
        status, body = self.server.operate("DELETE", f"/queries/{query['id']}")
        took = self.server.until_none_runs()
        connection.close()
        print(f"{took * 1e3:8.0f} ms from DELETE to the end of the query")
        self.expect(status == 200, f"DELETE answered {status}: {body}")
        self.expect(took < LATEST, "a query went on after DELETE")

    def the_log(self):
        self.server.ask("SELECT * { ?a ?b ?c } ORDER BY ?c", **{"query-memory": "1M"})
        log = self.server.log_path.read_text()
        self.expect(re.search(r'warning slow-query id=\d+ seconds=[\d.]+ outcome=Timeout rows=\d+ peak-memory=\d+ '
                              r'client=127.0.0.1 text="SELECT ', log), "the log has no slow query that ran out of time")
        self.expect("outcome=OutOfMemory" in log, "the log has no slow query that ran out of memory")
        self.expect("outcome=Cancelled" in log, "the log has no slow query that was cancelled")
        self.expect(max(map(len, log.splitlines())) < 5000, "the log has a query at full length")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenograph")
    parser.add_argument("generate")
    parser.add_argument("--triples", type=int, default=200_000)
    parser.add_argument("--deadline-ms", type=int, default=400)
    parser.add_argument("--memory", type=int, default=256 << 20)
    return parser.parse_args()


def main():
    options = parse()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="scenograph-hostile-"))
    server = Server(options, folder)
    watch = Watch(server.process.pid)
    watch.start()
    test = Test(server, options)
    try:
        test.hostile_queries()
        test.a_client_that_hangs_up()
        test.an_operator_who_cancels()
        test.the_log()
    finally:
        watch.stop()
        server.process.terminate()
        server.process.wait()
        shutil.rmtree(folder)
    print(f"peak memory: {watch.anonymous >> 20} MiB without mapped files, with budgets of {options.memory >> 20} MiB")
    # Texts are copied while they are made, and the allocator keeps some of what is freed.
    test.expect(watch.anonymous < 4 * options.memory + (256 << 20), "the server grew far beyond the budget")
    for failure in test.failures:
        print(f"hostile_test.py: {failure}", file=sys.stderr)
    return 1 if test.failures else 0


if __name__ == "__main__":
    sys.exit(main())
