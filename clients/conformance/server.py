"""A server of our own, `upnext dev`, that can be stopped, killed, and started again; and a second
one, `upnext serve` with TLS, on the same database."""

import asyncio
import os
import pathlib
import re
import signal
import socket

NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One data folder, one port, one process at a time."""

    def __init__(self, binary: str, folder: str) -> None:
        self.port, self._binary, self._folder = free_port(), binary, folder
        self._log = pathlib.Path(folder, "server.log")
        self.key = self.database = ""

    @property
    def binary(self) -> str:
        """The program."""
        return self._binary

    async def start(self) -> None:
        command = [self._binary, "dev", "--address", f"127.0.0.1:{self.port}", "--data-dir", f"{self._folder}/data"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UPNEXT_")}
        with open(self._log, "w", encoding="utf-8") as log:
            self._process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log, env=kept)
        async with asyncio.timeout(180):
            while not (keys := re.findall(r"export UPNEXT_KEY=(\S+)", self._log.read_text())):
                if self._process.returncode is not None:
                    raise RuntimeError(f"the server ended:\n{self._log.read_text()}")
                await asyncio.sleep(0.05)
        # The empty organization's comes first.
        self.key = keys[0]
        [self.database] = re.findall(r"^ +database +(\S+)$", self._log.read_text(), re.MULTILINE)

    async def end(self, how: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()

    async def restart(self, how: signal.Signals) -> None:
        await self.end(how)
        await self.start()


class SecureServer:
    """A server on another's database, with TLS, which asks clients for a certificate."""

    def __init__(self, other: Server, folder: str) -> None:
        self.port, self._other, self._folder = free_port(), other, folder
        self._log = pathlib.Path(folder, "server.log")
        self.authority = self._file("authority.pem")
        self.certificate, self.key = self._file("client.pem"), self._file("client.key")

    async def start(self) -> None:
        await self._openssl("req -x509 -days 2 -subj /CN=authority -keyout authority.key -out authority.pem", NEW_KEY)
        await self._sign("server", "subjectAltName=DNS:localhost")
        await self._sign("client", "subjectAltName=DNS:client")
        settings = {
            "UPNEXT_DATABASE_URL": self._other.database,
            "UPNEXT_ADDRESS": f"127.0.0.1:{self.port}",
            "UPNEXT_TLS_CERTIFICATE": self._file("server.pem"),
            "UPNEXT_TLS_KEY": self._file("server.key"),
            "UPNEXT_TLS_CLIENT_AUTHORITY": self.authority,
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UPNEXT_")}
        with open(self._log, "w", encoding="utf-8") as log:
            self._process = await asyncio.create_subprocess_exec(
                self._other.binary, "serve", stdout=log, stderr=log, env={**kept, **settings}
            )
        async with asyncio.timeout(60):
            while "serving on" not in self._log.read_text():
                if self._process.returncode is not None:
                    raise RuntimeError(f"the server ended:\n{self._log.read_text()}")
                await asyncio.sleep(0.05)

    async def end(self) -> None:
        self._process.terminate()
        await self._process.wait()

    def _file(self, name: str) -> str:
        return os.path.join(self._folder, name)

    async def _sign(self, name: str, extension: str) -> None:
        """A certificate by our authority, and its key."""
        pathlib.Path(self._file(f"{name}.ext")).write_text(extension, encoding="utf-8")
        await self._openssl(f"req -new -subj /CN={name} -keyout {name}.key -out {name}.csr", NEW_KEY)
        await self._openssl(
            f"x509 -req -days 2 -in {name}.csr -extfile {name}.ext -out {name}.pem",
            "-CA authority.pem -CAkey authority.key -CAcreateserial",
        )

    async def _openssl(self, *arguments: str) -> None:
        command = ["openssl", *" ".join(arguments).split()]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=self._folder, stdout=pipe, stderr=pipe)
        _, said = await process.communicate()
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {said.decode()}")
