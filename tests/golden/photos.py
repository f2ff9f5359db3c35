"""Writes photos.bin: what Pillow makes of a piece of the panda, saved as JPEG and opened again, and made smaller.

    pip install pillow        (made with Pillow 13.0.0)
    python tests/golden/photos.py

In photos.bin: a piece of 45 rows of 61 pixels, RGB; the same after JPEG of quality 30, 75, 90 and 100, each at 4:4:4 and then at 4:2:0;
then its middle square, bilinear, at 16 and at 60 pixels.
"""

import gzip
import io
import pathlib
import struct

from PIL import Image

HERE = pathlib.Path(__file__).parent
ASSETS = HERE.parent.parent / "www/assets/imagenet"


def photo(name):
    data = gzip.decompress((ASSETS / f"{name}.bin.gz").read_bytes())
    height, width = struct.unpack_from("<HH", data, 6)
    line, x = 3 * width, bytearray(data[10:-4])
    for i in range(len(x)):
        left, above = i % line >= 3, i >= line
        a, b, c = left and x[i - 3], above and x[i - line], left and above and x[i - line - 3]
        pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        x[i] = (x[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c)) % 256
    return Image.frombytes("RGB", (width, height), bytes(x))


piece = photo("panda").crop((60, 40, 121, 85))
out = piece.tobytes()
for quality in (30, 75, 90, 100):
    for subsampling in (0, 2):
        file = io.BytesIO()
        piece.save(file, "jpeg", quality=quality, subsampling=subsampling)
        out += Image.open(file).convert("RGB").tobytes()
for side in (16, 60):
    out += piece.crop((8, 0, 53, 45)).resize((side, side), Image.BILINEAR).tobytes()
(HERE / "photos.bin").write_bytes(out)
