"""A server of our own, `upnext dev`, that can be stopped, killed, and started again."""

import asyncio
import os
import pathlib
import re
import signal
import socket


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One data folder, one port, one process at a time."""

    def __init__(self, binary: str, folder: str) -> None:
        self.port, self._binary, self._folder = free_port(), binary, folder
        self._log = pathlib.Path(folder, "server.log")
        self.key = ""

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

    async def end(self, how: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()

    async def restart(self, how: signal.Signals) -> None:
        await self.end(how)
        await self.start()
