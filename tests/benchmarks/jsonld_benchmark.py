#!/usr/bin/env python3
"""Measures how fast JSON-LD of schema.org becomes RDF, beside npm's jsonld and jsonld-streaming-parser if they are there.

Usage: jsonld_benchmark.py [--build DIR] [--packages DIR] [--seconds S] [--work DIR] [--documents N] [--large N]

  --packages DIR   where `npm install jsonld jsonld-streaming-parser` was run; without it only Scenograph is measured
  --documents N    small documents, an event each (200)
  --large N        events in the one large document (20000)
  --seconds S      how long each measure runs (3)

Prints a table in Markdown: documents and quads a second, and how many times as fast Scenograph is. Processor time is
not measured: use an idle machine.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEERS = ["jsonld", "jsonld-streaming-parser"]


def event(number, rng):
    """An event as venues publish it."""
    day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return {
        "@id": f"https://venue.example/event/{number}",
        "@type": "TheaterEvent",
        "name": rng.choice(["Phèdre", "En attendant Godot", "Le Sacre du printemps", "La Mouette"]) + f" {number}",
        "description": "Une pièce en cinq actes. " * rng.randint(2, 8),
        "startDate": day + "T20:00:00+02:00",
        "endDate": day + "T22:15:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "url": f"https://venue.example/programme/{number}",
        "image": [f"https://venue.example/img/{number}-{i}.jpg" for i in range(3)],
        "inLanguage": "fr",
        "location": {
            "@type": "Place",
            "name": f"Salle {number % 7}",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": f"{number % 90} rue des Halles",
                "postalCode": "69001",
                "addressLocality": "Lyon",
                "addressCountry": "FR",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 45.7 + rng.random(), "longitude": 4.8 + rng.random()},
        },
        "offers": [
            {
                "@type": "Offer",
                "name": name,
                "price": price,
                "priceCurrency": "EUR",
                "availability": "https://schema.org/InStock",
                "validFrom": day,
                "url": f"https://venue.example/tickets/{number}",
            }
            for name, price in (("Plein tarif", 32), ("Réduit", 18.5))
        ],
        "performer": [
            {"@type": "Person", "name": f"Interprète {number * 3 + i}", "sameAs": f"https://people.example/{number + i}"}
            for i in range(4)
        ],
        "organizer": {"@type": "Organization", "name": "Théâtre", "url": "https://venue.example/"},
    }


def write_documents(folder, documents, large):
    rng = random.Random(7)
    small = []
    for number in range(documents):
        small.append(folder / f"event{number}.jsonld")
        small[-1].write_text(json.dumps({"@context": "https://schema.org", **event(number, rng)}, ensure_ascii=False))
    big = folder / "large.jsonld"
    graph = [event(number, rng) for number in range(large)]
    big.write_text(json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False))
    return {f"{documents} documents of one event": small, f"one document of {large} events": [big]}


def speed(command):
    output = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if output.returncode != 0:
        sys.exit(f"{command[0]} failed: {output.stderr}")
    runs, quads, seconds = (float(word) for word in output.stdout.split())
    return runs / seconds, quads / seconds, quads / runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parents[1] / "build" / "release")
    parser.add_argument("--packages", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=HERE.parents[1] / "build/benchmarks-jsonld")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--large", type=int, default=20000)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    program = options.build / "bin" / "jsonld_benchmark"
    context = options.work / "context.jsonld"
    context.write_bytes(subprocess.run([program, "--context"], capture_output=True, check=True).stdout)
    print("| what | engine | documents/s | quads/s | Scenograph is |\n|---|---|---:|---:|---:|")
    for what, files in write_documents(options.work, options.documents, options.large).items():
        documents, own, expected = speed([program, *files, "--seconds", options.seconds])
        print(f"| {what} | Scenograph | {documents:,.1f} | {own:,.0f} | |", flush=True)
        for peer in PEERS if options.packages else []:
            script = HERE / "jsonld" / "npm.mjs"
            documents, theirs, quads = speed(
                ["node", "--max-old-space-size=4096", script, peer, options.packages, context, options.seconds, *files])
            note = "" if quads == expected else f" ({quads:.0f} quads a document, Scenograph {expected:.0f})"
            print(f"| {what} | {peer} | {documents:,.1f} | {theirs:,.0f} | {own / theirs:.1f} times as fast{note} |", flush=True)


if __name__ == "__main__":
    main()
