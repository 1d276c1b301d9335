"""What schemathesis can't know: a photo, where the document asks for one. Used by openapi.sh."""

import base64
import itertools
import random
import struct
import zlib

import schemathesis

PHOTOS = ("file", "source_image", "target_image")
numbers = itertools.count()


def photo(seed):
    """A PNG of 16×16 pixels that no other seed gives: a photo is one person's."""
    pixels = random.Random(seed)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + pixels.randbytes(48) for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts a photo into what is meant to be accepted; what is meant to be refused stays as it is."""
    if case.meta is None or not case.meta.generation.mode.is_positive or not isinstance(case.body, dict):
        return
    for name in PHOTOS:
        if name in case.body:
            bytes = photo(next(numbers))
            case.body[name] = base64.b64encode(bytes).decode() if case.media_type == "application/json" else bytes
