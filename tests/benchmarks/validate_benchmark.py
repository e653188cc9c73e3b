#!/usr/bin/env python3
"""Measures SHACL validation with the project's own shapes, and prints one table in Markdown.

  tests/benchmarks/validate_benchmark.py --quick            a million triples
  tests/benchmarks/validate_benchmark.py --peers            a million beside npm's validators, and ten million
  tests/benchmarks/validate_benchmark.py --peers --huge     and a hundred million

The data is the generator's, one entity in twenty broken. Peers validate the million, and their results are compared
with Scenograph's, one by one. Needs a release build and an idle machine; for peers Node.js, npm and 8 GB of memory; for
a hundred million some 40 GB of room.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import statistics
import sys

from processes import run
from table import Table, megabytes, milliseconds, thousands

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MILLION = 1_000_000
PEERS = ["shacl-engine", "rdf-validate-shacl"]
NO_LIMIT = 1_000_000_000


def seconds_text(seconds):
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def term_text(term):
    """A term of a report, as validate/npm.mjs writes those of the peers; blank nodes are all alike."""
    if term is None:
        return ""
    if term["type"] == "bnode":
        return "_:"
    if term["type"] == "uri":
        return f"<{term['value']}>"
    if term.get("xml:lang"):
        return f"{term['value']}@{term['xml:lang']}"
    return f"{term['value']}^^{term.get('datatype', 'http://www.w3.org/2001/XMLSchema#string')}"


# Components whose results are about all values together, and so have no sh:value (sections 4.2, 4.4.5, 4.7.3).
WITHOUT_VALUE = {f"{name}ConstraintComponent" for name in (
    "MinCount", "MaxCount", "UniqueLang", "QualifiedMinCount", "QualifiedMaxCount")}


def judgement(peer, path, component, mine, theirs):
    """Which side is right about the focus nodes that one of them alone has, by the specification, as far as known."""
    members = [member for member in path.split("|") if not re.fullmatch("<[^>]*>", member)]
    if peer == "shacl-engine" and "|" in path and members:
        return "Scenograph: a member of sh:alternativePath may be any path (2.3.1.3), the peer takes it for a property"
    if component in WITHOUT_VALUE and mine == theirs:
        return "Scenograph: the same but for sh:value, which such a result does not have"
    return "not judged: look at it"


class Bench:
    """One run: the programs, the folder they work in, what was measured."""

    def __init__(self, options):
        self.options = options
        self.folder = options.work.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.programs = options.build.resolve() / "bin"
        self.table = Table()
        self.figures = {}

    def say(self, text):
        print(f"… {text}", file=sys.stderr, flush=True)

    def scenograph(self, store, *words, check=True):
        return run([self.programs / "scenograph", "--data", store, *words], check=check)

    def validate(self, store, *words):
        """What the command costs; it ends with 1, as there is something to find."""
        return self.scenograph(store, "validate", "--format", "json", *words, check=False)

    def prepare(self, triples):
        """The data, and a store of it."""
        data = self.folder / f"faulty-{triples}.nt"
        if not data.exists():
            self.say(f"generating {thousands(triples)}")
            generator = self.programs / "generate"
            run(["sh", "-c", f'exec "{generator}" --triples {triples} --faulty 5 > "{data}"'])
        store = self.folder / f"store-{triples}"
        if not store.exists():
            self.say(f"loading {thousands(triples)}")
            self.scenograph(store, "init", "--quiet")
            self.scenograph(store, "load", "--quiet", data)
        return data, store

    def own_rows(self, triples, store):
        self.say(f"validating {thousands(triples)}")
        output = run([self.programs / "validate_benchmark", store, self.options.runs, 150]).output
        inside = {key: float(value) for key, value in (line.split() for line in output.splitlines())}
        self.validate(store)  # warms up
        costs = [self.validate(store) for _ in range(self.options.runs)]
        command = statistics.median(cost.seconds for cost in costs)
        memory = max(cost.anonymous for cost in costs)
        is_main = triples == 10 * MILLION
        what = thousands(triples)
        self.table.add(f"validation of {what}, the store open", "≤ 10 s" if is_main else "",
                       seconds_text(inside["seconds"]), inside["seconds"] <= 10,
                       [f"processor {seconds_text(inside['cpu'])}", f"{inside['focus_nodes']:,.0f} focus nodes",
                        f"{inside['results']:,.0f} results"])
        self.table.add("    by two threads", "", seconds_text(inside["by_two_seconds"]), None,
                       [f"processor {seconds_text(inside['by_two_cpu'])}"])
        self.table.add("    as a command, report in JSON included", "", seconds_text(command), None,
                       [f"processor {seconds_text(statistics.median(cost.cpu for cost in costs))}"])
        self.table.add("    memory of the command without mapped files", "≤ 1 GiB" if is_main else "",
                       megabytes(memory), memory <= 1 << 30, [f"with them {megabytes(max(c.rss for c in costs))}"])
        self.table.add(f"    {inside['targets']:.0f} performances by sh:targetNode", "≤ 5 ms" if is_main else "",
                       f"{milliseconds(inside['targets_ms'])} ms", inside["targets_ms"] <= 5,
                       [f"processor {milliseconds(inside['targets_cpu_ms'])} ms",
                        f"{inside['targets_results']:.0f} results"])
        self.table.add(f"    what a commit of {inside['commit_quads']:.0f} quads touches", "≤ 2 ms" if is_main else "",
                       f"{milliseconds(inside['commit_ms'])} ms", inside["commit_ms"] <= 2,
                       [f"processor {milliseconds(inside['commit_cpu_ms'])} ms",
                        f"{inside['commit_focus_nodes']:.0f} nodes checked"])
        self.figures[triples] = {**inside, "command": command, "memory": memory}

    # Peers.

    def install_peers(self):
        packages = self.folder / "npm"
        packages.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "validate" / name, packages)
        self.say("installing npm's validators")
        run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=packages)
        return packages

    def own_results(self, store):
        # Every result: the report keeps only so many otherwise.
        report = json.loads(self.validate(store, "--max-results", NO_LIMIT).output)
        found = collections.Counter()
        for result in report["results"]:
            check = report["checks"][result["check"]]
            component = check["component"].rpartition("#")[2]
            key = (term_text(result["focusNode"]), check.get("path", ""), component, term_text(result.get("value")))
            found[key] += 1
        return found

    def peer_rows(self, triples, data, store):
        packages = self.install_peers()
        mine = self.own_results(store)
        shapes = sorted((ROOT / "shapes").glob("*.ttl"))
        for peer in PEERS:
            self.say(f"validating {thousands(triples)} with {peer}")
            results = self.folder / f"results-{peer}.jsonl"
            script = HERE / "validate" / "npm.mjs"
            cost = run(["node", "--max-old-space-size=8192", script, peer, packages, data, results, *shapes])
            measured = json.loads(cost.output)
            seconds, cpu = measured["seconds"], measured["cpu"]
            own = self.figures[triples]
            self.table.add(f"{peer}, {thousands(triples)}, the data in memory", "≥ 50×",
                           f"{seconds / own['seconds']:.0f}×", seconds / own["seconds"] >= 50,
                           [seconds_text(seconds), f"processor {seconds_text(cpu)}, {cpu / own['cpu']:.0f}×",
                            f"{megabytes(cost.rss)} with the data"])
            theirs = collections.Counter(tuple(json.loads(line)) for line in results.open(encoding="utf-8"))
            self.compare(peer, mine, theirs)

    def compare(self, peer, mine, theirs):
        more, less = mine - theirs, theirs - mine
        same = sum((mine & theirs).values())
        self.table.note(f"{peer}: {same:,} results the same, {sum(more.values()):,} of Scenograph alone, "
                        f"{sum(less.values()):,} of the peer alone")
        groups = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
        for side, found in enumerate((more, less)):
            for (focus, path, component, _), count in found.items():
                groups[(path, component)][side][focus] += count
        for (path, component), sides in sorted(groups.items()):
            counts = [f"{sum(side.values()):,}" for side in sides]
            self.table.note(f"{peer}, `{path or 'no path'}`, {component}: {counts[0]} of Scenograph alone, "
                            f"{counts[1]} of the peer alone. Right is {judgement(peer, path, component, *sides)}")

    def all_rows(self):
        for triples in self.options.sizes:
            data, store = self.prepare(triples)
            self.own_rows(triples, store)
            if self.options.peers and triples <= MILLION:
                self.peer_rows(triples, data, store)
            if not self.options.keep:
                data.unlink()
                shutil.rmtree(store)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "benchmarks-validate")
    parser.add_argument("--triples", type=int, help="this size alone")
    parser.add_argument("--quick", action="store_true", help="a million alone")
    parser.add_argument("--huge", action="store_true", help="a hundred million too")
    parser.add_argument("--peers", action="store_true", help="npm's shacl-engine and rdf-validate-shacl, on a million")
    parser.add_argument("--runs", type=int, default=5, help="the median of so many counts (5)")
    parser.add_argument("--keep", action="store_true", help="keep data and stores, and use those that are there")
    options = parser.parse_args()
    options.sizes = [MILLION] if options.quick else [MILLION, 10 * MILLION]
    options.sizes += [100 * MILLION] if options.huge else []
    if options.triples:
        options.sizes = [options.triples]
    return options


def main():
    bench = Bench(parse_arguments())
    bench.all_rows()
    print(bench.table.text())


if __name__ == "__main__":
    main()
