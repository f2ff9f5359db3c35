"""Writes lessons.json: scikit-learn's MLPClassifier on the points of tests/lessons.rs.

    pip install numpy scikit-learn        (made with numpy 2.4.6, scikit-learn 1.9.1)
    mkdir points && POINTS=$PWD/points cargo test --release --test lessons points
    python tests/golden/lessons.py points

Same points and split, same shape, tanh, Adam, rate and batch, and exactly as many updates; no penalty, no early stop.
Only the start (Glorot uniform) and the order of the points are its own.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

LAYERS, RATE, BATCH, STEPS, SEEDS = (16, 16), 0.02, 32, 3000, 5
SETS = ["spiral", "circle", "xor", "moons", "pinwheel"]


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{h:016x}"


def accuracy(path, seed):
    table = np.genfromtxt(path, delimiter=",", skip_header=1)
    x, y, held_out = table[:, :2], table[:, 2].astype(int), table[:, 3] > 0
    train, labels = x[~held_out], y[~held_out]
    net = MLPClassifier(
        LAYERS, activation="tanh", solver="adam", alpha=0.0, learning_rate_init=RATE, batch_size=BATCH, random_state=seed
    )
    rng, order = np.random.default_rng(seed), np.array([], int)
    for _ in range(STEPS):
        if len(order) < BATCH:
            order = np.concatenate([order, rng.permutation(len(train))])
        batch, order = order[:BATCH], order[BATCH:]
        net.partial_fit(train[batch], labels[batch], classes=np.unique(y))
    return float(net.score(x[held_out], y[held_out]))


warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
found = {}
for name in SETS:
    found[name] = []
    for seed in range(1, SEEDS + 1):
        path = folder / f"{name}-{seed}.csv"
        found[name].append({"points": fnv(path.read_bytes()), "accuracy": round(accuracy(path, seed), 6)})
    print(name, [f["accuracy"] for f in found[name]], flush=True)
pathlib.Path(__file__).with_name("lessons.json").write_text(json.dumps(found, indent=1) + "\n")
