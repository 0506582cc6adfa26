"""What the poller may connect to, and how many connections at once."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """A host's address is not on the public internet."""

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, f"{address} is not a public address")


def public(address: str) -> bool:
    """Whether an IP address is on the public internet, also when an IPv6 one wraps an IPv4 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return public(str(wrapped))
    return ip.is_global and not ip.is_multicast


def socket_factory(*, allow_private: bool) -> Callable[[tuple[Any, ...]], socket.socket]:
    """Makes the sockets of a connector.

    The address checked is the one that is connected to, so a name that resolves differently the
    second time, a redirect, and an address written as a number are all caught.
    """

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        if not allow_private and not public(str(address[0])):
            raise PrivateAddressError(str(address[0]))
        return socket.socket(family=family, type=kind, proto=protocol)

    return make


class Gate:
    """Lets ``total`` requests through at once, and ``per_host`` to one host.

    The host's turn comes first: a long queue for one host takes no place from the others.
    """

    def __init__(self, total: int, per_host: int) -> None:
        self._total = asyncio.Semaphore(total)
        self._per_host = per_host
        self._hosts: dict[str, tuple[asyncio.Semaphore, list[int]]] = {}

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        """Waits for a place, which is given back at the end of the block."""
        semaphore, users = self._hosts.setdefault(host, (asyncio.Semaphore(self._per_host), [0]))
        users[0] += 1
        try:
            async with semaphore, self._total:
                yield
        finally:
            users[0] -= 1
            if not users[0]:
                del self._hosts[host]
