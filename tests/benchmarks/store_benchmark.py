#!/usr/bin/env python3
"""Measures the store, and its peers beside it, and prints one table in Markdown.

  tests/benchmarks/store_benchmark.py --quick            a million triples: a minute or two
  tests/benchmarks/store_benchmark.py --peers            ten million, with Virtuoso and Oxigraph in the same run
  tests/benchmarks/store_benchmark.py --peers --huge     and a hundred million loaded

Needs a release build (`cmake --preset release && cmake --build --preset release`), an idle machine, and for ten million
some 15 GB of room. scripts/setup --with-peers installs the peers.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import signal
import sys

from peers import Missing, OxigraphNpm, Virtuoso
from processes import disk_bytes, run
from table import Table, megabytes, rate, thousands

ROOT = pathlib.Path(__file__).resolve().parents[2]
MILLION = 1_000_000


class Bench:
    """One run: the programs, the folder they work in, what was measured."""

    def __init__(self, options):
        self.options = options
        self.folder = options.work.resolve()
        self.size = options.triples
        self.table = Table()
        self.figures = {}
        programs = options.build.resolve() / "bin"
        self.generator = programs / "generate"
        self.measures = programs / "store_benchmark"
        self.program = programs / "scenograph"

    def build(self):
        targets = ["scenograph", "generate", "store_benchmark"]
        run(["cmake", "--build", self.options.build, "--target", *targets])

    def has_command(self, name):
        return any(line.split()[:1] == [name] for line in run([self.program, "--help"]).output.splitlines())

    def generate(self, triples, form):
        path = self.folder / f"{triples}.{'nt' if form == 'ntriples' else 'nq'}"
        if not path.exists():
            print(f"… generating {thousands(triples)} ({form})", file=sys.stderr)
            run(["sh", "-c", f'exec "{self.generator}" --triples {triples} --format {form} > "{path}"'])
        return path

    def measure(self, name, store, **settings):
        """What the C++ program measures, as a dictionary; with its memory."""
        words = [word for key, value in settings.items() for word in (f"--{key}", value)]
        print(f"… {name} {' '.join(map(str, words))}", file=sys.stderr)
        cost = run([self.measures, name, store, *words])
        result = {key: float(value) for key, value in (line.split() for line in cost.output.splitlines())}
        return {**result, "rss": cost.rss, "anonymous": cost.anonymous}

    def load(self, data, triples):
        """A new store with the file's data; and what loading took."""
        store = self.folder / f"store-{data.name}"
        shutil.rmtree(store, ignore_errors=True)
        run([self.program, "--data", store, "init", "--quiet"])
        empty = disk_bytes(store)
        print(f"… loading {data.name}", file=sys.stderr)
        cost = run([self.program, "--data", store, "load", "--quiet", data])
        return store, {"load_rate": triples / cost.seconds, "cpu": cost.cpu / triples,
                       "rss": cost.rss, "anonymous": cost.anonymous, "disk": (disk_bytes(store) - empty) / triples}

    def disk_rate(self):
        return self.measure("disk", self.folder, seconds=self.options.seconds)["syncs"]

    # Rows.

    def load_rows(self):
        sizes = [MILLION] if self.size > MILLION else []
        sizes += [self.size]
        sizes += [100 * MILLION] if self.options.huge else []
        results = {}
        for triples in sizes:
            data = self.generate(triples, "ntriples")
            store, mine = self.load(data, triples)
            shutil.rmtree(store)
            results[triples] = {"scenograph": mine}
            if triples <= 10 * MILLION:
                results[triples].update(self.run_peers(data, triples))
            if not self.options.keep:
                data.unlink()
            self.show_load(triples, results[triples])
        if len(sizes) > 1:
            first, last = (results[sizes[i]]["scenograph"]["load_rate"] for i in (0, -1))
            growth = f"growth {thousands(sizes[0])} → {thousands(sizes[-1])}, rate falls by"
            self.table.add(growth, "< 25 %", f"{max(0, 1 - last / first):.0%}", last / first > 0.75)
        self.figures["load"] = results

    def run_peers(self, data, triples):
        found = {}
        for peer in self.options.peers:
            print(f"… {peer.name} with {data.name}", file=sys.stderr)
            try:
                found[peer.name] = peer(self.folder).measure(data, triples)
            except RuntimeError as error:
                found[peer.name] = {"error": str(error).splitlines()[-1][:120]}
        return found

    def show_load(self, triples, results):
        mine = results["scenograph"]
        what = f"bulk load, N-Triples, {thousands(triples)}"
        peers = {name: peer for name, peer in results.items() if name != "scenograph"}
        beside = [(name, peer["load_rate"]) for name, peer in peers.items() if "load_rate" in peer]
        self.table.add(what, "≥ 600 k/s", rate(mine["load_rate"]), mine["load_rate"] >= 600_000, [
            f"{mine['load_rate'] / other:.1f}× {name} ({rate(other)})" for name, other in beside])
        if len({peer["typed"] for peer in peers.values() if "typed" in peer}) > 1:
            self.table.note(f"{thousands(triples)}: the peers disagree on how many quads there are with rdf:type")
        for name, peer in peers.items():
            if "error" in peer:
                self.table.note(f"{name}, {thousands(triples)}: {peer['error']}")
        if "load_rate" in peers.get("Virtuoso", {}):
            ratio = mine["load_rate"] / peers["Virtuoso"]["load_rate"]
            self.table.add("    beside Virtuoso's bulk loader", "≥ 2.5×", f"{ratio:.2f}×", ratio >= 2.5)
        self.table.add("    processor time for a million", "", f"{mine['cpu'] * MILLION:.2f} s", None, [
            f"{name} {peer['cpu'] * MILLION:.2f} s" for name, peer in peers.items() if "cpu" in peer])
        memory = f"{megabytes(mine['rss'])} ({megabytes(mine['anonymous'])} without mapped files)"
        self.table.add("    peak memory", "< 4 GiB at 100 M", memory, mine["rss"] < 4 << 30, [
            f"{name} {megabytes(peer['rss'])}" for name, peer in peers.items() if "rss" in peer])
        self.table.add("    size, bytes a quad", "≤ 25", f"{mine['disk']:.1f}", mine["disk"] <= 25, [
            f"{name} {peer['disk']:.0f}" for name, peer in peers.items() if "disk" in peer])

    def read_rows(self, store):
        scan = self.measure("scan", store)
        peers = self.figures.get("load", {}).get(self.size, {})
        self.table.add("scan of one predicate, warm", "≥ 100 M/s", f"{scan['scan_mquads']:.1f} M/s",
                       scan["scan_mquads"] >= 100,
                       [f"{name}, as COUNT: {peer['scan_mquads']:.2f} M/s" for name, peer in peers.items()
                        if "scan_mquads" in peer])
        self.table.add("    scan of everything, in one order", "", f"{scan['scan_all_mquads']:.1f} M/s")
        lookup = self.measure("lookup", store)
        self.table.add("point lookup (s,p,?), warm, ids", "≤ 5 µs", f"{lookup['lookup_us']:.2f} µs",
                       lookup["lookup_us"] <= 5)
        self.table.add("    from terms to terms", "", f"{lookup['lookup_terms_us']:.2f} µs", None,
                       [f"{name} {peer['lookup_terms_us']:.1f} µs" for name, peer in peers.items()
                        if "lookup_terms_us" in peer])
        opened = min(self.measure("open", store)["open_ms"] for _ in range(3))
        self.table.add("opening", "< 1 s at 100 M", f"{opened:.1f} ms", opened < 1000)
        self.figures.update(scan=scan, lookup=lookup, open_ms=opened)

    def commit_rows(self, store):
        words = {"commits": "durable commits of a quad", "replacements": "replacing a graph of 30 quads, durable"}
        published = {"commits": [], "replacements": ["published: Oxigraph 415/s, QLever 13/s"]}
        writes = {}
        # The disk is measured before and after each, since disks that others use change from second to second.
        before = self.disk_rate()
        for name, key, writers, goal in (("commits", "commits", 1, 1), ("commits", "commits", 32, 10),
                                         ("replace", "replacements", 16, 4), ("replace", "replacements", 64, 15)):
            result = self.measure(name, store, writers=writers, seconds=self.options.seconds)
            after = self.disk_rate()
            disk = (before + after) / 2
            ratio = result[key] / disk
            self.table.add(f"{words[key]}, {writers} writer{'s' if writers > 1 else ''}", f"≥ {goal}× the disk",
                           f"{result[key]:.0f}/s, {ratio:.2f}×", ratio >= goal,
                           [f"the disk's fdatasync {before:.0f} to {after:.0f}/s",
                            f"{result['commit_ms_p50']:.1f} ms median, {result['commit_ms_p99']:.1f} ms p99",
                            *published[key]])
            writes[f"{key} {writers}"] = {**result, "syncs_before": before, "syncs_after": after}
            before = after
        self.figures["writes"] = writes

    def recent_row(self, store):
        if not self.has_command("compact"):
            self.table.note("scan with recent commits: left out, the program has no command `compact` yet")
            return
        grown = self.size + self.size // 10
        data = self.generate(grown, "nquads")
        recent = self.folder / "recent.nq"
        run(["sh", "-c", f'tail -n +{self.size + 1} "{data}" > "{recent}"'])
        self.measure("commit-file", store, file=recent, batch=1000)
        mixed = {**self.measure("scan", store), **self.measure("queries", store)}
        run([self.program, "--data", store, "compact"])
        compact = {**self.measure("scan", store), **self.measure("queries", store)}
        self.figures["recent"] = {"mixed": mixed, "compact": compact}
        ratio = compact["scan_mquads"] / mixed["scan_mquads"]
        self.table.add("scan with 10 % in recent commits, beside compacted", "≤ 1.3×", f"{ratio:.2f}×", ratio <= 1.3)
        for key, what in (("all", "everything, in one order"), ("objects", "everything, by predicate and object")):
            rates = [figures[f"scan_{key}_mquads"] for figures in (compact, mixed)]
            self.table.add(f"    scan of {what}", "", f"{rates[0] / rates[1]:.2f}×")
        for name in [key[:-3] for key in mixed if key.endswith("_ms")]:
            if mixed[f"{name}_sum"] != compact[f"{name}_sum"]:
                raise RuntimeError(f"the query `{name}` has another answer once the store is compacted")
            times = [figures[f"{name}_ms"] for figures in (mixed, compact)]
            self.table.add(f"    query `{name}`, processor time", "", f"{times[0] / times[1]:.2f}×", None,
                           [f"{times[0]:.1f} ms, compacted {times[1]:.1f} ms"])

    def remove_rows(self, store):
        full = disk_bytes(store)
        half = self.size // 2
        removal = self.measure("remove", store, quads=half)
        after = disk_bytes(store)
        self.table.add(f"removing {thousands(int(removal['removed']))} quads in one commit", "memory < 2 GiB",
                       f"{megabytes(removal['rss'])} ({megabytes(removal['anonymous'])} without mapped files)",
                       removal["rss"] < 2 << 30, [f"{removal['remove_seconds']:.1f} s"])
        if self.has_command("compact"):
            run([self.program, "--data", store, "compact"])
        self.table.add("    room on disk before, after, compacted", "returned",
                       f"{megabytes(full)}, {megabytes(after)}, {megabytes(disk_bytes(store))}",
                       disk_bytes(store) < 0.65 * full)
        self.figures["remove"] = {**removal, "disk": [full, after, disk_bytes(store)]}

    def run(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        wanted = self.options.only
        if "load" in wanted:
            self.load_rows()
        if wanted != {"load"}:
            store, mine = self.load(self.generate(self.size, "nquads"), self.size)
            self.table.add(f"bulk load, N-Quads, {thousands(self.size)}", "", rate(mine["load_rate"]), None,
                           [megabytes(mine["rss"]), f"{mine['disk']:.1f} bytes a quad"])
            self.figures["load_nquads"] = mine
            for name, rows in (("read", self.read_rows), ("commit", self.commit_rows), ("recent", self.recent_row),
                               ("remove", self.remove_rows)):
                if name in wanted:
                    rows(store)
            shutil.rmtree(store)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    groups = ["load", "read", "commit", "recent", "remove"]
    parser.add_argument("--triples", type=int, default=10 * MILLION, metavar="N",
                        help="how many (default: ten million)")
    parser.add_argument("--quick", dest="triples", action="store_const", const=MILLION, help="a million")
    parser.add_argument("--huge", action="store_true", help="also load a hundred million")
    parser.add_argument("--peers", action="store_true", help="run Virtuoso and npm's Oxigraph beside it")
    parser.add_argument("--only", nargs="+", choices=groups, default=groups, help="only these groups of rows")
    parser.add_argument("--seconds", type=int, default=5, help="for each measure of commits (default: 5)")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", metavar="DIR")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/benchmarks", metavar="DIR",
                        help="for data and stores: on the disk to be measured")
    parser.add_argument("--no-build", action="store_true", help="take the programs as they are")
    parser.add_argument("--keep", action="store_true", help="keep the generated data for the next run")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write every figure there too")
    options = parser.parse_args()
    options.only = set(options.only)
    options.peers = [Virtuoso, OxigraphNpm] if options.peers else []
    return options


def show(bench):
    load = os.getloadavg()
    print(f"{platform.machine()}, {os.cpu_count()} cores; load of the machine at the end: {load[1]:.1f}\n")
    print(bench.table.text())
    if bench.options.json:
        bench.options.json.write_text(json.dumps(bench.figures, indent=1, default=str) + "\n")


def main():
    options = parse()
    bench = Bench(options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    failure = None
    try:
        for peer in options.peers:
            peer(bench.folder)
        if not options.no_build:
            bench.build()
        bench.run()
    except (Missing, RuntimeError) as error:
        failure = str(error)
    except KeyboardInterrupt:
        failure = "interrupted; what was measured by then is above"
    finally:
        if not options.keep:
            shutil.rmtree(bench.folder, ignore_errors=True)
    show(bench)
    if failure:
        print(f"store_benchmark.py: {failure}", file=sys.stderr)
    return 1 if failure else 0


if __name__ == "__main__":
    sys.exit(main())
