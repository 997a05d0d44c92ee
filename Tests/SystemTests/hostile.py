#!/usr/bin/env python3
"""Plays hostile clients and hostile endpoints against a running gateway.

The gateway must have a route for a host, all paths, to a backend with the one endpoint
127.0.0.1:PORT, which this script itself serves. It sends raw octets as a client and answers raw
octets as the endpoint, and checks what each side got to see against the rules for messages at the
edge (RFC 9110, RFC 9112, and what the gateway refuses beyond them):

  * an ambiguous or malformed request is refused with the status and the kind that belong to it, the
    connection is closed, and the endpoint sees no request, nor what was hidden behind it;
  * what is forwarded is well formed, and is as many requests as the client sent;
  * what an endpoint answers wrongly becomes a 502, 503 or 504 or ends the client's connection, and
    what it sends beyond its answer never becomes the answer to somebody else's request.

Usage: hostile.py --gateway PORT --backend PORT [--host HOST] [--only TEXT] [--verbose]

The endpoint has to be the only one of its backend. One line is printed for each case that failed,
and how many passed at the end; the exit status is 0 only when none failed.
"""

import argparse
import re
import socket
import struct
import sys
import threading
import time

HOST = b"hostile.test"
PATIENCE = 5.0

TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
FIELD_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*\Z")
REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e]+) HTTP/1\.1\Z")


class Malformed(Exception):
    """What the endpoint got is not what a strict parser takes."""


# The endpoint


class Request:
    """A request as the endpoint read it, strictly."""

    def __init__(self, method, target, fields, body, trailers):
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.trailers = trailers

    def values(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]


def read_lines(octets, start):
    """Field lines from an offset on, and the offset behind their empty line; None: not whole."""
    lines = []
    while True:
        end = octets.find(b"\n", start)
        if end < 0:
            return None
        line = octets[start : end + 1]
        if not line.endswith(b"\r\n"):
            raise Malformed("bare LF")
        line = line[:-2]
        if b"\r" in line or b"\0" in line:
            raise Malformed("CR or NUL in a line")
        start = end + 1
        if not line:
            return lines, start
        lines.append(line)


def read_fields(lines):
    fields = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not TOKEN.match(name):
            raise Malformed("field name %r" % name)
        if not FIELD_VALUE.match(value):
            raise Malformed("field value %r" % value)
        fields.append((name, value.strip(b" \t")))
    return fields


def read_chunks(octets, start):
    body = b""
    while True:
        end = octets.find(b"\r\n", start)
        if end < 0:
            return None
        size = octets[start:end]
        if not re.match(rb"[0-9a-fA-F]{1,16}\Z", size):
            raise Malformed("chunk size %r" % size)
        count = int(size, 16)
        start = end + 2
        if count == 0:
            found = read_lines(octets, start)
            if found is None:
                return None
            return body, read_fields(found[0]), found[1]
        if len(octets) < start + count + 2:
            return None
        body += octets[start : start + count]
        if octets[start + count : start + count + 2] != b"\r\n":
            raise Malformed("chunk not ended")
        start += count + 2


def read_request(octets):
    """The first request and what is left behind it, or None when it is not whole."""
    if not octets:
        return None
    found = read_lines(octets, 0)
    if found is None:
        return None
    lines, start = found
    if not lines:
        raise Malformed("empty line before a request")
    match = REQUEST_LINE.match(lines[0])
    if not match:
        raise Malformed("request line %r" % lines[0][:80])
    fields = read_fields(lines[1:])
    names = [name.lower() for name, _ in fields]
    if names.count(b"host") != 1:
        raise Malformed("%d Host fields" % names.count(b"host"))
    lengths = names.count(b"content-length")
    codings = names.count(b"transfer-encoding")
    if lengths + codings > 1:
        raise Malformed("conflicting framing")
    body, trailers = b"", []
    for name, value in fields:
        if name.lower() == b"content-length":
            if not re.match(rb"[0-9]+\Z", value):
                raise Malformed("Content-Length %r" % value)
            end = start + int(value)
            if len(octets) < end:
                return None
            body, start = octets[start:end], end
        elif name.lower() == b"transfer-encoding":
            if value.lower() != b"chunked":
                raise Malformed("Transfer-Encoding %r" % value)
            chunks = read_chunks(octets, start)
            if chunks is None:
                return None
            body, trailers, start = chunks
    return Request(match[1], match[2], fields, body, trailers), octets[start:]


ORDINARY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def ordinary(connection, request):
    connection.send(ORDINARY)


class EndpointConnection:
    """One connection that the gateway made."""

    def __init__(self, endpoint, sock):
        self.endpoint = endpoint
        self.sock = sock
        self.octets = b""
        self.served = 0

    def send(self, octets):
        self.sock.sendall(octets)

    def close(self):
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def run(self):
        try:
            while True:
                data = self.sock.recv(65536)
                if not data:
                    break
                self.octets += data
                self.endpoint.record(data)
                while True:
                    if self.endpoint.on_octets:
                        self.endpoint.on_octets(self, self.octets)
                    found = read_request(self.octets)
                    if found is None:
                        break
                    request, self.octets = found
                    self.served += 1
                    self.endpoint.seen(request)
                    self.endpoint.answer(self, request)
        except Malformed as fault:
            self.endpoint.malformed(str(fault))
            self.close()
        except OSError:
            pass
        finally:
            self.endpoint.left(self)
            try:
                self.sock.close()
            except OSError:
                pass


class Endpoint:
    """The endpoint: records what it gets, and answers as the case in hand wants."""

    def __init__(self, port):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(512)
        self.lock = threading.Lock()
        self.connections = []
        self.reset()
        threading.Thread(target=self.accept, daemon=True).start()

    def reset(self):
        with self.lock:
            self.requests = []
            self.faults = []
            self.raw = b""
            self.answer = ordinary
            self.on_octets = None

    def accept(self):
        while True:
            sock, _ = self.listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = EndpointConnection(self, sock)
            with self.lock:
                self.connections.append(connection)
            threading.Thread(target=connection.run, daemon=True).start()

    def left(self, connection):
        with self.lock:
            if connection in self.connections:
                self.connections.remove(connection)

    def drop_all(self):
        """Closes what the gateway keeps open, so that the next request makes a connection."""
        with self.lock:
            kept = list(self.connections)
        for connection in kept:
            connection.close()
        if kept:
            time.sleep(0.01)

    def record(self, octets):
        with self.lock:
            self.raw += octets

    def seen(self, request):
        with self.lock:
            self.requests.append(request)

    def malformed(self, fault):
        with self.lock:
            self.faults.append(fault)


# The client


class Response:
    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields
        self.body = body

    def value(self, name):
        for key, value in self.fields:
            if key.lower() == name.lower():
                return value
        return None

    def values(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]


class Client:
    """A client's connection: sends raw octets, reads responses strictly."""

    def __init__(self, port, timeout=PATIENCE):
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.octets = b""
        self.ended = False
        self.was_reset = False

    def send(self, octets):
        try:
            self.sock.sendall(octets)
        except OSError:
            pass

    def more(self):
        """Reads once; False at the end of the connection."""
        try:
            data = self.sock.recv(65536)
        except socket.timeout:
            raise
        except OSError:
            self.ended = True
            self.was_reset = True
            return False
        if not data:
            self.ended = True
            return False
        self.octets += data
        return True

    def rest(self, timeout=PATIENCE):
        """Everything up to the end of the connection; raises socket.timeout without an end."""
        self.sock.settimeout(timeout)
        while self.more():
            pass
        return self.octets

    def is_open(self, wait=0.05):
        """Whether the connection stays open, with nothing more to read."""
        self.sock.settimeout(wait)
        try:
            self.more()
        except socket.timeout:
            return True
        return False

    def response(self, method=b"GET"):
        """The next response, or None when the connection ended before it was whole."""
        self.sock.settimeout(PATIENCE)
        while True:
            found = self.parse(method)
            if found:
                response, self.octets = found
                return response
            if self.ended or not self.more():
                found = self.parse(method)
                if found:
                    response, self.octets = found
                    return response
                return None

    def parse(self, method):
        found = read_lines(self.octets, 0)
        if found is None:
            return None
        lines, start = found
        match = re.match(rb"HTTP/1\.1 ([1-5][0-9][0-9]) ", lines[0])
        if not match:
            raise Malformed("status line %r" % lines[0][:60])
        fields = read_fields(lines[1:])
        response = Response(int(match[1]), fields, b"")
        if response.status < 200 or response.status in (204, 304) or method == b"HEAD":
            return response, self.octets[start:]
        lengths = response.values(b"content-length")
        codings = response.values(b"transfer-encoding")
        if len(lengths) + len(codings) > 1:
            raise Malformed("conflicting framing in a response")
        if codings:
            chunks = read_chunks(self.octets, start)
            if chunks is None:
                return None
            response.body, _, start = chunks
            return response, self.octets[start:]
        if lengths:
            end = start + int(lengths[0])
            if len(self.octets) < end:
                return None
            response.body = self.octets[start:end]
            return response, self.octets[end:]
        if not self.ended:
            return None
        response.body = self.octets[start:]
        return response, b""

    def close(self):
        self.sock.close()


# Cases

CASES = []


def case(name):
    def add(function):
        CASES.append((name, function))
        return function

    return add


class Failed(Exception):
    pass


def check(condition, words):
    if not condition:
        raise Failed(words)


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: " + HOST + b"\r\n\r\n"


def head(line=b"GET / HTTP/1.1", *lines, host=True):
    fields = ([b"Host: " + HOST] if host else []) + list(lines)
    return line + b"\r\n" + b"".join(each + b"\r\n" for each in fields) + b"\r\n"


def refused(name, octets, status=400, kind=None, body=False, hidden=True):
    """A request that has to be refused; `body`: its head is good, so it may have gone on."""

    def play(gateway, endpoint):
        client = Client(gateway)
        client.send(octets + (HIDDEN if hidden else b""))
        response = client.response()
        check(response is not None, "no answer")
        check(response.status == status, "status %d, not %d" % (response.status, status))
        error = response.value(b"Commonway-Error") or b""
        if kind:
            check(error == kind.encode(), "kind %s, not %s" % (error.decode(), kind))
        else:
            check(error, "no Commonway-Error")
        check(response.value(b"Connection") == b"close", "the answer does not say close")
        try:
            rest = client.rest(1.5)
        except socket.timeout:
            raise Failed("the connection stays open")
        check(not rest, "a second answer: %r" % rest[:60])
        client.close()
        time.sleep(0.005)
        check(not endpoint.faults, "the endpoint got %s" % endpoint.faults)
        check(not endpoint.requests, "the endpoint got a request: %r" % endpoint.raw[:80])
        check(b"hidden" not in endpoint.raw, "the endpoint saw what was hidden")
        if not body:
            check(not endpoint.raw, "the endpoint got octets: %r" % endpoint.raw[:80])

    CASES.append(("refused: " + name, play))


def forwarded(name, octets, count=1, test=None, method=b"GET"):
    """Requests that have to go on: so many of them, answered in order."""

    def play(gateway, endpoint):
        client = Client(gateway)
        client.send(octets)
        for _ in range(count):
            response = client.response(method)
            check(response is not None, "no answer")
            check(
                response.status == 200,
                "status %d %r" % (response.status, response.value(b"Commonway-Error")),
            )
        check(not client.octets, "more answers than requests: %r" % client.octets[:60])
        client.is_open(0.01)
        check(not client.octets, "more answers than requests: %r" % client.octets[:60])
        client.close()
        check(not endpoint.faults, "the endpoint got %s" % endpoint.faults)
        got = len(endpoint.requests)
        check(got == count, "the endpoint got %d requests, not %d" % (got, count))
        if test:
            test(endpoint.requests)

    CASES.append(("forwarded: " + name, play))


CL = b"Content-Length: "
TE = b"Transfer-Encoding: "
POST = b"POST / HTTP/1.1"
CHUNK = b"5\r\nhello\r\n0\r\n\r\n"


def framing_cases():
    both = "bad-request:transfer-encoding-with-content-length"
    refused("CL and TE", head(POST, CL + b"5", TE + b"chunked") + CHUNK, 400, both)
    refused("TE and CL", head(POST, TE + b"chunked", CL + b"5") + CHUNK, 400, both)
    refused("CL 0 and TE", head(POST, CL + b"0", TE + b"chunked") + CHUNK, 400, both)
    refused("TE and empty CL", head(POST, TE + b"chunked", CL.strip()) + CHUNK, 400)
    refused("TE identity and CL", head(POST, TE + b"identity", CL + b"5") + b"hello", 501)
    twice = "bad-request:repeated-content-length"
    refused("two equal CL", head(POST, CL + b"5", CL + b"5") + b"hello", 400, twice)
    refused("two CL", head(POST, CL + b"5", CL + b"0") + b"hello", 400, twice)
    refused("two CL, other case", head(POST, b"content-length: 0", CL + b"5") + b"hello", 400, twice)
    wrong = "bad-request:bad-content-length"
    for value in (b"5, 5", b"5,5", b"5, 0", b"+5", b"-5", b"-0", b"5 5", b"0x5", b"5.0", b"5;",
                  b"", b"5_0", b"\xb2", b"five", b"1e1", b"'5'", b'"5"', b"5\t5", b",5", b"5,"):
        refused("CL %r" % value, head(POST, CL + value) + b"hello", 400, wrong)
    over = "bad-request:content-length-overflow"
    for value in (b"9223372036854775808", b"18446744073709551621", b"9" * 40,
                  b"4294967301000000000000", b"1" + b"0" * 300):
        refused("CL %s" % value[:30].decode(), head(POST, CL + value) + b"hello", 400, over)
    refused("CL with VT", head(POST, CL + b"\x0b5") + b"hello", 400)
    refused("CL with NUL", head(POST, CL + b"5\0") + b"hello", 400, "bad-request:nul")
    forwarded("CL with leading zeros", head(POST, CL + b"0005") + b"hello" + HIDDEN, 2,
              lambda got: check(got[0].values(b"content-length") == [b"5"], "not written anew"))
    forwarded("CL with white space around", head(POST, CL + b" \t5 \t") + b"hello" + HIDDEN, 2)

    coding = "bad-request:bad-transfer-encoding"
    other = "not-implemented:transfer-coding"
    for value in (b"chunked, chunked", b"chunked,chunked", b",chunked", b"chunked,", b"chunked;q=1",
                  b'"chunked"', b"chun ked", b"chunked chunked", b"chunked, identity",
                  b"chunked, gzip", b"", b",", b"chunked\x80", b"[chunked]", b"chunked;"):
        refused("TE %r" % value, head(POST, TE + value) + CHUNK, 400, coding)
    for value in (b"identity", b"gzip", b"gzip, chunked", b"identity, chunked", b"xchunked",
                  b"chunkedx", b"chunke", b"cow, chunked", b"identity,chunked", b"x" * 300):
        refused("TE %s" % value[:20].decode(), head(POST, TE + value) + CHUNK, 501, other)
    for value in (b"\x0bchunked", b"chunked\x0b", b"\x0cchunked", b"chunked\x00", b"\x00chunked",
                  b"chunked\r", b"chunked\x7f", b"chu\rnked"):
        refused("TE %r" % value, head(POST, TE + value) + CHUNK, 400)
    again = "bad-request:repeated-transfer-encoding"
    refused("two TE", head(POST, TE + b"chunked", TE + b"chunked") + CHUNK, 400, again)
    refused("TE chunked, TE identity", head(POST, TE + b"chunked", TE + b"identity") + CHUNK, 400)
    refused("TE identity, TE chunked", head(POST, TE + b"identity", TE + b"chunked") + CHUNK, 501)
    refused("TE in HTTP/1.0", head(b"POST / HTTP/1.0", TE + b"chunked") + CHUNK, 400,
            "bad-request:transfer-encoding-in-http-1.0")
    refused("TE and CL in HTTP/1.0",
            head(b"POST / HTTP/1.0", CL + b"5", TE + b"chunked") + CHUNK, 400)
    refused("space before colon of TE", head(POST, b"Transfer-Encoding : chunked") + CHUNK, 400,
            "bad-request:space-before-colon")
    refused("tab before colon of TE", head(POST, b"Transfer-Encoding\t: chunked") + CHUNK, 400,
            "bad-request:space-before-colon")
    refused("space before colon of CL", head(POST, b"Content-Length : 5") + b"hello", 400,
            "bad-request:space-before-colon")
    refused("folded TE", head(POST, b"Transfer-Encoding:\r\n chunked") + CHUNK, 400)
    refused("TE folded behind its value", head(POST, b"Transfer-Encoding: chunked\r\n ") + CHUNK,
            400, "bad-request:obs-fold")
    refused("folded X before TE", head(POST, b"X: a\r\n Transfer-Encoding: chunked") + CHUNK, 400,
            "bad-request:obs-fold")
    refused("folded CL", head(POST, b"Content-Length: 5\r\n\t5") + b"hello", 400,
            "bad-request:obs-fold")
    forwarded("TE in capitals", head(POST, b"TRANSFER-ENCODING:CHUNKED") + CHUNK + HIDDEN, 2,
              lambda got: check(got[0].body == b"hello", "body %r" % got[0].body))
    forwarded("TE with tabs around", head(POST, b"Transfer-Encoding:\tchunked\t ") + CHUNK + HIDDEN,
              2, lambda got: check(got[0].body == b"hello", "body %r" % got[0].body))
    forwarded("Content_Length beside none", head(POST, b"Content_Length: 40") + HIDDEN, 2,
              lambda got: check(not got[0].values(b"content_length"), "passed on"))
    forwarded("Transfer_Encoding beside CL",
              head(POST, CL + b"5", b"Transfer_Encoding: chunked") + b"hello" + HIDDEN, 2,
              lambda got: check(not got[0].values(b"transfer_encoding"), "passed on"))
    forwarded("GET with a body", head(b"GET / HTTP/1.1", CL + b"%d" % len(HIDDEN)) + HIDDEN, 1)
    forwarded("three pipelined", head() * 3, 3)
    forwarded("three pipelined with bodies", (head(POST, CL + b"5") + b"hello") * 3, 3)
    forwarded("pipelined behind chunks", (head(POST, TE + b"chunked") + CHUNK) * 3 + head(), 4)
    forwarded("one CRLF before a request", b"\r\n" + head(), 1)
    forwarded("a CRLF behind a body", head(POST, CL + b"5") + b"hello\r\n" + head(), 2)
    refused("two CRLF before a request", b"\r\n\r\n" + head(), 400)
    refused("a CRLF pair behind a body",
            b"\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: " + HOST + b"\r\n\r\n", 400)


def chunk_cases():
    chunked = head(POST, TE + b"chunked")
    size = "bad-request:bad-chunk-size"
    for line in (b"+5", b"-5", b"0x5", b" 5", b"5 ", b"5\t", b"5_", b"_5", b"", b"g", b"5h", b"\t5",
                 b"5 ;a", b"\x005", b"5,", b"five", b"'5'", b"0X5", b"\xb25", b"5\x0b", b"\x0b5"):
        refused("chunk size %r" % line, chunked + line + b"\r\nhello\r\n0\r\n\r\n", 400, size,
                body=True)
    over = "bad-request:chunk-size-overflow"
    for line in (b"8000000000000000", b"ffffffffffffffff", b"10000000000000005",
                 b"0" * 17 + b"5", b"f" * 400, b"0" * 5000 + b"5"):
        refused("chunk size %s of %d" % (line[:4].decode(), len(line)),
                chunked + line + b"\r\nhello\r\n0\r\n\r\n", 400, over, body=True)
    forwarded("chunk size with leading zeros",
              chunked + b"0005\r\nhello\r\n000\r\n\r\n" + HIDDEN, 2,
              lambda got: check(got[0].body == b"hello", "body"))
    forwarded("chunk size in capitals", chunked + b"A\r\nhellohello\r\n0\r\n\r\n" + HIDDEN, 2,
              lambda got: check(got[0].body == b"hellohello", "body"))
    good = (b";a", b";a=b", b';a="b"', b';a="b;c\\"d"', b";a;b=c", b"; a = b", b";a=" + b"x" * 252)
    for each in good:
        forwarded("chunk extension %r" % each[:16],
                  chunked + b"5" + each + b"\r\nhello\r\n0\r\n\r\n" + HIDDEN, 2,
                  lambda got: check(got[0].body == b"hello", "body"))
    for each in (b";a\nX", b";a\n", b';a="\n"', b";\n", b'\n'):
        refused("bare LF in chunk line %r" % each,
                chunked + b"5" + each + b"\r\nhello\r\n0\r\n\r\n", 400, "bad-request:bare-lf",
                body=True)
    for each in (b";a\rX", b";a=\"\r\"", b";a\x00", b";a=\x01", b";a=b c", b";=b", b";", b";;",
                 b";a=", b";a\x7f", b';a="b', b'\rX', b"\r\r"):
        refused("chunk extension %r" % each,
                chunked + b"5" + each + b"\r\nhello\r\n0\r\n\r\n", 400, body=True)
    refused("chunk extension of 257", chunked + b"5;a=" + b"x" * 254 + b"\r\nhello\r\n0\r\n\r\n", 400,
            "bad-request:chunk-extension-too-long", body=True)
    refused("chunk extension of 64 KiB", chunked + b"5;a=" + b"x" * 65536 + b"\r\nhello\r\n0\r\n\r\n",
            400, "bad-request:chunk-extension-too-long", body=True)
    ended = "bad-request:chunk-data-not-ended"
    for each in (b"X", b"\n", b"", b"XX\r\n", b"\rX", b"\r\r\n", b" \r\n"):
        refused("chunk data then %r" % each, chunked + b"5\r\nhello" + each + b"0\r\n\r\n", 400,
                ended, body=True)
    refused("chunk longer than said", chunked + b"3\r\nhello\r\n0\r\n\r\n", 400, ended, body=True)
    refused("last chunk ends with LF", chunked + b"5\r\nhello\r\n0\n\r\n", 400,
            "bad-request:bare-lf", body=True)
    refused("trailer section ends with LF", chunked + b"5\r\nhello\r\n0\r\n\n", 400, body=True)
    for line in (b"X : y", b" X: y", b"X", b": y", b"X: a\0b", b"X: a\rb", b"X\x80: y", b"X: y\n",
                 b"X: y\r\n folded"):
        refused("trailer %r" % line, chunked + b"5\r\nhello\r\n0\r\n" + line + b"\r\n\r\n", 400,
                body=True)
    for line in (b"Content-Length: 50", b"Transfer-Encoding: chunked", b"Host: other",
                 b"Authorization: x", b"Cookie: a=b", b"Connection: close", b"X_Y: z"):
        forwarded("trailer %s is dropped" % line.decode(),
                  chunked + b"5\r\nhello\r\n0\r\n" + line + b"\r\n\r\n" + HIDDEN, 2,
                  lambda got: check(not got[0].trailers, "trailers %s" % got[0].trailers))
    forwarded("an ordinary trailer", chunked + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n" + HIDDEN, 2,
              lambda got: check(got[0].trailers == [(b"X-Sum", b"1")], "trailers"))
    refused("trailers of 9 KiB", chunked + b"0\r\nX: " + b"y" * 9216 + b"\r\n\r\n", 431, body=True)
    refused("101 trailers", chunked + b"0\r\n" + b"X: y\r\n" * 101 + b"\r\n", 431, body=True)

    def truncated(gateway, endpoint):
        client = Client(gateway)
        client.send(chunked + b"5\r\nhello\r\n")
        time.sleep(0.05)
        client.close()
        time.sleep(0.05)
        check(not endpoint.requests, "looked whole to the endpoint")

    CASES.append(("a chunked body without end", truncated))

    def short(gateway, endpoint):
        client = Client(gateway)
        client.send(head(POST, CL + b"10") + b"hello")
        time.sleep(0.05)
        client.close()
        time.sleep(0.05)
        check(not endpoint.requests, "looked whole to the endpoint")

    CASES.append(("a body shorter than its length", short))

    def drip(gateway, endpoint):
        client = Client(gateway)
        for octet in chunked + b"5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n":
            client.send(bytes([octet]))
        response = client.response()
        check(response is not None and response.status == 200, "not served")
        check(endpoint.requests[0].body == b"hello", "body")
        check(endpoint.requests[0].trailers == [(b"X-Sum", b"1")], "trailers")

    CASES.append(("a chunked request octet by octet", drip))


def line_cases():
    host = b"\r\nHost: " + HOST + b"\r\n\r\n"
    lf = "bad-request:bare-lf"
    refused("bare LF behind the request line",
            b"GET / HTTP/1.1\nHost: " + HOST + b"\r\n\r\n", 400, lf)
    refused("bare LF behind a field", b"GET / HTTP/1.1\r\nHost: " + HOST + b"\n\r\n", 400, lf)
    refused("bare LF as the empty line", b"GET / HTTP/1.1\r\nHost: " + HOST + b"\r\n\n", 400)
    refused("LF everywhere", b"GET / HTTP/1.1\nHost: " + HOST + b"\n\n", 400, lf)
    refused("LF in a name", head(b"GET / HTTP/1.1", b"X\nY: z"), 400, lf)
    refused("LF before a request", b"\n" + head(), 400)
    cr = "bad-request:bare-cr"
    refused("bare CR in a value", head(b"GET / HTTP/1.1", b"X: a\rb"), 400, cr)
    refused("bare CR behind the request line", b"GET / HTTP/1.1\rX" + host, 400)
    refused("CR CR LF", b"GET / HTTP/1.1\r\r\nHost: " + HOST + b"\r\n\r\n", 400)
    refused("CR CR LF behind a field", b"GET / HTTP/1.1\r\nHost: " + HOST + b"\r\r\n\r\n", 400, cr)
    refused("bare CR before a request", b"\rGET / HTTP/1.1" + host, 400)
    refused("NUL in a value", head(b"GET / HTTP/1.1", b"X: a\0b"), 400, "bad-request:nul")
    refused("NUL in a name", head(b"GET / HTTP/1.1", b"X\0: b"), 400, "bad-request:nul")
    refused("NUL in the target", head(b"GET /\0 HTTP/1.1"), 400, "bad-request:nul")
    refused("NUL before a request", b"\0" + head(), 400)
    for octet in (1, 8, 11, 12, 27, 127):
        refused("octet %#x in a value" % octet, head(b"GET / HTTP/1.1", b"X: a%cb" % octet), 400,
                "bad-request:control-octet")
        refused("octet %#x in the target" % octet, head(b"GET /a%cb HTTP/1.1" % octet), 400,
                "bad-request:control-octet")
    refused("white space before the first field", b"GET / HTTP/1.1\r\n Host: " + HOST + b"\r\n\r\n",
            400, "bad-request:space-before-first-field")
    refused("tab before the first field", b"GET / HTTP/1.1\r\n\tX: y\r\nHost: " + HOST + b"\r\n\r\n",
            400, "bad-request:space-before-first-field")
    refused("obs-fold", head(b"GET / HTTP/1.1", b"X: a\r\n b"), 400, "bad-request:obs-fold")
    refused("empty name", head(b"GET / HTTP/1.1", b": x"), 400, "bad-request:empty-field-name")
    refused("no colon", head(b"GET / HTTP/1.1", b"nocolon"), 400, "bad-request:missing-colon")
    for octet in b'"(),/;<=>?@[\\]{}\x80\xff':
        refused("octet %#x in a name" % octet, head(b"GET / HTTP/1.1", b"X%cY: z" % octet), 400,
                "bad-request:bad-field-name")
    for octet in b'"(),/:;<=>?@[\\]{}\x80\xff':
        refused("octet %#x in the method" % octet, head(b"G%cT / HTTP/1.1" % octet), 400,
                "bad-request:bad-method")
    refused("no method", b" / HTTP/1.1" + host, 400)
    refused("two spaces", b"GET  / HTTP/1.1" + host, 400, "bad-request:extra-space")
    refused("two spaces before the version", b"GET /  HTTP/1.1" + host, 400)
    refused("space behind the version", b"GET / HTTP/1.1 " + host, 400, "bad-request:extra-space")
    refused("tab between the parts", b"GET\t/\tHTTP/1.1" + host, 400)
    refused("space in the target", b"GET /a b HTTP/1.1" + host, 400)
    refused("HTTP/0.9", b"GET /\r\n", 400, "bad-request:incomplete-request-line", hidden=False)
    refused("method alone", b"GET\r\n\r\n", 400)
    for version in (b"HTTP/1.2", b"HTTP/1.9", b"HTTP/1.", b"HTTP/1", b"http/1.1", b"HTTP/1.1.1",
                    b"HTTP/11", b"HTTP/1.10", b"HTTP/01.1", b"HTP/1.1", b"HTTP 1.1", b"HTTP/1,1",
                    b"HTTP/-1.1", b"HTTP/1.1\x00", b"HTTP/1.1x", b"Http/1.1", b"HTTP/1.\xb9"):
        refused("version %r" % version, b"GET / " + version + host, 400)
    for version in (b"HTTP/2.0", b"HTTP/0.9", b"HTTP/3.0", b"HTTP/9.9"):
        refused("version %s" % version.decode(), b"GET / " + version + host, 505,
                "version-not-supported:unsupported-version")
    refused("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, hidden=False)
    refused("a TLS greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 60 + b"\n",
            400, hidden=False)
    refused("garbage", bytes(range(255, -1, -1)) + b"\r\n\r\n", 400, hidden=False)
    refused("CONNECT", head(b"CONNECT %s:443 HTTP/1.1" % HOST), 405,
            "method-not-allowed:connect")
    refused("asterisk for GET", head(b"GET * HTTP/1.1"), 400, "bad-request:asterisk-form")
    refused("asterisk and more", head(b"OPTIONS *x HTTP/1.1"), 400)
    refused("authority form", head(b"GET %s:80 HTTP/1.1" % HOST), 400)
    refused("no leading slash", head(b"GET path HTTP/1.1"), 400)
    refused("a fragment", head(b"GET /#x HTTP/1.1"), 400, "bad-request:fragment")
    refused("a fragment in a query", head(b"GET /?a#x HTTP/1.1"), 400, "bad-request:fragment")
    refused("userinfo", head(b"GET http://u:p@%s/ HTTP/1.1" % HOST), 400, "bad-request:userinfo")
    refused("another scheme", head(b"GET ftp://%s/ HTTP/1.1" % HOST), 400)
    refused("file scheme", head(b"GET file:///etc/passwd HTTP/1.1"), 400)
    refused("no authority", head(b"GET http:///x HTTP/1.1"), 400)
    refused("one slash behind the scheme", head(b"GET http:/x HTTP/1.1"), 400)
    refused("target over 8 KiB", head(b"GET /" + b"a" * 8300 + b" HTTP/1.1"), 414,
            "uri-too-long:request-line")
    refused("method over 8 KiB", head(b"G" * 8300 + b" / HTTP/1.1"), 414)
    refused("head over 32 KiB", head(b"GET / HTTP/1.1", *[b"X: " + b"y" * 4000] * 9), 431,
            "head-too-large:head")
    refused("one field over 32 KiB", head(b"GET / HTTP/1.1", b"X: " + b"y" * 40000), 431,
            "head-too-large:head")
    refused("one name over 32 KiB", head(b"GET / HTTP/1.1", b"X" * 40000 + b": y"), 431,
            "head-too-large:head")
    refused("101 fields", head(b"GET / HTTP/1.1", *[b"X: y"] * 100), 431, "head-too-large:fields")
    forwarded("100 fields", head(b"GET / HTTP/1.1", *[b"X: y"] * 99), 1)
    forwarded("a head of 31 KiB", head(b"GET / HTTP/1.1", *[b"X: " + b"y" * 4000] * 7), 1)
    forwarded("a target of 8,000", head(b"GET /" + b"a" * 8000 + b" HTTP/1.1"), 1)
    forwarded("octets above 0x7f in a value", head(b"GET / HTTP/1.1", b"X: \xff\x80\xc3\xa9"), 1,
              lambda got: check(got[0].values(b"x") == [b"\xff\x80\xc3\xa9"], "changed"))


def host_cases():
    line = b"GET / HTTP/1.1"
    refused("no Host", head(line, host=False), 400, "bad-request:missing-host")
    twice = "bad-request:repeated-host"
    refused("two Hosts", head(line, b"Host: " + HOST), 400, twice)
    refused("two Hosts, one other", head(line, b"host: other.test"), 400, twice)
    refused("two Hosts in HTTP/1.0", head(b"GET / HTTP/1.0", b"Host: " + HOST), 400, twice)
    for value in (b"", b"a b", b"u@" + HOST, b"u:p@" + HOST, HOST + b":", HOST + b":x",
                  HOST + b":80:80", HOST + b":99999", HOST + b":-1", b":80", b"[::1", b"[::g]",
                  b"[]", b"::1", HOST + b"/x", HOST + b"?x", HOST + b"#x", b"http://" + HOST,
                  b"a\\b", b"a%zzb", b"a%2", b"\xc3\xa9.test", b"a<b", b'"a"', b"[::1]x",
                  b"[1:2:3:4:5:6:7:8:9]", b"[::1%25eth0]", b"[127.0.0.1]", b"a\tb", b"a|b", b"a^b"):
        if value == HOST + b":":
            continue
        refused("Host %r" % value, head(line, b"Host: " + value, host=False), 400,
                "bad-request:bad-host")
    refused("space before colon of Host", head(line, b"Host : " + HOST, host=False), 400)
    forwarded("Host with port", head(line, b"Host: " + HOST + b":8080", host=False), 1,
              lambda got: check(got[0].values(b"host") == [HOST + b":8080"], "changed"))
    forwarded("Host in capitals", head(line, b"HOST:" + HOST.upper(), host=False), 1)
    forwarded("absolute form replaces Host",
              head(b"GET http://%s/x?y HTTP/1.1" % HOST, b"Host: other.test", host=False), 1,
              lambda got: check(got[0].values(b"host") == [HOST] and got[0].target == b"/x?y",
                                "Host %s target %r" % (got[0].values(b"host"), got[0].target)))
    forwarded("absolute form without path", head(b"GET HTTP://%s?y HTTP/1.1" % HOST), 1,
              lambda got: check(got[0].target == b"/?y", "target %r" % got[0].target))
    refused("absolute form with bad Host",
            head(b"GET http://%s/ HTTP/1.1" % HOST, b"Host: a b", host=False), 400)
    refused("absolute form without Host", head(b"GET http://%s/ HTTP/1.1" % HOST, host=False), 400)

    def misdirected(gateway, endpoint):
        client = Client(gateway)
        client.send(head(b"GET https://%s/ HTTP/1.1" % HOST))
        response = client.response()
        check(response is not None and response.status == 421, "not 421")
        check(not endpoint.raw, "forwarded")

    CASES.append(("https on a plain listener", misdirected))


def hop_cases():
    line = b"GET / HTTP/1.1"
    named = "bad-request:connection-names-protected-field"
    for name in (b"Host", b"Content-Length", b"Transfer-Encoding", b"Authorization", b"Cookie",
                 b"hOST", b"close, Cookie", b"x,host", b"keep-alive , content-length"):
        refused("Connection: %s" % name.decode(), head(line, b"Connection: " + name), 400, named)
    refused("Connection with a bad octet", head(line, b"Connection: clo\xc3\xa9"), 400,
            "bad-request:bad-connection")
    refused("Connection naming 17 fields",
            head(line, b"Connection: " + b",".join(b"x%d" % n for n in range(17))), 400)

    def gone(*names):
        def test(got):
            for name in names:
                check(not got[0].values(name), "%s passed on" % name.decode())
        return test

    forwarded("what Connection names goes",
              head(line, b"X-Secret: 1", b"Connection: keep-alive, x-secret", b"X-secret: 2"), 1,
              gone(b"x-secret", b"connection"))
    forwarded("hop-by-hop fields go",
              head(line, b"Keep-Alive: 5", b"Proxy-Connection: keep-alive", b"TE: gzip",
                   b"Upgrade: h2c", b"Proxy-Authorization: x", b"Proxy-Authenticate: y",
                   b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                   b"Connection: Upgrade, HTTP2-Settings"), 1,
              gone(b"keep-alive", b"proxy-connection", b"te", b"upgrade", b"proxy-authorization",
                   b"proxy-authenticate", b"http2-settings", b"connection"))
    for wish in (b"h2c", b"h2", b"TLS/1.3", b"HTTP/2.0", b"websocket, h2c", b"H2C", b"http/1.1"):
        forwarded("Upgrade: %s does not go on" % wish.decode(),
                  head(line, b"Upgrade: " + wish, b"Connection: Upgrade"), 1,
                  gone(b"upgrade", b"connection"))
    forwarded("Upgrade without Connection", head(line, b"Upgrade: websocket"), 1, gone(b"upgrade"))

    def once(name, expected):
        def test(got):
            values = got[0].values(name)
            check(values == [expected], "%s is %s" % (name.decode(), values))
        return test

    forwarded("X-Forwarded-For is overwritten",
              head(line, b"X-Forwarded-For: 6.6.6.6", b"x-forwarded-for: 7.7.7.7"), 1,
              once(b"x-forwarded-for", b"127.0.0.1"))
    forwarded("X-Forwarded-Proto is overwritten", head(line, b"X-Forwarded-Proto: https"), 1,
              once(b"x-forwarded-proto", b"http"))
    forwarded("X-Forwarded-Host is overwritten", head(line, b"X-Forwarded-Host: evil"), 1,
              once(b"x-forwarded-host", HOST))
    forwarded("X-Forwarded-For named by Connection", head(line, b"Connection: X-Forwarded-For"), 1,
              once(b"x-forwarded-for", b"127.0.0.1"))
    forwarded("X_Forwarded_For is dropped", head(line, b"X_Forwarded_For: 6.6.6.6"), 1,
              gone(b"x_forwarded_for"))
    forwarded("TE: trailers is kept", head(line, b"TE: trailers, deflate", b"Connection: TE"), 1,
              lambda got: check(got[0].values(b"te") == [b"trailers"]
                                and got[0].values(b"connection") == [b"TE"], "not so"))
    forwarded("Via is appended", head(line, b"Via: 1.1 a"), 1,
              lambda got: check(b", ".join(got[0].values(b"via")).startswith(b"1.1 a, 1.1 "), "Via"))
    forwarded("HTTP/1.0", head(b"GET / HTTP/1.0", b"Upgrade: websocket", b"Connection: upgrade"), 1,
              gone(b"upgrade", b"connection"))

    def old_close(gateway, endpoint):
        client = Client(gateway)
        client.send(head(b"GET / HTTP/1.0") + HIDDEN)
        check(client.response().status == 200, "status")
        check(not client.rest(2), "a second answer on an HTTP/1.0 connection")
        check(len(endpoint.requests) == 1, "the endpoint got what was hidden")

    CASES.append(("HTTP/1.0 is closed behind one answer", old_close))

    def star(gateway, endpoint):
        client = Client(gateway)
        client.send(head(b"OPTIONS * HTTP/1.1") + head(b"TRACE / HTTP/1.1"))
        check(client.response().status == 204, "OPTIONS *")
        response = client.response()
        check(response.status == 405 and response.value(b"Allow"), "TRACE")
        check(not endpoint.raw, "forwarded")

    CASES.append(("OPTIONS * and TRACE are answered here", star))

    def max_forwards(gateway, endpoint):
        client = Client(gateway)
        client.send(head(b"OPTIONS / HTTP/1.1", b"Max-Forwards: 0"))
        check(client.response().status == 204, "not answered here")
        client.send(head(b"OPTIONS / HTTP/1.1", b"Max-Forwards: 5"))
        check(client.response().status == 200, "not forwarded")
        check(endpoint.requests[0].values(b"max-forwards") == [b"4"], "not one less")

    CASES.append(("Max-Forwards", max_forwards))


def path_cases():
    for path in (b"/..%2f", b"/a/..%2fb", b"/%2e%2e/x", b"/.%2e/x", b"/%2E./x", b"/%2e/x", b"/%2e",
                 b"/x/%2e%2e", b"/a%2f..", b"/a%2F../b", b"/a%5c..", b"/a%5C..%5cb", b"/..%5cx",
                 b"/.%5c", b"/a/%2e%2e%2fb", b"/%2f..", b"/a%2f.%2fb", b"/a%2f%2e%2e%2fb"):
        refused("path %s" % path.decode(), head(b"GET " + path + b" HTTP/1.1"), 400,
                "bad-request:escaped-dot-segment")
    refused("path with %00", head(b"GET /a%00b HTTP/1.1"), 400, "bad-request:escaped-nul")
    for path in (b"/%", b"/%2", b"/%zz", b"/%u0041", b"/a%g0", b"/%%32%65", b"/%-1"):
        refused("path %s" % path.decode(), head(b"GET " + path + b" HTTP/1.1"), 400,
                "bad-request:bad-escape")
    for octet in b'\\"<>^`{}\x80\xff':
        refused("octet %#x in the path" % octet, head(b"GET /a%cb HTTP/1.1" % octet), 400,
                "bad-request:bad-target")
    for octet in b"\x80\xff":
        refused("octet %#x in the query" % octet, head(b"GET /?a%cb HTTP/1.1" % octet), 400,
                "bad-request:bad-target")
    for path, form in (
        (b"/a/../b", b"/b"), (b"/a/./b", b"/a/b"), (b"/../../x", b"/x"), (b"/a/..", b"/"),
        (b"/a/b/..", b"/a/"), (b"/.", b"/"), (b"/..", b"/"), (b"/a//b", b"/a//b"),
        (b"//a", b"//a"), (b"/a//../b", b"/a/b"), (b"/%41%7e%2d", b"/A~-"), (b"/%2f", b"/%2F"),
        (b"/a%2fb", b"/a%2Fb"), (b"/%252e%252e/x", b"/%252e%252e/x"), (b"/%c3%a9", b"/%C3%A9"),
        (b"/a;b=c/d", b"/a;b=c/d"), (b"/a%3Bb", b"/a%3Bb"), (b"/...", b"/..."), (b"/a/.../b", b"/a/.../b"),
        (b"/%2e%2e%2e", b"/..."), (b"/a%2e", b"/a."), (b"/.a", b"/.a"), (b"/a..", b"/a.."),
        (b"/[a]|b", b"/[a]|b"), (b"/a%5cb", b"/a%5Cb"), (b"/a?../b", b"/a?../b"),
        (b"/a?%2e%2e%2f&x=%zz", b"/a?%2e%2e%2f&x=%zz"), (b"/??a?", b"/??a?"), (b"/?", b"/?"),
        (b"/a?\"<>\\^`{|}", b"/a?\"<>\\^`{|}"), (b"/%25%32%65", b"/%252e"), (b"/%0d%0aX:y", b"/%0D%0AX:y"),
        (b"/a/..//b", b"//b"), (b"/%09%20", b"/%09%20"), (b"/%C0%AE%C0%AE/", b"/%C0%AE%C0%AE/"),
    ):
        def same(got, form=form):
            check(got[0].target == form, "went on as %r, not %r" % (got[0].target, form))
        forwarded("path %s" % path.decode(), head(b"GET " + path + b" HTTP/1.1"), 1, same)


# Hostile endpoints


def once(octets, then=None):
    """Answers with octets, then perhaps closes or resets."""

    def answer(connection, request):
        connection.send(octets)
        if then == "close":
            connection.close()
        elif then == "reset":
            time.sleep(0.02)
            connection.reset()

    return answer


def bad_answer(name, octets, status=502, kind=None, then=None, request=None, method=b"GET"):
    """An endpoint's answer that the client must not see."""

    def play(gateway, endpoint):
        endpoint.answer = once(octets, then)
        client = Client(gateway)
        client.send(request or head(b"%s / HTTP/1.1" % method))
        response = client.response(method)
        while response is not None and response.status < 200:
            response = client.response(method)
        check(response is not None, "no answer")
        check(response.status == status,
              "status %d, not %d, %r" % (response.status, status, response.value(b"Commonway-Error")))
        error = response.value(b"Commonway-Error") or b""
        check(not kind or error == kind.encode(), "kind %s, not %s" % (error.decode(), kind))
        check(b"evil" not in response.body, "the endpoint's octets in the answer")
        client.close()
        calm(gateway, endpoint)

    CASES.append(("endpoint: " + name, play))


def calm(gateway, endpoint):
    """After a hostile answer the next clients get their own answers."""
    endpoint.answer = lambda connection, request: connection.send(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        % (len(request.target), request.target))
    for number in range(3):
        target = b"/calm%d" % number
        client = Client(gateway)
        client.send(head(b"GET " + target + b" HTTP/1.1"))
        response = client.response()
        check(response is not None and response.status == 200,
              "the next request gets %s" % (response and response.status))
        check(response.body == target, "the next request gets %r" % response.body[:60])
        client.close()


def cut_answer(name, octets, then="close", request=None):
    """An answer whose body ends early: the client must be able to tell."""

    def play(gateway, endpoint):
        endpoint.answer = once(octets, then)
        client = Client(gateway)
        client.send(request or head())
        try:
            response = client.response()
        except Malformed as fault:
            raise Failed("the client got %s" % fault)
        check(client.ended, "the client's connection stays open")
        if request:
            # HTTP/1.0: only a reset tells.
            check(client.was_reset, "ended as if whole")
        else:
            check(response is None, "looked whole: %r" % (response and response.body))
        client.close()
        calm(gateway, endpoint)

    CASES.append(("endpoint: " + name, play))


EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


def poison(name, octets, method=b"GET", keeps=True, pause=0.0):
    """Octets behind a whole answer must never answer the next request."""

    def play(gateway, endpoint):
        endpoint.drop_all()
        first = threading.Event()

        def answer(connection, request):
            if not first.is_set():
                first.set()
                connection.send(octets)
                return
            body = request.target
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

        endpoint.answer = answer
        client = Client(gateway)
        client.send(head(b"%s /first HTTP/1.1" % method))
        response = client.response(method)
        check(response is not None, "no answer")
        check(not client.octets, "the client got more than its answer: %r" % client.octets[:60])
        if pause:
            time.sleep(pause)
        for number in range(4):
            target = b"/next%d" % number
            other = Client(gateway)
            other.send(head(b"GET " + target + b" HTTP/1.1"))
            response = other.response()
            check(response is not None, "a later client got no answer")
            check(response.status == 200 and response.body == target,
                  "a later client got %d %r" % (response.status, response.body[:60]))
            other.close()
        client.send(head(b"GET /same HTTP/1.1"))
        response = client.response()
        check(response is not None and response.body == b"/same",
              "the same client got %r" % (response and response.body))
        client.close()
        endpoint.drop_all()

    CASES.append(("poison: " + name, play))


def fill(total, method=b"GET", chunked=False):
    """An answer of exactly so many octets, head and body."""
    if method == b"HEAD":
        start, end = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX: ", b"\r\n\r\n"
        return start + b"x" * (total - len(start) - len(end)) + end
    if chunked:
        start = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        size = total - len(start) - len(b"0000\r\n\r\n0\r\n\r\n")
        return start + b"%04x\r\n" % size + b"y" * size + b"\r\n0\r\n\r\n"
    start = b"HTTP/1.1 200 OK\r\nContent-Length: %05d\r\n\r\n"
    size = total - len(start % 0)
    return start % size + b"y" * size


def endpoint_cases():
    line = b"HTTP/1.1 200 OK\r\n"
    for name, octets in (
        ("garbage", b"\x00\xff\x13garbage evil\r\n\r\n"),
        ("an answer without head", b"<html>evil</html>\n"),
        ("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n"),
        ("status of two digits", b"HTTP/1.1 20 OK\r\n\r\n"),
        ("status of four digits", b"HTTP/1.1 2000 OK\r\n\r\n"),
        ("status 099", b"HTTP/1.1 099 OK\r\n\r\n"),
        ("status 600", b"HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n"),
        ("status in letters", b"HTTP/1.1 abc OK\r\n\r\n"),
        ("a sign in the status", b"HTTP/1.1 +20 OK\r\n\r\n"),
        ("HTTP/2.0", b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ("HTTP/0.9", b"HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ("HTTP/1.2", b"HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ("ICY", b"ICY 200 OK\r\n\r\nevil"),
        ("lower case", b"http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ("two spaces", b"HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n"),
        ("CRLF before the status line", b"\r\n" + line + b"Content-Length: 0\r\n\r\n"),
        ("LF line ends", b"HTTP/1.1 200 OK\nContent-Length: 4\n\nevil"),
        ("LF in a head", line + b"X: y\nSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n"),
        ("CR in a value", line + b"X: y\rz\r\nContent-Length: 0\r\n\r\n"),
        ("CR in the reason", b"HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n"),
        ("NUL in a value", line + b"X: y\0z\r\nContent-Length: 0\r\n\r\n"),
        ("NUL in the reason", b"HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n"),
        ("obs-fold", line + b"X: y\r\n z\r\nContent-Length: 0\r\n\r\n"),
        ("space before colon", line + b"Content-Length : 0\r\n\r\n"),
        ("space before the first field", line + b" X: y\r\nContent-Length: 0\r\n\r\n"),
        ("empty name", line + b": y\r\nContent-Length: 0\r\n\r\n"),
        ("no colon", line + b"nocolon\r\nContent-Length: 0\r\n\r\n"),
        ("bad name", line + b"X Y: z\r\nContent-Length: 0\r\n\r\n"),
        ("CL and TE", line + CL + b"4\r\n" + TE + b"chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("TE and CL", line + TE + b"chunked\r\n" + CL + b"4\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("two CL", line + CL + b"4\r\n" + CL + b"5\r\n\r\nevil"),
        ("two equal CL", line + CL + b"4\r\n" + CL + b"4\r\n\r\nevil"),
        ("CL list", line + CL + b"4, 4\r\n\r\nevil"),
        ("CL with sign", line + CL + b"+4\r\n\r\nevil"),
        ("CL negative", line + CL + b"-1\r\n\r\nevil"),
        ("CL empty", line + CL + b"\r\n\r\nevil"),
        ("CL overflow", line + CL + b"9223372036854775808\r\n\r\nevil"),
        ("TE gzip", line + TE + b"gzip\r\n\r\nevil"),
        ("TE gzip, chunked", line + TE + b"gzip, chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("TE chunked, chunked", line + TE + b"chunked, chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("TE twice", line + (TE + b"chunked\r\n") * 2 + b"\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("TE identity", line + TE + b"identity\r\n\r\nevil"),
        ("TE in HTTP/1.0", b"HTTP/1.0 200 OK\r\n" + TE + b"chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"),
        ("a head over 64 KiB", line + b"X: %s\r\n" % (b"y" * 8000) * 9 + CL + b"0\r\n\r\n"),
        ("one value over 64 KiB", line + b"X: " + b"y" * 70000 + b"\r\n\r\n"),
        ("a status line without end", b"HTTP/1.1 200 " + b"y" * 70000 + b"\r\n\r\n"),
        ("101 fields", line + b"X: y\r\n" * 101 + CL + b"0\r\n\r\n"),
        ("101 unasked", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        b"Connection: Upgrade\r\n\r\nevil"),
        ("nine 1xx", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 9 + EVIL),
        ("1xx without end", b"HTTP/1.1 102 Processing\r\n\r\n" * 50),
    ):
        bad_answer(name, octets)
    bad_answer("closes in its head", line + b"X: y\r\n", 502, then="close")
    bad_answer("closes in its status line", b"HTTP/1", 502, then="close")
    bad_answer("resets in its head", line + b"X: y\r\n", 502, then="reset")
    bad_answer("closes behind a 1xx", b"HTTP/1.1 103 Early Hints\r\n\r\n", 502, then="close")
    bad_answer("closes without an answer", b"", 503, then="close")
    bad_answer("resets without an answer", b"", 503, then="reset")
    bad_answer("101 without Upgrade", b"HTTP/1.1 101 Switching Protocols\r\n\r\nevil", 502,
               request=head(b"GET / HTTP/1.1", b"Upgrade: websocket", b"Connection: Upgrade"))

    cut_answer("body shorter than CL", line + CL + b"10\r\n\r\nhello")
    cut_answer("body shorter than CL, reset", line + CL + b"10\r\n\r\nhello", "reset")
    chunked = line + TE + b"chunked\r\n\r\n"
    cut_answer("chunks without end", chunked + b"5\r\nhello\r\n")
    cut_answer("chunks without end, reset", chunked + b"5\r\nhello\r\n", "reset")
    cut_answer("a chunk cut short", chunked + b"5\r\nhel")
    cut_answer("last chunk without end", chunked + b"5\r\nhello\r\n0\r\n")
    cut_answer("trailers cut short", chunked + b"5\r\nhello\r\n0\r\nX: y\r\n")
    for name, octets in (("+5", b"+5\r\nhello\r\n0\r\n\r\n"), ("0x5", b"0x5\r\nhello\r\n0\r\n\r\n"),
                         ("overflow", b"ffffffffffffffff5\r\nhello\r\n0\r\n\r\n"),
                         ("not ended", b"5\r\nhelloX0\r\n\r\n"), ("LF", b"5\nhello\n0\n\n"),
                         ("bad trailer", b"5\r\nhello\r\n0\r\nX : y\r\n\r\n"),
                         ("extension", b"5;" + b"x" * 300 + b"\r\nhello\r\n0\r\n\r\n"),
                         ("space", b"5 \r\nhello\r\n0\r\n\r\n"),
                         ("second chunk bad", b"5\r\nhello\r\nzz\r\nevil\r\n0\r\n\r\n")):
        cut_answer("chunk coding, %s" % name, chunked + octets, None)
    old = head(b"GET / HTTP/1.0")
    cut_answer("chunks cut for HTTP/1.0", chunked + b"5\r\nhello\r\n", "close", old)
    cut_answer("a bad chunk for HTTP/1.0", chunked + b"5\r\nhello\r\nzz\r\n", None, old)
    cut_answer("no length, then reset", line + b"\r\nhello", "reset")
    cut_answer("no length, then reset, HTTP/1.0", line + b"\r\nhello", "reset", old)

    # Octets behind a whole answer. A reader whose buffer an answer fills exactly must not
    # forget that more may wait behind it: sizes around the usual ones are tried.
    whole = line + CL + b"2\r\n\r\nok"
    poison("a second answer", whole + EVIL)
    poison("a second answer, seen before the next", whole + EVIL, pause=0.03)
    poison("behind chunks", chunked + b"2\r\nok\r\n0\r\n\r\n" + EVIL)
    poison("behind 204", b"HTTP/1.1 204 No Content\r\n\r\n" + EVIL)
    poison("behind 304", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n" + EVIL)
    poison("204 with a length and a body", b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nevil")
    poison("HEAD with a body", whole[:-2] + EVIL, b"HEAD")
    poison("HEAD with chunks", chunked + b"4\r\nevil\r\n0\r\n\r\n" + EVIL, b"HEAD")
    for size in (1024, 2048, 4096, 8192, 16384, 32768, 65536, 73728, 8192 + 73728):
        poison("behind %d octets" % size, fill(size) + EVIL)
        if size <= 65000:
            poison("behind %d octets in chunks" % size, fill(size, chunked=True) + EVIL)
        if size <= 65000:
            poison("HEAD, behind %d octets" % size, fill(size, b"HEAD") + EVIL, b"HEAD")

    def exact(name, octets, method, test, line=b"GET / HTTP/1.1", lines=()):
        def play(gateway, endpoint):
            endpoint.answer = once(octets, "close" if b"\r\nend" in octets else None)
            client = Client(gateway)
            client.send(head(line, *lines))
            responses = []
            while True:
                response = client.response(method)
                check(response is not None, "no answer")
                responses.append(response)
                if response.status >= 200:
                    break
            test(client, responses)
            client.close()
            calm(gateway, endpoint)
        CASES.append(("endpoint: " + name, play))

    def statuses(*expected):
        def test(client, responses):
            got = tuple(response.status for response in responses)
            check(got == expected, "got %s, not %s" % (got, expected))
        return test

    exact("eight 1xx", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 8 + ORDINARY, b"GET",
          statuses(*[103] * 8, 200))
    exact("1xx for HTTP/1.0", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3 + ORDINARY, b"GET",
          statuses(200), b"GET / HTTP/1.0")
    exact("100 with a length", b"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n" + ORDINARY,
          b"GET", lambda client, got: check(
              [each.status for each in got] == [100, 200]
              and got[0].value(b"content-length") is None, "got %s" % [x.status for x in got]))
    exact("204 with a length", b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", b"GET",
          lambda client, got: check(got[0].value(b"content-length") is None, "has a length"))
    exact("HEAD with a length", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", b"HEAD",
          lambda client, got: check(got[0].value(b"content-length") == b"500" and client.is_open(),
                                    "not so"), b"HEAD / HTTP/1.1")
    exact("hop-by-hop fields of a response",
          b"HTTP/1.1 200 OK\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: 5\r\n"
          b"Proxy-Authenticate: x\r\nUpgrade: h2c\r\nTE: x\r\nContent-Length: 2\r\n\r\nok", b"GET",
          lambda client, got: check(not any(
              got[0].value(name) for name in (b"x-private", b"keep-alive", b"proxy-authenticate",
                                              b"upgrade", b"te", b"connection")), "passed on"))
    exact("no length, then an end", b"HTTP/1.1 200 OK\r\n\r\nend", b"GET",
          lambda client, got: check(got[0].body.endswith(b"end"), "body %r" % got[0].body))
    exact("a response of HTTP/1.0", b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", b"GET",
          lambda client, got: check(got[0].body == b"ok" and client.is_open(), "not so"))
    exact("chunks for HTTP/1.0", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNK,
          b"GET", lambda client, got: check(
              got[0].body == b"hello" and not got[0].value(b"transfer-encoding"), "not so"),
          b"GET / HTTP/1.0")

    def repeated(lines, body, expected):
        """A kept connection turns out to be dead: the request is sent anew, and is the same."""
        def play(gateway, endpoint):
            endpoint.drop_all()
            requests = []

            def answer(connection, request):
                requests.append(request)
                if len(requests) == 2:
                    return connection.close()
                return connection.send(ORDINARY)

            endpoint.answer = answer
            client = Client(gateway)
            client.send(head())
            response = client.response()
            check(response is not None and response.status == 200,
                  "the first request got %s" % (response and response.status))
            client.send(head(b"PUT /again HTTP/1.1", *lines) + body)
            response = client.response()
            check(not endpoint.faults, "the endpoint got %s" % endpoint.faults)
            check(response is not None and response.status == 200,
                  "status %s" % (response and response.status))
            check(len(requests) >= 3 and requests[2].target == b"/again", "not sent anew")
            for request in requests[1:3]:
                got = (request.body, request.trailers)
                check(got == expected, "the endpoint got %r" % (got,))
            client.send(HIDDEN)
            response = client.response()
            check(response is not None and response.status == 200, "the next request")
        return play

    coded = [TE + b"chunked"]
    CASES.append(("endpoint: gone on reuse, no body", repeated([], b"", (b"", []))))
    CASES.append(("endpoint: gone on reuse, a body",
                  repeated([CL + b"5"], b"hello", (b"hello", []))))
    CASES.append(("endpoint: gone on reuse, chunks", repeated(coded, CHUNK, (b"hello", []))))
    for trailer in (b"X-Sum", b"0", b"5f", b"a"):
        CASES.append(("endpoint: gone on reuse, trailer %s" % trailer.decode(),
                      repeated(coded, b"5\r\nhello\r\n0\r\n" + trailer + b": 1\r\n\r\n",
                               (b"hello", [(trailer, b"1")]))))

    def early(gateway, endpoint):
        """An answer before the request is whole: what is left of the body answers nothing."""
        def on_octets(connection, octets):
            if b"\r\n\r\n" in octets and not connection.served:
                connection.served = 1
                connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly")
        endpoint.drop_all()
        endpoint.on_octets = on_octets
        client = Client(gateway)
        client.send(head(POST, CL + b"%d" % (len(HIDDEN) * 2)) + HIDDEN)
        response = client.response()
        check(response is not None and response.body == b"early", "no early answer")
        client.send(HIDDEN + HIDDEN)
        try:
            rest = client.rest(4)
        except socket.timeout:
            raise Failed("the connection stays open")
        check(not rest, "the rest of the body was answered: %r" % rest[:60])
        endpoint.on_octets = None
        calm(gateway, endpoint)

    CASES.append(("endpoint: answers before the request is whole", early))

    def refuses_expectation(gateway, endpoint):
        def on_octets(connection, octets):
            if b"\r\n\r\n" in octets and not connection.served:
                connection.served = 1
                connection.send(b"HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n")
        endpoint.drop_all()
        endpoint.on_octets = on_octets
        client = Client(gateway)
        client.send(head(POST, CL + b"5", b"Expect: 100-continue"))
        response = client.response()
        check(response is not None and response.status == 417, "not 417")
        client.send(HIDDEN)
        try:
            rest = client.rest(4)
        except socket.timeout:
            raise Failed("the connection stays open")
        check(not rest, "what followed was answered")
        check(b"hidden" not in endpoint.raw, "what followed went to the endpoint")
        endpoint.on_octets = None
        calm(gateway, endpoint)

    CASES.append(("endpoint: a final answer instead of 100", refuses_expectation))

    def continues(gateway, endpoint):
        def on_octets(connection, octets):
            if octets.endswith(b"\r\n\r\n") and not connection.served:
                connection.served = 1
                connection.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        endpoint.drop_all()
        endpoint.on_octets = on_octets
        client = Client(gateway)
        client.send(head(POST, CL + b"5", b"Expect: 100-continue"))
        check(client.response().status == 100, "no 100")
        client.send(b"hello" + HIDDEN)
        check(client.response().status == 200, "no 200")
        endpoint.on_octets = None
        check(client.response().status == 200, "no second 200")
        check(len(endpoint.requests) == 2, "the endpoint got %d" % len(endpoint.requests))

    CASES.append(("endpoint: 100 and then the answer", continues))


def tunnel_cases():
    wish = head(b"GET /t HTTP/1.1", b"Upgrade: websocket", b"Connection: Upgrade")
    accept = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"

    def tunnel(gateway, endpoint):
        """Octets pass unread both ways, those sent ahead too; ends pass on."""
        done = threading.Event()

        def answer(connection, request):
            connection.send(accept + b"\x00down")
            left, connection.octets = connection.octets, b""
            while b"end" not in left:
                data = connection.sock.recv(65536)
                if not data:
                    break
                left += data
            connection.send(left)
            done.set()
            connection.close()

        endpoint.answer = answer
        client = Client(gateway)
        client.send(wish + b"ahead" + HIDDEN)
        response = client.response()
        check(response is not None and response.status == 101, "no 101")
        client.send(b"\xff\xfeend")
        rest = client.rest()
        check(rest == b"\x00downahead" + HIDDEN + b"\xff\xfeend", "got %r" % rest[:80])
        check(len(endpoint.requests) == 1, "a tunnel was read as requests")
        calm(gateway, endpoint)

    CASES.append(("tunnel: octets pass unread", tunnel))

    def with_body(gateway, endpoint):
        """101 before the request is whole: nothing could be told apart."""
        def on_octets(connection, octets):
            if b"\r\n\r\n" in octets and not connection.served:
                connection.served = 1
                connection.send(accept)
        endpoint.drop_all()
        endpoint.on_octets = on_octets
        client = Client(gateway)
        client.send(head(POST, CL + b"50", b"Upgrade: websocket", b"Connection: Upgrade") + b"hello")
        response = client.response()
        check(response is not None and response.status == 502, "not 502")
        client.rest(4)
        endpoint.on_octets = None
        calm(gateway, endpoint)

    CASES.append(("tunnel: 101 before the request is whole", with_body))

    def declined(gateway, endpoint):
        client = Client(gateway)
        client.send(wish + HIDDEN)
        check(client.response().status == 200, "status")
        check(client.response().status == 200, "the next request of a declined upgrade")
        check(len(endpoint.requests) == 2, "requests")

    CASES.append(("tunnel: declined", declined))

    def broken(gateway, endpoint):
        for side in ("client", "endpoint", "half"):
            gone = threading.Event()

            def answer(connection, request):
                connection.send(accept)
                if side == "endpoint":
                    time.sleep(0.02)
                    connection.reset()
                    gone.set()
                    return
                try:
                    while connection.sock.recv(65536):
                        pass
                except OSError:
                    pass
                gone.set()
                connection.close()

            endpoint.answer = answer
            client = Client(gateway)
            client.send(wish)
            check(client.response().status == 101, "no 101")
            if side == "client":
                client.sock.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
            elif side == "half":
                client.sock.shutdown(socket.SHUT_WR)
                client.rest()
            else:
                client.rest()
            check(gone.wait(3), "the endpoint never heard of the end (%s)" % side)
        calm(gateway, endpoint)

    CASES.append(("tunnel: broken off by either side", broken))


def slow_cases():
    def slow_body(gateway, endpoint):
        """An octet a second is slower than any gateway has to wait for (1 KiB/s over 10 s)."""
        senders = []
        for lines, start in (([CL + b"100000"], b""), ([TE + b"chunked"], b"ffff\r\n")):
            client = Client(gateway)
            client.send(head(POST, *lines) + start)
            senders.append(client)
        end = time.monotonic() + 16
        waiting = list(senders)
        while waiting and time.monotonic() < end:
            for client in list(waiting):
                if client.is_open(0.4):
                    client.send(b"x")
                else:
                    waiting.remove(client)
                    continue
                if client.octets:
                    waiting.remove(client)
        check(not waiting, "%d of 2 are still served after 16 s" % len(waiting))
        for client in senders:
            response = client.response()
            check(response is not None and response.status == 408,
                  "status %s, not 408" % (response and response.status))

    CASES.append(("slow: a body of an octet a second ends by its time", slow_body))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gateway", type=int, required=True, help="port of the gateway")
    parser.add_argument("--backend", type=int, required=True, help="port of the endpoint to be")
    parser.add_argument("--host", default=HOST.decode(), help="host of the route")
    parser.add_argument("--only", default="", help="only cases whose name has this text")
    parser.add_argument("--verbose", action="store_true", help="name the cases that passed too")
    options = parser.parse_args()
    globals()["HOST"] = options.host.encode()
    globals()["HIDDEN"] = b"GET /hidden HTTP/1.1\r\nHost: " + HOST + b"\r\n\r\n"
    endpoint = Endpoint(options.backend)
    for group in (framing_cases, chunk_cases, line_cases, host_cases, hop_cases, path_cases,
                  endpoint_cases, tunnel_cases, slow_cases):
        group()
    passed = failed = 0
    for name, play in CASES:
        if options.only not in name:
            continue
        endpoint.reset()
        try:
            play(options.gateway, endpoint)
            passed += 1
            if options.verbose:
                print("passed  %s" % name, flush=True)
        except (Failed, Malformed, OSError) as fault:
            failed += 1
            words = str(fault) or type(fault).__name__
            print("FAILED  %s: %s" % (name, words), flush=True)
            endpoint.reset()
            endpoint.drop_all()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
