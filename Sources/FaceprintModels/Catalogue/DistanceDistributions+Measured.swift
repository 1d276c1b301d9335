import Faceprint

extension DistanceDistributions {
    /// Of the models that are fetched, each with its own profile, in bf16: all pairs of 1,583 photos of 844 people of
    /// Labeled Faces in the Wild, the central face found by YuNet; 1,973 pairs of one person, 1,250,180 of two. Made by
    /// `faceprint calibrate DIR --face central --save verification`, whose `distances.json` has these very counts.
    static let measured = [fused, faceNet, sFace]

    private static let fused = DistanceDistributions(
        model: "fused", sha256: "2e03f6bc56e9f7eb621ff565d02fa386c0a664f34ee079f49633284890569d45",
        profile: "warp+sface",
        genuineFrom: 34,
        [
            1, 0, 0, 0, 0, 0, 0, 1, 2, 1, 3, 3, 2, 2, 2, 7, 6, 6, 3, 7, 12, 14, 12, 13, 17, 20, 17, 36, 36, 35, 33,
            31, 34, 46, 47, 51, 60, 46, 73, 64, 70, 57, 59, 62, 75, 72, 64, 53, 64, 53, 62, 50, 59, 35, 38, 40, 30,
            30, 37, 31, 25, 24, 17, 12, 13, 19, 16, 11, 8, 6, 6, 6, 1, 3, 3, 2, 3, 1, 1, 0, 5, 0, 2, 1, 2, 1, 1,
        ],
        impostorFrom: 84,
        [
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 4, 1, 10, 16, 15, 32, 43, 61, 87, 150, 189, 255, 321, 451, 617,
            856, 1151, 1596, 2179, 2819, 3662, 4902, 6255, 8075, 10425, 13310, 16795, 20307, 25217, 30152, 35373,
            41629, 47971, 53728, 59984, 64951, 69486, 72942, 74075, 73965, 72224, 68197, 63601, 57610, 50793, 43944,
            36592, 29783, 23253, 18055, 13459, 9833, 6731, 4600, 2965, 1875, 1124, 703, 384, 177, 102, 70, 25, 7, 9,
            0, 2,
        ])

    private static let faceNet = DistanceDistributions(
        model: "facenet", sha256: "f152051d2dccee612e8959c32b31bcd17d1afdd77038d407ac4c88d01ff0f704",
        profile: "warp",
        genuineFrom: 28,
        [
            1, 2, 0, 0, 0, 2, 6, 3, 4, 5, 9, 6, 7, 10, 13, 13, 18, 15, 16, 23, 27, 28, 35, 25, 30, 31, 33, 44, 45, 60,
            53, 48, 49, 58, 51, 51, 50, 51, 50, 60, 67, 44, 60, 41, 42, 45, 38, 31, 49, 38, 34, 30, 37, 30, 39, 28,
            22, 24, 18, 23, 24, 17, 23, 14, 8, 15, 9, 6, 7, 6, 8, 5, 6, 5, 4, 4, 9, 4, 5, 4, 2, 1, 3, 1, 1, 3, 4, 0,
            0, 1, 2,
        ],
        impostorFrom: 69,
        [
            1, 0, 0, 1, 3, 1, 0, 3, 3, 1, 5, 4, 4, 12, 19, 10, 12, 21, 22, 30, 45, 41, 65, 77, 92, 115, 144, 159, 212,
            239, 292, 381, 439, 472, 626, 705, 837, 994, 1174, 1450, 1629, 1931, 2389, 2808, 3294, 3799, 4410, 5272,
            5900, 6970, 7991, 9417, 10697, 12547, 14405, 16191, 18238, 20675, 23349, 25770, 28792, 31578, 34513,
            37340, 40251, 42776, 44964, 47227, 48692, 49862, 50182, 50646, 50457, 49212, 47947, 45659, 43308, 40422,
            37804, 34093, 30571, 27150, 23899, 20480, 17215, 14538, 12131, 9730, 7818, 6087, 4947, 3794, 2877, 2068,
            1565, 1012, 783, 487, 347, 218, 140, 83, 50, 30, 20, 13, 5, 3, 1,
        ])

    private static let sFace = DistanceDistributions(
        model: "sface", sha256: "9a7b7a6c6bd5b17c3211123339560e2853e3c9c7e6610491aa672e9f350cab35",
        profile: "sface",
        genuineFrom: 38,
        [
            1, 0, 0, 0, 0, 0, 1, 0, 2, 2, 0, 1, 4, 1, 3, 2, 10, 4, 4, 9, 6, 7, 15, 10, 18, 12, 21, 24, 17, 33, 30, 33,
            31, 33, 46, 39, 51, 51, 51, 59, 56, 69, 58, 65, 82, 63, 69, 56, 72, 68, 57, 50, 53, 57, 50, 48, 39, 34,
            36, 37, 35, 22, 22, 16, 22, 19, 9, 7, 10, 8, 12, 5, 10, 2, 4, 3, 2, 3, 1, 2, 0, 1, 2, 1, 0, 2, 1, 1, 0, 0,
            0, 1,
        ],
        impostorFrom: 89,
        [
            1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 4, 0, 4, 18, 17, 29, 37, 69, 104, 159, 223, 383, 561, 847, 1213, 1657,
            2431, 3292, 4697, 6078, 8279, 10672, 14066, 17958, 22427, 27297, 33340, 39663, 45444, 52208, 58581, 63766,
            68916, 71759, 73981, 74073, 73175, 70532, 65860, 59738, 54525, 47498, 39920, 33718, 26915, 20886, 15998,
            11898, 8471, 5986, 4071, 2636, 1701, 1040, 611, 329, 202, 117, 50, 22, 16, 5, 1, 2,
        ])

    /// - Parameters: Counts from the first part on that has any; there are none after the last.
    private init(
        model: String, sha256: String, profile: String, genuineFrom: Int, _ genuine: [Int], impostorFrom: Int,
        _ impostor: [Int]
    ) {
        func bins(_ start: Int, _ counts: [Int]) -> [Int] {
            [Int](repeating: 0, count: start) + counts
                + [Int](repeating: 0, count: Self.binCount - start - counts.count)
        }
        self.init(
            space: EmbeddingSpace(model: model, modelSHA256: sha256, profile: profile),
            source: "1,583 photos of 844 people of Labeled Faces in the Wild", genuine: bins(genuineFrom, genuine),
            impostor: bins(impostorFrom, impostor))
    }
}
