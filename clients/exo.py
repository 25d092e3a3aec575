"""Replays what the `exo` command line sends, by the table `exo_iam.toml`.

It is not the program: it sends the requests that its source says, over the wire, signed as its library
egoscale signs them, and takes the answers as its structs do.
"""

import base64
import gzip
import hashlib
import hmac
import http.client
import itertools
import pathlib
import time
import tomllib
import urllib.parse

from go_json import Mismatch, Structs

TABLE = tomllib.loads((pathlib.Path(__file__).parent / "exo_iam.toml").read_text())
COMMANDS = TABLE["commands"]
STRUCTS = Structs(TABLE["types"])
SIGNED_FOR_SECONDS = 600
ANSWERS_WITHIN_SECONDS = 30


class Refused(Exception):
    """A status of 400 or more, with the message that the command prints."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class NotFound(Exception):
    """Nothing in a list, or more than one thing, is what was typed."""


class Exo:
    """The command line with an account: the address, a key, and the default zone."""

    # What was signed, so that nothing is signed twice for the same second: an equal request with an equal
    # signature counts once, and these tests are faster than a program that is started for each command.
    signed = set()

    def __init__(self, endpoint, key, secret, zone):
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        self.zone = zone

    def run(self, command, typed=None, body=None, query=None):
        """What the command prints, after all its requests.

        `typed` is the name or id on the line, `body` what its flags say, by the names of the wire.
        """
        steps = COMMANDS[command]
        addresses = {"endpoint": self.endpoint}
        found = printed = None
        for step in steps["requests"]:
            if step["call"] == "GET /zone":
                addresses["zone"] = self.endpoint_of_zone()
                continue
            sent = self.body(step, body, found)
            method, path = step["call"].format(found=found, typed=typed).split(" ", 1)
            url = addresses[step["to"]] + path
            if query:
                url += "?" + urllib.parse.urlencode(sorted(query.items()))
            answer = STRUCTS.decode(step["answer"], self.send(method, url, sent))
            for needed in step.get("needs", []):
                must_have(answer, needed, command)
            if where := step.get("find"):
                answer = find(answer[where["in"]], where["by"], typed)
                found = answer[where["take"]]
            if step.get("wait"):
                self.wait(addresses[step["to"]], answer)
            if not step.get("aside"):
                printed = answer
        if "then" in steps:
            return self.run(steps["then"], printed.get("reference", {}).get("id", typed))
        return printed

    def body(self, step, body, found):
        """The bytes of a step's body; none where it has none."""
        if "body" not in step:
            return None
        values = {} if step.get("empty") else dict(body)
        if "found-as" in step:
            values[step["found-as"]] = found
        return STRUCTS.encode(step["body"], values)

    def endpoint_of_zone(self):
        """The address of the default zone, which is asked for without a signature."""
        text = self.send("GET", self.endpoint + "/zone", signed=False)
        zones = STRUCTS.decode("ListZonesResponse", text)["zones"]
        return find(zones, ["name", "api-endpoint"], self.zone)["api-endpoint"]

    def wait(self, address, operation):
        """Looks at an operation where it is polled. One that has ended is never waited for, and the
        first look at another comes after three seconds: so those of IAM end at once."""
        text = self.send("GET", f"{address}/operation/{operation['id']}")
        seen = STRUCTS.decode("Operation", text)
        if (operation["state"], seen) != ("success", operation):
            raise Mismatch(f"the operation was {operation}, and is {seen}")

    def send(self, method, url, body=None, signed=True):
        """The text of the answer to one request, with the headers that Go sends."""
        parts = urllib.parse.urlsplit(url)
        path = urllib.parse.quote(parts.path, safe="/:@!$&'()*+,;=~")
        headers = {"User-Agent": "egoscale/v3.1.46 (go1.25; linux/amd64)", "Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if signed:
            headers["Authorization"] = self.signature(method, path, parts.query, body or b"")
        connection = http.client.HTTPConnection(parts.netloc, timeout=ANSWERS_WITHIN_SECONDS)
        try:
            target = f"{path}?{parts.query}" if parts.query else path
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.getheader("Content-Encoding") == "gzip":
            text = gzip.decompress(text)
        if answer.status >= 400:
            said = STRUCTS.decode("APIError", text)
            raise Refused(answer.status, said.get("message") or said.get("error", ""))
        if answer.status != 200:
            raise Mismatch(f"{method} {url} answered {answer.status}")
        return text

    def signature(self, method, path, query, body):
        """EXO2-HMAC-SHA256 over method and path, body, the query's values that stand alone (blank ones
        too), no header, and the second at which it expires."""
        values = urllib.parse.parse_qs(query, keep_blank_values=True)
        single = sorted(name for name, given in values.items() if len(given) == 1)
        together = "".join(values[name][0] for name in single)
        now = int(time.time())
        for expires in itertools.count(now + SIGNED_FOR_SECONDS, -1):
            lines = [f"{method} {path}".encode(), body, together.encode(), b"", str(expires).encode()]
            message = b"\n".join(lines)
            if (self.key, message) not in Exo.signed:
                break
        Exo.signed.add((self.key, message))
        digest = hmac.new(self.secret.encode(), message, hashlib.sha256).digest()
        parts = [f"EXO2-HMAC-SHA256 credential={self.key}"]
        if single:
            parts.append(f"signed-query-args={';'.join(single)}")
        parts += [f"expires={expires}", f"signature={base64.b64encode(digest).decode()}"]
        return ",".join(parts)


def find(things, fields, typed):
    """The one thing that has what was typed in one of the fields."""
    found = [thing for thing in things if typed in [thing.get(field) for field in fields]]
    if len(found) != 1:
        raise NotFound(f"{len(found)} of {len(things)} are {typed!r}")
    return found[0]


def must_have(answer, path, command):
    """Raises `Mismatch` unless the answer, and in a list each thing, has the field of a path."""
    if isinstance(answer, list):
        for item in answer:
            must_have(item, path, command)
        return
    name, _, rest = path.partition(".")
    if name not in answer:
        raise Mismatch(f"exo {command} needs {name}, which is not in {answer}")
    if rest:
        must_have(answer[name], rest, command)
