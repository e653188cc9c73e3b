"""Queries that would take for ever, or all memory, or the parser down: each by the name of what it tries."""

SCHEMA = "PREFIX schema: <http://schema.org/>\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"


def grown(function, steps):
    """Each BIND makes a text many times as long as the one before."""
    binds = " ".join(f"BIND({function(f'?a{i}')} AS ?a{i + 1})" for i in range(steps))
    return f"SELECT (STRLEN(?a{steps}) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {binds} }}"


def nested(opening, inner, closing, depth):
    return opening * depth + inner + closing * depth


def values(variables, rows):
    names = " ".join(f"?x{i}" for i in range(variables))
    row = "(" + " ".join(["1"] * variables) + ") "
    return f"SELECT * {{ VALUES ({names}) {{ {row * rows} }} }}"


def million(unit, end="", separator=" ", terms=1):
    """A text of a million terms: `unit`, which has so many of them, time and again."""
    return separator.join([unit] * (1_000_000 // terms)) + end


QUERIES = {
    # Joins without end
    "cross product": ENDLESS,
    "cross product, only counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cross product without a row": SCHEMA + "SELECT * { ?a schema:name ?x . ?b schema:name ?y "
                                            "FILTER(STRLEN(?x) + STRLEN(?y) = 1000000) }",
    "join of everything": "SELECT DISTINCT ?a ?c ?e ?g { ?a ?b ?c . ?a ?d ?e . ?a ?f ?g }",
    "left joins of everything": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?b ?f FILTER(?c < ?f) } }",
    "minus": "SELECT * { ?a ?b ?c . ?d ?b ?f MINUS { ?a ?p ?q . ?x ?p ?f } }",
    "exists": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER EXISTS { ?d ?e ?c . ?f ?g ?d "
              "FILTER(?a != ?f && STR(?g) = STR(?c)) } }",
    "comparison of pairs": SCHEMA + "SELECT * { ?a schema:startDate ?x . ?b schema:startDate ?y FILTER(?x < ?y) } "
                                    "ORDER BY (YEAR(?x) - YEAR(?y)) LIMIT 10",
    "hashes of pairs": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(SHA512(CONCAT(STR(?c), STR(?f))) = 'x') }",
    # Paths
    "path over dense cycles": SCHEMA + "SELECT (COUNT(*) AS ?n) { ?a (schema:performer|^schema:performer|"
                                       "schema:organizer|^schema:organizer)+ ?b }",
    "path over all properties": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|!^<x:y>)* ?b }",
    "path of forty steps": "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["(!<x:y>|!^<x:y>)"] * 40) + " ?b }",
    # Memory
    "giant sort": "SELECT * { ?a ?b ?c . ?a ?d ?e . ?f ?b ?g } ORDER BY ?c ?e ?g",
    "sort by made-up texts": SCHEMA + "SELECT * { ?a schema:name ?c . ?b schema:name ?d } ORDER BY LCASE(?c) LCASE(?d)",
    "giant groups": "SELECT ?a ?c ?e ?g (COUNT(*) AS ?n) { ?a ?b ?c . ?a ?d ?e . ?a ?f ?g } GROUP BY ?a ?c ?e ?g",
    "giant GROUP_CONCAT": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?a ?d ?e . ?a ?f ?g }",
    "giant COUNT(DISTINCT)": "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?a ?d ?e . ?a ?f ?g }",
    "growth by CONCAT": grown(lambda text: "CONCAT(" + ", ".join([text] * 32) + ")", 8),
    "growth by REPLACE": grown(lambda text: f"REPLACE({text}, 'a', 'aaaaaaaaaaaaaaaa')", 9),
    "growth by ENCODE_FOR_URI": grown(lambda text: f"ENCODE_FOR_URI(REPLACE({text}, '.', '%%%%%%%%'))", 9),
    "long text in every row": "SELECT (IRI(CONCAT('x:', ?a)) AS ?i) { VALUES ?a { '" + "a" * 1_000_000 + "' } "
                              "?s ?p ?o }",
    # Regular expressions
    "regex that backtracks": "ASK { FILTER(REGEX('" + "a" * 60 + "!', '^(a+)+$')) }",
    "regex that backtracks, on data": SCHEMA + "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d schema:description ?e "
                                               "FILTER(REGEX(?e, '^(([a-z ])+.)+[A-Z]([a-z])+$')) }",
    "regex, huge": "ASK { FILTER(REGEX('" + "a" * 4000 + "', '" + "(a|b)?" * 4000 + "c')) }",
    "regex, deep": "ASK { FILTER(REGEX('aaaa', '" + nested("(", "a", ")", 5000) + "')) }",
    "regex, counted": "ASK { FILTER(REGEX('aaaa', '((a{1,1000}){1,1000}){1,1000}b')) }",
    # The parser and the planner
    "nested groups": "SELECT * " + nested("{", "?s ?p ?o", "}", 20_000),
    "nested brackets": "SELECT * { ?s ?p ?o FILTER(" + nested("(", "1", ")", 20_000) + ") }",
    "nested negations": "SELECT * { ?s ?p ?o FILTER(" + "!" * 50_000 + "true) }",
    "nested optionals": "SELECT * " + nested("{ ?s ?p ?o OPTIONAL ", "{ ?s ?p ?o }", "}", 3000),
    "nested selects": "SELECT * " + nested("{ SELECT * ", "{ ?s ?p ?o }", "}", 2000),
    "nested path": SCHEMA + "SELECT * { ?a " + nested("(", "schema:name", ")*", 3000) + " ?b }",
    "many patterns": "SELECT * { " + " . ".join(f"?a{i} ?p{i} ?a{i + 1}" for i in range(2000)) + "}",
    "many optionals": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 3000 + "}",
    "many unions": "SELECT (COUNT(*) AS ?n) { " + " UNION ".join(["{ ?s ?p ?o }"] * 5000) + "}",
    "many filters": "SELECT * { ?s ?p ?o " + "FILTER(?o != 1) " * 20_000 + "}",
    "many alternatives": "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?o = 1"] * 50_000) + ")}",
    "many columns": "SELECT " + " ".join(f"(?o AS ?b{i})" for i in range(5000)) + " { ?s ?p ?o }",
    "a clique": "SELECT * { " + " . ".join(f"?a{i} ?p{i}x{j} ?a{j}" for i in range(60) for j in range(i)) + "}",
    "a wide star": SCHEMA + "SELECT * { " + " . ".join(f"?a schema:name ?a{i}" for i in range(500)) + "}",
    "ten thousand VALUES": "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + " ".join(f"<x:{i}>" for i in range(10_000)) +
                           " } ?x ?p ?o . ?y ?q ?r FILTER(?o != ?r) }",
    "wide VALUES": values(500, 2000),
    "ten thousand in IN": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o IN (" +
                          ", ".join(f"<x:{i}>" for i in range(10_000)) + ")) }",
    # What copies, or looks time and again at, a part of the text
    "long prefix": f"PREFIX : <x:{'a' * 1_000_000}> SELECT * {{ ?s :p ?o " + "; :p ?o " * 10_000 + "}",
    "long predicate": "SELECT * { ?s " + "/".join(["<x:p>"] * 1000) + " ?o" + ", ?o" * 100_000 + "}",
    "many variables": "SELECT * { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(100_000)) + "}",
    "long filter of many patterns": "SELECT * { " + " . ".join(f"?a{i} ?p ?a{i + 1}" for i in range(500)) + " FILTER(" +
                                    " || ".join(f"?a{i % 500} = 1" for i in range(40_000)) + ") }",
    "filters of many patterns": "SELECT * { " + "".join(f"?a{i} ?p ?a{i + 1} . " for i in range(500)) +
                                " ".join(f"FILTER(?a{i % 500} != ?a{i % 300})" for i in range(20_000)) + "}",
    "constants in filters": "SELECT * { ?s ?p ?o " + " ".join(f"BIND({i} AS ?a{i})" for i in range(900)) + " FILTER(" +
                            " || ".join(f"?a{i % 900} = ?o" for i in range(40_000)) + ") }",
    "constants in many filters": "SELECT * { ?s ?p ?o " + " ".join(f"BIND({i} AS ?a{i})" for i in range(900)) +
                                 " ".join(f"FILTER(?a{i % 900} != ?a{i % 7})" for i in range(20_000)) + "}",
    "nested alternatives": "SELECT * { ?s " + "(<x:p>|" * 250 + "|".join(["<x:q>"] * 100_000) + ")" * 250 + " ?o }",
    "binds after a long group": "SELECT * { " + "?s ?p ?o . " * 50_000 +
                                " ".join(f"BIND(1 AS ?a{i})" for i in range(900)) + "}",
    "optionals after a long union": "SELECT * { " + "UNION".join(["{ ?s ?p ?o }"] * 20_000) +
                                    "OPTIONAL { ?s ?p ?o }" * 900 + "}",
    "keys after a long group": "SELECT (COUNT(*) AS ?n) { " + "?s ?p ?o . " * 50_000 + "} GROUP BY " +
                               " ".join(f"(?o AS ?k{i})" for i in range(9000)),
    "nested EXISTS": "SELECT * { ?s ?p ?o " + nested("FILTER EXISTS { ?s ?p ?x FILTER(?x != ?o) ", "", "}", 200) + "}",
    "EXISTS of a path, by row": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER EXISTS { ?s (<x:a>/(<x:b>|!<x:c>))|<x:d> ?y "
                                "FILTER(?y != ?o) BIND(1 AS ?one) FILTER(?one = 1) } }",
    # A million terms
    "a million VALUES": "SELECT * { ?s ?p ?x VALUES ?x {" + million("1") + "} }",
    "a million in IN": "SELECT * { ?s ?p ?o FILTER(?o IN (" + million("1", separator=",") + ")) }",
    "a million alternatives": "SELECT * { ?s ?p ?o FILTER(" + million("?o", separator="||") + ") }",
    "a million conditions": "SELECT * { ?s ?p ?o FILTER(" + million("?o", separator="&&") + ") }",
    "a million arguments": "SELECT * { ?s ?p ?o BIND(COALESCE(" + million("?x", separator=",") + ") AS ?y) }",
    "a million in an aggregate": "SELECT (SUM(COALESCE(" + million("?o", separator=",") + ")) AS ?y) { ?s ?p ?o }",
    "a million in patterns": "SELECT * {" + million("?s ?p ?o", separator=".", terms=3) + "}",
    "a million in a path": "SELECT * { ?s (" + million("<x:y>", separator="|") + ") ?o }",
    "a million steps": "SELECT * { ?s " + million("<x:y>", separator="/") + " ?o }",
    "a million in a template": "CONSTRUCT {" + million("?s ?p ?o", separator=".", terms=3) + "} { ?s ?p ?o }",
    "a million described": "DESCRIBE " + million("<x:y>") + "{ ?s ?p ?o }",
    "a million columns": "SELECT " + million("?o") + " { ?s ?p ?o }",
    "a million sort keys": "SELECT * { ?s ?p ?o } ORDER BY " + million("?o"),
    "a million group keys": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY " + million("?o"),
    "a million graphs": "SELECT * " + million("FROM <x:y>") + " { ?s ?p ?o }",
    "a million unions": "SELECT * {" + million("{}", separator="UNION") + "}",
    "a million in a list": "SELECT * { ?s ?p (" + million("1") + ") }",
    "a million in a sub-query": "SELECT * { { SELECT * { VALUES ?x {" + million("1") + "} } } }",
    "a million in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?q ?x VALUES ?x {" + million("1") + "} } }",
    "a long text": "SELECT ('" + million("a") + "' AS ?x) { ?s ?p ?o }",
    # Answers without end
    "describe everything": "DESCRIBE ?s { ?s ?p ?o . ?a ?b ?c }",
    "construct everything": "CONSTRUCT { ?a ?b ?c . ?d ?e ?f } { ?a ?b ?c . ?d ?e ?f }",
    "all pairs": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
}
