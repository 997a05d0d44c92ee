#!/usr/bin/env python3
"""Traffic for the system tests: a backend that knows tunnels, and clients that count failures.

traffic.py backend              answers 200, or changes to a tunnel that echoes; prints its port
traffic.py clients PORT HOST N [MS]
                                N connections, kept, one request after another until SIGTERM,
                                with so many milliseconds in between;
                                prints a JSON object: requests, failures (the first ten), routes
traffic.py failures PORT HOST N  N requests to each way in which the backend fails (closed unanswered,
                                reset, garbage, a body cut short, an answer before the request
                                ended); prints how often each status came for each way
traffic.py slow PORT HOST N     N connections, a third each: a head of an octet a second, a body of
                                an octet a second, a reader that does not read; prints "running",
                                and when the other side has ended all of them how many of each
                                kind there were and the seconds that the last of each kind took
traffic.py holding              prints its port, then that it was asked; answers at SIGTERM
traffic.py tunnel PORT HOST     opens a tunnel, echoes once a tenth of a second until SIGTERM;
                                prints "open", and at the end the count of echoes, or what broke
"""
import json
import signal
import socket
import struct
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


FAILING = {b"/closed": b"", b"/reset": None, b"/garbage": b"SSH-2.0-OpenSSH_9.2\r\n",
           b"/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
           b"/early": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"}


def answer(connection):
    rest = b""
    try:
        while True:
            line, fields, rest = read_head(connection, rest)
            path = line.split(b" ")[1]
            if path in FAILING:
                if FAILING[path] is None:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                          struct.pack("ii", 1, 0))
                else:
                    connection.sendall(FAILING[path])
                return
            if line.split(b" ")[1] == b"/large":
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (64 << 20))
                for _ in range(64):
                    connection.sendall(bytes(1 << 20))
                continue
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


def holding():
    """Tells of a request and answers it, and ends, when it gets SIGTERM."""
    listener = socket.create_server(("127.0.0.1", 0))
    print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
    connection, _ = listener.accept()
    read_head(connection)
    print("asked", flush=True)
    stopping.wait()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    connection.close()


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


def client(port, host, tally, pause):
    connection, rest = None, b""
    request = b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
    while not stopping.is_set():
        time.sleep(pause)
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


def clients(port, host, count, pause):
    tally = Tally()
    threads = [threading.Thread(target=client, args=(port, host, tally, pause)) for _ in range(count)]
    for thread in threads:
        thread.start()
    print("running", flush=True)
    stopping.wait()
    for thread in threads:
        thread.join()
    print(json.dumps({"requests": tally.requests, "failures": tally.failures[:10],
                      "routes": tally.routes}), flush=True)


def failures(port, host, count):
    seen = {}
    for path in FAILING:
        counts = seen[path.decode()] = {}
        head = b"POST " if path == b"/early" else b"GET "
        request = head + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n"
        request += b"Content-Length: 100000\r\n\r\nx" if path == b"/early" else b"\r\n"
        connection = None
        for _ in range(count):
            try:
                if connection is None:
                    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
                connection.sendall(request)
                line, fields, rest = read_head(connection)
                status = line.split(b" ")[1].decode()
                while len(rest) < int(fields[b"content-length"]):
                    more = connection.recv(65536)
                    if not more:
                        status += " cut"
                        break
                    rest += more
                if status.endswith("cut") or fields.get(b"connection") == b"close":
                    connection.close()
                    connection = None
            except OSError as error:
                status, connection = type(error).__name__, None
            counts[status] = counts.get(status, 0) + 1
    print(json.dumps(seen), flush=True)


HOPELESS = {"head": (b"GET / HTTP/1.1\r\nHost: %s\r\nX: ", True),
            "body": (b"POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000000\r\n\r\n", True),
            "reader": (b"GET /large HTTP/1.1\r\nHost: %s\r\n\r\n", False)}


def slow(port, host, count):
    waiting, started = {}, time.monotonic()
    kinds = list(HOPELESS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        if kind == "reader":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(HOPELESS[kind][0] % host)
        connection.setblocking(False)
        waiting[connection] = kind
    print("running", flush=True)
    ended = {kind: [0, 0] for kind in kinds}
    while waiting and not stopping.is_set():
        time.sleep(1)
        for connection, kind in list(waiting.items()):
            try:
                if HOPELESS[kind][1]:
                    connection.send(b"x")
                    over = connection.recv(65536) is not None
                else:
                    # It learns of its end, a reset, without reading.
                    over = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
            except BlockingIOError:
                over = False
            except OSError:
                over = True
            if over:
                del waiting[connection]
                connection.close()
                ended[kind][0] += 1
                ended[kind][1] = int(time.monotonic() - started)
    print(json.dumps(ended), flush=True)


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
    elif role == "holding":
        holding()
    elif role == "clients":
        pause = int(sys.argv[5]) / 1000 if len(sys.argv) > 5 else 0
        clients(int(sys.argv[2]), sys.argv[3].encode(), int(sys.argv[4]), pause)
    elif role == "failures":
        failures(int(sys.argv[2]), sys.argv[3].encode(), int(sys.argv[4]))
    elif role == "slow":
        slow(int(sys.argv[2]), sys.argv[3].encode(), int(sys.argv[4]))
    elif role == "tunnel":
        tunnel(int(sys.argv[2]), sys.argv[3].encode())
    else:
        sys.exit("no such role: " + role)


main()
