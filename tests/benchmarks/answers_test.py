#!/usr/bin/env python3
"""Tests that answers of different engines are compared by what they say."""
import json
import unittest

from answers import RowCounter, constants, digest, rows_of

XSD = "http://www.w3.org/2001/XMLSchema#"


def answer(*rows):
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": row} for row in rows]}}).encode()


def literal(text, datatype):
    return {"type": "literal", "value": text, "datatype": XSD + datatype}


class Rows(unittest.TestCase):
    def same(self, one, other):
        return digest(rows_of(answer(*one), "rows")) == digest(rows_of(answer(*other), "rows"))

    def test_forms_of_one_value_are_the_same(self):
        self.assertTrue(self.same([literal("12.50", "decimal")], [literal("12.5", "double")]))
        self.assertTrue(self.same([literal("2026-01-01T20:00:00+01:00", "dateTime")],
                                  [literal("2026-01-01T19:00:00Z", "dateTime")]))
        self.assertTrue(self.same([literal("a", "string")], [{"type": "literal", "value": "a"}]))

    def test_other_values_are_not(self):
        self.assertFalse(self.same([literal("12.5", "decimal")], [literal("12.51", "decimal")]))
        self.assertFalse(self.same([{"type": "literal", "value": "a", "xml:lang": "fr"}],
                                   [{"type": "literal", "value": "a"}]))
        self.assertFalse(self.same([{"type": "uri", "value": "a:b"}], [{"type": "literal", "value": "a:b"}]))

    def test_order_does_not_matter_but_number_does(self):
        one, two = literal("1", "integer"), literal("2", "integer")
        self.assertTrue(self.same([one, two], [two, one]))
        self.assertFalse(self.same([one, one], [one]))

    def test_ask(self):
        theirs = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": {"value": "1"}}]}}
        self.assertEqual(rows_of(json.dumps(theirs).encode(), "rows"), rows_of(b'{"head":{},"boolean":true}', "rows"))

    def test_graphs(self):
        ours = '_:b1 <p:q> "a\\u00E9\\n"@FR .\n<s:t> <p:q> "1.0"^^<' + XSD + "decimal> .\n"
        theirs = "<s:t> <p:q> \"1\"^^<" + XSD + 'integer> .\n_:x <p:q> "aé\\n"@fr .\n'
        self.assertEqual(digest(rows_of(ours.encode(), "graph")), digest(rows_of(theirs.encode(), "graph")))


class Counting(unittest.TestCase):
    def count(self, form, body, size):
        counter = RowCounter(form)
        for at in range(0, len(body), size):
            counter.add(body[at:at + size])
        return counter.rows

    def test_rows_are_counted_wherever_the_pieces_end(self):
        rows = b'{"s":{"value":"a"}},{"s":{"value":"say \\"s\\": b"}}'
        lines = b's,p,o\na,b,"two\nlines and ""quotes"""\na,b,c\n'
        for size in (1, 2, 3, 5, 1000):
            self.assertEqual(self.count("rows", rows, size), 2)
            self.assertEqual(self.count("csv", lines, size), 2)


class Constants(unittest.TestCase):
    def test_terms_as_they_stand_in_a_query(self):
        def term(value):
            return constants(json.dumps({"results": {"bindings": [{"value": value}]}}))
        self.assertEqual(term({"type": "uri", "value": "a:b"}), "<a:b>")
        self.assertEqual(term({"type": "literal", "value": 'a "b"', "xml:lang": "fr"}), '"a \\"b\\""@fr')
        self.assertIsNone(constants('{"results": {"bindings": []}}'))


if __name__ == "__main__":
    unittest.main()
