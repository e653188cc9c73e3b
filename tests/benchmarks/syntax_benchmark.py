#!/usr/bin/env python3
"""Measures how fast RDF is read and written, beside Serd's serdi and raptor's rapper where they are installed, and prints
a table in Markdown.

  tests/benchmarks/syntax_benchmark.py                    a million triples
  tests/benchmarks/syntax_benchmark.py --triples 10M

Each program reads a file in one syntax and writes another to /dev/null. Rates are triples by second of processor time, so
that they hold on a machine that is not idle too. Needs a release build.
"""
import argparse
import pathlib
import shutil
import sys

from processes import run
from table import markdown, megabytes, rate

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = {"k": 1000, "M": 1_000_000, "G": 1_000_000_000}


def number(text):
    return int(text[:-1]) * SIZES[text[-1]] if text[-1] in SIZES else int(text)


def conversions(program, files):
    """(what, who, command line) for each measure."""
    nt, ttl, nq = files["ntriples"], files["turtle"], files["nquads"]
    convert = [program, "convert", "--quiet"]
    yield "N-Triples → N-Triples", "scenograph", [*convert, nt, "--to", "ntriples"]
    yield "N-Triples → N-Triples", "serdi", ["serdi", "-i", "ntriples", "-o", "ntriples", nt]
    yield "N-Triples → N-Triples", "rapper", ["rapper", "-q", "-i", "ntriples", "-o", "ntriples", nt]
    yield "N-Quads → N-Quads", "scenograph", [*convert, nq, "--to", "nquads"]
    yield "N-Quads → N-Quads", "serdi", ["serdi", "-i", "nquads", "-o", "nquads", nq]
    yield "Turtle → N-Triples", "scenograph", [*convert, ttl, "--to", "ntriples"]
    yield "Turtle → N-Triples", "serdi", ["serdi", "-i", "turtle", "-o", "ntriples", ttl]
    yield "Turtle → N-Triples", "rapper", ["rapper", "-q", "-i", "turtle", "-o", "ntriples", ttl]
    yield "Turtle → Turtle, streamed", "scenograph", [*convert, ttl, "--to", "turtle", "--stream"]
    yield "Turtle → Turtle, streamed", "serdi", ["serdi", "-i", "turtle", "-o", "turtle", ttl]
    yield "Turtle → Turtle, arranged", "scenograph", [*convert, ttl, "--to", "turtle"]
    yield "Turtle → Turtle, arranged", "rapper", ["rapper", "-q", "-i", "turtle", "-o", "turtle", ttl]
    yield "canonical form", "scenograph", [program, "canonicalize", "--quiet", "--memory", "64G", nt]


def generate(folder, generator, triples):
    files = {}
    for form, ending in (("ntriples", "nt"), ("turtle", "ttl"), ("nquads", "nq")):
        files[form] = folder / f"{triples}.{ending}"
        if not files[form].exists():
            run(["sh", "-c", f'exec "{generator}" --triples {triples} --format {form} > "{files[form]}"'])
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=number, default=1_000_000)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/benchmarks-syntax")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    programs = options.build.resolve() / "bin"
    files = generate(options.work, programs / "generate", options.triples)
    rows = [["conversion", "program", "triples a second of processor time", "peak memory"]]
    for what, who, line in conversions(programs / "scenograph", files):
        if who != "scenograph" and shutil.which(who) is None:
            print(f"… {who} is not installed", file=sys.stderr)
            continue
        cost = run(["sh", "-c", 'exec "$@" > /dev/null', "sh", *map(str, line)])
        rows.append([what, who, rate(options.triples / cost.cpu), megabytes(cost.rss)])
    print(markdown(rows))


main()
