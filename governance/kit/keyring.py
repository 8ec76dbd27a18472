"""The keys of what is kept secret in the database: texts that are encrypted, and the keyed index that finds them again.

Keys come from the settings `SEALING_KEYS` and `INDEX_KEYS`, each 32 bytes in URL-safe Base64. The first of each is used
for writing; the others are those of before, so that a key can be replaced while the portal runs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext

SIZE = 32
_NAMED = 4  # bytes of a key's checksum in front of what it has sealed
_NONCE = 12


class Unreadable(Exception):
    """None of the keys opens it, or it was taken from another column."""


def seal(text: str, label: str) -> bytes:
    """Return `text` encrypted and bound to `label`, the column: moved to another one it cannot be opened."""
    (name, cipher), *_older = _ciphers(tuple(settings.SEALING_KEYS))
    nonce = os.urandom(_NONCE)
    return name + nonce + cipher.encrypt(nonce, text.encode(), label.encode())


def unseal(token: bytes, label: str) -> str:
    """Return the text inside; raises `Unreadable`."""
    name, nonce, sealed = token[:_NAMED], token[_NAMED : _NAMED + _NONCE], token[_NAMED + _NONCE :]
    cipher = dict(_ciphers(tuple(settings.SEALING_KEYS))).get(name)
    if cipher is None:
        raise Unreadable(label)
    try:
        return cipher.decrypt(nonce, sealed, label.encode()).decode()
    except InvalidTag as error:
        raise Unreadable(label) from error


def is_current(token: bytes) -> bool:
    """Return whether it was sealed with the key that is used for writing now."""
    return token[:_NAMED] == _ciphers(tuple(settings.SEALING_KEYS))[0][0]


def index_of(text: str, purpose: str) -> bytes:
    """Return the keyed checksum by which an equal text is found; without the key nobody can try numbers against it."""
    return indexes_of(text, purpose)[0]


def indexes_of(text: str, purpose: str) -> list[bytes]:
    """Return the checksum under every key, the current one first: rows may still hold the one of an older key."""
    told = f"{purpose}\0{text}".encode()
    return [hmac.digest(key, told, "sha256") for key in _index_keys(tuple(settings.INDEX_KEYS))]


def check_keys(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Refuse to run without keys, with broken ones, or with one key for both purposes."""
    found: list[CheckMessage] = []
    for name in ("SEALING_KEYS", "INDEX_KEYS"):
        try:
            _keys(name, tuple(getattr(settings, name, ())))
        except ImproperlyConfigured as error:
            hint = gettext(
                "用 openssl rand -base64 32 | tr +/ -_ 生成密钥，写入环境变量 %(name)s，并另行妥善备份。"
            ) % {"name": name}
            found.append(Error(str(error), hint=hint, id="kit.E011"))
    shared = set(getattr(settings, "SEALING_KEYS", ())) & set(getattr(settings, "INDEX_KEYS", ()))
    if shared and not found:
        found.append(Error(gettext("SEALING_KEYS 和 INDEX_KEYS 不能用同一个密钥。"), id="kit.E012"))
    return found


@cache
def _ciphers(keys: tuple[str, ...]) -> list[tuple[bytes, AESGCM]]:
    return [(hashlib.sha256(key).digest()[:_NAMED], AESGCM(key)) for key in _keys("SEALING_KEYS", keys)]


@cache
def _index_keys(keys: tuple[str, ...]) -> list[bytes]:
    return _keys("INDEX_KEYS", keys)


def _keys(name: str, written: Sequence[str]) -> list[bytes]:
    """Return the keys of a setting, or raise what is wrong with them; never says a key."""
    if not written:
        raise ImproperlyConfigured(gettext("没有设置 %(name)s，敏感信息无法加密。") % {"name": name})
    try:
        keys = [base64.b64decode(each, altchars=b"-_", validate=True) for each in written]
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(gettext("%(name)s 里有的密钥写法不对。") % {"name": name}) from error
    if any(len(key) != SIZE for key in keys) or len(set(keys)) < len(keys):
        raise ImproperlyConfigured(gettext("%(name)s 里的密钥必须各不相同，每个 32 字节。") % {"name": name})
    return keys
