"""Where the server is, and as whom we call it."""

import ipaddress
import os
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

DEFAULT_ADDRESS = "127.0.0.1:50051"
Key = str | Callable[[], str]

# A dead peer is noticed after 30 s. Python's own name for the second: `keepalive_timeout_ms` alone
# has no effect.
OPTIONS: list[tuple[str, int | str]] = [
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.http2.ping_timeout_ms", 10_000),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.initial_reconnect_backoff_ms", 250),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    ("grpc.max_receive_message_length", 16 << 20),
    ("grpc.service_config", resources.files(__package__).joinpath("service_config.json").read_text()),
]


@dataclass(frozen=True)
class Target:
    """A server's place, and whether TLS is spoken with it."""

    host_and_port: str
    tls: bool


def target(address: str | None) -> Target:
    """Reads an address: `https://` and `http://` decide about TLS; else it is spoken except with
    this machine."""
    text = (address or os.environ.get("UPNEXT_ADDRESS") or DEFAULT_ADDRESS).strip()
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "", text
    try:
        url = urllib.parse.urlsplit(f"//{rest}")
        host, port = url.hostname, url.port
    except ValueError:
        host, port = None, None
    if scheme not in ("", "http", "https") or not host or url.path.strip("/") or url.query or url.username:
        raise ValueError(f"address {text!r}: it must be host:port, http://host:port or https://host:port")

    tls = scheme == "https" or not scheme and not is_loopback(host)
    port = port or {"https": 443, "http": 80}.get(scheme, 50051)
    return Target(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", tls)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Credentials:
    """The key, or the function that is asked for one before each call."""

    def __init__(self, key: Key | None) -> None:
        key = os.environ.get("UPNEXT_KEY", "") if key is None else key
        self.asked = callable(key)
        self._key = key
        if isinstance(key, str):
            checked(key)

    def metadata(self) -> list[tuple[str, str]]:
        """The call's headers; none without a key."""
        key = checked(self._key() if callable(self._key) else self._key)
        return [("authorization", f"Bearer {key}")] if key else []


def checked(key: str) -> str:
    """A key without the white space around it; refuses what a header can't carry."""
    key = key.strip()
    if not all("!" <= letter <= "~" for letter in key):
        raise ValueError("the key has characters that no key has, a line break or a space for instance")
    return key
