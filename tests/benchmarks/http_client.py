"""Asks a SPARQL endpoint over one connection that stays open, adding as little time of its own as it can."""
import dataclasses
import socket
import time
import urllib.parse

PIECE = 1 << 20


class Failed(Exception):
    """The endpoint refused, broke off, or is not there; the message says which, in one line."""


class TimedOut(Failed):
    """No whole answer in time; the endpoint may still be working on it."""


class Closed(Exception):
    """The endpoint closed the connection where a status line should come."""


@dataclasses.dataclass
class Answer:
    seconds: float  # from before the first byte of the request to after the last of the answer
    size: int  # bytes of the body
    body: bytes  # empty if it went to a sink


def request_of(host, path, parameters, accept):
    """The bytes of a POST that asks for something in one of the media types of `accept`."""
    body = urllib.parse.urlencode(parameters).encode()
    head = (f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Connection:
    """One connection, opened at the first request and again after a failure."""

    def __init__(self, port, host="127.0.0.1"):
        self.host = host
        self.port = port
        self.socket = None

    def close(self):
        if self.socket:
            self.stream.close()
            self.socket.close()
            self.socket = None

    def open(self):
        if self.socket:
            return
        self.socket = socket.create_connection((self.host, self.port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = self.socket.makefile("rb", buffering=PIECE)

    def ask(self, request, timeout, sink=None):
        """The answer to the bytes of `request_of`, read to its end; `sink` gets its pieces where there is one.

        Raises Failed for any status but 200, TimedOut once `timeout` seconds have passed.
        """
        try:
            start, status, headers = self.begin(request, timeout)
            pieces = []
            size = 0
            for piece in self.pieces(headers):
                size += len(piece)
                (sink if sink and status == 200 else pieces.append)(piece)
            seconds = time.perf_counter() - start
        except TimeoutError:
            self.close()
            raise TimedOut(f"no answer within {timeout:g} s") from None
        except (OSError, ValueError, Closed) as error:
            self.close()
            raise Failed(f"broke off: {error}") from None
        if headers.get("connection", "").lower() == "close":
            self.close()
        if status != 200:
            raise Failed(f"status {status}: {' '.join(b''.join(pieces).decode(errors='replace').split())[:160]}")
        return Answer(seconds, size, b"".join(pieces))

    def begin(self, request, timeout):
        """Sends the request, and reads the head of its answer. A connection that was left open too long for the
        endpoint, while its last answer was looked at, is opened anew."""
        was_open = self.socket is not None
        try:
            self.open()
            start = time.perf_counter()
            self.deadline = start + timeout
            self.socket.settimeout(timeout)
            self.socket.sendall(request)
            self.acknowledge_at_once()
            return start, *self.head()
        except (Closed, ConnectionError):
            if not was_open:
                raise
            self.close()
            return self.begin(request, timeout)

    def acknowledge_at_once(self):
        """Else a server that waits for it before it sends more, as Virtuoso does, would lose 40 ms; not lasting."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def head(self):
        first = self.stream.readline()
        if not first:
            raise Closed("no status line")
        line = first.split()
        if len(line) < 2:
            raise ValueError("the status line is cut off")
        headers = {}
        while (header := self.stream.readline().strip()):
            name, _, value = header.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return int(line[1]), headers

    def pieces(self, headers):
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while (length := int(self.stream.readline().partition(b";")[0], 16)):
                yield self.exactly(length)
                self.stream.readline()
            self.stream.readline()
        elif "content-length" in headers:
            left = int(headers["content-length"])
            while left:
                piece = self.exactly(min(left, PIECE))
                left -= len(piece)
                yield piece
        else:
            while (piece := self.stream.read(PIECE)):
                yield piece
            self.close()

    def exactly(self, length):
        left = self.deadline - time.perf_counter()
        if left <= 0:
            raise TimeoutError
        self.socket.settimeout(left)
        self.acknowledge_at_once()
        piece = self.stream.read(length)
        if len(piece) < length:
            raise ValueError("the answer ended too soon")
        return piece
