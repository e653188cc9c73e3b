"""The other stores that the benchmark runs beside Scenograph, on the same files, in the same run."""
import json
import os
import pathlib
import shutil
import subprocess
import time

from processes import Watch, cpu_of, disk_bytes, run

HERE = pathlib.Path(__file__).resolve().parent
GRAPH = "https://data.example/graph/all"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

VIRTUOSO_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = {remap}
FileExtend = 200

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx

[Parameters]
ServerPort = {port}
LiteMode = 0
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {allowed}
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
DefaultIsolation = 2

[HTTPServer]
ServerPort = {http_port}
ServerRoot = {folder}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 3600

; No limits of rows, cost or time: none are set.
[SPARQL]
DefaultGraph = {graph}
"""


class Missing(Exception):
    """A peer that is not installed; says how to get it."""


class Virtuoso:
    """Debian's Virtuoso with its bulk loader: the file cut in four, two loaders at once, a checkpoint at the end."""

    name = "Virtuoso"
    sql_port = 18111
    http_port = 18112
    pieces = 4
    loaders = 2

    def __init__(self, folder):
        self.server = shutil.which("virtuoso-t")
        self.client = shutil.which("isql-vt")
        if not self.server or not self.client:
            raise Missing("Virtuoso is not installed: run scripts/setup --with-peers, or leave out --peers")
        self.folder = pathlib.Path(folder) / "virtuoso"

    def statements(self, text, timeout=7200):
        words = [self.client, str(self.sql_port), "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"]
        return run([*words, f"EXEC={text}"], timeout=timeout).output

    def start(self):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        buffers = memory // 3 // 8700  # its manual: 8.7 kB a buffer; two thirds are left to the system and other work
        (self.folder / "settings.ini").write_text(VIRTUOSO_SETTINGS.format(
            folder=self.folder, port=self.sql_port, buffers=buffers, dirty=buffers * 3 // 4, remap=buffers // 4,
            allowed=self.folder / "input", http_port=self.http_port, graph=GRAPH))
        # It stays a child of ours (+foreground), so that its memory can be watched and it can be stopped by its id.
        log = open(self.folder / "output.txt", "wb")
        self.process = subprocess.Popen([self.server, "+foreground", "+configfile", str(self.folder / "settings.ini")],
                                        cwd=self.folder, stdout=log, stderr=log)
        for _ in range(600):
            time.sleep(0.2)
            if self.process.poll() is not None:
                raise RuntimeError(f"Virtuoso did not start: see {self.folder}/output.txt")
            try:
                self.statements("SELECT 1;", timeout=10)
                return
            except RuntimeError:
                continue
        raise RuntimeError("Virtuoso did not answer within two minutes")

    def stop(self):
        try:
            self.statements("SHUTDOWN;", timeout=120)
        except RuntimeError:
            pass
        try:
            self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cut(self, data):
        """Cuts the file between lines; not part of the time, as a user of it would have several files."""
        parts = self.folder / "input"
        parts.mkdir()
        run(["split", "-n", f"l/{self.pieces}", "--additional-suffix=.nt", data, parts / "part-"])
        return parts

    def prepare(self, data):
        """Starts it with nothing in it; the folder with the pieces of the file."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        parts = self.cut(data)
        self.start()
        return parts

    def load(self, parts):
        self.statements(f"ld_dir('{parts}', '*.nt', '{GRAPH}');")
        run_loader = [self.client, str(self.sql_port), "dba", "dba", "EXEC=rdf_loader_run();"]
        loaders = [subprocess.Popen(run_loader, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for _ in range(self.loaders)]
        for loader in loaders:
            loader.wait()
        self.statements("checkpoint;")

    def check_loaded(self):
        failed = self.statements("SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;").strip()
        if failed:
            raise RuntimeError(f"Virtuoso's loader said: {failed[:500]}")

    def measure(self, data, triples):
        parts = self.prepare(data)
        watch = Watch(self.process.pid)
        watch.start()
        try:
            empty = disk_bytes(self.folder) - disk_bytes(parts)
            cpu = cpu_of(self.process.pid)
            start = time.monotonic()
            self.load(parts)
            seconds = time.monotonic() - start
            cpu = cpu_of(self.process.pid) - cpu
            self.check_loaded()
            disk = disk_bytes(self.folder) - disk_bytes(parts) - empty
            count = f"SPARQL SELECT (COUNT(?s) AS ?n) FROM <{GRAPH}> WHERE {{ ?s <{TYPE}> ?o }};"
            self.statements(count)
            start = time.monotonic()
            typed = int(self.statements(count).split()[-1])
            scan = time.monotonic() - start
        finally:
            watch.stop()
            self.stop()
        return {"load_rate": triples / seconds, "cpu": cpu / triples, "rss": watch.rss, "disk": disk / triples,
                "typed": typed, "scan_mquads": typed / scan / 1e6}


class OxigraphNpm:
    """Oxigraph as npm has it: WebAssembly, in memory."""

    name = "Oxigraph (npm, in memory)"

    def __init__(self, folder):
        self.node = shutil.which("node")
        if not self.node or not shutil.which("npm"):
            raise Missing("Node.js and npm are not installed: run scripts/setup --with-peers, or leave out --peers")
        self.folder = pathlib.Path(folder) / "npm"

    def install(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in (HERE / "peers").iterdir():
            shutil.copy(file, self.folder)
        run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=self.folder)

    def command(self, script, *words):
        return [self.node, "--max-old-space-size=4096", script, *map(str, words)]

    def measure(self, data, triples):
        self.install()
        cost = run(self.command("oxigraph.mjs", data), cwd=self.folder)
        result = json.loads(cost.output)
        return {"load_rate": triples / result["load_seconds"], "cpu": result["load_cpu"] / triples, "rss": cost.rss,
                "typed": result["typed"], "scan_mquads": result["typed"] / result["scan_seconds"] / 1e6,
                "lookup_terms_us": result["lookup_us"], "replacements": result["replacements"]}
