#!/usr/bin/env python3
"""Matches names with the entities of a Scenograph node, and writes statements for Wikidata where the match is sure.

Needs Python 3.8 and nothing else. It speaks the Reconciliation API 0.2, so any reconciliation service answers it.

Examples:
  # names, one a line; candidates as a table
  printf 'Phèdre\\nThéâtre des Embruns\\n' | examples/reconcile.py

  # the column "Nom" of a CSV file, only organisations, with the town as a further property
  examples/reconcile.py salles.csv --column Nom --type schema:Organization --property schema:addressLocality=Ville

  # statements that the items in column "QID" have the entity matched as their described-at address (P973)
  examples/reconcile.py salles.csv --column Nom --item-column QID --quickstatements statements.tsv

A match is sure if the service says so, or if it scores at least --score and leads the second by --lead points. Without
--item-column, a statement is written where the service answers with items of Wikidata: the name becomes a French alias.

Exit code: 0 every name had a sure match, 1 some had not, 2 usage, 3 bad input, 4 the service did not answer.
"""
import argparse
import csv
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

ITEM = re.compile(r'Q[1-9][0-9]*$')


class Failure(Exception):
    """Ends the program: a message for people, and an exit code."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('file', nargs='?', help='CSV with a header, or with no --column one name a line; default: stdin')
    parser.add_argument('--service', default='http://127.0.0.1:3030/reconcile', metavar='URL')
    parser.add_argument('--column', metavar='NAME', help='the column of a CSV file that holds the names')
    parser.add_argument('--delimiter', metavar='C', help='of the CSV file; default: found out')
    parser.add_argument('--encoding', default='utf-8-sig', metavar='NAME', help='of the file; cp1252 for older exports')
    parser.add_argument('--type', metavar='TYPE', help='only entities of this type, as the service names it; schema: is known')
    parser.add_argument('--property', action='append', default=[], metavar='P=COLUMN',
                        help='send this column as property P; may be repeated')
    parser.add_argument('--limit', type=int, default=3, metavar='N', help='candidates for each name (default 3)')
    parser.add_argument('--batch', type=int, default=25, metavar='N', help='names for each request (default 25)')
    parser.add_argument('--score', type=float, default=90, metavar='S', help='least score of a sure match (default 90)')
    parser.add_argument('--lead', type=float, default=10, metavar='S', help='least lead over the second (default 10)')
    parser.add_argument('--quickstatements', metavar='FILE', help='write QuickStatements version 1 here')
    parser.add_argument('--item-column', metavar='NAME', help='the column that holds the item of each name')
    parser.add_argument('--wikidata-property', default='P973', metavar='P',
                        help='property of the statements, with an address as value (default P973)')
    return parser.parse_args()


def read_rows(arguments):
    """The input as dictionaries; names without a CSV file are under the key ''."""
    try:
        if arguments.file:
            with open(arguments.file, encoding=arguments.encoding, newline='') as file:
                text = file.read()
        else:
            text = sys.stdin.read()
    except OSError as error:
        raise Failure(f'cannot read {arguments.file}: {error.strerror}', 3) from error
    except UnicodeDecodeError as error:
        raise Failure(f'{arguments.file} is not {arguments.encoding}; try --encoding cp1252', 3) from error
    if not arguments.column:
        return [{'': line.strip()} for line in text.splitlines() if line.strip()]
    first_line = text.split('\n', 1)[0]
    delimiter = arguments.delimiter or max(';,\t|', key=first_line.count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    wanted = [arguments.column, arguments.item_column] + [pair.partition('=')[2] for pair in arguments.property]
    for column in filter(None, wanted):
        if column not in (reader.fieldnames or []):
            raise Failure(f'no column "{column}"; there are: {", ".join(reader.fieldnames or [])}', 3)
    return [row for row in reader if (row[arguments.column] or '').strip()]


def expand(name):
    """schema:Place and the like in full; everything else as it is."""
    return 'http://schema.org/' + name[7:] if name.startswith('schema:') else name


def query_of(row, arguments):
    query = {'query': row[arguments.column or ''].strip(), 'limit': arguments.limit}
    if arguments.type:
        query['type'] = expand(arguments.type)
    properties = [{'pid': expand(pid), 'v': row[column]} for pid, _, column in
                  (pair.partition('=') for pair in arguments.property) if row.get(column)]
    if properties:
        query['properties'] = properties
    return query


def ask(service, queries):
    """Sends one batch; the list of candidates of each query, in order."""
    named = {f'q{number}': query for number, query in enumerate(queries)}
    body = urllib.parse.urlencode({'queries': json.dumps(named)}).encode()
    request = urllib.request.Request(service, data=body, headers={'Accept': 'application/json'})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            results = json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failure(f'{service} answered {error.code}: {error.read(300).decode(errors="replace")}', 4) from error
    except (urllib.error.URLError, OSError) as error:
        raise Failure(f'{service} does not answer ({error}); is `scenograph serve` running?', 4) from error
    except ValueError as error:
        raise Failure(f'{service} did not answer in JSON; is it a reconciliation service?', 4) from error
    try:
        return [results[name]['result'] for name in named]
    except (KeyError, TypeError) as error:
        raise Failure(f'{service} answered with something else than results: {str(results)[:200]}', 4) from error


def sure_match(candidates, arguments):
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda candidate: -candidate.get('score', 0))
    first = ranked[0]
    lead = first.get('score', 0) - (ranked[1].get('score', 0) if len(ranked) > 1 else 0)
    enough = first.get('score', 0) >= arguments.score and (len(ranked) == 1 or lead >= arguments.lead)
    return first if first.get('match') or enough else None


def print_candidates(name, candidates, match):
    print(name)
    for candidate in candidates:
        sign = '=' if candidate is match else ' '
        types = ', '.join(type_.get('name', type_.get('id', '')) for type_ in candidate.get('type', []))
        print(f'  {sign} {candidate.get("score", 0):6.1f}  {candidate.get("name", "")}  [{types}]  {candidate["id"]}')
    if not candidates:
        print('    nothing like it')


def statement(row, match, arguments):
    """One line of QuickStatements version 1, or None: item, property, value, each after a tab."""
    item = (row.get(arguments.item_column) or '').strip() if arguments.item_column else match['id'].rsplit('/', 1)[-1]
    if not ITEM.match(item) or not match['id'].startswith(('http://', 'https://')):
        return None
    if not arguments.item_column:
        return None if 'wikidata.org' not in match['id'] else f'{item}\tAfr\t{quoted(row[arguments.column or ""])}'
    return f'{item}\t{arguments.wikidata_property}\t{quoted(match["id"])}'


def quoted(text):
    return '"' + text.strip().replace('"', "'") + '"'


def run(arguments):
    rows = read_rows(arguments)
    if not rows:
        raise Failure('no names to match: the input is empty', 3)
    statements, unsure = [], 0
    for start in range(0, len(rows), arguments.batch):
        batch = rows[start:start + arguments.batch]
        for row, candidates in zip(batch, ask(arguments.service, [query_of(row, arguments) for row in batch])):
            match = sure_match(candidates, arguments)
            print_candidates(row[arguments.column or ''].strip(), candidates, match)
            unsure += match is None
            line = match and statement(row, match, arguments)
            if line:
                statements.append(line)
    print(f'{len(rows)} names, {len(rows) - unsure} sure matches', file=sys.stderr)
    if arguments.quickstatements:
        with open(arguments.quickstatements, 'w', encoding='utf-8') as file:
            file.writelines(line + '\n' for line in statements)
        print(f'{len(statements)} statements in {arguments.quickstatements}', file=sys.stderr)
    return 1 if unsure else 0


def main():
    arguments = parse_arguments()
    try:
        return run(arguments)
    except Failure as failure:
        print(f'reconcile.py: {failure}', file=sys.stderr)
        return failure.code


if __name__ == '__main__':
    sys.exit(main())
