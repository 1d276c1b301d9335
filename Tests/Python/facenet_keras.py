"""Rebuilds a Keras 2 functional network from its `.h5` file in Keras 3, without running any code of the file."""
import json

import h5py
import keras
from keras import layers


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def make(kind, config, inputs):
    name = config["name"]
    if kind == "Conv2D":
        return layers.Conv2D(
            config["filters"], config["kernel_size"], strides=config["strides"], padding=config["padding"],
            use_bias=config["use_bias"], name=name)(inputs[0])
    if kind == "BatchNormalization":
        return layers.BatchNormalization(
            momentum=config["momentum"], epsilon=config["epsilon"], center=config["center"], scale=config["scale"],
            name=name)(inputs[0])
    if kind in ("Activation", "ReLU"):
        return layers.Activation("relu", name=name)(inputs[0])
    if kind in ("MaxPooling2D", "AveragePooling2D"):
        return getattr(layers, kind)(
            config["pool_size"], strides=config["strides"], padding=config["padding"], name=name)(inputs[0])
    if kind == "GlobalAveragePooling2D":
        return layers.GlobalAveragePooling2D(name=name)(inputs[0])
    if kind == "Concatenate":
        return layers.Concatenate(axis=-1, name=name)(inputs)
    if kind == "Add":
        return layers.Add(name=name)(inputs)
    if kind == "Rescaling":
        return layers.Rescaling(config["scale"], name=name)(inputs[0])
    if kind == "Lambda" and name.endswith("_ScaleSum"):
        scaled = layers.Rescaling(config["arguments"]["scale"], name=name + "_scale")(inputs[1])
        return layers.Add(name=name)([inputs[0], scaled])
    if kind == "Dropout":
        return inputs[0]
    if kind == "Dense":
        return layers.Dense(config["units"], use_bias=config["use_bias"], name=name)(inputs[0])
    raise ValueError(f"unknown layer {kind} {name}")


def load(path):
    with h5py.File(path) as file:
        config = json.loads(text(file.attrs["model_config"]))["config"]
        tensors = {}
        for layer in config["layers"]:
            settings = layer["config"]
            if layer["class_name"] == "InputLayer":
                shape = settings.get("batch_input_shape") or settings["batch_shape"]
                tensors[layer["name"]] = first = keras.Input(shape[1:], name=layer["name"])
                continue
            inputs = [tensors[node[0]] for node in layer["inbound_nodes"][0]]
            tensors[layer["name"]] = make(layer["class_name"], settings, inputs)
        model = keras.Model(first, tensors[config["output_layers"][0][0]])
        weights = file["model_weights"]
        used = 0
        for layer in model.layers:
            if not layer.weights:
                continue
            group = weights[layer.name]
            by_name = {text(name).split("/")[-1].split(":")[0]: group[text(name)][()]
                       for name in group.attrs["weight_names"]}
            layer.set_weights([by_name[weight.name] for weight in layer.weights])
            used += len(by_name)
        total = sum(len(weights[text(name)].attrs["weight_names"]) for name in weights.attrs["layer_names"])
        assert used == total, f"{used} of {total} weights are used"
    return model
