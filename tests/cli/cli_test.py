"""Runs the program as a user would: each test is a command line, its exit code, and what it must say.

Usage: cli_test.py PROGRAM
"""

import gzip
import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]

TURTLE = """@prefix schema: <http://schema.org/> .
<http://ex.test/phedre> a schema:Play ; schema:name "Phèdre"@fr .
<http://ex.test/bajazet> a schema:Play ; schema:name "Bajazet"@fr .
"""

MAPPING = """@prefix rml: <http://w3id.org/rml/> .
@prefix schema: <http://schema.org/> .
<#shows> a rml:TriplesMap ;
  rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:path "shows.csv" ] ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://ex.test/{id}" ; rml:class schema:Play ] ;
  rml:predicateObjectMap [ rml:predicate schema:name ; rml:objectMap [ rml:reference "titre" ; rml:language "fr" ] ] .
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scenograph-cli-"))
        self.data = self.folder / "data"
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run_program(self, *words, stdin=b"", data=True, timeout=60, environment=None):
        line = [PROGRAM] + (["--data", str(self.data)] if data else []) + [str(word) for word in words]
        environment = dict(os.environ, XDG_CONFIG_HOME=str(self.folder / "config"), **(environment or {}))
        return subprocess.run(line, input=stdin, capture_output=True, timeout=timeout, env=environment, check=False)

    def check(self, code, *words, says="", shows="", **more):
        """The command must end with `code`, and match `says` on standard error and `shows` on standard output."""
        done = self.run_program(*words, **more)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        told = f"\n$ scenograph {' '.join(map(str, words))}\n{out}\n{err}"
        self.assertEqual(done.returncode, code, told)
        self.assertRegex(err, re.compile(says, re.S), told)
        self.assertRegex(out, re.compile(shows, re.S), told)
        return out

    def init(self):
        self.check(0, "init", "--quiet")

    def served_at(self, server):
        """The address of the first line that `serve` writes."""
        line = server.stdout.readline().decode()
        match = re.fullmatch(r"Serving (?:\S+ at )?(http://\S+/) \(Ctrl-C stops\)\n", line)
        self.assertTrue(match, line)
        return match[1]


class Basics(Case):
    def test_help(self):
        self.check(0, "--help", shows="Commands:", data=False)
        self.check(2, shows="Usage", data=False)
        for command in ("init load ingest map validate score query update export serve info void verify backup restore log patch convert canonicalize "
                        "compare").split():
            self.check(0, command, "--help", shows="Usage: scenograph " + command + ".*Examples:")

    def test_command_line_that_makes_no_sense(self):
        self.check(2, "perform", says='no command "perform"')
        self.check(2, "load", says="needs a file")
        self.check(2, "query", says="either a file or -e")
        self.check(2, "export", "--grap", "x", says="--help lists")
        self.check(2, "ingest", "x.csv", says="--graph")
        self.check(2, "map", "x.csv", "--mapping", "x.rml.ttl", "--format", "ntriples", says="--to")
        self.check(2, "convert", "x.ttl", "--to", "docx", says="docx.*turtle")
        self.check(2, "serve", "--listen", "here", says="--listen")

    def test_configuration_file(self):
        self.init()
        self.check(2, "info", "--config", self.write("bad.conf", "colour = blue\n"), says='no command has the option "colour"')
        good = self.write("good.conf", f"data = {self.data}\n# a remark\nlang = fr\n")
        self.check(0, "--config", good, "validate", shows="Rien à contrôler", data=False)

    def test_no_store(self):
        self.check(4, "info", says="no store in .*init makes one")


class BlankNodes(Case):
    A = "@prefix : <http://ex.test/> . :s :p [ :q 1 ] , [ :q 2 ] ."
    B = "@prefix : <http://ex.test/> . _:b :q 2 . _:a :q 1 . :s :p _:a , _:b ."

    def test_canonicalize(self):
        a, b = self.write("a.ttl", self.A), self.write("b.trig", self.B)
        text = self.check(0, "canonicalize", a, shows="<http://ex.test/s> <http://ex.test/p> _:c14n0 .\n")
        self.assertEqual(text, self.check(0, "canonicalize", b))
        self.check(0, "canonicalize", a, "--hash", shows="^" + hashlib.sha256(text.encode()).hexdigest() + "\n$")
        self.check(0, "canonicalize", a, "--hash", "--algorithm", "sha384", shows="^[0-9a-f]{96}\n$")
        labels = json.loads(self.check(0, "canonicalize", "-", "--from", "trig", "--labels", stdin=self.B.encode()))
        self.assertEqual(sorted(labels), ["a", "b"])
        self.assertEqual(sorted(labels.values()), ["c14n0", "c14n1"])
        self.check(2, "canonicalize", a, "--algorithm", "md5", says="sha256 or sha384")
        self.check(2, "canonicalize", says="needs a file")

    def test_compare(self):
        a, b = self.write("a.ttl", self.A), self.write("b.trig", self.B)
        self.check(0, "compare", a, b, says="the same", shows="^$")
        c = self.write("c.ttl", self.A.replace("1", "7"))
        self.check(1, "compare", a, c, shows='^- _:c14n(.) <http://ex.test/q> "1".*\n\\+ _:c14n\\1 <http://ex.test/q> "7".*\n$',
                   says="first alone: 1; in the second alone: 1")
        self.check(2, "compare", a, says="two files")
        self.check(4, "compare", a, "none.ttl", says="none.ttl")

    def test_limits(self):
        clique = "".join(f"_:{x} <x:p> _:{y} .\n" for x in "abcdefghij" for y in "abcdefghij" if x != y)
        self.check(6, "canonicalize", self.write("clique.nt", clique), says="--max-steps")
        self.check(6, "canonicalize", self.write("some.nt", clique), "--memory", "1K", says="--memory")


class Converting(Case):
    SEASON = """@prefix ex: <http://ex.test/> .
@prefix schema: <http://schema.org/> .
ex:b schema:name "B" ; a schema:Event .
ex:a schema:location [ schema:name "Hall" ] ; ex:parts ( 1 2 ) .
"""
    ARRANGED = """@prefix schema: <http://schema.org/> .
@prefix ex: <http://ex.test/> .

ex:a ex:parts ( 1 2 ) ;
    schema:location [ schema:name "Hall" ] .

ex:b a schema:Event ;
    schema:name "B" .
"""

    def test_turtle_is_arranged(self):
        season = self.write("season.ttl", self.SEASON)
        self.assertEqual(self.ARRANGED, self.check(0, "convert", season, "--to", "turtle", says="^$"))
        self.check(0, "convert", season, "--to", "turtle", "--stream", shows='ex:b schema:name "B" ;\n  a schema:Event .', says="^$")
        self.check(0, "convert", season, "--to", "turtle", "--memory", "1K", shows="ex:b schema:name", says="--memory raises")
        self.init()
        self.check(0, "load", season)
        self.check(0, "export", "--format", "turtle", shows="<http://ex.test/parts> \\( 1 2 \\) ;")

    def test_packed(self):
        season = self.write("season.ttl", self.SEASON)
        done = self.run_program("convert", season, "--to", "turtle", "--pack", "gzip")
        self.assertEqual(gzip.decompress(done.stdout).decode(), self.ARRANGED)
        done = self.run_program("convert", season, "--to", "nquads", "--pack", "zstd")
        packed = self.write("season.nq.zst", done.stdout)
        self.check(0, "compare", season, packed)
        self.check(2, "convert", season, "--to", "turtle", "--pack", "rar", says="gzip or zstd")

    def test_syntax_is_told_by_the_first_bytes(self):
        self.check(0, "convert", self.write("quads", "<a:s> <a:p> 'x' . ".replace("'x'", "<a:o> <a:g>")), "--to", "nquads",
                   shows="<a:s> <a:p> <a:o> <a:g> .")
        self.check(0, "convert", self.write("graphs", "@prefix a: <a:> . a:g { a:s a:p 1 }"), "--to", "nquads", shows="<a:g> .")


class Storing(Case):
    def test_void(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE))
        out = self.check(0, "void", "--base-iri", "https://d.example/", "--format", "ntriples")
        dataset = "<https://d.example/.well-known/void#dataset> <http://rdfs.org/ns/void#"
        self.assertIn(dataset + 'triples> "4"', out)
        self.assertIn(dataset + 'distinctSubjects> "2"', out)
        self.assertIn("#class> <http://schema.org/Play> .", out)
        self.check(0, "void", shows="void:sparqlEndpoint <http://127.0.0.1:3030/sparql>")
        self.check(2, "void", "--base-iri", "d.example", says="--base-iri")

    def test_load_query_export(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE), shows="4 quads read, 4 new")
        self.check(0, "load", self.write("plays.nt.gz", gzip.compress(b"<http://ex.test/a> <http://ex.test/p> \"x\" .\n")),
                   "--graph", "http://ex.test/g")
        self.check(0, "query", "-e", "SELECT ?n { ?s <http://schema.org/name> ?n } ORDER BY ?n", "--format", "csv",
                   shows="n\r\nBajazet\r\nPhèdre\r\n")
        self.check(0, "query", "-e", "ASK { GRAPH <http://ex.test/g> { ?s ?p 'x' } }", "--format", "json", shows="true")
        self.check(0, "query", "-e", "DESCRIBE <http://ex.test/phedre>", "--format", "ntriples", shows='"Phèdre"@fr')
        self.check(0, "export", "--graph", "http://ex.test/g", "--format", "ntriples", shows='<http://ex.test/p> "x" .')
        self.check(0, "export", shows="(.*\n){5}")
        self.check(0, "info", shows="quads +5")
        self.check(4, "export", "--graph", "http://ex.test/none", says="no graph")

    def test_filters_by_text_use_an_index(self):
        shows = "".join(f'<http://ex.test/{i}> <http://schema.org/name> "Le spectacle numéro {i} des opéras"@fr .\n'
                        for i in range(70_000))
        self.init()
        self.check(0, "load", self.write("shows.nt", shows))
        query = """PREFIX scgf: <https://w3id.org/scenograph/fn#>
            SELECT ?show { ?show <http://schema.org/name> ?name FILTER scgf:matches(?name, "opera 4711") }"""
        found = "http://ex.test/4711\\r?\\n$"
        self.check(0, "query", "-e", query, "--format", "csv", shows=found)
        self.check(0, "query", "-e", query, "--explain", shows=r"WordsIndex \?name .* got 1 in")
        self.check(0, "info", shows=r"indexes +[0-9.]+ MiB")
        index, = (self.data / "vocabularies").glob("*.words")
        index.write_bytes(index.read_bytes()[:1000])
        self.check(1, "verify", shows="words.*damaged.*delete the file")
        self.check(0, "query", "-e", query, "--format", "csv", shows=found, says="index left aside .*words")
        self.check(0, "verify", shows="nothing wrong")

    def test_update(self):
        self.init()
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> <http://ex.test/p> 1, 2 }", shows=r"\+2 -0")
        self.check(0, "update", "-e", "DELETE { ?s ?p 1 } INSERT { ?s ?p 3 } WHERE { ?s ?p 2 }", shows=r"\+1 -1")
        self.check(4, "update", "-e", "LOAD <http://ex.test/data.ttl>", says="LOAD")

    def test_verify(self):
        self.init()
        triples = "".join(f'<http://ex.test/s{i}> <http://ex.test/p> "value {i} of many" .\n' for i in range(120_000))
        self.check(0, "load", self.write("many.nt", triples))
        self.check(0, "verify", shows="nothing wrong, 120,000 quads")
        self.assertEqual(json.loads(self.check(0, "verify", "--format", "json"))["findings"], [])
        damaged = next(self.data.glob("segments/*/posg.add"))
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 1
        damaged.write_bytes(content)
        self.check(1, "verify", shows="posg.add.*affected:.*to mend it: restore.*1 faults found")
        finding = json.loads(self.check(1, "verify", "--format", "json"))["findings"][0]
        self.assertIn("posg.add", finding["file"])
        self.assertIn("POSG", finding["affected"])
        self.check(2, "verify", "--format", "xml", says="text or json")

    def test_backup_and_restore(self):
        self.init()
        triples = "".join(f'<http://ex.test/s{i}> <http://ex.test/p> "value {i} of many" .\n' for i in range(120_000))
        self.check(0, "load", self.write("many.nt", triples))
        backup, restored = self.folder / "backup", self.folder / "restored"
        self.check(2, "backup", says="needs the folder")
        self.check(0, "backup", backup, shows="commit 1: 10 of 11 files copied")
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> <http://ex.test/p> 1, 2 }")
        self.check(0, "backup", backup, shows="commit 2: 2 of 12 files copied.*1 old ones removed")
        self.check(2, "restore", backup, says="not empty")
        self.check(0, "restore", backup, "--data", restored, shows="restored holds commit 2", data=False)
        self.assertEqual(self.check(0, "--data", restored, "export", data=False), self.check(0, "export"))
        self.check(0, "--data", restored, "verify", shows="nothing wrong, 120,002 quads", data=False)
        self.check(2, "backup", self.data, says="other files")
        self.check(4, "restore", restored, "--data", self.folder / "other", says="no backup", data=False)
        largest = max((backup / "files").iterdir(), key=lambda file: file.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:-1] + b"?")
        self.check(4, "restore", backup, "--data", self.folder / "other", says="is damaged", data=False)
        self.assertFalse(list(self.folder.glob("other*")))

    def test_log_and_patch(self):
        self.init()
        copy = self.folder / "copy"
        self.check(0, "--data", copy, "init", data=False)
        self.check(0, "load", self.write("plays.ttl", TURTLE + "[] <http://ex.test/p> [ <http://ex.test/q> 'x' ] .\n"))
        self.check(0, "update", "-e", "DELETE WHERE { <http://ex.test/phedre> ?p ?o }", "--actor", "ann")
        log = self.check(0, "log", shows="H id <urn:scenograph:commit:1> .*TX .\nA .*TC .\n.*H prev <urn:scenograph:commit:1>"
                         '.*H actor "ann" .\n.*D <http://ex.test/phedre>')
        self.check(0, "--data", copy, "patch", "-", stdin=log.encode(), shows=r"2 commits, \+6 -2", data=False)
        self.assertEqual(self.check(0, "--data", copy, "export", data=False), self.check(0, "export"))
        self.check(0, "log", "--from", "2", "--limit", "1", shows="^H id <urn:scenograph:commit:2>")
        lines = self.check(0, "log", "--format", "json").splitlines()
        self.assertEqual([json.loads(line)["commit"] for line in lines], [1, 2])
        self.assertEqual(json.loads(lines[1])["changes"][0][:2], ["D", "<http://ex.test/phedre>"])
        self.check(0, "compact")
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> <http://ex.test/p> 1 }")
        log = self.check(0, "log", shows="^H id <urn:scenograph:commit:2> .*H state .*H id <urn:scenograph:commit:3> ")
        again = self.folder / "again"
        self.check(0, "--data", again, "init", data=False)
        self.check(0, "--data", again, "patch", self.write("log.rdfp", log), data=False)
        self.assertEqual(self.check(0, "--data", again, "export", data=False), self.check(0, "export"))
        self.check(3, "patch", self.write("bad.rdfp", "TX .\nA <http://ex.test/s> <x> 3 .\n"), says="bad.rdfp:2:")
        self.check(2, "patch", says="needs a file")
        self.check(2, "log", "--format", "xml", says="patch or json")

    def test_load_options(self):
        self.init()
        triples = [f'<http://ex.test/s{i}> <http://ex.test/p> "value {i} of many" .' for i in range(90_000)]
        triples[1000] = triples[2000] = "nonsense"
        packed = self.write("many.nt.gz", gzip.compress("\n".join(triples).encode()))
        plays = self.write("plays.ttl", TURTLE)
        self.check(3, "load", packed, plays, says="many.nt.gz:1001:")
        self.check(0, "info", shows="quads +0\n")
        self.check(1, "load", packed, plays, "--lenient", "--memory", "64M", "--threads", "2",
                   says="many.nt.gz:1001:.*:2001:", shows="90,002 quads read, 90,002 new, 2 passed over")
        self.check(0, "info", shows=r"segments.*files of quads.*data.mdb.*quads in the memtable")
        info = json.loads(self.check(0, "info", "--format", "json"))
        self.assertEqual((info["quads"], info["segments"], info["logStart"]), (90_002, 1, 0))
        self.assertLess(info["bytes"]["segments"], info["bytes"]["all"])
        self.check(2, "load", plays, "--threads", "0", says="--threads")
        self.check(2, "load", plays, "--memory", "1K", says="--memory")

    def test_durability(self):
        self.init()
        self.check(0, "--durability", "relaxed", "update", "-e", "INSERT DATA { <http://ex.test/a> <http://ex.test/p> 1 }")
        self.check(0, "compact", "--durability", "relaxed")
        self.check(0, "verify", shows="nothing wrong, 1 quads")
        self.check(2, "--durability", "some", "info", says="full or relaxed")

    def test_two_processes(self):
        self.init()
        with subprocess.Popen([PROGRAM, "--data", self.data, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE) as server:
            server.stdout.readline()
            self.check(5, "load", self.write("plays.ttl", TURTLE), says="another process")
            self.check(0, "info", shows="quads +0")
            self.check(0, "verify", shows="nothing wrong")
            server.terminate()

    def test_free_port(self):
        self.init()
        open_url = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # no proxy in between
        for more, base in (([], None), (["--base-iri", "http://ex.test/"], "http://ex.test/")):
            with subprocess.Popen([PROGRAM, "--data", self.data, "serve", "--listen", "127.0.0.1:0", *more],
                                  stdout=subprocess.PIPE) as server:
                try:
                    address = self.served_at(server)
                    self.assertRegex(address, "^http://127.0.0.1:[1-9][0-9]*/$")
                    with open_url(f"{address}sparql", timeout=30) as answer:
                        self.assertIn(f">{base or address}sparql<", answer.read().decode())
                finally:
                    server.terminate()

    def test_port_in_use(self):
        self.init()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.check(4, "serve", "--listen", f"127.0.0.1:{port}", says=f"{port}.*--listen")


class Remote(http.server.BaseHTTPRequestHandler):
    """Answers each SELECT with one row, each GET with one triple."""

    def answer(self, kind, body):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self):
        term = '{"type":"literal","value":"from afar"}'
        self.answer("application/sparql-results+json", '{"head":{"vars":["t"]},"results":{"bindings":[{"t":%s}]}}' % term)

    def do_GET(self):
        self.answer("text/turtle", "<a> <http://ex.test/p> 1 .")

    def log_message(self, *_):
        pass


class OtherServers(Case):
    def test_allow_lists(self):
        self.init()
        with http.server.HTTPServer(("127.0.0.1", 0), Remote) as remote:
            threading.Thread(target=remote.serve_forever, daemon=True).start()
            host = f"127.0.0.1:{remote.server_port}"
            query = ["query", "-e", f"SELECT ?t {{ SERVICE <http://{host}/> {{ ?s ?p ?t }} }}"]
            load = ["update", "-e", f"LOAD <http://{host}/d>"]
            self.check(4, *query, says="--allow-service")
            self.check(4, *query, "--allow-service", "other.example", says=f"--allow-service {host} allows it")
            self.check(0, *query, "--allow-service", "other.example", "--allow-service", host, shows="from afar")
            self.check(4, *load, "--allow-service", host, says="--allow-load")
            self.check(6, *load, "--allow-load", host, "--remote-bytes", "3", says="--remote-bytes")
            configuration = self.write("lists.conf", f"allow-service = {host}\nallow-load = other.example\nallow-load = {host}\n")
            self.check(0, "--config", configuration, *query, shows="from afar")
            self.check(0, "--config", configuration, *load, shows=r"\+1 -0")
            self.check(2, *query, "--allow-service", "http://x.example/", says="--allow-service takes HOST")
            remote.shutdown()


class Ingesting(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.mapping = self.write("shows.rml.ttl", MAPPING)
        self.graph = ["--graph", "http://ex.test/graph", "--mapping", self.mapping]

    def test_again_writes_nothing_and_a_change_its_difference(self):
        source = self.write("shows.csv", "id,titre\n1,Phèdre\n2,Bajazet\n")
        self.check(0, "ingest", source, *self.graph, shows=r"2 records, 4 quads; \+")
        before = self.check(0, "info")
        self.check(0, "ingest", source, *self.graph, shows="nothing new")
        self.assertEqual(before, self.check(0, "info"))
        self.write("shows.csv", "id,titre\n1,Phèdre\n2,Bérénice\n")
        self.check(0, "ingest", source, *self.graph)
        changed = self.check(0, "query", "-e", "SELECT ?n { ?s <http://schema.org/name> ?n } ORDER BY ?n", "--format", "csv")
        self.assertEqual(changed.split(), ["n", "Bérénice", "Phèdre"])

    def test_windows_1252_with_semicolons(self):
        source = self.write("shows.csv", "id;titre\n1;L’œuvre, créée à Évry\n".encode("cp1252"))
        self.check(0, "map", source, "--mapping", self.mapping, "--to", "ntriples", shows="L’œuvre, créée à Évry")

    def test_broken_row(self):
        source = self.write("shows.csv", "id,titre\n1,Phèdre\n2\n3,Bajazet\n")
        self.check(1, "ingest", source, *self.graph, says="record 2|line 3", shows="1 records left out|left out")
        self.check(1, "map", source, "--mapping", self.mapping, "--lang", "fr",
                   says="enregistrement 2.*l’enregistrement a 1 champs là où le tableau a 2 colonnes")

    def test_missing_column(self):
        source = self.write("shows.csv", "id,title\n1,Phèdre\n")
        self.check(3, "ingest", source, *self.graph, says="titre")
        self.check(0, "info", shows="quads +0")

    def test_truncated_json(self):
        mapping = self.write("json.rml.ttl", MAPPING.replace("rml:CSV", "rml:JSONPath ; rml:iterator \"$[*]\""))
        source = self.write("shows.json", '[{"id": 1, "titre": "Phèdre"}, {"id": 2, "ti')
        self.check(3, "ingest", source, "--graph", "http://ex.test/graph", "--mapping", mapping, says="shows.json:1")
        self.check(0, "info", shows="quads +0")

    def test_no_such_file(self):
        self.check(4, "ingest", self.folder / "none.csv", *self.graph, says="none.csv")
        self.check(4, "map", self.write("shows.csv", "id,titre\n"), "--mapping", self.folder / "none.ttl", says="none.ttl")

    def test_jsonld(self):
        event = self.write("event.jsonld", """{"@context": "https://schema.org", "@id": "http://ex.test/1",
            "@type": "Event", "name": "Phèdre", "location": {"@type": "Place", "name": "Halle"}}""")
        self.check(0, "jsonld", "expand", event, shows="http://schema.org/name")
        self.check(0, "jsonld", "compact", event, "--context", "https://schema.org", shows='"name": "Phèdre"')
        self.check(0, "jsonld", "flatten", event, shows='"_:b0"')
        frame = self.write("frame.jsonld", '{"@context": "https://schema.org", "@type": "Place", "@explicit": true}')
        out = self.check(0, "jsonld", "frame", event, "--frame", frame)
        self.assertNotIn("Phèdre", out)
        self.check(0, "jsonld", "to-rdf", event, shows='<http://ex.test/1> <http://schema.org/name> "Phèdre" [.]')
        self.check(0, "jsonld", "to-rdf", event, "--to", "turtle", shows="a schema:Event")
        rdf = self.write("n.ttl", "<http://ex.test/1> <http://ex.test/p> 5 .")
        self.check(0, "jsonld", "from-rdf", rdf, "--option", "useNativeTypes=true", shows='"@value": 5')
        page = self.write("page.html", '<script type="application/ld+json">{"@context": {"@vocab": "http://v/"}, "a": 1}'
                          '</script><script type="application/ld+json">{"http://ex.test/b": 2}</script>')
        self.assertNotIn("/b", self.check(0, "jsonld", "expand", page, shows="http://v/a"))
        self.check(0, "jsonld", "expand", page, "--option", "extractAllScripts=true", shows="ex.test/b")
        self.check(0, "jsonld", "expand", "--option", "help", shows="compactArrays.*rdfDirection")

    def test_web_pages(self):
        page = self.write("page.html", """<html lang="fr"><head><base href="http://ex.test/season/">
            <meta property="og:title" content="Saison"><meta name="og:url" content="http://ex.test/season/"></head>
            <div vocab="http://schema.org/" typeof="TheaterEvent" resource="e"><b property="name">Phèdre</b></div>
            <div itemscope itemtype="http://schema.org/Place" itemid="p"><b itemprop="name">Halle</b></div>""")
        out = self.check(0, "convert", page, "--to", "ntriples", shows='<http://ex.test/season/e> .*/name> "Phèdre"@fr [.]')
        self.assertRegex(out, '<http://ex.test/season/p> <http://schema.org/name> "Halle"@fr [.]')
        self.assertRegex(out, '<http://ex.test/season/> <http://ogp.me/ns#title> "Saison"@fr [.]')
        self.assertNotIn("ogp.me/ns#url", out)
        self.check(1, "convert", page, "--to", "ntriples", "--lenient", shows="ogp.me/ns#url", says="page.html:2:.*name=")
        place = self.write("place.html", "<p itemscope itemtype=http://schema.org/Place>Halle</p>")
        self.check(0, "convert", place, "--to", "ntriples", says="describes no event.*«Place»")
        self.check(1, "convert", self.write("none.html", "<p>none</p>"), "--to", "ntriples", says="no structured data.*add")
        deep = self.write("deep.html", "<p property=dc:title>x</p>" + "<div>" * 100000)
        self.check(6, "convert", deep, "--to", "ntriples", says="640 deep")

    def test_jsonld_refusals(self):
        remote = self.write("remote.jsonld", '{"@context": "https://ex.test/context", "a": 1}')
        self.check(4, "jsonld", "expand", remote, says="--context-file https://ex.test/context=FILE.*--allow-context")
        context = self.write("context.jsonld", '{"@context": {"a": "http://ex.test/a"}}')
        self.check(0, "jsonld", "expand", remote, "--context-file", f"https://ex.test/context={context}",
                   shows="http://ex.test/a")
        self.check(4, "convert", remote, "--to", "turtle", says="--context-file https://ex.test/context=FILE")
        for command in (["convert", remote, "--to", "ntriples"], ["map", remote]):
            self.check(0, *command, "--context-file", f"https://ex.test/context={context}", shows="<http://ex.test/a>")
        self.check(2, "jsonld", "juggle", remote, says="expand, compact, flatten, frame, to-rdf, from-rdf")
        self.check(2, "jsonld", "expand", remote, "--option", "speed=fast", says="no option .speed.*compactArrays")
        self.check(2, "jsonld", "compact", remote, "--context-file", f"https://ex.test/context={context}",
                   says="needs a context")
        self.check(6, "jsonld", "expand", remote, "--context-file", f"https://ex.test/context={context}",
                   "--max-document", "10", says="--max-document")

    def test_long_record(self):
        source = self.folder / "shows.csv"
        with open(source, "wb") as file:
            file.write(b'id,titre\n1,"')
            file.write(b"x" * (3 << 20))
            file.write(b'"\n')
        self.check(6, "ingest", source, *self.graph, "--max-record", "1M", says="--max-record")


class BadSyntax(Case):
    def test_places(self):
        self.init()
        cases = [
            ("a.ttl", "@prefix : <http://ex.test/> .\n:a :b :c\n:d", "a.ttl:3"),
            ("b.nt", "<http://ex.test/a> <b> <c> .\n", "b.nt:1"),
            ("c.ttl", "<http://ex.test/a> ex:b 1 .\n", "ex"),
            ("d.rdf", "<rdf:RDF", "d.rdf"),
            ("e.jsonld", '{"@id": "http://ex.test/a", ', "e.jsonld:1"),
            ("f.ttl", "<http://ex.test/a b> <http://ex.test/p> 1 .\n", "f.ttl:1"),
            ("g.ttl", b"<http://ex.test/a> <http://ex.test/p> \"\xff\" .\n", "g.ttl:1"),
        ]
        for name, content, place in cases:
            self.check(3, "load", self.write(name, content), says=re.escape(place))
        self.check(2, "load", self.write("h.xyz", "?"), says="--format")
        self.check(0, "info", shows="quads +0")

    def test_query(self):
        self.init()
        self.check(3, "query", "-e", "SELECT ?a WHERE {\n ?a ?b }", says="query:2:8")
        self.check(3, "query", "-e", "SELECT * { ?s venue:name ?n }", says="PREFIX venue: <")

    def test_usual_prefixes(self):
        self.init()
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> schema:name 'A' }")
        self.check(0, "query", "-e", "SELECT ?n { ?s schema:name ?n }", "--format", "csv", shows="A")

    def test_services(self):
        self.init()
        self.check(4, "query", "-e", "SELECT * { SERVICE <http://ex.test/sparql> { ?s ?p ?o } }", says="SERVICE")

    def test_query_that_never_ends(self):
        self.init()
        triples = "".join(f"<http://ex.test/{i}> <http://ex.test/p> {i} .\n" for i in range(500))
        self.check(0, "load", self.write("many.ttl", triples))
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(?b + ?d + ?f + ?h = 1) }"
        self.check(6, "query", "-e", endless, "--timeout", "300ms", says="--timeout", timeout=20)
        sorted_rows = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b ?d ?f"
        self.check(6, "query", "-e", sorted_rows, "--query-memory", "1M", "--query-spill", "0", says="--query-memory",
                   timeout=20)
        self.check(6, "query", "-e", sorted_rows, "--query-memory", "1M", "--query-spill", "1M", says="--query-spill",
                   timeout=20)
        self.check(6, "query", "-e", "SELECT * { ?a ?p ?b }", "--max-results", "3", says="--max-results", timeout=20)
        self.check(0, "query", "-e", "SELECT * { ?a ?p ?b } LIMIT 3", "--max-results", "3")

    def test_explain(self):
        self.init()
        self.check(0, "load", self.write("shows.ttl", TURTLE))
        text = "SELECT ?n { ?s <http://schema.org/name> ?n } ORDER BY ?n"
        self.check(0, "query", "--explain", "-e", text, shows="OrderBy.*Sort  estimated.*IndexScan.*of which planning")
        path = self.write("names.rq", text)
        plan = json.loads(self.check(0, "query", "--explain", path, "--format", "json"))
        self.assertEqual(plan["results"], 2)
        self.assertEqual(plan["plan"]["operator"], "Sort")
        self.assertEqual(set(plan["plan"]["inputs"][0]),
                         {"operator", "estimated_rows", "rows", "ms", "memory_bytes", "spilled_bytes", "inputs"})
        self.check(2, "query", "--explain", "-e", text, "--format", "csv", says="text or json")

    def test_shapes(self):
        self.init()
        bad = self.write("shapes.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
                         "<http://ex.test/S> sh:targetNode <http://ex.test/a> ; sh:property [ sh:minCount 1 ] .\n")
        self.check(3, "validate", "--shapes", bad, says="sh:path|path")


class ReadOnly(Case):
    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write anywhere")
    def test_data_directory_that_may_not_be_written(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE), "--quiet")
        for path in [*self.data.iterdir(), self.data]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        self.folder.chmod(0o755)
        line = [PROGRAM, "--data", str(self.data), "update", "-e", "CLEAR ALL"]
        if os.geteuid() == 0:
            line = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *line]
        done = subprocess.run(line, capture_output=True, timeout=30, check=False, cwd="/")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertRegex(done.stderr.decode(), "Permission denied|may not|read")

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write anywhere")
    def test_validation_of_a_data_directory_that_may_not_be_written(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE), "--quiet")
        self.folder.chmod(0o755)
        self.data.chmod(0o555)
        for path in self.data.iterdir():
            path.chmod(0o555 if path.is_dir() else 0o666)  # readers sign up in lock.mdb
        line = [PROGRAM, "--data", str(self.data), "validate"]
        if os.geteuid() == 0:
            line = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *line]
        done = subprocess.run(line, capture_output=True, timeout=30, check=False, cwd="/")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr.decode(), "not kept .*--no-history.*reports: Permission denied")
        self.assertRegex(done.stdout.decode(), "Nothing to check")
        done = subprocess.run([*line, "--no-history"], capture_output=True, timeout=30, check=False, cwd="/")
        self.assertEqual((done.returncode, done.stderr), (0, b""))


    def as_another_user(self, *words):
        line = [PROGRAM, "--data", str(self.data), *words]
        if os.geteuid() == 0:
            line = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *line]
        return line

    def check_other(self, code, *words, says="", shows=""):
        """As `check`, for one who may not write to the data directory."""
        done = subprocess.run(self.as_another_user(*words), capture_output=True, timeout=30, check=False, cwd="/")
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertRegex(done.stderr.decode(), re.compile(says, re.S))
        self.assertRegex(done.stdout.decode(), re.compile(shows, re.S))

    def let_read(self):
        """Lets others read the data directory, and none but root write there."""
        self.folder.chmod(0o755)
        for path in [*self.data.rglob("*"), self.data]:
            path.chmod(0o555 if path.is_dir() else 0o444)

    READING = (["query", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"], ["export"], ["info"], ["void"], ["verify"], ["log"],
               ["validate", "--no-history"])

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write anywhere")
    def test_readers_that_cannot_sign_up(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE), "--quiet")
        self.let_read()
        for words in self.READING:
            self.check_other(0, *words)
        (self.data / "lock.mdb").unlink()
        for words in self.READING:
            self.check_other(0, *words)
        (self.data / "writer.lock").unlink()
        self.check_other(4, "info", says="lock.mdb cannot be written .Permission denied.*writer.lock.*No such file.*let this user")

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write anywhere")
    def test_no_writer_beside_readers_that_cannot_sign_up(self):
        self.init()
        lines = "".join(f"<http://ex.test/{i}> <http://ex.test/p> <http://ex.test/{'o' * 100}> .\n" for i in range(5000))
        self.check(0, "load", self.write("many.nt", lines), "--quiet")
        self.let_read()
        words = ["export", "--format", "ntriples"]
        with subprocess.Popen(self.as_another_user(*words), stdout=subprocess.PIPE, cwd="/") as reader:
            self.assertEqual(reader.stdout.readline()[:1], b"<")  # the rest does not fit into the pipe
            self.check_other(0, *words, shows="5000|4999")
            self.data.chmod(0o755)
            (self.data / "writer.lock").chmod(0o644)
            (self.data / "data.mdb").chmod(0o644)
            (self.data / "lock.mdb").chmod(0o644)
            self.check(5, "update", "-e", "CLEAR ALL", says="another process is writing to .*, or reads it and may not write its lock.mdb")
            self.assertEqual(len(reader.stdout.readlines()), 4999)
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> <http://ex.test/p> 1 }")

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write anywhere")
    def test_no_readers_that_cannot_sign_up_beside_a_writer(self):
        self.init()
        with subprocess.Popen([PROGRAM, "--data", self.data, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE) as server:
            try:
                self.served_at(server)
                self.let_read()
                self.check_other(5, "info", says="lock.mdb cannot be written .Permission denied.*while no process writes to it, and one does: let this user")
            finally:
                server.terminate()

    @unittest.skipIf(subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode != 0,
                     "no file systems may be mounted")
    def test_file_system_that_is_read_only(self):
        self.init()
        self.check(0, "load", self.write("plays.ttl", TURTLE), "--quiet")
        self.check(0, "backup", self.folder / "backup", "--quiet")
        restored = self.folder / "restored"
        self.check(0, "--data", restored, "restore", self.folder / "backup", data=False)
        for data in (self.data, restored):
            mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
            for words in self.READING:
                done = subprocess.run(["unshare", "-rm", "sh", "-c", mount, "sh", data, PROGRAM, "--data", data, *words],
                                      capture_output=True, timeout=30, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)


class Scoring(Case):
    EVENT = """@prefix schema: <http://schema.org/> .
<http://127.0.0.1:3030/id/event/e> a schema:TheaterEvent ; schema:name "Phèdre"@fr ; schema:startDate "2099-01-01" ;
  schema:image <http://ex.test/image> ."""
    WEIGHTS = """@prefix quality: <https://w3id.org/scenograph/quality#> . @prefix scg: <https://w3id.org/scenograph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
quality:overall a quality:Metric .
quality:completeness scg:weight 1 . quality:links scg:weight 0 .
quality:validity scg:weight 0 ; scg:penalty [ sh:severity sh:Violation ; scg:weight 1 ] ,
  [ sh:severity sh:Warning ; scg:weight 0 ] , [ sh:severity sh:Info ; scg:weight 0 ] .
quality:freshness scg:weight 0 ; scg:halfLife "P1Y" .
<#E> sh:targetClass schema:Event ; sh:property quality:sound, quality:image .
quality:image sh:path schema:image ; sh:minCount 1 ; scg:metric quality:completeness ; scg:weight 1 .
quality:sound sh:path schema:audio ; sh:minCount 1 ; scg:metric quality:completeness ; scg:weight 3 ; sh:name "a sound"@en .
"""
    COUNT = ("query", "-e", "SELECT (COUNT(*) AS ?n) { GRAPH <http://127.0.0.1:3030/graph/quality> { ?s ?p ?o } }", "--format", "csv")

    def ingest(self):
        self.init()
        self.check(0, "score", says="already|stored", shows="Nothing is scored")
        self.check(0, "ingest", self.write("agenda.ttl", self.EVENT), "--graph", "http://ex.test/g", "--actor", "Théâtre du Port",
                   "--gate", "off")

    def test_scores_are_stored_once(self):
        self.ingest()
        dry = self.check(0, "score", "--dry-run", "--lang", "fr",
                         shows="Par contributeur.*Théâtre du Port.*sur 1 représentation.*: \\+0,\\d\\d.*Par source.*http://ex.test/g")
        self.assertEqual(dry, self.check(0, "score", "--dry-run", "--lang", "fr"))
        self.check(0, "score", "--no-entities", shows="By contributor", says=r"scores stored: \+\d+ -0")
        few = int(self.check(0, *self.COUNT).split()[1])
        self.check(0, "score", says=r"scores stored: \+20 -0")
        self.assertEqual(int(self.check(0, *self.COUNT).split()[1]), few + 20)
        self.check(0, "score", says="were these already")
        self.check(0, "query", "-e", """PREFIX dqv: <http://www.w3.org/ns/dqv#>
SELECT ?v { ?m dqv:computedOn <http://127.0.0.1:3030/id/event/e> ; dqv:value ?v ;
  dqv:isMeasurementOf <https://w3id.org/scenograph/quality#freshness> }""", "--format", "csv", shows=r"^v\s+1\s")
        # Scores are nothing to validate, and no shape of theirs is among those for validation.
        counts = json.loads(self.check(1, "validate", "--format", "json"))["counts"]
        self.check(0, "update", "-e", "CLEAR GRAPH <http://127.0.0.1:3030/graph/quality>")
        self.assertEqual(json.loads(self.check(1, "validate", "--format", "json"))["counts"], counts)
        self.assertNotIn("scenograph/quality#", self.check(0, "profile", data=False))

    def test_after_ingestion(self):
        self.init()
        words = ("ingest", self.write("agenda.ttl", self.EVENT), "--graph", "http://ex.test/g", "--gate", "off", "--score")
        self.check(0, *words, "--lang", "fr", shows=r"\nqualité 0,\d\d")
        self.assertNotIn("quality", self.check(0, *words, shows="nothing new"))
        self.check(0, "score", says="were these already")

    def test_json_and_own_weights(self):
        self.ingest()
        path = self.write("weights.ttl", self.WEIGHTS)
        report = json.loads(self.check(0, "score", "--dry-run", "--format", "json", "--weights", path))
        self.assertEqual((report["entities"], report["scores"]["completeness"], report["scores"]["overall"]), (1, 0.25, 0.25))
        self.assertIsNone(report["scores"]["links"])
        self.assertEqual(report["improvements"], [{"shape": "https://w3id.org/scenograph/quality#sound",
                                                   "text": {"fr": "a sound sur 1 fiche", "en": "a sound on 1 entry"},
                                                   "entities": 1, "gain": 0.75}])
        self.assertEqual([(c["name"], c["graphs"]) for c in report["contributors"]], [("Théâtre du Port", ["http://ex.test/g"])])
        self.assertEqual([(s["graph"], s["contributor"]) for s in report["sources"]], [("http://ex.test/g", "Théâtre du Port")])

    def test_what_makes_no_sense(self):
        self.ingest()
        for old, new, wanted in (("weight 3 ;", "weight -3 ;", r"weights.ttl:10:\d+: quality:sound: scg:weight -3 is negative"),
                                 (" ; scg:weight 3", "", r"weights.ttl:10:\d+: quality:sound: it has no scg:weight"),
                                 ("metric quality:completeness ; scg:weight 3", "metric quality:beauty ; scg:weight 3",
                                  "there is no quality:beauty")):
            path = self.write("weights.ttl", self.WEIGHTS.replace(old, new))
            self.check(3, "score", "--weights", path, says=wanted)
        self.check(2, "score", "--lang", "de", says="--lang")
        self.check(2, "score", "--format", "html", says="--format")
        self.check(2, "score", "--base-iri", "here", says="--base-iri")
        self.check(6, "score", "--query-memory", "1", says="--query-memory")


class Validating(Case):
    def test_report(self):
        self.init()
        event = """@prefix schema: <http://schema.org/> .
<http://ex.test/e> a schema:TheaterEvent ; schema:name "Phèdre"@fr ."""
        self.check(1, "validate", self.write("event.ttl", event), "--lang", "fr", shows="Phèdre.*à corriger")
        for form, wanted in (("text", "Phèdre"), ("json", '"conforms": *false'), ("turtle", "ValidationReport"),
                             ("html", "<!doctype html>.*Phèdre")):
            self.check(1, "validate", self.folder / "event.ttl", "--format", form, shows=wanted)

    def test_stops_and_counts(self):
        event = """@prefix schema: <http://schema.org/> . <http://ex.test/e> a schema:TheaterEvent ; schema:name "Phèdre" ."""
        path = self.write("event.ttl", event)
        self.assertNotRegex(self.check(1, "validate", path, "--counts", data=False, shows=r"1 × .*to fix"), "Phèdre")
        self.check(1, "validate", path, "--fail-fast", data=False, shows=r"^1 to fix.*\nStopped there")
        self.check(1, "validate", path, "--fail-fast", "--format", "json", data=False, shows='"stopped":true')
        self.check(2, "validate", path, "--counts", "--format", "html", data=False, says="--counts")
        self.check(2, "validate", path, "--threads", "0", data=False, says="--threads")

    def test_rules(self):
        self.init()
        run = """@prefix schema: <http://schema.org/> . @prefix : <http://ex.test/> .
:run a schema:EventSeries ; schema:name "Phèdre"@fr ; schema:location :hall ; schema:subEvent :d1 , :d2 .
:d1 a schema:Event . :d2 a schema:Event ; schema:location :garden . :hall a schema:Place . :garden a schema:Place ."""
        rules = ROOT / "examples/rules/complete-dates.ttl"
        path = self.write("run.ttl", run)
        told = self.check(0, "map", path, "--rules", rules, "--to", "ntriples", data=False,
                          shows="<http://ex.test/d1> <http://schema.org/location> <http://ex.test/hall>")
        self.assertNotIn("<http://ex.test/d2> <http://schema.org/location> <http://ex.test/hall>", told)
        into = ("ingest", path, "--graph", "http://ex.test/g")
        self.check(0, *into, "--rules", rules, shows=r"\b13 quads, 3 of them by rules; \+\d+ -0")
        self.check(0, *into, "--rules", rules, shows="nothing new")
        self.check(0, *into, shows="10 quads;")
        self.check(0, "query", "-e", "SELECT (COUNT(*) AS ?n) { GRAPH <http://ex.test/g> { ?s ?p ?o } }", "--format", "csv",
                   shows=r"n\s+10\s")
        bare = self.write("bare.ttl", "<http://ex.test/s> <http://www.w3.org/ns/shacl#targetClass> <http://ex.test/C> .")
        self.check(2, *into, "--rules", bare, says="sh:rule")
        endless = self.write("endless.ttl", """@prefix sh: <http://www.w3.org/ns/shacl#> .
<#s> sh:targetSubjectsOf <http://schema.org/name> ; sh:rule [ sh:construct "CONSTRUCT { $this <http://ex.test/n> ?n } WHERE {
  BIND (UUID() AS ?n) }" ] .""".replace("\n  BIND", " BIND"))
        self.check(6, *into, "--rules", endless, says="endless.ttl.*still makes new triples|still makes new triples")
        blank = self.write("blank.ttl", """@prefix sh: <http://www.w3.org/ns/shacl#> .
<#s> sh:targetSubjectsOf <http://schema.org/name> ; sh:rule [ sh:construct "CONSTRUCT { $this <http://ex.test/n> ?n } WHERE { BIND (BNODE() AS ?n) }" ] .""")
        self.check(3, *into, "--rules", blank, says=r"BNODE\(\)")

    def test_gate(self):
        self.init()
        graph, held = "http://ex.test/graph/agenda", "http://ex.test/graph/held"
        event = """@prefix schema: <http://schema.org/> .
<http://ex.test/e> a schema:TheaterEvent ; schema:name "Phèdre"@fr ; schema:startDate "%s" ;
  schema:location [ a schema:Place ; schema:name "Salle" ; schema:address [ a schema:PostalAddress ;
    schema:streetAddress "1 rue" ; schema:postalCode "29000" ; schema:addressLocality "Port" ; schema:addressCountry "FR" ] ] ."""
        faulty = self.write("agenda.ttl", event % "samedi")
        ingest = ["ingest", faulty, "--graph", graph]
        self.check(2, *ingest, "--gate", "loose", says="violation, warning, info, none or off")
        self.check(1, *ingest, "--gate", "violation", "--lang", "fr", shows="samedi", says="held back by --gate violation")
        self.check(4, "export", "--graph", graph, "--format", "ntriples")
        gated = [*ingest, "--gate", "violation", "--quarantine", held]
        self.check(1, *gated, says=f"in <{held}>")
        self.check(0, "export", "--graph", held, "--format", "ntriples", shows="samedi")
        server = subprocess.Popen([PROGRAM, "--data", self.data, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE)
        try:
            address = self.served_at(server)
            query = urllib.parse.quote("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
            open_url = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # no proxy in between
            with open_url(f"{address}sparql?format=csv&query={query}", timeout=30) as answer:
                rows = answer.read().decode()
        finally:
            server.terminate()
            server.communicate()
        self.assertIn("graph/provenance", rows)
        self.assertNotIn("samedi", rows)
        self.check(2, *ingest, "--gate", "violation", "--quarantine", graph, says="another graph than --graph")
        self.check(2, *ingest, "--quarantine", held, says="--quarantine needs --gate")
        self.check(0, "load", self.write("other.nt", "<http://ex.test/s> <http://ex.test/p> 'kept' .".replace("'", '"')),
                   "--graph", "http://ex.test/graph/other")
        self.check(2, *ingest, "--gate", "violation", "--quarantine", "http://ex.test/graph/other", says="not in quarantine")
        self.check(0, "export", "--graph", "http://ex.test/graph/other", "--format", "ntriples", shows="kept")
        self.write("agenda.ttl", event % "2026-03-14")
        self.check(0, *gated, shows="suggestion.*validate --graph")
        self.check(0, "export", "--graph", graph, "--format", "ntriples", shows="2026-03-14")
        self.check(4, "export", "--graph", held, "--format", "ntriples")
        self.write("agenda.ttl", event % "dimanche")
        self.check(1, *ingest, "--gate", "violation")
        self.check(0, "export", "--graph", graph, "--format", "ntriples", shows="2026-03-14")
        self.check(0, *ingest, shows="1 to fix")
        self.write("agenda.ttl", event % "lundi")
        self.assertNotIn("to fix", self.check(0, *ingest, "--gate", "off"))

    def test_sarif(self):
        event = """@prefix schema: <http://schema.org/> .
<http://ex.test/e> a schema:TheaterEvent ; schema:name "Phèdre"@fr ; schema:startDate "samedi" ."""
        log = json.loads(self.check(1, "validate", self.write("event.ttl", event), "--format", "sarif", "--lang", "fr"))
        self.assertEqual(log["version"], "2.1.0")
        [run] = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            self.assertEqual(result["ruleId"], rules[result["ruleIndex"]]["id"])
            self.assertEqual(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "http://ex.test/e")
        [date] = [result for result in run["results"] if "samedi" in result["message"]["text"]]
        self.assertEqual(date["level"], "error")
        self.assertIn("Date de début\u00a0: ", date["message"]["text"])
        self.assertEqual(date["locations"][0]["logicalLocations"][0]["name"], "Phèdre")

    def test_columns_and_records(self):
        self.init()
        mapping = self.write("agenda.rml.ttl", """@prefix rml: <http://w3id.org/rml/> .
@prefix schema: <http://schema.org/> .
@prefix scgf: <https://w3id.org/scenograph/fn#> .
<#date> rml:logicalSource [ rml:source "agenda.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "date/{Code}" ; rml:class schema:TheaterEvent ] ;
  rml:predicateObjectMap [ rml:predicate schema:name ; rml:objectMap [ rml:reference "Titre" ; rml:language "fr" ] ],
    [ rml:predicate schema:startDate ; rml:objectMap [ rml:functionExecution <#start> ] ] .
<#start> rml:function scgf:parse_date_time ;
  rml:input [ rml:parameter scgf:date ; rml:inputValueMap [ rml:reference "Date" ] ],
            [ rml:parameter scgf:time ; rml:inputValueMap [ rml:reference "Heure" ] ] .
""")
        agenda = self.write("agenda.csv", "Code,Titre,Date,Heure\nA 7,Phèdre,à préciser,20h30\n")
        graph = "http://ex.test/graph/agenda"
        ingest = ["ingest", agenda, "--mapping", mapping, "--graph", graph, "--quiet"]
        where = "agenda.csv: Code = A 7.*Start date \\(to fix\\).*where: columns “Date” and “Heure” of agenda.csv"
        self.check(1, *ingest, "--gate", "violation", shows=where)
        self.check(0, *ingest)
        self.check(1, "validate", shows=where)
        self.check(1, "validate", "--graph", graph, "--lang", "fr",
                   shows="agenda.csv\u00a0: Code = A 7.*où\u00a0: colonnes «\u00a0Date\u00a0» et «\u00a0Heure\u00a0» d’agenda.csv"
                         ".*aucune colonne d’agenda.csv ne le donne")
        report = json.loads(self.check(1, "validate", "--format", "json"))
        [date] = [result for result in report["results"] if report["checks"][result["check"]]["severity"] == "violation"
                  and "startDate" in report["checks"][result["check"]]["path"]]
        self.assertEqual(date["fields"], [{"kind": "columns", "file": "agenda.csv", "names": ["Date", "Heure"]}])
        self.assertEqual(date["records"], [{"file": "agenda.csv", "values": {"Code": "A 7"}}])
        self.check(1, "validate", "--format", "html", shows="où\u00a0: </span>colonnes.*where: </span>columns")
        self.check(0, "query", "-e", "SELECT ?n { ?n rml:predicate schema:startDate ; scg:reads 'Heure' }", "--format",
                   "csv", shows=re.escape(graph + "#map-1-field-2"))
        self.check(0, "ingest", self.write("other.ttl", TURTLE), "--graph", graph, "--quiet")
        self.check(0, "query", "-e", "SELECT * { ?n scg:reads|scg:mapsField|scg:mappedBy ?x }", "--format", "csv",
                   shows="^n,x\r\n$")

    def test_what_changed(self):
        event = """@prefix schema: <http://schema.org/> .
<http://ex.test/%s> a schema:TheaterEvent ; schema:name "Phèdre"@fr ; schema:startDate "2026-03-14"^^<http://www.w3.org/2001/XMLSchema#date> .
"""
        self.init()
        self.check(0, "load", self.write("a.ttl", event % "a"), "--quiet")
        reports = self.data / "reports"
        self.assertNotIn("ince", self.check(1, "validate", "--no-history"))
        self.assertFalse(reports.exists())
        first = self.check(1, "validate", "--format", "json")
        self.assertNotIn("trend", json.loads(first))
        self.assertNotIn("Since", self.check(1, "validate"))  # of the same data: there is nothing to compare
        self.assertEqual(len(list(reports.iterdir())), 1)
        self.check(0, "update", "-e", "INSERT DATA { <http://ex.test/a> schema:image <http://ex.test/a.jpg> }", "--quiet")
        self.check(0, "load", self.write("b.ttl", event % "b"), "--quiet")
        told = self.check(1, "validate", "--lang", "fr", shows="\nDepuis le [^\n]*\u00a0: 1 corrigé, [0-9]+ nouveaux\n")
        self.assertRegex(told, "Image \\(conseil\\)\u00a0: 1 corrigé, 1 nouveau\n")
        second = json.loads(self.check(1, "validate", "--format", "json"))
        self.assertTrue(second["trend"]["exact"])
        self.assertEqual(second["trend"]["mended"], 1)
        self.assertEqual({result["focusNode"]["value"] for result in second["results"] if result["new"]},
                         {"http://ex.test/b"})
        [run] = json.loads(self.check(1, "validate", "--format", "sarif"))["runs"]
        states = [result["baselineState"] for result in run["results"]]
        self.assertEqual(states.count("new"), second["trend"]["new"])
        self.assertEqual(states.count("absent"), 1)
        self.check(1, "validate", "--format", "html", shows="Depuis le .*Since ")
        self.check(1, "validate", "--counts", shows="Since .*from counts alone")
        self.assertNotIn("Since", self.check(1, "validate", "--fail-fast"))
        self.assertEqual(len(list(reports.iterdir())), 2)

        # Reports are no part of the store.
        self.check(0, "verify")
        self.check(0, "compact", "--quiet")
        self.check(0, "backup", self.folder / "backup")
        self.assertEqual(len(list(reports.iterdir())), 2)
        self.check(1, "validate", shows="Since")
        for report in reports.iterdir():
            report.write_bytes(b"damaged")
        self.check(1, "validate", says="reports/.*the last report cannot be read")
        self.check(0, "verify")

        old = self.write("old.json", first)
        self.check(1, "validate", "--since", old, shows="Since .*1 mended")
        self.check(1, "validate", self.folder / "a.ttl", "--since", old, shows="Since .*nothing changed")
        self.check(3, "validate", "--since", self.write("bad.json", "{}"), says='bad.json: this is no report of .*"checks"')
        self.check(3, "validate", "--since", self.write("bad.json", first[:-40]), says="bad.json:")
        self.check(4, "validate", "--since", self.folder / "none.json", says="none.json")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
