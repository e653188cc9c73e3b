"""Reads answers of SPARQL endpoints into a form in which those of different engines can be compared."""
import csv
import datetime
import hashlib
import io
import json
import re

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")}
TERM = re.compile(r'<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([\w-]+))?')
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)


def literal(text, datatype, language):
    """One form for what engines may write differently: 12.50 and 12.5, a decimal and a double, +01:00 and UTC."""
    if language:
        return f'"{text}"@{language.lower()}'
    if datatype in NUMBERS:
        return f"{float(text):.6g}"
    if datatype == XSD + "dateTime":
        try:
            moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
            return str(moment.astimezone(datetime.timezone.utc) if moment.tzinfo else moment)
        except ValueError:
            pass
    return f'"{text}"' if datatype in (None, XSD + "string") else f'"{text}"^^{datatype}'


def binding(value):
    if value["type"] == "bnode":
        return "_:"
    if value["type"] == "uri":
        return f"<{value['value']}>"
    return literal(value["value"], value.get("datatype"), value.get("xml:lang"))


def unescaped(text):
    return ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else ESCAPES.get(m[3], m[3]), text)


def statement(line):
    terms = []
    for iri, node, text, datatype, language in TERM.findall(line):
        terms.append("_:" if node else literal(unescaped(text), datatype or None, language)
                     if not iri else f"<{unescaped(iri)}>")
    return " ".join(terms)


def rows_of(body, form):
    """The rows or statements of an answer, each as one text, in the order they came."""
    text = body.decode()
    if form == "rows":
        answer = json.loads(text)
        if "boolean" in answer:
            return [str(answer["boolean"])]
        rows = answer["results"]["bindings"]
        if answer["head"]["vars"] == ["__ASK_RETVAL"]:  # how Virtuoso answers ASK
            return [str(bool(rows) and rows[0]["__ASK_RETVAL"]["value"] == "1")]
        return ["\t".join(f"{name}={binding(row[name])}" for name in sorted(row)) for row in rows]
    if form == "csv":
        return ["\t".join(row) for row in csv.reader(io.StringIO(text))][1:]
    return list({statement(line) for line in text.splitlines() if line.strip() and not line.startswith("#")})


class RowCounter:
    """Counts the rows of an answer to `SELECT ?s …` as its pieces come, without keeping them."""

    def __init__(self, form):
        self.mark = b'"s":' if form == "rows" else b"\n"
        self.rows = -1 if form == "csv" else 0  # the names of the columns are a line too
        self.rest = b""
        self.quoted = False

    def add(self, piece):
        if self.mark == b"\n":
            parts = piece.split(b'"')
            outside = b"".join(parts[int(self.quoted)::2])
            self.quoted ^= len(parts) % 2 == 0
            self.rows += outside.count(self.mark)
            return
        text = self.rest + piece
        self.rows += text.count(self.mark)
        self.rest = text[1 - len(self.mark):]


def digest(rows):
    """A number for a multiset of rows: the same whatever their order."""
    sum_of_rows = 0
    for row in rows:
        sum_of_rows += int.from_bytes(hashlib.blake2b(row.encode(), digest_size=8).digest(), "big")
    return f"{sum_of_rows % (1 << 64):016x}"


def constants(body):
    """The term bound to ?value in the only row, as it stands in a query; None if there is no row."""
    rows = json.loads(body)["results"]["bindings"]
    if not rows:
        return None
    value = rows[0]["value"]
    if value["type"] == "uri":
        return f"<{value['value']}>"
    text = json.dumps(value["value"], ensure_ascii=False)
    if "xml:lang" in value:
        return f"{text}@{value['xml:lang']}"
    return f"{text}^^<{value['datatype']}>" if "datatype" in value else text
