import Foundation

package func decimals(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// A distance: four decimals.
func distance(_ value: Float) -> String { decimals(Double(value), 4) }

/// A share as a percentage: two decimals, or three digits of one below 1 %.
package func percent(_ share: Double) -> String {
    share == 0 || share >= 0.01 ? decimals(100 * share, 2) + " %" : String(format: "%.3g %%", 100 * share)
}

/// Such as `1e-4`.
func scientific(_ value: Double) -> String {
    let text = String(format: "%.2g", value)
    return text == "0" ? text : value < 0.1 ? shortExponent(of: String(format: "%.1e", value)) : text
}

private func shortExponent(of text: String) -> String {
    text.replacingOccurrences(of: ".0e", with: "e").replacingOccurrences(of: "e-0", with: "e-")
}

/// log₁₀, not below −6: what lies below is off the plots.
func logarithm(_ share: Double) -> Double { max(-6, log10(share)) }
