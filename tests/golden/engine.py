"""Writes engine.json: what an independent implementation of the engine's formulas answers.

    pip install numpy jax        (made with numpy 2.4.6, jax 0.10.2, on a processor)
    python tests/golden/engine.py

Networks, losses and penalties are written again in JAX and differentiated by it, in f64, from parameters and inputs
that are exact in f32. Optimisers are PyTorch's formulas (torch.optim, foreach=False) derived again in numpy f64:
installing torch for six formulas would take six gigabytes. Schedules are their closed forms in numpy f64.
"""

import json
import math
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
rng = np.random.default_rng(20170718)

ROWS, CLASSES, DELTA = 6, 3, 0.6
ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": jax.nn.relu,
    "leaky-relu": lambda x: jax.nn.leaky_relu(x, 0.01),
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "gelu": lambda x: jax.nn.gelu(x, approximate=True),
    "sine": jnp.sin,
}
TERMS = {
    "x": lambda p: p[0],
    "y": lambda p: p[1],
    "x2": lambda p: p[0] ** 2,
    "y2": lambda p: p[1] ** 2,
    "xy": lambda p: p[0] * p[1],
    "sinx": lambda p: jnp.sin(jnp.pi * p[0]),
    "siny": lambda p: jnp.sin(jnp.pi * p[1]),
}


def f32(x):
    """Rounded to f32, kept as f64."""
    return np.asarray(x, np.float32).astype(np.float64)


def dense(units):
    return {"kind": "dense", "units": units, "init": "xavier"}


def activation(name):
    return {"kind": "activation", "function": name}


def chain(layers):
    return [{"layer": layer, "inputs": [i]} for i, layer in enumerate(layers)]


def width(nodes, index):
    """Features of activation `index`; 0 is the point of the plane."""
    if index == 0:
        return 2
    node = nodes[index - 1]
    layer = node["layer"]
    return {"dense": lambda: layer["units"], "features": lambda: len(layer["terms"])}.get(
        layer["kind"], lambda: width(nodes, node["inputs"][0])
    )()


def parameters(nodes):
    """Per dense node: (start, inputs, units) in the flat vector, W row-major then b."""
    start, found = 0, {}
    for i, node in enumerate(nodes):
        if node["layer"]["kind"] == "dense":
            n, m = width(nodes, node["inputs"][0]), node["layer"]["units"]
            found[i] = (start, n, m)
            start += n * m + m
    return start, found


def answer(nodes, params, point):
    """Logits at one point."""
    _, places = parameters(nodes)
    acts = [point]
    for i, node in enumerate(nodes):
        x, layer = acts[node["inputs"][0]], node["layer"]
        if layer["kind"] == "dense":
            start, n, m = places[i]
            w = params[start : start + n * m].reshape(n, m)
            y = x @ w + params[start + n * m : start + n * m + m]
        elif layer["kind"] == "activation":
            y = ACTIVATIONS[layer["function"]](x)
        elif layer["kind"] == "features":
            y = jnp.stack([TERMS[t](x) for t in layer["terms"]])
        else:
            y = x + acts[node["inputs"][1]]
        acts.append(y)
    return acts[-1]


def huber(e):
    a = jnp.abs(e)
    return jnp.where(a <= DELTA, 0.5 * e * e, DELTA * (a - 0.5 * DELTA))


LOSSES = {
    "cross-entropy": lambda z, label, target: -jax.nn.log_softmax(z)[label],
    "mse": lambda z, label, target: jnp.mean((z - target) ** 2),
    "huber": lambda z, label, target: jnp.mean(huber(z - target)),
    # torch.nn.MultiMarginLoss: Σ_{i≠label} max(0, 1 − z_label + z_i) / classes. The term i = label would add 1 / classes.
    "hinge": lambda z, label, target: (jnp.sum(jnp.maximum(0.0, 1 - z[label] + z)) - 1) / z.shape[0],
}


def network(name, nodes):
    total, _ = parameters(nodes)
    params, x = f32(rng.normal(size=total) * 0.7), f32(rng.normal(size=(ROWS, 2)))
    labels, targets = rng.integers(0, CLASSES, ROWS), f32(rng.normal(size=(ROWS, CLASSES)))
    logits = jax.vmap(lambda p: answer(nodes, params, p))(x)
    losses = {}
    for loss, of in LOSSES.items():

        def rows(params, x):
            return jax.vmap(lambda p, l, t: of(answer(nodes, params, p), l, t))(x, labels, targets)

        losses[loss] = {
            "values": rows(params, x),
            "dparams": jax.grad(lambda w: jnp.mean(rows(w, x)))(params),
            "dx": jax.grad(lambda p: jnp.sum(rows(params, p)))(x),
        }
    return {
        "name": name,
        "nodes": nodes,
        "params": params,
        "x": x,
        "labels": labels,
        "targets": targets,
        "logits": logits,
        "losses": losses,
    }


def networks():
    for name in ACTIVATIONS:
        yield network(name, chain([dense(7), activation(name), dense(5), activation(name), dense(CLASSES)]))
    yield network("features", chain([{"kind": "features", "terms": list(TERMS)}, dense(CLASSES)]))
    residual = [dense(6), activation("tanh"), dense(6), {"kind": "add"}, activation("gelu"), dense(CLASSES)]
    reads = [[0], [1], [2], [1, 3], [4], [5]]
    yield network("residual", [{"layer": l, "inputs": r} for l, r in zip(residual, reads)])


class Rule:
    """PyTorch's update rules with the defaults the engine fixes."""

    def __init__(self, name, size):
        self.name, self.m, self.v, self.t = name, np.zeros(size), np.zeros(size), 0

    def step(self, w, g, rate):
        self.t += 1
        if self.name == "sgd":
            return w - rate * g
        if self.name in ("momentum", "nesterov"):
            self.m = 0.9 * self.m + g
            return w - rate * (g + 0.9 * self.m if self.name == "nesterov" else self.m)
        if self.name == "rmsprop":
            self.v = 0.99 * self.v + 0.01 * g * g
            return w - rate * g / (np.sqrt(self.v) + 1e-8)
        if self.name == "adamw":
            w = w * (1 - rate * 0.01)
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.999 * self.v + 0.001 * g * g
        m_hat, v_hat = self.m / (1 - 0.9**self.t), self.v / (1 - 0.999**self.t)
        return w - rate * m_hat / (np.sqrt(v_hat) + 1e-8)


RATES = {"sgd": 0.3, "momentum": 0.05, "nesterov": 0.05, "rmsprop": 0.01, "adam": 0.02, "adamw": 0.02}


def rules():
    """100 steps on gradients that are given: 13 numbers, so that vectors of four leave one over."""
    start, gradients = f32(rng.normal(size=13)), f32(rng.normal(size=(100, 13)))
    ends = {}
    for name, rate in RATES.items():
        w, rule = start, Rule(name, 13)
        for g in gradients:
            w = rule.step(w, g, float(np.float32(rate)))
        ends[name] = w
    return {"start": start, "gradients": gradients, "rates": RATES, "ends": ends}


def trainings():
    """100 steps of each rule on batches of 8 in a fixed order, cross-entropy and a decay of the weights."""
    nodes = chain([dense(6), activation("tanh"), dense(CLASSES)])
    total, places = parameters(nodes)
    start, x = f32(rng.normal(size=total) * 0.5), f32(rng.normal(size=(24, 2)))
    labels = (np.floor((np.arctan2(x[:, 1], x[:, 0]) / math.pi + 1) * 1.5) % 3).astype(int)
    order = np.concatenate([rng.permutation(24) for _ in range(34)])[:800].reshape(100, 8)

    def loss(w, batch):
        z = jax.vmap(lambda p: answer(nodes, w, p))(jnp.asarray(x)[batch])
        return -jnp.mean(jax.nn.log_softmax(z)[jnp.arange(8), jnp.asarray(labels)[batch]])

    slope = jax.jit(jax.grad(loss))
    ends = {}
    for name, rate in RATES.items():
        w, rule = start, Rule(name, total)
        for batch in order:
            w = rule.step(w, np.asarray(slope(w, batch)), float(np.float32(rate)))
        ends[name] = w
    return {"nodes": nodes, "start": start, "x": x, "labels": labels, "order": order, "rates": RATES, "ends": ends}


def penalty():
    """Gradient of l1 Σ|w| + ½ l2 Σw² over weights, none over biases."""
    nodes = chain([dense(5), activation("tanh"), dense(CLASSES)])
    total, places = parameters(nodes)
    params = f32(rng.normal(size=total))
    params[3] = 0.0

    def value(w):
        of = [w[start : start + n * m] for start, n, m in places.values()]
        return sum(0.03 * jnp.sum(jnp.abs(x)) + 0.5 * 0.2 * jnp.sum(x * x) for x in of)

    gradient = np.array(jax.grad(value)(params))
    # JAX gives |x| the slope 1 at 0 or 0 by version; the engine's choice is 0.
    gradient[3] = 0.0
    return {"nodes": nodes, "params": params, "l1": 0.03, "l2": 0.2, "gradient": gradient}


def schedules():
    steps = [0, 1, 50, 98, 99, 100, 101, 999, 1000, 1001, 1500, 2999, 3000, 3099, 3100, 5000, 19000, 30000]
    cosine = lambda t: 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(t, 3000) / 3000))
    of = {
        "constant": lambda t: 1.0,
        "step": lambda t: 0.5 ** min(t // 1000, 20),
        "exponential": lambda t: math.exp(-min(t, 20000) / 1000),
        "cosine": cosine,
        "warmup": lambda t: (t + 1) / 100 if t < 100 else cosine(t - 100),
    }
    return {"steps": steps, "shares": {name: [f(t) for t in steps] for name, f in of.items()}}


def plain(x):
    """Arrays as flat lists of whole numbers or of nine digits."""
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if hasattr(x, "dtype"):
        x = np.asarray(x).ravel()
        return x.tolist() if x.dtype.kind == "i" else [float(f"{v:.9g}") for v in x]
    return float(f"{x:.9g}") if isinstance(x, float) else x


golden = {
    "networks": list(networks()),
    "rules": rules(),
    "trainings": trainings(),
    "penalty": penalty(),
    "schedules": schedules(),
}
out = pathlib.Path(__file__).with_name("engine.json")
out.write_text(json.dumps(plain(golden), separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes")
