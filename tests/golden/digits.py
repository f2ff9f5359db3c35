"""Writes digits.json: PyTorch's training of the network that tests/lessons_digits.rs trains, on the same digits.

    pip install numpy torch        (made with numpy 2.4.6, torch 2.15.0, on a processor)
    python tests/golden/digits.py

Same layers, digits, rule (Adam), rate and its course, minibatch, number of updates, shifts; He's start. Only what is drawn is
its own: the start, the order of the digits, the shifts.
"""

import gzip
import json
import math
import pathlib
import sys

import numpy as np
import torch
from torch import nn

RATE, BATCH, STEPS, SHIFT, SEEDS = 0.005, 32, 1900, 2, 5
HERE = pathlib.Path(__file__).parent
FILES = HERE.parent.parent / "www" / "assets" / "digits"


def pictures(name):
    data = gzip.decompress((FILES / f"{name}.bin.gz").read_bytes())
    assert data[:5] == b"UIMG\x01"
    count = int.from_bytes(data[10:14], "little")
    classes = np.frombuffer(data, np.uint8, count, 14).astype(np.int64)
    pixels = np.frombuffer(data, np.uint8, count * 784, 14 + count).reshape(count, 1, 28, 28)
    return torch.tensor(pixels.astype(np.float32) / 255), torch.tensor(classes)


def network():
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(784, 10),
    )
    for layer in net:
        if hasattr(layer, "weight"):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
    return net


def shifted(x, generator):
    moved = torch.zeros_like(x)
    padded = nn.functional.pad(x, [SHIFT] * 4)
    for i, (down, right) in enumerate(torch.randint(0, 2 * SHIFT + 1, (len(x), 2), generator=generator)):
        moved[i] = padded[i, :, down : down + 28, right : right + 28]
    return moved


def accuracy(seed, train, test):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    order = torch.zeros(0, dtype=torch.int64)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / STEPS)))
        if len(order) < BATCH:
            order = torch.cat([order, torch.randperm(len(train[0]), generator=generator)])
        batch, order = order[:BATCH], order[BATCH:]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(shifted(train[0][batch], generator)), train[1][batch])
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return (net(test[0]).argmax(1) == test[1]).float().mean().item()


torch.set_num_threads(1)
train, test = pictures("digits-train"), pictures("digits-test")
accuracies = []
for seed in range(1, SEEDS + 1):
    accuracies.append(round(accuracy(seed, train, test), 4))
    print(seed, accuracies[-1], file=sys.stderr)
setting = {"rate": RATE, "batch": BATCH, "steps": STEPS, "shift": SHIFT}
(HERE / "digits.json").write_text(json.dumps({**setting, "accuracies": accuracies}) + "\n")
