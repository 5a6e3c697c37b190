"""Workbooks damaged at four levels: bytes, the zip container, the XML of its parts, and single cells."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]

_HOSTILE_NUMBERS = (
    *(
        "1e-3000000000",
        "1e3000000000",
        "1e308",
        "-1",
        "0",
        "20.5",
        "45716.99999999999",
        "2958466",
        "NaN",
        "-0",
    ),
    *(
        "0x14",
        "1_000",
        "Infinity",
        "9" * 400,
        "0." + "0" * 400 + "1",
        "99999999999999999999",
        "",
        " ",
        "二十",
    ),
)
_HOSTILE_TEXTS = (
    *(
        "=1+1",
        "@SUM(A1)",
        "+86",
        "-",
        "—",
        "无",
        "在任",
        "小计",
        "城关镇合计",
        "2025-02-30",
        "25/3/5",
        "45721",
    ),
    *(
        "2025-02-28T16:00:00Z",
        "20250305",
        "2025年13月1日",
        "_xD800_",
        "_x0000_",
        "_x000D_",
        "⽔利局",
        "\u202e文字",
    ),
    *(
        "长" * 40_000,
        "👩‍👩‍👧",
        "&lt;script&gt;",
        "' OR 1=1",
        "上坪村 ",
        "上 坪 村",
        "*" * 30_000 + "x",
        "NULL",
        "\ufffd",
    ),
)
_HOSTILE_ATTRIBUTES = (
    *(
        "",
        "-1",
        "0",
        "1",
        "9" * 30,
        "A1",
        "XFD1048576",
        "A0",
        "ZZZZ1",
        "s",
        "n",
        "d",
        "e",
        "b",
        "str",
        "inlineStr",
    ),
    *(
        "rId1",
        "rId99",
        "../../../etc/passwd",
        "xl\\worksheets\\sheet1.xml",
        "true",
        "hidden",
        "\U0001f600",
        "a" * 70_000,
    ),
)


_NO_FINER = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    LookupError,
)


def damaged(seed: int, data: bytes) -> tuple[str, bytes]:
    """What was done, and the damaged file. The same seed does the same; one in four is damaged twice."""
    draw = random.Random(seed)
    names = []
    for _ in range(draw.choice((1, 1, 1, 2))):
        name = draw.choice(sorted(LEVELS))
        try:
            data = LEVELS[name](draw, data)
        except _NO_FINER:
            # A file already broken further down cannot be opened for finer damage.
            name, data = "bytes", _bytes(draw, data)
        names.append(name)
    return "+".join(names), data


def _bytes(draw: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        if not changed:
            return bytes(changed)
        at = draw.randrange(len(changed))
        match draw.randrange(5):
            case 0:
                changed[at] = draw.randrange(256)
            case 1:
                del changed[at : at + draw.randint(1, 64)]
            case 2:
                changed[at:at] = draw.randbytes(draw.randint(1, 64))
            case 3:
                changed[at : at + 4] = draw.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"PK\x01\x02"))
            case 4:
                del changed[draw.randrange(len(changed)) :]
    return bytes(changed)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts:
            with warnings.catch_warnings():
                # Two parts of one name are one of the damages.
                warnings.simplefilter("ignore")
                archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def _container(draw: random.Random, data: bytes) -> bytes:
    parts = list(_parts(data).items())
    at = draw.randrange(len(parts))
    name, content = parts[at]
    match draw.randrange(9):
        case 0:
            del parts[at]
        case 1:
            parts[at] = (
                draw.choice((name.upper(), name.replace("/", "\\"), "/" + name, "../" + name)),
                content,
            )
        case 2:
            other = draw.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 3:
            parts.append(
                (draw.choice((name.lower(), name.title(), name + " ")), content[: len(content) // 2])
            )
        case 4:
            parts[at] = (name, b"")
        case 5:
            parts += [(f"xl/media/{n}.bin", b"") for n in range(draw.choice((10, 2_500)))]
        case 6:
            parts[at] = (name, content + b" " * draw.choice((1_000, 30_000_000, 70_000_000)))
        case 7:
            parts[at] = (name, draw.randbytes(200))
        case 8:
            return _packed(parts, zipfile.ZIP_STORED)[: -draw.randint(1, 300)]
    return _packed(parts)


_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)="([^"]{0,400})"')


def _xml(draw: random.Random, data: bytes) -> bytes:
    parts = _parts(data)
    name = draw.choice(sorted(n for n in parts if n.endswith((".xml", ".rels"))))
    parts[name] = _damaged_xml(draw, parts[name])
    return _packed(list(parts.items()))


def _damaged_xml(draw: random.Random, xml: bytes) -> bytes:
    tags = list(_TAG.finditer(xml))
    tag = draw.choice(tags)
    start, end = tag.span()
    match draw.randrange(8):
        case 0:
            return xml[:start] + xml[end:]
        case 1:
            return xml[:end] + tag[0] * draw.choice((1, 3, 100, 50_000)) + xml[end:]
        case 2:
            return xml[:start] + b"<x>" * draw.choice((50, 100, 100_000)) + xml[start:]
        case 3:
            return b'<!DOCTYPE x [<!ENTITY a "&#x4e00;">]>' + xml[:end] + b"&a;" + xml[end:]
        case 4:
            other = draw.choice(tags)
            return xml[:start] + other[0] + xml[end:]
        case 5:
            return xml[:start] + b"<!--" + b"x" * draw.choice((10, 3_000_000)) + b"-->" + xml[start:]
        case 6:
            return xml[: draw.randrange(len(xml))]
    attributes = list(_ATTRIBUTE.finditer(xml))
    chosen = draw.choice(attributes)
    value = draw.choice(_HOSTILE_ATTRIBUTES).encode()
    return xml[: chosen.start(2)] + value + xml[chosen.end(2) :]


_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.S)


def _cells(draw: random.Random, data: bytes) -> bytes:
    parts = _parts(data)
    sheets = sorted(n for n in parts if "worksheets/" in n and n.endswith(".xml"))
    name = draw.choice([n for n in sheets if _CELL.search(parts[n])])
    for _ in range(draw.randint(1, 4)):
        cell = draw.choice(list(_CELL.finditer(parts[name])))
        written = _hostile_cell(draw, (cell[1] + cell[2]).decode()).encode()
        parts[name] = parts[name][: cell.start()] + written + parts[name][cell.end() :]
    if draw.random() < 0.2:
        merge = draw.choice(("A1:XFD1048576", "B3:B4", "G3:G5", "A2:Q2", "H3:I4", "B2:C3"))
        merged = f'<mergeCells><mergeCell ref="{merge}"/></mergeCells>'.encode()
        parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + merged)
    return _packed(list(parts.items()))


def _hostile_cell(draw: random.Random, place: str) -> str:
    style = draw.choice(("", ' s="0"', ' s="1"', ' s="99"'))
    number, text = draw.choice(_HOSTILE_NUMBERS), draw.choice(_HOSTILE_TEXTS)
    return draw.choice(
        (
            f'<c r="{place}"{style}><v>{number}</v></c>',
            f'<c r="{place}"{style} t="inlineStr"><is><t>{text}</t></is></c>',
            f'<c r="{place}"{style} t="inlineStr"><v>{number}</v><is><t>{text}</t></is></c>',
            f'<c r="{place}"{style} t="str"><f>A1</f><v>{text}</v></c>',
            f'<c r="{place}"{style}><f>1+1</f><v></v></c>',
            f'<c r="{place}" t="e"><v>#REF!</v></c>',
            f'<c r="{place}" t="s"><v>{number}</v></c>',
            f'<c r="{place}" t="d"><v>{text}</v></c>',
            f'<c r="{place}"{style}/>',
        )
    )


LEVELS: dict[str, Damage] = {"bytes": _bytes, "container": _container, "xml": _xml, "cells": _cells}
