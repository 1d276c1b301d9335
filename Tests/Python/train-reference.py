"""Writes what TensorFlow gives for the first training step of a network, and the losses of ten steps.

    train-reference.py NETWORK.h5 PHOTOS.f32 FOLDER [--batch N] [--steps 10] [--rate 0.01] [--margin 0.2]

PHOTOS holds little-endian float32, [3T][height][width][3]: T anchors, their positives, their negatives, standardised.
All are one batch in each step; batch normalisation uses its statistics, dropout is off. The loss is the mean over T of
max(‖a−p‖² − ‖a−n‖² + margin, 0) of embeddings of length one; the steps are plain gradient descent.

FOLDER/forward.f32 gets the embeddings, [3T][length], gradients.f32 the gradients of the first step, statistics.f32 the
running statistics after it, all in Keras' layouts. reference.json says what is where:

    {"losses": […], losses[0] before any update
     "gradients": [{"name": "Conv2d_1a_3x3/kernel", "shape": [3, 3, 3, 32], "offset": 0}, …], offsets in numbers
     "statistics": [{"name": "Conv2d_1a_3x3_BatchNorm/moving_mean", …}, …]}
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

import facenet_keras  # noqa: E402


def normalized(x):
    return x / tf.sqrt(tf.maximum(tf.reduce_sum(x * x, axis=1, keepdims=True), 1e-12))


def triplet_loss(embeddings, margin):
    anchors, positives, negatives = tf.split(embeddings, 3)
    near = tf.reduce_sum((anchors - positives) ** 2, axis=1)
    far = tf.reduce_sum((anchors - negatives) ** 2, axis=1)
    return tf.reduce_mean(tf.maximum(near - far + margin, 0))


def write(path, variables, values):
    """Writes tensors one after the other, and returns the list of them."""
    entries, offset = [], 0
    with open(path, "wb") as file:
        for variable, value in zip(variables, values, strict=True):
            numbers = np.asarray(value, "<f4")
            entries.append({"name": variable.path, "shape": list(numbers.shape), "offset": offset})
            offset += numbers.size
            file.write(numbers.tobytes())
    return entries


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network")
    parser.add_argument("photos")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--batch", type=int, help="how many photos there must be, 3T")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--margin", type=float, default=0.2)
    arguments = parser.parse_args()

    # One operation at a time: gradients that come together are then added in the same order each time.
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    model = facenet_keras.load(arguments.network)
    photos = np.fromfile(arguments.photos, "<f4").reshape(-1, *model.input_shape[1:])
    if len(photos) % 3 or len(photos) != (arguments.batch or len(photos)):
        raise SystemExit(f"{arguments.photos} holds {len(photos)} photos")
    variables = model.trainable_variables

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            embeddings = normalized(model(photos, training=True))
            loss = triplet_loss(embeddings, arguments.margin)
        return embeddings, loss, tape.gradient(loss, variables)

    reference = {"losses": []}
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.steps):
        embeddings, loss, gradients = step()
        reference["losses"].append(float(loss))
        if number == 0:
            np.asarray(embeddings, "<f4").tofile(arguments.folder / "forward.f32")
            statistics = [variable for variable in model.variables if variable.name.startswith("moving_")]
            reference["gradients"] = write(arguments.folder / "gradients.f32", variables, gradients)
            reference["statistics"] = write(arguments.folder / "statistics.f32", statistics, statistics)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(arguments.rate * gradient)
    (arguments.folder / "reference.json").write_text(json.dumps(reference, indent=1))


if __name__ == "__main__":
    main()
