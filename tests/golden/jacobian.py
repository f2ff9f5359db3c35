"""Writes jacobian.json: Jacobians, their determinants and singular values, and principal axes, as numpy answers.

    pip install numpy        (made with numpy 2.4.6)
    python tests/golden/jacobian.py

Every network is a chain of dense layers and activations written again here in f64; its Jacobian is the product of
diag(f'(z)) Wᵀ written out, from parameters and points that are exact in f32. Determinants are numpy.linalg.det (LU),
singular values numpy.linalg.svd (LAPACK gesdd), principal axes numpy.linalg.eigh of numpy.cov.
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(20180612)
SLOPES = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "leaky-relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1, 0.01)),
    "sine": (np.sin, np.cos),
}


def f32(x):
    """Rounded to f32, kept as f64."""
    return np.asarray(x, np.float32).astype(np.float64)


def network(function, widths):
    f, slope = SLOPES[function]
    points = f32(rng.uniform(-1, 1, (5, widths[0])))
    params, a = [], points
    chained = np.stack([np.eye(widths[0])] * len(points))
    for inputs, units in zip(widths, widths[1:]):
        w, b = f32(rng.normal(0, 1.2 / np.sqrt(inputs), (inputs, units))), f32(rng.normal(0, 0.3, units))
        params += [*w.ravel(), *b]
        z = a @ w + b
        layer = slope(z)[:, :, None] * w.T[None]
        chained = np.einsum("nij,njk->nik", layer, chained)
        a = f(z)
    return {
        "function": function,
        "widths": widths,
        "params": params,
        "points": points.ravel().tolist(),
        "jacobians": chained.ravel().tolist(),
        "singular": np.linalg.svd(chained, compute_uv=False).ravel().tolist(),
        "determinants": np.linalg.det(chained).tolist() if widths[0] == widths[-1] else [],
    }


def axes(width, rows):
    x = f32(rng.normal(0, 1, (rows, width)) * np.geomspace(2, 0.1, width) @ rng.normal(0, 1, (width, width)) + 0.4)
    variance, v = np.linalg.eigh(np.cov(x.T, bias=True))
    variance, v = variance[::-1][:3], v[:, ::-1][:, :3].T
    v *= np.sign(v[np.arange(3), np.abs(v).argmax(axis=1)])[:, None]
    return {
        "width": width,
        "x": x.ravel().tolist(),
        "mean": x.mean(axis=0).tolist(),
        "directions": v.ravel().tolist(),
        "share": (variance / np.trace(np.cov(x.T, bias=True))).tolist(),
    }


networks = [
    network("tanh", [2, 2, 2, 2]),
    network("sigmoid", [3, 3, 3]),
    network("leaky-relu", [2, 3, 2]),
    network("sine", [2, 16, 5]),
]
golden = {"networks": networks, "axes": [axes(4, 40), axes(16, 60)]}
path = pathlib.Path(__file__).with_name("jacobian.json")
path.write_text(json.dumps(golden) + "\n")
