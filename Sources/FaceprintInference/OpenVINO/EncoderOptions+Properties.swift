extension EncoderOptions {
    /// The arithmetic that is meant, never ``Precision/automatic``; bf16 may be more than the device has.
    func chosenPrecision() throws(OpenVINO.Failure) -> Precision {
        guard precision == .automatic else { return precision }
        return try deviceHasBF16() ? .bf16 : .f32
    }

    func deviceHasBF16() throws(OpenVINO.Failure) -> Bool {
        let abilities = try OpenVINO.core.property("OPTIMIZATION_CAPABILITIES", of: device)
        return abilities.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains("BF16")
    }

    /// OpenVINO's, by its own names.
    func properties(precision: Precision) -> [String: String] {
        var properties = [
            "PERFORMANCE_HINT": mode.rawValue.uppercased(),
            "INFERENCE_PRECISION_HINT": precision.rawValue,
        ]
        if let cacheFolder { properties["CACHE_DIR"] = cacheFolder }
        return properties
    }
}
