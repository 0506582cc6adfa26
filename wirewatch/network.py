"""What may be connected to, and what a failed connection means: for fetching and delivery."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from collections.abc import Callable
from typing import Any

import aiohttp

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out (IANA): what lies outside is local, reserved, or wraps IPv4."""
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
        if ip not in _GLOBAL_UNICAST:
            return False
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


def is_private(error: BaseException) -> bool:
    """Whether a connection failed because its address is not on the public internet."""
    # aiohttp raises an error of its own from it, and keeps the words.
    return "not a public address" in str(error)


def fault_words(error: Exception) -> str:
    """What a failed request's ``error`` means to an operator, in one line."""
    if is_private(error):
        return "its address is not on the public internet"
    cause = getattr(error, "os_error", error)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its host name cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        return f"its TLS certificate or handshake is bad: {cause}"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the answer broke off"
    return f"{type(error).__name__}: {error}"[:300]
