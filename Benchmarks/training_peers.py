"""Trains FaceNet with another engine, as a child of training.py: a line says how many steps, the answer is how many
photos a second they took in, and the loss before the first of them.

    training_peers.py tensorflow|pytorch VARIANT f32|bf16 MODEL BATCH

MODEL is the Keras .h5 file, BATCH a multiple of three. Variants of TensorFlow are graph and xla, of PyTorch
channels_first, channels_last and compiled. A step is: forward with the batch's statistics, embeddings of length one,
the loss of BATCH/3 triplets, backward, gradient descent with momentum. The photos are noise, and in memory beforehand.
"""

import os
import sys
from pathlib import Path

from common import CORES, timed

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["OMP_NUM_THREADS"] = str(CORES)
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Tests/Python"))
import facenet_keras  # noqa: E402
import numpy as np  # noqa: E402

MARGIN = 0.2
RATE = 1e-4
MOMENTUM = 0.9


def tensorflow(variant, precision, path, photos):
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(CORES)
    tf.config.threading.set_inter_op_parallelism_threads(CORES)
    if precision == "bf16":
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    model = facenet_keras.load(path)
    optimizer = keras.optimizers.SGD(RATE, momentum=MOMENTUM)
    optimizer.build(model.trainable_variables)
    photos = tf.constant(photos)

    @tf.function(jit_compile=variant == "xla", autograph=False)
    def step(photos):
        with tf.GradientTape() as tape:
            outputs = tf.cast(model(photos, training=True), tf.float32)
            anchors, positives, negatives = tf.split(tf.math.l2_normalize(outputs, axis=1), 3)
            near = tf.reduce_sum((anchors - positives) ** 2, axis=1)
            far = tf.reduce_sum((anchors - negatives) ** 2, axis=1)
            loss = tf.reduce_mean(tf.maximum(near - far + MARGIN, 0))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    return lambda: step(photos).numpy()


def pytorch(variant, precision, path, photos):
    import torch
    from torch.nn.functional import normalize

    torch.set_num_threads(CORES)
    layout = torch.contiguous_format if variant == "channels_first" else torch.channels_last
    model = torch_network(path).to(memory_format=layout).train()
    photos = torch.from_numpy(photos).permute(0, 3, 1, 2).contiguous(memory_format=layout)
    optimizer = torch.optim.SGD(model.parameters(), RATE, momentum=MOMENTUM, fused=True)
    forward = torch.compile(model) if variant == "compiled" else model

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
            outputs = forward(photos)
        anchors, positives, negatives = normalize(outputs.float(), eps=1e-6).chunk(3)
        near, far = ((anchors - other).square().sum(1) for other in (positives, negatives))
        loss = (near - far + MARGIN).clamp(min=0).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def torch_network(path):
    """The network of a Keras file as a module, which takes [photo][channel][row][column]."""
    import torch
    from torch import nn
    from torch.nn import functional

    def convolution(layer):
        kernel = torch.from_numpy(layer.weights["kernel"]).permute(3, 2, 0, 1)
        outputs, inputs, *size = kernel.shape
        padding = [side // 2 for side in size] if layer.settings["padding"] == "same" else 0
        # Keras pads one side more than the other where these don't hold.
        assert not padding or (layer.settings["strides"] == [1, 1] and all(side % 2 for side in size))
        made = nn.Conv2d(inputs, outputs, size, layer.settings["strides"], padding, bias="bias" in layer.weights)
        return filled(made, weight=kernel, bias=layer.weights.get("bias"))

    def normalization(layer):
        names = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance"}
        values = {name: layer.weights.get(stored) for name, stored in names.items()}
        settings = layer.settings
        kind = nn.BatchNorm1d if layer.name == output else nn.BatchNorm2d
        made = kind(len(values["running_mean"]), settings["epsilon"], 1 - settings["momentum"])
        for name in "weight", "bias":
            if values[name] is None:
                made.register_parameter(name, None)
        return filled(made, **values)

    def dense(layer):
        kernel = torch.from_numpy(layer.weights["kernel"]).T
        return filled(nn.Linear(*kernel.shape[::-1], bias="bias" in layer.weights), weight=kernel,
                      bias=layer.weights.get("bias"))

    def filled(module, **values):
        for name, value in values.items():
            if value is not None:
                getattr(module, name).data.copy_(torch.as_tensor(value))
        return module

    def pooling(layer):
        assert layer.settings["padding"] == "valid"
        size, strides = layer.settings["pool_size"], layer.settings["strides"]
        return lambda x: functional.max_pool2d(x, size, strides)

    def scaled_sum(layer):
        scale = layer.settings["arguments"]["scale"]
        return lambda x, y: torch.add(x, y, alpha=scale)

    makers = {
        "Conv2D": convolution,
        "BatchNormalization": normalization,
        "Dense": dense,
        "MaxPooling2D": pooling,
        "Lambda": scaled_sum,
        "Activation": lambda layer: functional.relu,
        "GlobalAveragePooling2D": lambda layer: lambda x: x.mean((2, 3)),
        "Concatenate": lambda layer: lambda *x: torch.cat(x, 1),
        "Dropout": lambda layer: lambda x: x,
    }
    layers, output = facenet_keras.read(path)

    class Graph(nn.Module):
        def __init__(self):
            super().__init__()
            self.steps = []
            for layer in layers:
                if layer.kind == "InputLayer":
                    self.input = layer.name
                    continue
                made = makers[layer.kind](layer)
                if isinstance(made, nn.Module):
                    self.add_module(layer.name, made)
                self.steps.append((layer.name, made, layer.inputs))

        def forward(self, photos):
            tensors = {self.input: photos}
            for name, made, inputs in self.steps:
                tensors[name] = made(*(tensors[source] for source in inputs))
            return tensors[output]

    return Graph()


def main():
    engine, variant, precision, model, batch = sys.argv[1:]
    photos = np.random.default_rng(1).standard_normal((int(batch), 160, 160, 3), np.float32)
    step = {"tensorflow": tensorflow, "pytorch": pytorch}[engine](variant, precision, model, photos)
    for line in sys.stdin:
        seconds, losses = timed(lambda: [step() for _ in range(int(line))])
        print(len(losses) * len(photos) / seconds, losses[0], flush=True)


if __name__ == "__main__":
    main()
