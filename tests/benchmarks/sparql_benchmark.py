#!/usr/bin/env python3
"""Asks Scenograph, and its peers beside it, the queries of queries/ over HTTP, and prints tables in Markdown.

  tests/benchmarks/sparql_benchmark.py --triples 1M              a million triples, ours alone: two minutes
  tests/benchmarks/sparql_benchmark.py --peers                   ten million, with Virtuoso and Oxigraph
  tests/benchmarks/sparql_benchmark.py --only path cycle --peers

Needs a release build and an idle machine. scripts/setup --with-peers installs the peers.
"""
import argparse
import dataclasses
import gc
import json
import math
import os
import pathlib
import platform
import re
import shutil
import signal
import statistics
import sys

from answers import RowCounter, constants, digest, rows_of
from endpoints import OxigraphEndpoint, ScenographEndpoint, VirtuosoEndpoint
from http_client import Connection, Failed, TimedOut
from peers import Missing
from processes import Watch, run
from table import markdown, megabytes, milliseconds, rate, thousands

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OURS = "Scenograph"
ACCEPT = {"rows": "application/sparql-results+json", "csv": "text/csv", "graph": "application/n-triples"}
SLOWER = 1.5  # times the best peer: listed
SELECTIVE_GOAL_MS = 0.6
ENOUGH_SECONDS = 0.25  # quick queries are asked more often, for as long as this
MOST_RUNS = 50
LONG_SECONDS = 30  # slow queries are asked less often, for no longer than this


@dataclasses.dataclass
class Query:
    """A file of queries/: what it asks, how its answer is compared, over which data it goes."""

    name: str
    text: str
    says: str
    selective: bool = False
    compare: str = "rows"  # or count, or none
    data: str = "main"  # or relation
    form: str = "rows"  # or csv, or graph

    @property
    def family(self):
        return self.name.partition("/")[0]

    def fill(self, values):
        """The text with the constants in it; KeyError names the one that the data does not have."""
        return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], self.text)


def read_query(path):
    lines = path.read_text().splitlines()
    notes = [line[2:] for line in lines if line.startswith("# ")]
    query = Query(f"{path.parent.name}/{path.stem}", "\n".join(line for line in lines if not line.startswith("# ")),
                  notes[0])
    if re.search(r"^(CONSTRUCT|DESCRIBE)\b", query.text, re.MULTILINE):
        query.form = "graph"
    for note in notes[1:]:
        key, _, value = note.partition(": ")
        if key not in ("selective", "compare", "data", "format"):
            raise ValueError(f"{path}: there is no note `{key}`")
        setattr(query, "form" if key == "format" else key, value or True)
    return query


def geometric(values):
    return math.exp(statistics.fmean(math.log(value) for value in values)) if values else None


class Asking:
    """One endpoint with its data in it, asked one query after the other."""

    def __init__(self, endpoint, options):
        self.endpoint = endpoint
        self.options = options
        self.connection = None

    def fill(self, data):
        print(f"… {self.endpoint.name} takes in {data.name}", file=sys.stderr)
        self.endpoint.fill(data)
        self.connection = Connection(self.endpoint.port)

    def restart(self, kill=False, forget=False):
        self.connection.close()
        (self.endpoint.kill if kill else self.endpoint.down)()
        if forget:
            self.endpoint.forget()
        self.endpoint.up()
        self.connection = Connection(self.endpoint.port)

    def close(self):
        if self.connection:
            self.connection.close()
        self.endpoint.down()

    def ask(self, query, text, sink=None):
        return self.connection.ask(self.endpoint.request(text, ACCEPT[query.form]), self.options.timeout, sink)

    def outcome(self, query, values):
        """What became of a query: its times and answer, or why there is none."""
        try:
            text = query.fill(values)
        except KeyError as error:
            return {"error": f"the data has nothing for {error}"}
        try:
            return self.stream(query, text) if query.family == "stream" else self.measure(query, text)
        except TimedOut as error:
            # It may go on working: nothing else must be measured beside that.
            self.restart(kill=True)
            return {"error": str(error), "timeout": True}
        except Failed as error:
            if self.endpoint.process.poll() is not None:
                self.restart(kill=True)
                return {"error": f"the server ended: {error}"}
            return {"error": str(error)}

    def measure(self, query, text):
        result = {}
        if self.options.cold and not self.endpoint.keeps_in_memory:
            self.restart(forget=True)
            result["cold_ms"] = self.ask(query, text).seconds * 1e3
        first = self.ask(query, text)
        try:
            rows = rows_of(first.body, query.form)
        except (ValueError, KeyError) as error:
            raise Failed(f"an answer that cannot be read: {error}") from None
        result.update(rows=len(rows), bytes=first.size, hash=digest(rows) if query.compare == "rows" else None)
        del rows
        runs = min(MOST_RUNS, max(self.options.runs, math.ceil(ENOUGH_SECONDS / first.seconds)))
        runs = min(runs, max(1, int(LONG_SECONDS / first.seconds)))
        gc.collect()
        gc.disable()
        times = [self.ask(query, text, len).seconds for _ in range(runs)]
        gc.enable()
        return {**result, "ms": statistics.median(times) * 1e3, "least_ms": min(times) * 1e3, "runs": runs}

    def stream(self, query, text):
        """Rows a second and the peak memory of a server that was started for it."""
        self.restart()
        watch = Watch(self.endpoint.process.pid)
        watch.start()
        counter = RowCounter(query.form)
        try:
            answer = self.ask(query, text, counter.add)
        finally:
            watch.stop()
        return {"ms": answer.seconds * 1e3, "rows": counter.rows, "bytes": answer.size, "hash": None, "runs": 1,
                "rate": counter.rows / answer.seconds, "rss": watch.rss, "anonymous": watch.anonymous}


class Bench:
    """One run: the queries, the data, and what each endpoint made of them."""

    def __init__(self, options):
        self.options = options
        self.folder = options.work.resolve()
        self.programs = options.build.resolve() / "bin"
        queries = [read_query(path) for path in sorted((HERE / "queries").glob("*/*.rq"))]
        self.constants = [query for query in queries if query.family == "constants"]
        self.queries = [query for query in queries if query.family in options.only]
        self.outcomes = {query.name: {} for query in self.queries}
        self.values = {}

    def build(self):
        run(["cmake", "--build", self.options.build, "--target", "scenograph", "generate"])

    def endpoints(self):
        makers = {"virtuoso": VirtuosoEndpoint, "oxigraph": OxigraphEndpoint}
        ours = ScenographEndpoint(self.folder, self.programs / "scenograph", self.options.timeout)
        return [ours, *(makers[name](self.folder) for name in self.options.peers)]

    def generate(self, kind):
        triples = self.options.triples
        if kind == "relation":
            triples = (10 if self.options.huge else 1) * min(1_000_000, triples)
        path = self.folder / f"{kind}-{triples}.nt"
        if not path.exists():
            more = "--relation" if kind == "relation" else ""
            run(["sh", "-c", f'exec "{self.programs / "generate"}" --triples {triples} {more} > "{path}"'])
        return path

    def ask_for_constants(self, asking):
        for query in self.constants:
            body = asking.ask(query, query.text).body
            if (value := constants(body)) is not None:
                self.values[query.name.partition("/")[2]] = value

    def run_one(self, endpoint, kind, data):
        asking = Asking(endpoint, self.options)
        try:
            asking.fill(data)
            if endpoint.name == OURS and kind == "main":
                self.ask_for_constants(asking)
            for query in self.queries:
                if query.data != kind:
                    continue
                outcome = asking.outcome(query, self.values)
                said = outcome.get("error") or f"{milliseconds(outcome['ms'])} ms"
                print(f"… {endpoint.name} {query.name}: {said}", file=sys.stderr)
                self.outcomes[query.name][endpoint.name] = outcome
        finally:
            if endpoint.process:
                asking.close()

    def run(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        endpoints = self.endpoints()
        for kind in ("main", "relation"):
            if not any(query.data == kind for query in self.queries):
                continue
            data = self.generate(kind)
            for endpoint in endpoints:
                try:
                    self.run_one(endpoint, kind, data)
                except RuntimeError as error:
                    if endpoint.name == OURS:
                        raise
                    for query in self.queries:
                        if query.data == kind:
                            self.outcomes[query.name].setdefault(endpoint.name, {"error": str(error)[:160]})


class Report:
    """The tables over the outcomes."""

    def __init__(self, bench):
        self.outcomes = bench.outcomes
        self.queries = [query for query in bench.queries if self.outcomes[query.name]]
        self.names = [OURS] + [peer for peer in ("Virtuoso", OxigraphEndpoint.name) if any(
            peer in found for found in self.outcomes.values())]
        self.cold = bench.options.cold
        self.size = bench.options.triples

    def ms(self, query, name):
        return self.outcomes[query.name].get(name, {}).get("ms")

    def ratio(self, query, peers=None):
        """Our time beside that of the best of the peers; None where there is nothing to compare."""
        beside = [ms for name in peers or self.names[1:] if (ms := self.ms(query, name))]
        return self.ms(query, OURS) / min(beside) if beside and self.ms(query, OURS) else None

    def cell(self, query, name):
        outcome = self.outcomes[query.name].get(name, {})
        if "ms" in outcome:
            return milliseconds(outcome["ms"]) + (" ≠" if name in self.dissenters(query) else "")
        return "timeout" if outcome.get("timeout") else "fails" if "error" in outcome else "–"

    def dissenters(self, query):
        """The peers whose answer is another than ours."""
        answers = {name: (outcome["rows"], outcome["hash"]) for name in self.names if "ms" in (
            outcome := self.outcomes[query.name].get(name, {}))}
        if query.compare == "none" or OURS not in answers:
            return []
        return [name for name, answer in answers.items() if answer != answers[OURS]]

    def query_table(self):
        cold = [f"{name}, cold" for name in self.names if self.cold and name != OxigraphEndpoint.name]
        rows = [("query", "rows", *(f"{name}, ms" for name in self.names), "ratio to the best peer", *cold)]
        for query in self.queries:
            ratio = self.ratio(query)
            ours = self.outcomes[query.name].get(OURS, {})
            chill = [self.outcomes[query.name].get(name.partition(",")[0], {}).get("cold_ms") for name in cold]
            rows.append((query.name + (" ·" if query.selective else ""), str(ours.get("rows", "–")),
                         *(self.cell(query, name) for name in self.names), f"{ratio:.2f}×" if ratio else "–",
                         *(milliseconds(ms) if ms else "–" for ms in chill)))
        return markdown(rows)

    def means(self, queries):
        own = geometric([ms for query in queries if (ms := self.ms(query, OURS))])
        ratios = []
        for peers in ([[name] for name in self.names[1:]] + [self.names[1:]] if self.names[1:] else []):
            known = [ratio for query in queries if (ratio := self.ratio(query, peers))]
            ratios.append(f"{geometric(known):.2f}× of {len(known)}" if known else "–")
        return (str(len(queries)), milliseconds(own) if own else "–", *ratios)

    def family_table(self):
        beside = [f"beside {name}" for name in self.names[1:]] + (["beside the best peer"] if self.names[1:] else [])
        rows = [("geometric means", "queries", "ours, ms", *beside)]
        for family in dict.fromkeys(query.family for query in self.queries):
            rows.append((family, *self.means([query for query in self.queries if query.family == family])))
        rows.append(("**all**", *self.means(self.queries)))
        selective = [query for query in self.queries if query.selective]
        if selective:
            goal = f"**selective** (goal: {SELECTIVE_GOAL_MS} ms)"
            rows.append((goal, *self.means(selective)))
        return markdown(rows)

    def stream_table(self):
        rows = [("streaming", "engine", "rows", "rows a second", "peak memory", "without mapped files")]
        for query in self.queries:
            for name, outcome in self.outcomes[query.name].items():
                if "rate" in outcome:
                    rows.append((query.name, name, str(outcome["rows"]), rate(outcome["rate"]),
                                 megabytes(outcome["rss"]), megabytes(outcome["anonymous"])))
        return markdown(rows) if len(rows) > 1 else ""

    def slower(self):
        found = sorted(((ratio, query.name) for query in self.queries if (ratio := self.ratio(query))), reverse=True)
        worst = [f"* **{ratio:.2f}×** {name}" for ratio, name in found if ratio > SLOWER]
        others = [f"* {ratio:.2f}× {name}" for ratio, name in found if 1 < ratio <= SLOWER]
        return [f"Slower than {SLOWER}× the best peer: {len(worst) or 'none'} of {len(found)}; "
                f"slower than it at all: {len(worst) + len(others)}.", "", *worst, *others]

    def disagreements(self):
        lines = []
        for query in self.queries:
            ours = self.outcomes[query.name].get(OURS, {})
            for name in self.dissenters(query):
                theirs = self.outcomes[query.name][name]
                same = ours["rows"] == theirs["rows"]
                lines.append(f"* {query.name}: {name} has " + (
                    f"{theirs['rows']} other rows" if same else f"{theirs['rows']} rows, ours are {ours['rows']}"))
        return ["Answers that differ from ours (≠):", "", *lines] if lines else []

    def failures(self):
        lines = [f"* {query.name}, {name}: {outcome['error']}" for query in self.queries
                 for name, outcome in self.outcomes[query.name].items() if "error" in outcome]
        return ["No answer:", "", *lines] if lines else []

    def text(self):
        head = (f"{thousands(self.size)} triples; {platform.machine()}, {os.cpu_count()} cores; load of the machine at "
                f"the end: {os.getloadavg()[1]:.1f}. · marks selective queries.")
        parts = [head, self.family_table(), self.query_table(), self.stream_table()]
        parts += ["\n".join(lines) for lines in (self.slower() if self.names[1:] else [], self.disagreements(),
                                                 self.failures())]
        return "\n\n".join(part for part in parts if part)

    def failed(self):
        return [query.name for query in self.queries if "error" in self.outcomes[query.name].get(OURS, {})]


def count(text):
    """A number such as 250, 10k or 1M."""
    scale = {"k": 1_000, "M": 1_000_000, "G": 1_000_000_000}.get(text[-1:], 1)
    return int(text[:-1] if scale > 1 else text) * scale


def parse():
    families = sorted(path.name for path in (HERE / "queries").iterdir() if path.name != "constants")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=count, default=10_000_000, metavar="N", help="how many (default: 10M)")
    parser.add_argument("--huge", action="store_true", help="ten million links in the relation of colleagues, not one")
    parser.add_argument("--only", nargs="+", choices=families, default=families, metavar="FAMILY",
                        help=f"only these: {', '.join(families)}")
    parser.add_argument("--peers", nargs="*", choices=["virtuoso", "oxigraph"],
                        help="run these beside it; both if none is named")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each query at least, after one to warm up "
                        "(default: 5; slow queries fewer)")
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="for each query (default: 60)")
    parser.add_argument("--cold", action="store_true", help="also ask each query of a server just started, its files "
                        "out of the system's cache")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", metavar="DIR")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/benchmarks-sparql", metavar="DIR",
                        help="for data and stores")
    parser.add_argument("--no-build", action="store_true", help="take the programs as they are")
    parser.add_argument("--keep", action="store_true", help="keep the generated data for the next run")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write every figure there too")
    options = parser.parse_args()
    if options.peers is not None and not options.peers:
        options.peers = ["virtuoso", "oxigraph"]
    options.peers = options.peers or []
    return options


def main():
    options = parse()
    bench = Bench(options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    failure = None
    try:
        if not options.no_build:
            bench.build()
        bench.run()
    except (Missing, Failed, RuntimeError) as error:
        failure = str(error)
    except KeyboardInterrupt:
        failure = "interrupted; what was measured by then is above"
    finally:
        if not options.keep:
            shutil.rmtree(bench.folder, ignore_errors=True)
    report = Report(bench)
    print(report.text())
    if options.json:
        options.json.write_text(json.dumps({"constants": bench.values, "outcomes": bench.outcomes}, indent=1) + "\n")
    if not failure and report.failed():
        failure = f"Scenograph has no answer to {', '.join(report.failed())}"
    if failure:
        print(f"sparql_benchmark.py: {failure}", file=sys.stderr)
    return 1 if failure else 0


if __name__ == "__main__":
    sys.exit(main())
