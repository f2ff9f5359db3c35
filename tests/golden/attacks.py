"""Writes attacks.json: what foolbox's attacks do to a network that the engine trained.

    pip install numpy jax foolbox==3.3.4        (made with numpy 2.4.6, jax 0.10.2, on a processor)
    python tests/golden/attacks.py

The network and its points are attacks_network.json, written by
`cargo test --release --test attacks writes_the_network -- --ignored`. Start noise is exported with them, because
foolbox's own random numbers cannot be had elsewhere.
"""

import json
import pathlib

import eagerpy as ep
import foolbox as fb
import jax
import jax.numpy as jnp
import numpy as np

HERE = pathlib.Path(__file__).parent
given = json.loads((HERE / "attacks_network.json").read_text())
widths = given["widths"]
params = np.array(given["params"], np.float32)
x = np.array(given["x"], np.float32).reshape(-1, 2)
labels = np.array(given["labels"])
noise = np.array(given["noise"], np.float32).reshape(-1, 2)
epsilon = given["epsilon"]
targets = (labels + 1) % widths[-1]

layers, at = [], 0
for inputs, units in zip(widths, widths[1:]):
    w = params[at : at + inputs * units].reshape(inputs, units)
    b = params[at + inputs * units : at + inputs * units + units]
    layers.append((jnp.asarray(w), jnp.asarray(b)))
    at += inputs * units + units
assert at == len(params)


@jax.jit
def network(x):
    for i, (w, b) in enumerate(layers):
        x = jnp.matmul(x, w, precision="highest") + b
        x = jnp.tanh(x) if i + 1 < len(layers) else x
    return x


def attacked(attack, bounds, targeted=False, **kwargs):
    model = fb.JAXModel(network, bounds=bounds)
    criterion = fb.TargetedMisclassification(jnp.asarray(targets)) if targeted else fb.Misclassification(jnp.asarray(labels))
    return np.asarray(attack.run(model, jnp.asarray(x), criterion, **kwargs))


def from_noise(kind):
    """`kind` of projected gradient descent, started where we start."""

    class FromNoise(kind):
        def get_random_start(self, x0, epsilon):
            return x0 + ep.astensor(jnp.asarray(noise))

    return FromNoise(abs_stepsize=epsilon / 10, steps=40, random_start=True)


def momentum(norm, steps=10, decay=1.0):
    """Dong et al. 2018, equations 6 to 8. foolbox's own of that name leaves out the division by the gradient's length."""

    def loss(x):
        logits = network(x)
        return jnp.sum(jax.nn.logsumexp(logits, axis=1) - logits[jnp.arange(len(labels)), labels])

    at, g = jnp.asarray(x), jnp.zeros(x.shape, jnp.float32)
    for _ in range(steps):
        gradient = jax.grad(loss)(at)
        g = decay * g + gradient / jnp.abs(gradient).sum(axis=1, keepdims=True)
        step = jnp.sign(g) if norm == "linf" else g / jnp.linalg.norm(g, axis=1, keepdims=True)
        push = at + epsilon / steps * step - x
        if norm == "linf":
            push = jnp.clip(push, -epsilon, epsilon)
        else:
            push = push * jnp.minimum(1.0, epsilon / jnp.maximum(jnp.linalg.norm(push, axis=1, keepdims=True), 1e-12))
        at = jnp.clip(x + push, -1.0, 1.0)
    return np.asarray(at)


PLANE, WIDE = (-1.0, 1.0), (-10.0, 10.0)
raw = dict(steps=50, candidates=10, overshoot=0.02, loss="logits")
search = dict(binary_search_steps=9, steps=300, stepsize=0.01, initial_const=1e-3, abort_early=True)
logits = np.asarray(network(jnp.asarray(x)))
assert (logits.argmax(axis=1) == labels).all()

out = {
    "logits": logits,
    "fgsm_linf": attacked(fb.attacks.LinfFastGradientAttack(), PLANE, epsilon=epsilon),
    "fgsm_l2": attacked(fb.attacks.L2FastGradientAttack(), PLANE, epsilon=epsilon),
    "pgd_linf": attacked(from_noise(fb.attacks.LinfProjectedGradientDescentAttack), PLANE, epsilon=epsilon),
    "pgd_l2": attacked(from_noise(fb.attacks.L2ProjectedGradientDescentAttack), PLANE, epsilon=epsilon),
    "pgd_targeted": attacked(from_noise(fb.attacks.L2ProjectedGradientDescentAttack), PLANE, targeted=True, epsilon=epsilon),
    "momentum_linf": momentum("linf"),
    "momentum_l2": momentum("l2"),
    "momentum_half_l2": momentum("l2", steps=7, decay=0.5),
    "deepfool_l2": attacked(fb.attacks.L2DeepFoolAttack(**raw), WIDE),
    "deepfool_linf": attacked(fb.attacks.LinfDeepFoolAttack(**raw), WIDE),
    "carlini_wagner": attacked(fb.attacks.L2CarliniWagnerAttack(**search), PLANE),
    "carlini_wagner_targeted": attacked(fb.attacks.L2CarliniWagnerAttack(**search), PLANE, targeted=True),
}
out = {name: [float(f"{v:.9g}") for v in values.ravel()] for name, values in out.items()}
about = "foolbox 3.3.4, and for momentum jax, on attacks_network.json; made by attacks.py"
(HERE / "attacks.json").write_text(json.dumps({"about": about, **out}, separators=(",", ":")) + "\n")
print("attacks.json:", (HERE / "attacks.json").stat().st_size, "bytes")
