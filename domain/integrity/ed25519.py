"""Verification of Ed25519 signatures (RFC 8032, 5.1.7) in plain Python: about 2 ms each, and nothing to install.

Only verification: it handles no secret, so it need not run in constant time. Signing is left to a library.
"""

from __future__ import annotations

import hashlib
from typing import Optional, Tuple

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
_ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
_Point = Tuple[int, int, int, int]


def _x_of(y: int, odd: int) -> Optional[int]:
    """The x of a point on the curve, ``None`` where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * _ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x & 1 != odd else x


def _add(a: _Point, b: _Point) -> _Point:
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    w, x, y, z = f - e, h - g, h + g, f + e
    return w * x % P, y * z % P, x * y % P, w * z % P


def _double(a: _Point) -> _Point:
    square_x, square_y, square_z = a[0] * a[0], a[1] * a[1], a[2] * a[2]
    h = square_x + square_y
    e = h - (a[0] + a[1]) * (a[0] + a[1])
    g = square_x - square_y
    f = 2 * square_z + g
    e, f, g, h = e % P, f % P, g % P, h % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def _sum_of_multiples(m: int, a: _Point, n: int, b: _Point) -> _Point:
    """``m`` times ``a`` and ``n`` times ``b``: both are doubled along together, bit by bit (Straus)."""
    either = (None, a, b, _add(a, b))
    result: _Point = (0, 1, 1, 0)
    for bit in range(max(m.bit_length(), n.bit_length()) - 1, -1, -1):
        result = _double(result)
        point = either[(m >> bit & 1) + 2 * (n >> bit & 1)]
        if point is not None:
            result = _add(result, point)
    return result


def _decode(data: bytes) -> Optional[_Point]:
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    x = _x_of(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0)
assert _BASE_X is not None
_BASE: _Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def verify_ed25519(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) by the owner of ``public_key`` (32 bytes) is over ``message``."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, r = _decode(public_key), _decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    # Whether s times the base is r and k times the key, asked as a sum: s times the base and k times the key's opposite is r.
    x, y, z, _ = _sum_of_multiples(s, _BASE, k, (P - key[0], key[1], 1, P - key[3]))
    return (x - r[0] * z) % P == 0 and (y - r[1] * z) % P == 0
