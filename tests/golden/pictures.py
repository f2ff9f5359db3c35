"""Writes pictures.json: what an independent implementation of the layers of pictures, and of bounds, answers.

    pip install numpy jax        (made with numpy 2.4.6, jax 0.10.2, on a processor)
    python tests/golden/pictures.py

Networks are written again over JAX's own convolutions and windows, in f64, from parameters and inputs that are exact in
f32, and differentiated by it; "SAME" is XLA's. Bounds are interval bound propagation in its plain form.
"""

import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20180601)

ROWS, CLASSES = 3, 4
ACTIVATIONS = {
    "relu": jax.nn.relu,
    "relu6": jax.nn.relu6,
    "tanh": jnp.tanh,
    "leaky-relu": lambda x: jax.nn.leaky_relu(x, 0.01),
    "sigmoid": jax.nn.sigmoid,
}


def f32(x):
    """Rounded to f32, kept as f64."""
    return np.asarray(x, np.float32).astype(np.float64)


def conv(channels, kernel, stride=1, padding="same"):
    return {"kind": "conv", "channels": channels, "kernel": kernel, "stride": stride, "padding": padding, "init": "he"}


def depthwise(kernel, stride=1, padding="same"):
    return {"kind": "depthwise", "kernel": kernel, "stride": stride, "padding": padding, "init": "he"}


def pool(kind, window, stride):
    return {"kind": kind, "window": window, "stride": stride}


def dense(units):
    return {"kind": "dense", "units": units, "init": "he"}


def activation(name):
    return {"kind": "relu6"} if name == "relu6" else {"kind": "activation", "function": name}


def convolve(x, w, layer, groups):
    padding = layer["padding"]
    pads = "SAME" if padding == "same" else [(padding["each"], padding["each"])] * 2
    return jax.lax.conv_general_dilated(
        x, w, (layer["stride"],) * 2, pads, dimension_numbers=("NHWC", "HWIO", "NHWC"), feature_group_count=groups
    )


def windows(x, layer, start, of):
    k, s = layer["window"], layer["stride"]
    return jax.lax.reduce_window(x, start, of, (1, k, k, 1), (1, s, s, 1), "VALID")


def linear(layer, x):
    """Shape of the weights, and how they act: `act(x, w)`, without bias."""
    k, c = layer.get("kernel"), x[-1]
    if layer["kind"] == "conv":
        return (k, k, c, layer["channels"]), lambda x, w: convolve(x, w, layer, 1)
    if layer["kind"] == "depthwise":
        return (k, k, 1, c), lambda x, w: convolve(x, w, layer, c)
    return (int(np.prod(x[1:])), layer["units"]), lambda x, w: x.reshape(x.shape[0], -1) @ w


def increasing(layer, xs):
    """A layer without weights in which no output falls when an input rises."""
    x = xs[0]
    return {
        "activation": lambda: ACTIVATIONS[layer["function"]](x),
        "relu6": lambda: jax.nn.relu6(x),
        "max-pool": lambda: windows(x, layer, -jnp.inf, jax.lax.max),
        "average-pool": lambda: windows(x, layer, 0.0, jax.lax.add) / layer["window"] ** 2,
        "mean-pool": lambda: jnp.mean(x, axis=(1, 2), keepdims=True),
        "flatten": lambda: x.reshape(x.shape[0], 1, 1, -1),
        "add": lambda: x + xs[1],
    }[layer["kind"]]()


def norm(x, gain, bias):
    rows = x.reshape(x.shape[0], -1)
    mean, variance = rows.mean(axis=1, keepdims=True), rows.var(axis=1, keepdims=True)
    return ((rows - mean) / jnp.sqrt(variance + 1e-5) * gain + bias).reshape(x.shape)


class Net:
    def __init__(self, shape, nodes):
        self.shape, self.nodes = shape, nodes

    def run(self, x, params, box=None):
        """Logits; with a `box`, half a side of it, the bounds of the logits instead."""
        start = 0

        def take(shape):
            nonlocal start
            part = params[start : start + int(np.prod(shape))].reshape(shape)
            start += part.size
            return part

        x = x.reshape(-1, *self.shape)
        acts = [x if box is None else (jnp.clip(x - box, 0, 1), jnp.clip(x + box, 0, 1))]
        for node in self.nodes:
            layer, xs = node["layer"], [acts[a] for a in node["inputs"]]
            shape = (xs[0] if box is None else xs[0][0]).shape
            if layer["kind"] in ("conv", "depthwise", "dense"):
                of, act = linear(layer, shape)
                w = take(of)
                b = take(of[-1:])
                if box is None:
                    acts.append(act(xs[0], w) + b)
                else:
                    c, r = (xs[0][0] + xs[0][1]) / 2, (xs[0][1] - xs[0][0]) / 2
                    c, r = act(c, w) + b, act(r, jnp.abs(w))
                    acts.append((c - r, c + r))
            elif layer["kind"] == "layer-norm":
                n = int(np.prod(shape[1:]))
                acts.append(norm(xs[0], take((n,)), take((n,))))
            elif box is None:
                acts.append(increasing(layer, xs))
            else:
                acts.append(tuple(increasing(layer, [x[end] for x in xs]) for end in (0, 1)))
        self.size = start
        last = acts[-1]
        return last.reshape(len(x), -1) if box is None else tuple(y.reshape(len(x), -1) for y in last)


def chain(layers):
    return [{"layer": layer, "inputs": [i]} for i, layer in enumerate(layers)]


def cross_entropy(z, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(z), labels[:, None], 1)[:, 0]


def drawn(net, scale=0.4):
    """Parameters, inputs of [0, 1] and labels."""
    net.run(np.zeros((1, int(np.prod(net.shape)))), np.zeros(100_000))
    params, x = f32(rng.normal(size=net.size) * scale), f32(rng.uniform(size=(ROWS, int(np.prod(net.shape)))))
    return params, x, rng.integers(0, CLASSES, ROWS)


def network(name, shape, nodes):
    net = Net(shape, nodes)
    params, x, labels = drawn(net)
    loss = lambda params, x: cross_entropy(net.run(x, params), labels)
    return {
        "name": name,
        "shape": {"height": shape[0], "width": shape[1], "channels": shape[2]},
        "nodes": nodes,
        "params": params,
        "x": x,
        "labels": labels,
        "logits": net.run(x, params),
        "dparams": jax.grad(lambda w: jnp.mean(loss(w, x)))(params),
        "dx": jax.grad(lambda p: jnp.sum(loss(params, p)))(x),
    }


def networks():
    relu, mean, last = activation("relu"), {"kind": "mean-pool"}, dense(CLASSES)
    for stride in (1, 2):
        for side in (6, 7):
            name = f"same, stride {stride}, side {side}"
            layers = [conv(8, 3, stride), activation("tanh"), conv(5, 5, stride), activation("relu6"), mean, last]
            yield network(name, (side, side + 1, 2), chain(layers))
            layers = [depthwise(3, stride), activation("tanh"), depthwise(5, stride), activation("tanh"), mean, last]
            yield network(f"depthwise, {name}", (side, side + 1, 3), chain(layers))
    small = [conv(8, 3, 1, {"each": 1}), relu, pool("max-pool", 2, 2), conv(12, 3, 1, {"each": 1}), relu]
    yield network("digits", (8, 8, 1), chain([*small, pool("max-pool", 2, 2), last]))
    bare = [conv(6, 4, 3, {"each": 0}), activation("tanh"), pool("max-pool", 2, 1), {"kind": "flatten"}, last]
    yield network("bare windows", (11, 9, 3), chain(bare))
    means = [conv(7, 1), pool("average-pool", 3, 2), activation("tanh"), {"kind": "mean-pool"}, last]
    yield network("means", (7, 9, 2), chain(means))
    norms = [conv(3, 3), {"kind": "layer-norm"}, activation("tanh"), {"kind": "flatten"}, dense(6), {"kind": "layer-norm"}]
    yield network("layer norm", (3, 4, 2), chain([*norms, last]))
    residual = [conv(8, 3, 2), activation("relu6"), depthwise(3), activation("relu6"), conv(8, 1), {"kind": "add"}]
    reads = [[0], [1], [2], [3], [4], [2, 5], [6], [7]]
    nodes = [{"layer": l, "inputs": r} for l, r in zip([*residual, {"kind": "mean-pool"}, last], reads)]
    yield network("residual", (8, 7, 3), nodes)


EPSILON, KAPPA = float(np.float32(0.05)), 0.5


def bounds(name, shape, nodes):
    """Ends of the logits, the worst logits, and the gradient of κ CE + (1 − κ) CE of the worst."""
    net = Net(shape, nodes)
    params, x, labels = drawn(net, 0.3)

    def worst(params):
        low, high = net.run(x, params, EPSILON)
        return jnp.where(jax.nn.one_hot(labels, CLASSES) > 0, low, high)

    def loss(params):
        plain, hard = cross_entropy(net.run(x, params), labels), cross_entropy(worst(params), labels)
        return KAPPA * jnp.mean(plain) + (1 - KAPPA) * jnp.mean(hard)

    low, high = net.run(x, params, EPSILON)
    return {
        "name": name,
        "shape": {"height": shape[0], "width": shape[1], "channels": shape[2]},
        "nodes": nodes,
        "params": params,
        "x": x,
        "labels": labels,
        "low": low,
        "high": high,
        "worst": worst(params),
        "loss": loss(params),
        "dparams": jax.grad(loss)(params),
    }


def bounded():
    relu, last = activation("relu"), dense(CLASSES)
    for name in ACTIVATIONS:
        yield bounds(name, (1, 1, 5), chain([dense(9), activation(name), dense(7), activation(name), last]))
    small = [conv(8, 3, 1, {"each": 1}), relu, pool("max-pool", 2, 2), conv(12, 3, 2), relu, pool("average-pool", 2, 1)]
    yield bounds("digits", (8, 8, 1), chain([*small, {"kind": "flatten"}, last]))
    residual = [conv(4, 3), activation("relu6"), depthwise(3), {"kind": "add"}, {"kind": "mean-pool"}, last]
    reads = [[0], [1], [2], [2, 3], [4], [5]]
    yield bounds("residual", (5, 4, 3), [{"layer": l, "inputs": r} for l, r in zip(residual, reads)])


def plain(x):
    """Arrays as flat lists of whole numbers or of nine digits."""
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if hasattr(x, "dtype"):
        x = np.asarray(x)
        if x.ndim == 0:
            return float(f"{float(x):.9g}")
        x = x.ravel()
        return x.tolist() if x.dtype.kind == "i" else [float(f"{v:.9g}") for v in x]
    return float(f"{x:.9g}") if isinstance(x, float) else x


golden = {"networks": list(networks()), "epsilon": EPSILON, "kappa": KAPPA, "bounds": list(bounded())}
out = pathlib.Path(__file__).with_name("pictures.json")
out.write_text(json.dumps(plain(golden), separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes")
