#!/usr/bin/env python3
"""Measures how fast web pages are told to have no structured data, and read where they have some.

Usage: markup_benchmark.py [--build DIR] [--work DIR] [--seconds S] [--size BYTES]

  --size BYTES     of each page, about (400000)
  --seconds S      of processor time for each measure (3)

The pages are those of a site of some theatre: navigation, style sheets, scripts, comments, a season of events as cards;
one without structured data, and the same with JSON-LD, Microdata, RDFa, or Open Graph. Goal: 1 GB/s on one core for
"none". Prints a table in Markdown. Times are of the processor, so that they hold on a machine that is not quite idle too.
"""

import argparse
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHOWS = ["Phèdre", "En attendant Godot", "Le Sacre du printemps", "La Mouette", "Carmen", "Ubu roi"]

HEAD = """<!DOCTYPE html>
<html lang="fr-FR">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Saison – Théâtre des Lucioles</title>
{head}
<link rel="canonical" href="https://venue.example/saison/">
<link rel="stylesheet" id="main-css" href="https://venue.example/assets/main.css?ver=6.4.2" type="text/css" media="all">
<link rel="preload" as="font" href="/assets/fonts/serif.woff2" crossorigin>
"""

STYLE = """<style id="inline-{n}">
.card-{n}{{display:flex;transition-property:transform;margin:0 auto;background:url(data:image/svg+xml,%3Csvg%20viewBox=)}}
.card-{n}:hover{{transform:scale(1.0{n})}} @media (min-width:{n}00px){{.card-{n} > p + p{{margin-top:1.5rem}}}}
</style>
"""

SCRIPT = """<script type="text/javascript" id="module-{n}">
/* <![CDATA[ */
!function(e,t){{"use strict";var n=typeof e.settings,r={{items:[{n},2,3],loop:!0}};if("undefined"===n)return;for(var i=0;i<t.length;i++)
{{r.items.push(t[i]*{n}),e["k"+i]=function(a){{return a.value!=null&&a.value>=i?a.type==="x"&&a.name:null}}}}e.settings=r}}(window,[1,2,3]);
/* ]]> */
</script>
"""


def card(number, rng, kind):
    """An event as sites show it, with what marks it up in this kind of data."""
    name, day = rng.choice(SHOWS), f"2027-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    marks = {
        "Microdata": dict(
            event=' itemscope itemtype="http://schema.org/TheaterEvent"', name=' itemprop="name"', url=' itemprop="url"',
            image=' itemprop="image"', start=' itemprop="startDate"', text=' itemprop="description"',
            place=' itemprop="location" itemscope itemtype="http://schema.org/Place"'),
        "RDFa": dict(
            event=f' vocab="http://schema.org/" typeof="TheaterEvent" resource="#e{number}"', name=' property="name"',
            url=' property="url"', image=' property="image"', start=' property="startDate"',
            text=' property="description"', place=' property="location" typeof="Place"'),
    }.get(kind, dict.fromkeys(("event", "name", "url", "image", "start", "text", "place"), ""))
    return """    <!-- spectacle {number} -->
    <article id="post-{number}" class="card card--event tag-{tag}" data-id="{number}" data-filter="theatre saison"{event}>
      <a class="card__link" href="/spectacles/{number}/" title="{name}"{url}>
        <img class="card__image lazy" src="/img/{number}-400.jpg" srcset="/img/{number}-800.jpg 2x" width="400" height="300" alt=""{image}>
        <h2 class="card__title"><span{name_mark}>{name} {number}</span></h2></a>
      <p class="card__date"><time datetime="{day}T20:00:00+02:00"{start}>le {day} à 20 h</time></p>
      <div class="card__text"{text}><p>Une pièce en cinq actes &amp; un entracte, mise en scène par <em>Inès Vidal</em>.</p></div>
      <div class="card__place"{place}><span{name_mark}>Salle {tag}</span></div>
      <ul class="card__links"><li><a href="/billets/{number}" rel="nofollow noopener" target="_blank">Réserver</a></li></ul>
    </article>
""".format(number=number, name=name, day=day, tag=number % 9, name_mark=marks.pop("name"), **marks)


def json_event(number, rng):
    return (f'{{"@type":"TheaterEvent","@id":"#e{number}","name":"{rng.choice(SHOWS)} {number}",'
            f'"startDate":"2027-03-{number % 28 + 1:02}T20:00:00+02:00","url":"/spectacles/{number}/",'
            f'"location":{{"@type":"Place","name":"Salle {number % 9}"}}}}')


def page(kind, size):
    rng = random.Random(7)
    head = ""
    if kind == "JSON-LD":
        events = ",".join(json_event(number, rng) for number in range(20))
        head = f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{events}]}}</script>'
    if kind == "Open Graph":
        head = '<meta property="og:title" content="Saison"><meta property="og:type" content="website">'
    parts = [HEAD.format(head=head)]
    parts += [STYLE.format(n=n) + SCRIPT.format(n=n) for n in range(1, 30)]
    parts.append('</head>\n<body class="home page">\n  <main id="content">\n')
    length, number = sum(map(len, parts)), 0
    while length < size:
        parts.append(card(number, rng, kind) + (SCRIPT.format(n=number) if number % 10 == 9 else ""))
        length += len(parts[-1])
        number += 1
    return "".join(parts) + "  </main>\n</body>\n</html>\n"


def measure(command):
    output = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if output.returncode != 0:
        sys.exit(f"{command[0]} failed: {output.stderr}")
    return [float(word) for word in output.stdout.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parents[1] / "build" / "release")
    parser.add_argument("--work", type=pathlib.Path, default=HERE.parents[1] / "build/benchmarks-markup")
    parser.add_argument("--size", type=int, default=400_000)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    program = options.build / "bin" / "markup_benchmark"
    print("| page | what is done | ms a page | GB/s | quads |\n|---|---|---:|---:|---:|")
    for kind in ("none", "JSON-LD", "Microdata", "RDFa", "Open Graph"):
        file = options.work / f"{kind.replace(' ', '-').lower()}.html"
        file.write_text(page(kind, options.size), encoding="utf-8")
        for what in ("scan", "read"):
            runs, size, found, seconds = measure([program, what, file, "--seconds", options.seconds])
            if what == "scan" and (found != 0) != (kind != "none"):
                sys.exit(f"the scan is wrong about {file}")
            quads = f"{found / runs:,.0f}" if what == "read" else ""
            print(f"| {kind} | {what} | {1000 * seconds / runs:.3f} | {size / seconds / 1e9:.2f} | {quads} |", flush=True)


if __name__ == "__main__":
    main()
