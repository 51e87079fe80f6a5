"""What a live queue meets on a longer day: a server that is away for long, a key that is replaced,
more streams than a seller may have, and a server that asks for the client's certificate. Each time
every SDK ends with the list of ListActivities, or with the right error."""

import asyncio
import pathlib
import tempfile
import time

import upnext_client as upnext
from faults import AT_ONCE, Listener, Work, agree, all_end, end_of_the_key
from proxy import Proxy
from server import SecureServer, Server

# By then every back-off has reached its longest: a minute would be no different.
AWAY = 20
BACK_WITHIN = 10


async def start(commands: dict[str, list[str]], queue: str, **environment: str) -> list[Listener]:
    listeners = [Listener(name, command) for name, command in commands.items()]
    for listener in listeners:
        await listener.start(queue, environment)
    return listeners


async def away(work: Work, proxy: Proxy, listeners: list[Listener]) -> None:
    """The server can't be reached for long, and meanwhile there is work."""
    outage = asyncio.create_task(proxy.refuse(AWAY))
    await work.burst()
    await outage
    await agree(listeners, await work.first(), within=BACK_WITHIN)


async def rotated_key(work: Work, key: pathlib.Path, listeners: list[Listener]) -> None:
    """The key is replaced, and the old one taken back: the key function gives the new one."""
    old, reconnects = work.key, [(await listener.state())["reconnects"] for listener in listeners]
    key.write_text(await work.make_key())
    await work.client.api_keys.revoke_api_key(name=old)
    deadline = time.monotonic() + 15
    for listener, before in zip(listeners, reconnects):
        while (await listener.state())["reconnects"] == before:
            assert time.monotonic() < deadline, f"{listener.name}: its stream goes on with a revoked key"
            await asyncio.sleep(0.1)
    await work.complete_two()
    await agree(listeners, await work.first(), within=BACK_WITHIN)


async def long_day(client: upnext.AsyncClient, server: Server, commands: dict[str, list[str]]) -> None:
    proxy = Proxy(server.port)
    await proxy.start()
    work = Work(client, 2 * AT_ONCE)
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder, "key")
        key.write_text(await work.prepare())
        address = f"127.0.0.1:{proxy.port}"
        listeners = await start(commands, work.queue, UPNEXT_ADDRESS=address, UPNEXT_KEY_FILE=str(key))
        try:
            await agree(listeners, [])
            await away(work, proxy, listeners)
            await rotated_key(work, key, listeners)
            await end_of_the_key(work, listeners)
        except Exception:
            print(*(listener.log() for listener in listeners), sep="\n")
            raise
        for listener in listeners:
            await listener.end()
    print(f"back after {AWAY} s without a server, and after another key")


async def eleventh_stream(
    client: upnext.AsyncClient, server: Server, commands: dict[str, list[str]]
) -> None:
    """Ten newer streams of the same seller take the places of all others, which don't fight
    back."""
    work = Work(client, 0)
    secret = await work.prepare()
    address = f"127.0.0.1:{server.port}"
    listeners = await start(commands, work.queue, UPNEXT_ADDRESS=address, UPNEXT_KEY=secret)
    try:
        await agree(listeners, [])
        async with upnext.AsyncClient(address, secret) as newer:
            queues = [newer.watch(work.queue) for _ in range(10)]
            for queue in queues:
                await asyncio.wait_for(queue.wait(lambda q: q.live), 15)
            await all_end(listeners, "TOO_MANY_STREAMS")
            assert not any(queue.reconnects for queue in queues), "a newer stream was ended"
    except Exception:
        print(*(listener.log() for listener in listeners), sep="\n")
        raise
    for listener in listeners:
        await listener.end()
    print("ended for good by ten newer streams")


async def with_a_certificate(
    client: upnext.AsyncClient, server: Server, commands: dict[str, list[str]]
) -> None:
    """A second server on the same database, which speaks only with who shows a certificate that it
    trusts."""
    work = Work(client, AT_ONCE)
    secret = await work.prepare()
    await work.burst()
    with tempfile.TemporaryDirectory() as folder:
        secure = SecureServer(server, folder)
        await secure.start()
        files = {"UPNEXT_CA": secure.authority, "UPNEXT_CERT": secure.certificate, "UPNEXT_CERT_KEY": secure.key}
        address = f"https://localhost:{secure.port}"
        listeners = await start(commands, work.queue, UPNEXT_ADDRESS=address, UPNEXT_KEY=secret, **files)
        try:
            await agree(listeners, await work.first())
            await refused_without_a_certificate(address, secret, pathlib.Path(secure.authority))
        except Exception:
            print(*(listener.log() for listener in listeners), sep="\n")
            raise
        finally:
            await secure.end()
        for listener in listeners:
            await listener.end()
    print("live with a client certificate")


async def refused_without_a_certificate(address: str, secret: str, authority: pathlib.Path) -> None:
    async with upnext.AsyncClient(address, secret, roots=authority.read_bytes()) as stranger:
        try:
            await stranger.organization.get_organization(timeout=5)
        except upnext.UpnextError as error:
            assert not error.reason, f"the server itself answered: {error}"
        else:
            raise AssertionError("a client without a certificate was let in")


async def run(server: Server, commands: dict[str, list[str]]) -> None:
    async with upnext.AsyncClient(f"127.0.0.1:{server.port}", server.key) as client:
        await long_day(client, server, commands)
        await eleventh_stream(client, server, commands)
        await with_a_certificate(client, server, commands)
