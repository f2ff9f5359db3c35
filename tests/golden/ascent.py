"""Writes ascent.bin: what JAX makes of the climb in EfficientNet-Lite0's b7.expand.

    pip install jax numpy        (made with jax 0.10.2, numpy 2.4.6, on a processor)
    python tests/golden/ascent.py

The network is written over JAX's own convolutions with its own "SAME" padding, in f64, from the bytes of www/assets/imagenet, and differentiated
by it. In ascent.bin, little-endian, for the panda at 224 pixels, as the network gets it ((v - 127) / 128): mean(relu(b7.expand)^2) and
sqrt(mean(relu(b7.expand[channel 20])^2)) (f32), then the gradient of each: a scale (f32) and every sixth number of 224 x 224 x 3 (i16).
"""

import gzip
import pathlib
import struct

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).parent
ASSETS = HERE.parent.parent / "www/assets/imagenet"
LAYER, CHANNEL, STEP = "b7.expand", 20, 6


def raw(name):
    return gzip.decompress((ASSETS / f"{name}.bin.gz").read_bytes())[:-4]


def layers():
    data = raw("lite0")
    (count,) = struct.unpack_from("<H", data, 6)
    at, table = 8, []
    for _ in range(count):
        op, side, stride, relu6, inputs, outputs, added, length = struct.unpack_from("<4B3HB", data, at)
        name = data[at + 11 : at + 11 + length].decode()
        at += 11 + length
        table.append((name, op, side, stride, relu6, inputs, outputs, added))
    for name, op, side, stride, relu6, inputs, outputs, added in table:
        if op == 2:
            continue
        scale = np.frombuffer(data, "<f4", outputs, at).astype(np.float64)
        bias = np.frombuffer(data, "<f4", outputs, at + 4 * outputs).astype(np.float64)
        at += 8 * outputs
        # Height, width, channels in, channels out: as JAX has them, too.
        shape = {0: (side, side, inputs, outputs), 1: (side, side, 1, outputs), 3: (inputs, outputs)}[op]
        w = np.frombuffer(data, "i1", int(np.prod(shape)), at).astype(np.float64).reshape(shape) * scale
        at += int(np.prod(shape))
        yield name, op, stride, relu6, added, w, bias


NET = list(layers())


def climbed(x):
    x, outs = x[None], []
    for name, op, stride, relu6, added, w, bias in NET:
        groups = w.shape[3] if op == 1 else 1
        x = jax.lax.conv_general_dilated(
            x, w, (stride, stride), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"), feature_group_count=groups
        ) + bias
        if name == LAYER:
            return x
        x = jnp.clip(x, 0, 6) if relu6 else x
        x = x + outs[added - 1] if added else x
        outs.append(x)


def photo(name):
    data = raw(name)
    height, width = struct.unpack_from("<HH", data, 6)
    rest = np.frombuffer(data, "u1", offset=10).reshape(height, width, 3).astype(int)
    x = np.zeros((height + 1, width + 1, 3), int)
    for i in range(height):
        for j in range(width):
            a, b, c = x[i + 1, j], x[i, j + 1], x[i, j]
            pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
            expected = np.where((pa <= pb) & (pa <= pc), a, np.where(pb <= pc, b, c))
            x[i + 1, j + 1] = (rest[i, j] + expected) % 256
    return (x[1:, 1:] - 127) / 128


def packed(g):
    g = np.asarray(g).reshape(-1)[::STEP]
    scale = np.float32(abs(g).max() / 32767)
    return scale.tobytes() + np.rint(g / scale).astype("<i2").tobytes()


whole = lambda x: jnp.square(jax.nn.relu(climbed(x))).mean()
one = lambda x: jnp.sqrt(jnp.square(jax.nn.relu(climbed(x)[..., CHANNEL])).mean())
panda = jnp.asarray(photo("panda"))
value, gradient = jax.value_and_grad(whole)(panda)
channel, slope = jax.value_and_grad(one)(panda)
print(value, channel)
(HERE / "ascent.bin").write_bytes(struct.pack("<2f", value, channel) + packed(gradient) + packed(slope))
