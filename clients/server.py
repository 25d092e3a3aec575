"""A running Couloir for the tests of this folder: one process, its own data, ended with the tests.

`COULOIR_BINARY` names the program (default: the debug build); `COULOIR_TEST_DATABASE` an empty
database (default: SQLite in the temporary data folder).
"""

import atexit
import functools
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
ZONES = ("ch-gva-2", "de-fra-1")
READY_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 15


class Server:
    """`couloir serve` on a free port of the loopback address."""

    def __init__(self):
        binary = os.environ.get("COULOIR_BINARY", str(ROOT / "target/debug/couloir"))
        self.data = tempfile.mkdtemp(prefix="couloir-clients-")
        atexit.register(shutil.rmtree, self.data, ignore_errors=True)
        database = os.environ.get("COULOIR_TEST_DATABASE", f"sqlite:{self.data}/couloir.db")
        self.address = f"127.0.0.1:{free_port()}"
        self.origin = f"http://{self.address}"
        self.log = open(pathlib.Path(self.data) / "server.log", "w+b")
        common = ["--database", database, "--data", self.data]
        self.organization = self.bootstrap(binary, common)
        zones = [word for zone in ZONES for word in ("--zone", f"{zone}=sim:1")]
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", self.address, *common, *zones],
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        atexit.register(self.stop)
        self.wait_until_ready()

    def bootstrap(self, binary, common):
        """The first organization, with its API key."""
        made = subprocess.run(
            [binary, "admin", "bootstrap", "--organization", "Clients", "--email",
             "admin@clients.example", "--json", *common],
            env={**os.environ, "COULOIR_ORIGIN": self.origin},
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(made.stdout)

    def wait_until_ready(self):
        until = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.origin}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"the server is not ready:\n{self.messages()}")

    def messages(self):
        """What the server has said so far."""
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(ENDS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                print("the server did not end in time after SIGTERM")
        self.log.close()


@functools.cache
def running():
    """The one server of this test run."""
    return Server()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
