"""Writes probe.json: what scikit-learn's LogisticRegression(C=1e3) makes of points that are exact in f32.

    pip install numpy scikit-learn        (made with numpy 2.4.6, scikit-learn 1.9.1)
    python tests/golden/probe.py

It climbs with L-BFGS to a tolerance of 1e-10; ours takes Newton's steps. Where they meet is the one best fit.
"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(20170718)
FIT, NEW = 160, 400


def case(name, x, y):
    x = np.asarray(x, np.float32).round(4).astype(np.float32).astype(np.float64)
    fit = LogisticRegression(C=1e3, tol=1e-10, max_iter=1_000_000).fit(x[:FIT], y[:FIT])
    weights = np.hstack([fit.coef_, fit.intercept_[:, None]])
    return {
        "name": name,
        "classes": int(y.max()) + 1,
        "features": x.shape[1],
        "x": [round(v, 4) for v in x.ravel().tolist()],
        "class": y.tolist(),
        "fit": FIT,
        "weights": weights.ravel().tolist(),
        "accuracy": fit.score(x[:FIT], y[:FIT]),
        "newAccuracy": fit.score(x[FIT:], y[FIT:]),
    }


def clusters(classes, features, spread):
    y = np.arange(FIT + NEW) % classes
    middles = rng.normal(size=(classes, features))
    return middles[y] + spread * rng.normal(size=(FIT + NEW, features)), y


def layer(width):
    """Activations of a random tanh layer, nearly dependent columns and all, for a disc in a ring."""
    y = np.arange(FIT + NEW) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, FIT + NEW), np.where(y == 0, 0.3, 0.7) + 0.08 * rng.normal(size=FIT + NEW)
    plane = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    return np.tanh(plane @ rng.normal(size=(2, width)) + 0.3 * rng.normal(size=width)), y


cases = [
    case("two overlapping clusters", *clusters(2, 2, 0.9)),
    case("two clusters far apart", *clusters(2, 3, 0.15)),
    case("three clusters", *clusters(3, 2, 0.6)),
    case("five clusters in four dimensions", *clusters(5, 4, 0.7)),
    case("a layer of eight", *layer(8)),
]
text = json.dumps(cases, separators=(",", ":"))
pathlib.Path(__file__).with_name("probe.json").write_text(text + "\n")
for c in cases:
    print(c["name"], c["accuracy"], c["newAccuracy"], np.abs(c["weights"]).max())
