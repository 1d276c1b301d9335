#!/usr/bin/env python3
"""Writes what ONNX Runtime gives for the seed photos with SFace's own file, for the Swift tests to agree with.

    make-sface-reference.py face_recognition_sface_2021dec_int8bq.onnx seed_pixels_160.u8 OUTPUT.json

ONNX Runtime computes the quantised weights itself; only the inputs but `data` are taken from the file's list, which its
maker's quantiser left behind. The input of a photo is every pixel whose row and column lie in 24…135 of the 160, in BGR.
Needs NumPy, onnx and ONNX Runtime. The output is a list of 128 numbers for each of the first six photos.
"""
import json
import sys

import numpy as np
import onnx
import onnxruntime

network, pixels, output = sys.argv[1:]
model = onnx.load(network)
for port in [port for port in model.graph.input if port.name != "data"]:
    model.graph.input.remove(port)
session = onnxruntime.InferenceSession(model.SerializeToString())
photos = np.fromfile(pixels, np.uint8).reshape(-1, 160, 160, 3)[:6, 24:136, 24:136, ::-1]
inputs = photos.transpose(0, 3, 1, 2).astype(np.float32)
numbers = [session.run(None, {"data": inputs[i : i + 1]})[0][0] for i in range(len(inputs))]
with open(output, "w") as file:
    json.dump([[round(float(number), 5) for number in row] for row in numbers], file, separators=(",", ":"))
    file.write("\n")
