"""JSON as Go's `encoding/json` writes and reads it, by a table of structs.

A type is `string`, `uuid`, `time`, `int`, `bool`, `any`, words with `|` between them, the name of a
struct, or `list of` and `map of` a type. `*` before it is a pointer, `?` behind it `omitempty`.
"""

import datetime
import json
import re

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# What Go writes as an escape in every text, so that it can stand in HTML.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


class Mismatch(AssertionError):
    """An answer that Go would not take into its struct, or only as something else."""


class Structs:
    """The structs of a table: `{name: {field: type}}`, the fields in Go's order."""

    def __init__(self, table):
        self.table = table

    def encode(self, kind, value):
        """The bytes that Go sends of a value, given as what the fields of its struct are set to."""
        return self._write(kind.removesuffix("?"), value).encode()

    def decode(self, kind, text):
        """What Go has of a text: the fields that its structs know.

        Raises `Mismatch` for what it refuses, and for what it takes without a word and nobody means:
        null, an enum's unknown word, an id that is none.
        """
        try:
            return self._read(kind, json.loads(text), "$")
        except ValueError as problem:
            raise Mismatch(f"no JSON: {problem}: {text[:200]!r}") from problem

    def _write(self, kind, value):
        if kind.startswith("list of "):
            return f"[{','.join(self._write(kind[8:], item) for item in value)}]"
        if kind.startswith("map of "):
            items = (f"{quoted(key)}:{self._write(kind[7:], value[key])}" for key in sorted(value))
            return f"{{{','.join(items)}}}"
        fields = self.table.get(kind.removeprefix("*"))
        if fields is None:
            return quoted(value)
        if unknown := value.keys() - fields.keys():
            raise KeyError(f"{kind} has no {', '.join(sorted(unknown))}")
        written = [
            f"{quoted(name)}:{self._write(of.removesuffix('?'), value[name])}"
            for name, of in fields.items()
            if not left_out(of, value.get(name))
        ]
        return f"{{{','.join(written)}}}"

    def _read(self, kind, value, path):
        kind = kind.removesuffix("?").removeprefix("*")
        if value is None:
            raise Mismatch(f"{path} is null")
        if kind.startswith("list of "):
            items = enumerate(expect(path, value, list))
            return [self._read(kind[8:], item, f"{path}[{at}]") for at, item in items]
        if kind.startswith("map of "):
            items = expect(path, value, dict).items()
            return {key: self._read(kind[7:], item, f"{path}.{key}") for key, item in items}
        if kind in self.table:
            found = expect(path, value, dict)
            fields = self.table[kind].items()
            return {
                name: self._read(of, found[name], f"{path}.{name}")
                for name, of in fields
                if name in found
            }
        return scalar(path, kind, value)


def quoted(value):
    """A text, number or flag as Go writes it."""
    return json.dumps(value, ensure_ascii=False).translate(ESCAPED)


def left_out(kind, value):
    """Whether `omitempty` leaves a field out; a pointer is empty when it is nil, not when it is false."""
    empty = value is None if kind.startswith("*") else not value
    return kind.endswith("?") and empty


def expect(path, value, python_type):
    """The value, if it is of the type."""
    if not isinstance(value, python_type):
        raise Mismatch(f"{path} is {value!r}, which is no {python_type.__name__}")
    return value


def scalar(path, kind, value):
    """A text, number or flag, if it is one of its kind."""
    if kind == "any":
        return value
    if kind == "bool":
        return expect(path, value, bool)
    if kind == "int":
        if isinstance(value, bool) or not -(2**63) <= expect(path, value, int) < 2**63:
            raise Mismatch(f"{path} is {value!r}, which is no int64")
        return value
    text = expect(path, value, str)
    if kind == "uuid" and not UUID.fullmatch(text):
        raise Mismatch(f"{path} is {text!r}, which is no UUID")
    if kind == "time":
        if not RFC_3339.fullmatch(text):
            raise Mismatch(f"{path} is {text!r}, which is no time of RFC 3339")
        datetime.datetime.fromisoformat(text)
    if "|" in kind and text not in kind.split("|"):
        raise Mismatch(f"{path} is {text!r}, which is none of {kind}")
    return text
