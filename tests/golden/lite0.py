"""Writes lite0.bin: what PyTorch makes of the packed EfficientNet-Lite0 and its photographs.

    pip install numpy torch        (made with numpy 2.4.6, torch 2.15.0, on a processor)
    python tests/golden/lite0.py

The network is written again over PyTorch's own convolutions, in f64, from the bytes of www/assets/imagenet, and differentiated by it.
In lite0.bin, little-endian: logits (1000 f32) of the panda at 224 pixels, of its middle 160 pixels, and of 288 with its edges repeated around;
probability of class 368 and of class 388 (f32) of every photo in order of the manifest, its first class (f32); then two gradients of the panda's
pixels (v / 255), every sixth number of 224 x 224 x 3, each a scale (f32) and i16: d log p(368), and d mean(relu(b5.expand)^2).
"""

import gzip
import json
import pathlib
import struct
import zlib

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
ASSETS = HERE.parent.parent / "www/assets/imagenet"
STEP = 6


def raw(name):
    data = gzip.decompress((ASSETS / f"{name}.bin.gz").read_bytes())
    assert zlib.crc32(data[:-4]) == struct.unpack("<I", data[-4:])[0]
    return data[:-4]


def layers():
    data = raw("lite0")
    assert data[:6] == b"UQNT\1\3"
    (count,) = struct.unpack_from("<H", data, 6)
    at, table = 8, []
    for _ in range(count):
        op, side, stride, relu6, inputs, outputs, added, length = struct.unpack_from("<4B3HB", data, at)
        name = data[at + 11 : at + 11 + length].decode()
        at += 11 + length
        table.append(dict(op=op, k=side, s=stride, relu6=relu6, cin=inputs, cout=outputs, added=added, name=name))
    for layer in table:
        op, k, cin, cout = (layer[key] for key in ("op", "k", "cin", "cout"))
        if op == 2:
            continue
        scale = np.frombuffer(data, "<f4", cout, at).astype(np.float64)
        bias = np.frombuffer(data, "<f4", cout, at + 4 * cout).astype(np.float64)
        at += 8 * cout
        shape = {0: (k, k, cin, cout), 1: (k, k, 1, cout), 3: (cin, cout)}[op]
        q = np.frombuffer(data, "i1", int(np.prod(shape)), at).astype(np.float64).reshape(shape) * scale
        at += int(np.prod(shape))
        layer["w"] = torch.tensor(q.T if op == 3 else q.transpose(3, 2, 0, 1))
        layer["b"] = torch.tensor(bias)
    assert at == len(data)
    return table


def same(x, k, s):
    def pad(n):
        all_ = max((-(-n // s) - 1) * s + k - n, 0)
        return [all_ // 2, all_ - all_ // 2]

    return F.pad(x, pad(x.shape[3]) + pad(x.shape[2]))


def run(net, pixels, upto=None):
    """pixels: 1 x 3 x h x w, 0 to 1."""
    x, outs = (pixels * 255 - 127) / 128, []
    for layer in net:
        op = layer["op"]
        if op == 2:
            x = x.mean((2, 3))
        elif op == 3:
            x = F.linear(x, layer["w"], layer["b"])
        else:
            groups = layer["cout"] if op == 1 else 1
            x = F.conv2d(same(x, layer["k"], layer["s"]), layer["w"], layer["b"], layer["s"], groups=groups)
        if layer["name"] == upto:
            return x
        if layer["relu6"]:
            x = F.relu6(x)
        if layer["added"]:
            x = x + outs[layer["added"] - 1]
        outs.append(x)
    return x[0]


def photo(name):
    data = raw(name)
    assert data[:6] == b"UPIC\1\3"
    height, width = struct.unpack_from("<HH", data, 6)
    rest = np.frombuffer(data, "u1", offset=10).reshape(height, width, 3).astype(int)
    x = np.zeros((height + 1, width + 1, 3), int)
    for i in range(height):
        for j in range(width):
            a, b, c = x[i + 1, j], x[i, j + 1], x[i, j]
            pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
            expected = np.where((pa <= pb) & (pa <= pc), a, np.where(pb <= pc, b, c))
            x[i + 1, j + 1] = (rest[i, j] + expected) % 256
    return x[1:, 1:]


def tensor(x):
    return torch.tensor(x.transpose(2, 0, 1)[None] / 255.0)


def gradient(net, x, of):
    x = tensor(x).requires_grad_()
    of(x).backward()
    g = x.grad[0].numpy().transpose(1, 2, 0).reshape(-1)[::STEP]
    scale = np.float32(abs(g).max() / 32767)
    return scale.tobytes() + np.rint(g / scale).astype("<i2").tobytes()


net, panda = layers(), photo("panda")
out = b""
for x in (panda, panda[32:192, 32:192], np.pad(panda, ((32, 32), (32, 32), (0, 0)), "edge")):
    with torch.no_grad():
        out += run(net, tensor(x)).numpy().astype("<f4").tobytes()
for name in json.loads((ASSETS / "manifest.json").read_text()):
    if name != "lite0":
        with torch.no_grad():
            p = torch.softmax(run(net, tensor(photo(name))), 0)
        first = int(p.argmax())
        print(f"{name}: class {first}, {p[first]:.3f}")
        out += struct.pack("<3f", p[368], p[388], first)
out += gradient(net, panda, lambda x: torch.log_softmax(run(net, x), 0)[368])
out += gradient(net, panda, lambda x: F.relu(run(net, x, "b5.expand")).square().mean())
(HERE / "lite0.bin").write_bytes(out)
