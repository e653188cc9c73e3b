"""Runs programs and says what they took: time, memory, room on disk."""
import dataclasses
import os
import pathlib
import resource
import subprocess
import tempfile
import threading
import time


@dataclasses.dataclass
class Cost:
    seconds: float
    cpu: float  # seconds, over all threads
    rss: int  # bytes; pages of mapped files included
    anonymous: int  # bytes that only swap could take away; looked at every 20 ms
    output: str


def cpu_of_ended():
    """Seconds of processor time of all programs that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of(pid):
    """Seconds of processor time of a program that runs."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """Looks at a process's memory until told to stop."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.rss = 0
        self.anonymous = 0
        self.ended = threading.Event()

    def look(self):
        try:
            status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return
        for line in status.splitlines():
            name, _, value = line.partition(":")
            if name == "VmHWM":
                self.rss = max(self.rss, int(value.split()[0]) * 1024)
            elif name == "RssAnon":
                self.anonymous = max(self.anonymous, int(value.split()[0]) * 1024)

    def run(self):
        while not self.ended.wait(0.02):
            self.look()

    def stop(self):
        self.look()
        self.ended.set()
        self.join()


def run(words, timeout=7200, check=True, **more):
    """The cost of one program; raises RuntimeError with what it said if it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        cpu_before = cpu_of_ended()
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in words], stdout=out, stderr=err, **more)
        watch = Watch(process.pid)
        watch.start()
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise RuntimeError(f"{words[0]} took more than {timeout} s") from None
        finally:
            seconds = time.monotonic() - start
            watch.stop()
        out.seek(0)
        err.seek(0)
        output = out.read().decode(errors="replace")
        if check and code != 0:
            said = (err.read().decode(errors="replace") + output).strip()
            raise RuntimeError(f"{' '.join(map(str, words))} ended with {code}: {said[-2000:]}")
        return Cost(seconds, cpu_of_ended() - cpu_before, watch.rss, watch.anonymous, output)


def disk_bytes(folder):
    """What the files below the folder take on disk, holes not counted."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(root, name)).st_blocks * 512
            except FileNotFoundError:
                pass
    return total
