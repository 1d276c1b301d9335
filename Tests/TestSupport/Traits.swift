import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test where the test data beside the project is missing.
    public static var needsSharedData: Self {
        .enabled(if: SharedData.isPresent, "there is no test data at ../shared")
    }
}
