"""Scenograph and its peers as SPARQL endpoints over one file of N-Triples, each in a process of its own."""
import os
import pathlib
import shutil
import socket
import subprocess
import time

from http_client import Connection, Failed, request_of
from peers import GRAPH, OxigraphNpm, Virtuoso
from processes import run

STARTING = 1800  # seconds: npm's Oxigraph loads its data each time it starts


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Endpoint:
    """A server that answers at `port` and `path`; a peer's class beside this one says how it is run."""

    path = "/sparql"
    parameters = {}
    keeps_in_memory = False
    process = None
    port = None  # of HTTP

    def request(self, query, accept):
        return request_of(f"127.0.0.1:{self.port}", self.path, {"query": query, **self.parameters}, accept)

    def launch(self, words, folder):
        with open(folder / "output.txt", "ab") as log:
            self.process = subprocess.Popen([str(word) for word in words], cwd=folder, stdout=log, stderr=log)

    def wait(self):
        """Returns once the server answers."""
        question = self.request("ASK {}", "application/sparql-results+json")
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode} when it was started")
            connection = Connection(self.port)
            try:
                connection.ask(question, 10)
                return
            except Failed:
                time.sleep(0.02)
            finally:
                connection.close()
        raise RuntimeError(f"{self.name} did not answer within {STARTING} s of its start")

    def terminate(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def forget(self):
        """Drops what the system caches of the server's files, which it has closed."""
        for root, _, names in os.walk(self.files):
            for name in names:
                file = os.open(pathlib.Path(root) / name, os.O_RDONLY)
                try:
                    os.fsync(file)
                    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
                finally:
                    os.close(file)


class ScenographEndpoint(Endpoint):
    name = "Scenograph"

    def __init__(self, folder, program, timeout):
        self.folder = folder / "scenograph"
        self.files = self.folder / "store"
        self.program = program
        self.timeout = timeout

    def fill(self, data):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        run([self.program, "--data", self.files, "init", "--quiet"])
        run([self.program, "--data", self.files, "load", "--quiet", data])
        self.up()

    def up(self):
        self.port = free_port()
        self.launch([self.program, "--data", self.files, "serve", "--listen", f"127.0.0.1:{self.port}",
                     "--timeout", f"{self.timeout:g}s"], self.folder)
        self.wait()

    down = Endpoint.terminate


class VirtuosoEndpoint(Endpoint, Virtuoso):
    parameters = {"default-graph-uri": GRAPH}
    port = Virtuoso.http_port

    def __init__(self, folder):
        Virtuoso.__init__(self, folder)
        self.files = self.folder

    def fill(self, data):
        parts = self.prepare(data)
        self.load(parts)
        self.check_loaded()
        shutil.rmtree(parts)
        self.wait()

    def up(self):
        self.start()
        self.wait()

    def down(self):
        self.stop()


class OxigraphEndpoint(Endpoint, OxigraphNpm):
    keeps_in_memory = True

    def __init__(self, folder):
        OxigraphNpm.__init__(self, folder)

    def fill(self, data):
        self.install()
        self.data = data
        self.up()

    def up(self):
        self.port = free_port()
        self.launch(self.command("oxigraph_server.mjs", self.data, self.port), self.folder)
        self.wait()

    down = Endpoint.terminate
