"""Runs the scenario and the fault test with every SDK against a server of its own.

python main.py SERVER-BINARY [--times N] NAME='COMMAND…'…

COMMAND is an SDK's conformance program.
"""

import argparse
import asyncio
import os
import pathlib
import shlex
import signal
import tempfile

import faults
import outages
from server import Server

HERE = pathlib.Path(__file__).parent


async def scenario(server: Server, name: str, command: list[str]) -> None:
    environment = {**os.environ, "UPNEXT_ADDRESS": f"127.0.0.1:{server.port}", "UPNEXT_KEY": server.key}
    more = [os.environ["DESCRIPTORS"]] if name == "rust" else []
    process = await asyncio.create_subprocess_exec(*command, "scenario", HERE / "scenario.json", *more, env=environment)
    if await asyncio.wait_for(process.wait(), 120) != 0:
        raise SystemExit(f"{name}: not as promised")


async def page(server: Server, command: list[str]) -> None:
    """The page in the browser; in the middle of it the server is started again."""
    environment = {**os.environ, "UPNEXT_ADDRESS": f"127.0.0.1:{server.port}", "UPNEXT_KEY": server.key}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=environment)
    assert process.stdin and process.stdout
    while line := await asyncio.wait_for(process.stdout.readline(), 180):
        if line == b"restart\n":
            await server.restart(signal.SIGTERM)
            process.stdin.write(b"restarted\n")
        else:
            print(line.decode(), end="")
    if await process.wait() != 0:
        raise SystemExit("the page isn't as promised")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--page", help="the command that tests the page in the browser")
    parser.add_argument("commands", nargs="*")
    arguments = parser.parse_intermixed_args()
    commands = {name: shlex.split(command) for name, _, command in (c.partition("=") for c in arguments.commands)}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The database's account has to get into it.
        server = Server(arguments.binary, folder)
        await server.start()
        try:
            if arguments.page:
                await page(server, shlex.split(arguments.page))
            for _ in range(arguments.times):
                for name, command in commands.items():
                    print(f"{name}: ", end="", flush=True)
                    await scenario(server, name, command)
                if commands:
                    await faults.run(server, commands)
                    await outages.run(server, commands)
        finally:
            await server.end(signal.SIGTERM)


if __name__ == "__main__":
    asyncio.run(main())
