extension Fusion {
    /// FaceNet and SFace side by side: the two err on different pairs, so that together they make far fewer false
    /// matches than either alone. SFace sees mirror images too, which costs it little and gains more than for FaceNet.
    static func fused(faceNet: Model, sFace: Model) -> Fusion {
        Fusion(
            name: "fused", members: [Member(faceNet, weight: 1), Member(sFace, weight: 1.4, isMirrored: true)],
            thresholds: Thresholds(verification: 1.05, identification: 1.00),
            source: "facenet and sface of this catalogue",
            licence: "facenet: \(faceNet.manifest.licence); sface: \(sFace.manifest.licence)")
    }
}
