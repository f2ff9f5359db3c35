"""Writes digits_attacks.json: what foolbox's attacks do to the network of the `digits` lab, on the digits that ship.

    pip install numpy jax foolbox==3.3.4        (made with numpy 2.4.6, jax 0.10.2, on a processor)
    python tests/golden/digits_attacks.py

The network is digits_network.bin, written by
`cargo test --release --test attacks writes_the_network_of_digits -- --ignored`: its parameters as f32, little-endian.
Start noise is a hash of the pixel's index, so that both sides make it and neither ships it.
"""

import gzip
import json
import pathlib

import eagerpy as ep
import foolbox as fb
import jax
import jax.numpy as jnp
import numpy as np

HERE = pathlib.Path(__file__).parent
EPSILONS = [0.05, 0.1, 0.2, 0.3]
DIGITS, FEW, SEEDS = 100, 60, 3
STEPS, SHARE = 40, 30  # α = ε / 30: foolbox's default, and Madry's
PIXELS, ALL = (0.0, 1.0), (-10.0, 10.0)

data = gzip.decompress((HERE.parent.parent / "www" / "assets" / "digits" / "digits-test.bin.gz").read_bytes())
assert data[:5] == b"UIMG\x01"
count = int.from_bytes(data[10:14], "little")
labels = np.frombuffer(data, np.uint8, DIGITS, 14).astype(np.int64)
x = np.frombuffer(data, np.uint8, DIGITS * 784, 14 + count).reshape(DIGITS, 28, 28, 1)
x = x.astype(np.float32) / np.float32(255)

params, at = np.frombuffer((HERE / "digits_network.bin").read_bytes(), "<f4"), 0


def take(*shape):
    global at
    values = params[at : at + int(np.prod(shape))].reshape(shape)
    at += values.size
    return jnp.asarray(values)


layers = [take(3, 3, 1, 8), take(8), take(3, 3, 8, 16), take(16), take(784, 10), take(10)]
assert at == len(params)


def convolved(x, w, b):
    dims = ("NHWC", "HWIO", "NHWC")
    y = jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=dims, precision="highest")
    return jax.lax.reduce_window(jax.nn.relu(y + b), -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


@jax.jit
def network(x):
    w1, b1, w2, b2, w3, b3 = layers
    y = convolved(convolved(x, w1, b1), w2, b2)
    return jnp.matmul(y.reshape(len(x), 784), w3, precision="highest") + b3


def attacked(attack, bounds=PIXELS, rows=DIGITS, **kwargs):
    model = fb.JAXModel(network, bounds=bounds)
    criterion = fb.Misclassification(jnp.asarray(labels[:rows]))
    return np.asarray(attack.run(model, jnp.asarray(x[:rows]), criterion, **kwargs))


def noise(epsilon):
    """Even in ±ε: of pixel i the finisher of MurmurHash3 of i + 1, its upper 24 bits."""
    h = np.arange(1, x.size + 1, dtype=np.uint32)
    h = (h ^ (h >> 16)) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> 13)) * np.uint32(0xC2B2AE35)
    h ^= h >> 16
    unit = (h >> 8).astype(np.float32) / np.float32(1 << 24)
    return (np.float32(epsilon) * (np.float32(2) * unit - np.float32(1))).reshape(x.shape)


def climbing(kind, epsilon):
    rate = float(np.float32(epsilon) / np.float32(SHARE))
    return kind(abs_stepsize=rate, steps=STEPS, random_start=True)


class FromNoise(fb.attacks.LinfProjectedGradientDescentAttack):
    """Started where we start."""

    def get_random_start(self, x0, epsilon):
        return x0 + ep.astensor(jnp.asarray(noise(epsilon)))


def read(points):
    """Class of each row, and by how much its logit leads."""
    logits = np.asarray(network(jnp.asarray(points)))
    top = np.sort(logits, axis=1)
    gaps = [float(f"{gap:.4g}") for gap in top[:, -1] - top[:, -2]]
    return {"classes": logits.argmax(axis=1).tolist(), "gaps": gaps}


def lengths(points):
    rows = len(points)
    return np.linalg.norm((points - x[:rows]).reshape(rows, -1).astype(np.float64), axis=1)


def short(values):
    return [float(f"{v:.7g}") for v in values]


clean = read(x)
assert clean["classes"] == labels.tolist(), "one is misread: foolbox would push it, and we leave it alone"
pushes = []
for epsilon in EPSILONS:
    fgsm = attacked(fb.attacks.LinfFastGradientAttack(), epsilon=epsilon)
    pgd = attacked(climbing(FromNoise, epsilon), epsilon=epsilon)
    own = climbing(fb.attacks.LinfProjectedGradientDescentAttack, epsilon)
    seeds = [np.array(read(attacked(own, epsilon=epsilon))["classes"]) == labels for _ in range(SEEDS)]
    accuracies = [float(kept.mean()) for kept in seeds]
    pushes.append({"epsilon": epsilon, "fgsm": read(fgsm), "pgd": read(pgd), "own": accuracies})

# Its sum of steps goes on outside the box while the picture is clipped; wide bounds leave that convention out.
raw = dict(steps=50, candidates=10, overshoot=0.02, loss="logits")
deepfool = lengths(attacked(fb.attacks.L2DeepFoolAttack(**raw), ALL))
boxed = lengths(attacked(fb.attacks.L2DeepFoolAttack(**raw), PIXELS))
lengths_of_x = np.linalg.norm(x.reshape(DIGITS, -1).astype(np.float64), axis=1)

# Its best rate of 0.01, 0.05 and 0.1 (means 0.954, 0.884, 0.887): from a black pixel, where tanh is flat, 0.01 hardly gets away.
search = dict(binary_search_steps=6, steps=300, stepsize=0.05, initial_const=1.0, abort_early=True)
wagner = attacked(fb.attacks.L2CarliniWagnerAttack(**search), rows=FEW)
fooled = np.array(read(wagner)["classes"]) != labels[:FEW]

out = {
    "about": "foolbox 3.3.4 on digits_network.bin; made by digits_attacks.py",
    "clean": clean,
    "pushes": pushes,
    "deepfool": {"sizes": short(deepfool), "rho": float((deepfool / lengths_of_x).mean())},
    "deepfool_boxed": {"rho": float((boxed / lengths_of_x).mean()), "mean": float(boxed[:FEW].mean())},
    "wagner": {"success": float(fooled.mean()), "mean": float(lengths(wagner).mean())},
}
(HERE / "digits_attacks.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
print("digits_attacks.json:", (HERE / "digits_attacks.json").stat().st_size, "bytes")
