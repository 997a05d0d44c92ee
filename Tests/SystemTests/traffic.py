#!/usr/bin/env python3
"""Traffic for the system tests: a backend that knows tunnels, and clients that count failures.

traffic.py backend              answers 200, or changes to a tunnel that echoes; prints its port
traffic.py clients PORT HOST N  N connections, kept, one request after another until SIGTERM;
                                prints a JSON object: requests, failures (the first ten), routes
traffic.py tunnel PORT HOST     opens a tunnel, echoes once a tenth of a second until SIGTERM;
                                prints "open", and at the end the count of echoes, or what broke
"""
import json
import signal
import socket
import sys
import threading
import time

stopping = threading.Event()


def read_head(connection, octets=b""):
    while b"\r\n\r\n" not in octets:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError("ended within a head of %d octets" % len(octets))
        octets += more
    head, rest = octets.split(b"\r\n\r\n", 1)
    fields = {}
    for line in head.split(b"\r\n")[1:]:
        name, value = line.split(b":", 1)
        fields[name.strip().lower()] = value.strip()
    return head.split(b"\r\n")[0], fields, rest


def answer(connection):
    rest = b""
    try:
        while True:
            _, fields, rest = read_head(connection, rest)
            if b"upgrade" in fields:
                connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                                   b"Upgrade: " + fields[b"upgrade"] + b"\r\n\r\n" + rest)
                while True:
                    octets = connection.recv(65536)
                    if not octets:
                        return
                    connection.sendall(octets)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    except (ConnectionError, OSError):
        pass
    finally:
        connection.close()


def backend():
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection,), daemon=True).start()


class Tally:
    def __init__(self):
        self.lock, self.requests, self.failures, self.routes = threading.Lock(), 0, [], {}

    def count(self, route):
        with self.lock:
            self.requests += 1
            self.routes[route] = self.routes.get(route, 0) + 1

    def fail(self, what):
        with self.lock:
            self.failures.append(what)


def client(port, host, tally):
    connection, rest = None, b""
    request = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
    while not stopping.is_set():
        try:
            if connection is None:
                connection, rest = socket.create_connection(("127.0.0.1", port), timeout=10), b""
            connection.sendall(request)
            line, fields, rest = read_head(connection, rest)
            while len(rest) < int(fields[b"content-length"]):
                more = connection.recv(65536)
                if not more:
                    raise ConnectionError("ended within a body")
                rest += more
            rest = rest[int(fields[b"content-length"]):]
            if line.split(b" ")[1] != b"200":
                tally.fail(line.decode())
            tally.count(fields.get(b"commonway-route", b"").decode().split(",")[0])
            if fields.get(b"connection") == b"close":
                connection.close()
                connection = None
        except (ConnectionError, OSError, KeyError, ValueError) as error:
            tally.fail(repr(error))
            connection = None


def clients(port, host, count):
    tally = Tally()
    threads = [threading.Thread(target=client, args=(port, host, tally)) for _ in range(count)]
    for thread in threads:
        thread.start()
    print("running", flush=True)
    stopping.wait()
    for thread in threads:
        thread.join()
    print(json.dumps({"requests": tally.requests, "failures": tally.failures[:10],
                      "routes": tally.routes}), flush=True)


def tunnel(port, host):
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(b"GET / HTTP/1.1\r\nHost: " + host +
                       b"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
    line, _, rest = read_head(connection)
    if line.split(b" ")[1] != b"101" or rest:
        print("broken: %r" % line, flush=True)
        return
    print("open", flush=True)
    echoes = 0
    while not stopping.is_set():
        word = b"%08d" % echoes
        try:
            connection.sendall(word)
            got = b""
            while len(got) < len(word):
                more = connection.recv(len(word) - len(got))
                if not more:
                    raise ConnectionError("ended")
                got += more
        except (ConnectionError, OSError) as error:
            print("broken: %r after %d echoes" % (error, echoes), flush=True)
            return
        if got != word:
            print("broken: %r for %r" % (got, word), flush=True)
            return
        echoes += 1
        time.sleep(0.1)
    print("%d echoes" % echoes, flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    role = sys.argv[1]
    if role == "backend":
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        backend()
    elif role == "clients":
        clients(int(sys.argv[2]), sys.argv[3].encode(), int(sys.argv[4]))
    elif role == "tunnel":
        tunnel(int(sys.argv[2]), sys.argv[3].encode())
    else:
        sys.exit("no such role: " + role)


main()
