#!/usr/bin/env python3
"""Tests the connection that benchmarks ask through."""
import socket
import threading
import unittest

from http_client import Connection, Failed, request_of

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Endpoint:
    """Serves connections one after the other: to each as many answers as its number says, before it is closed."""

    def __init__(self, answers):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.accepted = 0
        threading.Thread(target=self.serve, args=[answers], daemon=True).start()

    def serve(self, answers):
        for count in answers:
            connection, _ = self.listener.accept()
            self.accepted += 1
            for _ in range(count):
                connection.recv(1 << 16)
                connection.sendall(ANSWER)
            connection.close()


class Connections(unittest.TestCase):
    def ask(self, connection):
        return connection.ask(request_of("127.0.0.1", "/sparql", {"query": "ASK {}"}, "*/*"), 5).body

    def test_one_that_was_closed_meanwhile_is_opened_anew(self):
        endpoint = Endpoint([1, 2])
        connection = Connection(endpoint.port)
        self.assertEqual([self.ask(connection) for _ in range(3)], [b"ok"] * 3)
        self.assertEqual(endpoint.accepted, 2)

    def test_one_that_is_closed_at_once_has_failed(self):
        endpoint = Endpoint([1, 0, 1])
        connection = Connection(endpoint.port)
        self.ask(connection)
        with self.assertRaises(Failed):
            self.ask(connection)
        self.assertEqual(endpoint.accepted, 2)


if __name__ == "__main__":
    unittest.main()
