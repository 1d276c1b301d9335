"""Encodes pictures with another engine, as a child of encoding.py: a line says how many at once, the answer is the
seconds for all of them and the numbers of their embeddings.

    encoding_peers.py onnxruntime|tensorflow MODEL SIDE DIVISOR PICTURES

MODEL is the ONNX file for ONNX Runtime, the Keras .h5 for TensorFlow. Pictures are of that many pixels a side; what the
network reads is their values by the divisor.
"""

import json
import os
import sys

from common import CORES, timed

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["OMP_NUM_THREADS"] = str(CORES)
import numpy as np  # noqa: E402


def onnxruntime(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = CORES
    options.log_severity_level = 3  # Of each weight that SFace's file has among its inputs it would say so.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    source = session.get_inputs()[0]
    if source.shape[1] != 3:
        return lambda numbers: session.run(None, {source.name: numbers})[0]

    # SFace reads plane after plane, blue first.
    def run(numbers):
        return session.run(None, {source.name: np.ascontiguousarray(numbers[..., ::-1].transpose(0, 3, 1, 2))})[0]

    return run


def tensorflow(path):
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    tf.config.threading.set_intra_op_parallelism_threads(CORES)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    model = keras_model(tf.keras, path)
    # With the weights as constants TensorFlow folds the batch normalisations into the convolutions: faster here
    # than `model.predict_on_batch`, a tf.function with variables, and XLA.
    function = tf.function(
        lambda numbers: model(numbers, training=False),
        input_signature=[tf.TensorSpec([None, *model.input_shape[1:]], tf.float32)],
        autograph=False)
    frozen = convert_variables_to_constants_v2(function.get_concrete_function())
    return lambda numbers: frozen(tf.constant(numbers))[0].numpy()


def keras_model(keras, path):
    """The network of a Keras 2 file. Keras 3 can't load it: it won't run the code stored in the Lambda layers,
    which mean `input[0] + scale * input[1]`."""
    import h5py

    options = {
        "Conv2D": ["filters", "kernel_size", "strides", "padding", "use_bias"],
        "BatchNormalization": ["epsilon", "center", "scale"],
        "Activation": ["activation"],
        "MaxPooling2D": ["pool_size", "strides", "padding"],
        "Dense": ["units", "use_bias"],
        "GlobalAveragePooling2D": [],
        "Dropout": ["rate"],
    }
    tensors = {}
    with h5py.File(path) as file:
        config = json.loads(file.attrs["model_config"])["config"]
        for layer in config["layers"]:
            name, kind, settings = layer["name"], layer["class_name"], layer["config"]
            inputs = [tensors[source[0]] for node in layer["inbound_nodes"] for source in node]
            if kind == "InputLayer":
                tensors[name] = keras.Input(settings["batch_input_shape"][1:])
            elif kind == "Lambda":
                tensors[name] = inputs[0] + settings["arguments"]["scale"] * inputs[1]
            elif kind == "Concatenate":
                tensors[name] = keras.layers.Concatenate()(inputs)
            else:
                made = getattr(keras.layers, kind)(**{key: settings[key] for key in options[kind]})
                tensors[name] = made(inputs[0])
                group = file["model_weights"][name]
                made.set_weights([group[weight][()] for weight in group.attrs["weight_names"]])
        ends = [tensors[config[key][0][0]] for key in ("input_layers", "output_layers")]
    return keras.Model(*ends)


def main():
    engine, model, side, divisor, pictures = sys.argv[1:]
    pictures = np.fromfile(pictures, np.uint8).reshape(-1, int(side), int(side), 3)
    divisor = np.float32(divisor)
    run = {"onnxruntime": onnxruntime, "tensorflow": tensorflow}[engine](model)

    def encode(batch):
        starts = range(0, len(pictures), batch)
        return np.concatenate([run(np.divide(pictures[i : i + batch], divisor)) for i in starts])

    for line in sys.stdin:
        seconds, outputs = timed(encode, int(line))
        print(seconds, *outputs.ravel(), flush=True)


if __name__ == "__main__":
    main()
