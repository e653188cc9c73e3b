"""Runs examples/reconcile.py against a service of this file, and scripts/compare-graphs on small graphs."""
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SHOW = 'https://data.example/id/work/0123456789abc'


class Service(http.server.BaseHTTPRequestHandler):
    """Knows one show; everything else is unlike anything."""

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers['Content-Length'])).decode())
        queries = json.loads(form['queries'][0])
        answer = {name: {'result': self.candidates(query)} for name, query in queries.items()}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def candidates(query):
        if query['query'] != 'Phèdre':
            return []
        return [{'id': SHOW, 'name': 'Phèdre', 'score': 100, 'match': True, 'type': [{'id': 'w', 'name': 'Work'}]}]

    def log_message(self, *_):
        pass


class Reconcile(unittest.TestCase):
    def setUp(self):
        self.server = http.server.HTTPServer(('127.0.0.1', 0), Service)
        self.service = f'http://127.0.0.1:{self.server.server_port}/reconcile'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def run_tool(self, *arguments, names=None):
        command = [sys.executable, os.path.join(ROOT, 'examples', 'reconcile.py'), *arguments]
        environment = dict(os.environ, PYTHONIOENCODING='utf-8', PYTHONUTF8='1')
        return subprocess.run(command, input=names, capture_output=True, encoding='utf-8', env=environment, check=False)

    def test_names_one_a_line(self):
        done = self.run_tool('--service', self.service, names='Phèdre\nNulle part\n')
        self.assertEqual(done.returncode, 1)
        self.assertIn(SHOW, done.stdout)
        self.assertIn('nothing like it', done.stdout)

    def test_statements_for_the_items_of_a_table(self):
        with open(self.path('shows.csv'), 'w', encoding='cp1252') as file:
            file.write('Titre;QID\nPhèdre;Q12345\n')
        done = self.run_tool(self.path('shows.csv'), '--service', self.service, '--encoding', 'cp1252', '--column', 'Titre',
                             '--item-column', 'QID', '--quickstatements', self.path('out.tsv'))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path('out.tsv'), encoding='utf-8') as file:
            self.assertEqual(file.read(), f'Q12345\tP973\t"{SHOW}"\n')

    def test_a_column_that_is_not_there(self):
        with open(self.path('shows.csv'), 'w', encoding='utf-8') as file:
            file.write('Titre\nPhèdre\n')
        done = self.run_tool(self.path('shows.csv'), '--service', self.service, '--column', 'Nom')
        self.assertEqual(done.returncode, 3)
        self.assertIn('there are: Titre', done.stderr)

    def test_no_service(self):
        done = self.run_tool('--service', 'http://127.0.0.1:1/reconcile', names='Phèdre\n')
        self.assertEqual(done.returncode, 4)
        self.assertIn('does not answer', done.stderr)


class CompareGraphs(unittest.TestCase):
    def compare(self, a, b):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ('a.nt', 'b.nt')]
            for path, text in zip(paths, (a, b)):
                with open(path, 'w', encoding='utf-8') as file:
                    file.write(text)
            command = [sys.executable, os.path.join(ROOT, 'scripts', 'compare-graphs'), *paths]
            environment = dict(os.environ, PYTHONIOENCODING='utf-8', PYTHONUTF8='1')
            return subprocess.run(command, capture_output=True, encoding='utf-8', env=environment, check=False)

    def test_names_of_blank_nodes_do_not_matter(self):
        a = '<http://e/s> <http://e/p> _:x .\n_:x <http://e/q> "caf\\u00E9" .\n'
        b = '_:b1 <http://e/q> "café" .\n<http://e/s> <http://e/p> _:b1 .\n'
        self.assertEqual(self.compare(a, b).returncode, 0)

    def test_what_differs_is_shown(self):
        done = self.compare('<http://e/s> <http://e/p> "1" .\n', '<http://e/s> <http://e/p> "2" .\n')
        self.assertEqual(done.returncode, 1)
        self.assertIn('"2"', done.stdout)

    def test_what_is_not_a_statement(self):
        done = self.compare('<http://e/s> <http://e/p> .\n', '')
        self.assertEqual(done.returncode, 3)
        self.assertIn('a.nt:1', done.stderr)


if __name__ == '__main__':
    unittest.main()
