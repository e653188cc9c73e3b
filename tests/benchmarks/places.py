#!/usr/bin/env python3
"""Writes made-up places as N-Triples, the same ones for the same number: a point as geo:wktLiteral, latitude and longitude
as numbers, around the towns of Europe and a few anywhere. For measuring filters by place.

Usage: places.py N > FILE
"""

import random
import sys

TOWNS = [(48.8566, 2.3522), (45.764, 4.8357), (43.2965, 5.3698), (50.8503, 4.3517), (52.52, 13.405), (41.9028, 12.4964)]
XSD = "http://www.w3.org/2001/XMLSchema#"


def place(numbers):
    if numbers.random() < 0.05:
        return numbers.uniform(-90, 90), numbers.uniform(-180, 180)
    latitude, longitude = numbers.choice(TOWNS)
    return latitude + numbers.gauss(0, 0.8), longitude + numbers.gauss(0, 1.2)


def main():
    numbers = random.Random(1)
    write = sys.stdout.write
    for i in range(int(sys.argv[1])):
        latitude, longitude = place(numbers)
        subject = f"<https://data.example/id/place/p{i}>"
        write(f'{subject} <http://www.opengis.net/ont/geosparql#asWKT> "POINT({longitude:.6f} {latitude:.6f})"'
              f"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .\n")
        digits = 8 if i % 10 == 0 else 6  # more than six do not fit into an id
        write(f'{subject} <http://schema.org/latitude> "{latitude:.{digits}f}"^^<{XSD}decimal> .\n')
        write(f'{subject} <http://schema.org/longitude> "{longitude:.{digits}f}"^^<{XSD}decimal> .\n')


main()
