"""Rebuilds a network from its whole-model `.h5` file, as Keras 2 or Faceprint writes them, without running any code of
the file. Keras 3 doesn't load FaceNet's: its Lambda layers hold code, which means `input[0] + scale * input[1]`."""

import json
from collections import namedtuple

import h5py

# `settings` are the layer's configuration, `inputs` other layers' names, `weights` NumPy arrays by short name.
Layer = namedtuple("Layer", "kind name settings inputs weights")

# What the layers' settings must be where they say it: nothing else is built here.
FIXED = {
    "activation": {"Activation": "relu", "Conv2D": "linear", "Dense": "linear"},
    "data_format": ["channels_last"],
    "dilation_rate": [[1, 1]],
    "groups": [1],
    "offset": [0],
}


def read(path):
    """The layers of a network in the order of their calculation, and the last one's name."""
    with h5py.File(path) as file:
        model = json.loads(file.attrs["model_config"])
        if model["class_name"] not in ("Model", "Functional"):
            raise ValueError(f"{path} holds a {model['class_name']}, not a functional network")
        groups = file["model_weights"]
        layers = []
        for entry in model["config"]["layers"]:
            kind, name, settings = entry["class_name"], entry["name"], entry["config"]
            check(kind, name, settings)
            group = groups[name] if name in groups else None
            weights = group.attrs["weight_names"] if group else []
            weights = {text(weight): group[text(weight)][()] for weight in weights}
            weights = {weight.split("/")[-1].split(":")[0]: values for weight, values in weights.items()}
            inputs = [source[0] for node in entry["inbound_nodes"] for source in node]
            layers.append(Layer(kind, name, settings, inputs, weights))
    return layers, model["config"]["output_layers"][0][0]


def check(kind, name, settings):
    for key, wanted in FIXED.items():
        wanted = [wanted.get(kind)] if isinstance(wanted, dict) else wanted
        if key in settings and settings[key] not in wanted:
            raise ValueError(f"{key} of {name} is {settings[key]}, not {wanted[0]}")
    if kind == "Lambda" and not name.endswith("_ScaleSum"):
        raise ValueError(f"{name} runs code of its own")


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def load(path):
    """The network in Keras, with the file's weights, and without its dropout."""
    import keras

    described, output = read(path)
    tensors = {}
    for layer in described:
        if layer.kind == "InputLayer":
            shape = layer.settings.get("batch_input_shape") or layer.settings["batch_shape"]
            tensors[layer.name] = first = keras.Input(shape[1:], name=layer.name)
        else:
            tensors[layer.name] = build(keras.layers, layer, [tensors[name] for name in layer.inputs])
    model = keras.Model(first, tensors[output])

    weights = {layer.name: layer.weights for layer in described}
    for layer in model.layers:
        stored = weights.pop(layer.name, {})
        names = [weight.name for weight in layer.weights]
        if set(names) != set(stored):
            raise ValueError(f"{layer.name} has the weights {sorted(stored)}, not {sorted(names)}")
        layer.set_weights([stored[name] for name in names])
    if any(weights.values()):
        raise ValueError(f"there is no use for the weights of {[name for name in weights if weights[name]]}")
    return model


def build(layers, layer, inputs):
    def made(kind, *options):
        return getattr(layers, kind)(**{key: layer.settings[key] for key in options}, name=layer.name)

    match layer.kind:
        case "Conv2D":
            return made("Conv2D", "filters", "kernel_size", "strides", "padding", "use_bias")(*inputs)
        case "BatchNormalization":
            axes = layer.settings["axis"]
            if axes not in (-1, inputs[0].ndim - 1, [inputs[0].ndim - 1]):
                raise ValueError(f"{layer.name} normalises the axis {axes}, not the last one")
            return made("BatchNormalization", "momentum", "epsilon", "center", "scale")(*inputs)
        case "Activation" | "ReLU":
            return made("ReLU")(*inputs)
        case "MaxPooling2D" | "AveragePooling2D":
            return made(layer.kind, "pool_size", "strides", "padding")(*inputs)
        case "GlobalAveragePooling2D":
            return made("GlobalAveragePooling2D")(*inputs)
        case "Concatenate":
            return made("Concatenate", "axis")(inputs)
        case "Add":
            return made("Add")(inputs)
        case "Rescaling":
            return made("Rescaling", "scale")(*inputs)
        case "Lambda":
            scaled = layers.Rescaling(layer.settings["arguments"]["scale"], name=layer.name + "_scale")(inputs[1])
            return made("Add")([inputs[0], scaled])
        case "Dropout":
            return inputs[0]
        case "Dense":
            return made("Dense", "units", "use_bias")(*inputs)
    raise ValueError(f"{layer.name} is of the unknown kind {layer.kind}")
