"""Small pictures, made when they are asked for, so that no card of the sample site is broken."""

from __future__ import annotations

import struct
import zlib
from colorsys import hls_to_rgb

WIDTH, HEIGHT = 320, 180


def picture_name(path: str) -> str:
    """Return the file name of the picture that goes with the page at `path`: eight hexadecimal digits and ".png"."""
    return f"{zlib.crc32(path.encode()):08x}.png"


def picture(name: str) -> bytes:
    """Return a PNG of 320 by 180 pixels: a soft gradient in a colour of its own for each `name`."""
    seed = zlib.crc32(name.encode())
    hue, drift = seed % 360 / 360, (seed >> 12) % 60 / 360
    rows = b"".join(b"\0" + bytes(_colour(hue + drift * y / HEIGHT, y)) * WIDTH for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)  # 8 bits each of red, green and blue
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND")


def _colour(hue: float, y: int) -> tuple[int, int, int]:
    red, green, blue = hls_to_rgb(hue % 1, 0.72 - 0.34 * y / HEIGHT, 0.45)
    return round(red * 255), round(green * 255), round(blue * 255)


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
