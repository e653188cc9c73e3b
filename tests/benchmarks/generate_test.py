#!/usr/bin/env python3
"""Holds the generator of made-up data to what measurements rely on.

Usage: generate_test.py GENERATE SCENOGRAPH VOCAB_FOLDER
"""
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

GENERATE, SCENOGRAPH, VOCAB = sys.argv[1:4]
LINE = re.compile(r'^(<[^>]*>|_:\w+) (<[^>]*>) (<[^>]*>|_:\w+|".*"(?:@[a-z]+|\^\^<[^>]*>)?)( <[^>]*>)? \.$')

# Every figure ever measured is about these bytes: a change to the generator that changes them begins a new series.
FIRST_10K = "b336ca8a8bf0958443810442a37cc893621790c19b6e01c7622e2532c8e4299d"


def generate(*words):
    return subprocess.run([GENERATE, *words], check=True, stdout=subprocess.PIPE).stdout


def scenograph(*words):
    return subprocess.run([SCENOGRAPH, "--log-level", "off", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def quads(data):
    matches = [LINE.match(line) for line in data.decode().splitlines()]
    return [match.groups() for match in matches]


class Bytes(unittest.TestCase):
    def test_are_the_same_everywhere(self):
        self.assertEqual(hashlib.sha256(generate("--triples", "10k")).hexdigest(), FIRST_10K)

    def test_depend_on_the_seed(self):
        self.assertNotEqual(generate("--triples", "100", "--seed", "2"), generate("--triples", "100"))

    def test_of_a_long_file_begin_as_those_of_a_short_one(self):
        self.assertTrue(generate("--triples", "20k").startswith(generate("--triples", "10k")))

    def test_are_the_same_quads_without_their_graphs(self):
        self.assertEqual([quad[:3] for quad in quads(generate("--triples", "10k", "--format", "nquads"))],
                         [quad[:3] for quad in quads(generate("--triples", "10k"))])


class Shape(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quads = quads(generate("--triples", "200k", "--format", "nquads"))

    def test_has_exactly_as_many_as_asked(self):
        self.assertEqual(len(self.quads), 200_000)

    def test_hardly_repeats_itself(self):
        self.assertGreater(len(set(self.quads)), 198_000)
        self.assertGreater(len({quad[:3] for quad in self.quads}), 194_000)

    def test_has_as_many_terms_as_life(self):
        terms = {term for quad in self.quads for term in quad[:3]}
        self.assertTrue(0.20 < len(terms) / len(self.quads) < 0.26, len(terms))

    def test_says_some_ten_things_of_each(self):
        subjects = {quad[0] for quad in self.quads}
        self.assertTrue(8 < len(self.quads) / len(subjects) < 12, len(subjects))

    def test_has_contributors_big_and_small(self):
        sizes = {}
        for quad in self.quads:
            sizes[quad[3]] = sizes.get(quad[3], 0) + 1
        self.assertGreater(len(sizes), 15)
        self.assertGreater(max(sizes.values()), 10 * sorted(sizes.values())[len(sizes) // 2])

    def test_has_many_properties_and_languages(self):
        self.assertTrue(45 < len({quad[1] for quad in self.quads}) < 65)
        languages = {quad[2].rsplit("@", 1)[1] for quad in self.quads if re.search('"@[a-z]+$', quad[2])}
        self.assertEqual(languages, {"fr", "en", "de", "it", "nl"})

    def test_has_texts_short_and_long(self):
        lengths = [len(quad[2].encode()) for quad in self.quads if quad[1].endswith("/description>")]
        self.assertLess(min(lengths), 25)
        self.assertTrue(400 < max(lengths) < 640, max(lengths))

    def test_uses_concepts_that_exist(self):
        known = set()
        for path in pathlib.Path(VOCAB).glob("*.ttl"):
            known |= {(path.stem, name) for name in re.findall(r"^\w+:([\w-]+) a skos:Concept", path.read_text(), re.M)}
        objects = "\n".join({quad[2] for quad in self.quads})
        used = set(re.findall(r"<https://w3id.org/scenograph/vocab/([\w-]+)/([\w-]+)>", objects))
        self.assertGreater(len(used), 30)
        self.assertLessEqual(used, known)


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, *words):
        path = pathlib.Path(self.folder.name) / name
        path.write_bytes(generate(*words))
        return str(path)

    def read(self, path):
        result = scenograph("convert", path, "--to", "nquads")
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.splitlines()

    def test_parse_in_every_syntax(self):
        lines = len(set(self.read(self.file("a.nt", "--triples", "5k"))))
        self.assertGreater(lines, 4_800)
        self.assertEqual(len(set(self.read(self.file("a.ttl", "--triples", "5k", "--format", "turtle")))), lines)
        self.assertGreaterEqual(len(set(self.read(self.file("a.nq", "--triples", "5k", "--format", "nquads")))), lines)

    def violations(self, path):
        report = scenograph("validate", path).stdout.decode()
        found = re.match(r"(\d+) to fix", report)
        return int(found[1]) if found else 0

    def test_are_sound_unless_asked_to_be_broken(self):
        # The last entity may be cut short.
        self.assertLessEqual(self.violations(self.file("sound.nt", "--triples", "10k")), 3)
        self.assertGreater(self.violations(self.file("broken.nt", "--triples", "10k", "--faulty", "10")), 25)


class Options(unittest.TestCase):
    def test_are_refused_when_wrong(self):
        for words in ([], ["--triples", "many"], ["--triples"], ["--triples", "1", "--format", "csv"],
                      ["--triples", "1", "--faulty", "101"], ["--wrong", "1"]):
            with self.subTest(words):
                result = subprocess.run([GENERATE, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.assertEqual(result.returncode, 2)
                self.assertIn(b"generate: ", result.stderr)
                self.assertEqual(result.stdout, b"")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
