import CKernels
import Faceprint

extension Image {
    /// A part of the picture, turned and scaled.
    ///
    /// Pixels are read by bilinear interpolation; where the picture is shrunk, each new pixel is the mean of a grid of
    /// readings, so that nothing is skipped. What lies outside of the picture is black.
    ///
    /// - Parameter transform: From the new picture's pixels to this one's.
    /// - Precondition: both sides are above 0.
    package func warped(by transform: SimilarityTransform, width newWidth: Int, height newHeight: Int) -> Image {
        // Readings a pixel and direction; beyond 16 the photo is a hundred times the network's size.
        let grid = Int(max(1, min(transform.scale.rounded(.up), 16)))
        let toSource = fp_similarity(a: transform.a, b: transform.b, tx: transform.tx, ty: transform.ty)
        let result = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * 3) { output, count in
            fp_warp(pixels, width, height, toSource, grid, output.baseAddress, newWidth, newHeight)
            count = newWidth * newHeight * 3
        }
        guard let image = try? Image(width: newWidth, height: newHeight, pixels: result) else {
            preconditionFailure("both sides are above 0")
        }
        return image
    }
}
