import CKernels

/// The rows of a ``RowStorage`` as bytes, in panels of 16 rows for `fp_screen_bytes`.
final class PanelStorage {
    /// The rows of a panel.
    static let rows = 16
    /// The largest dimension: sums of products of bytes fit 32 bits.
    static let largestDimension = 1 << 17

    /// The groups of 4 dimensions, which a row is filled up to with zeros.
    let groups: Int
    /// The bytes of a panel.
    let panelSize: Int
    /// `[panel][panelSize]`.
    let panels: UnsafeMutablePointer<UInt8>
    /// `[panel]`: no less than the error and the norm of each of its rows.
    let margins: UnsafeMutablePointer<fp_margin>

    private let panelCount: Int

    init(dimension: Int, capacity: Int) {
        groups = PanelStorage.groups(of: dimension)
        panelSize = (2 + groups) * 64
        panelCount = PanelStorage.panels(of: capacity)
        panels = allocateForScan(panelCount * panelSize)
        margins = allocateForScan(panelCount)
    }

    deinit {
        panels.deallocate()
        margins.deallocate()
    }

    /// The bytes of the memory.
    var size: Int { panelCount * (panelSize + MemoryLayout<fp_margin>.stride) }

    /// Takes over the panels of the first `count` rows.
    func copy(_ other: PanelStorage, count: Int) {
        let filled = PanelStorage.panels(of: count)
        panels.update(from: other.panels, count: filled * panelSize)
        margins.update(from: other.margins, count: filled)
    }

    /// To be called before the first row of a panel is written, when none of its rows counts.
    func beginPanel(at row: Int) { margins[row / PanelStorage.rows] = fp_margin(error: 0, norm: 0) }

    /// Writes a row. What was there before still counts in the panel's margin, which is only too large then.
    ///
    /// - Parameters:
    ///   - vector: `[4 · groups]`.
    ///   - offset: Not a number for a vector that is always to be measured.
    func set(_ row: Int, to vector: UnsafePointer<Float>, offset: Float) {
        let (panel, lane) = row.quotientAndRemainder(dividingBy: PanelStorage.rows)
        withUnsafeTemporaryAllocation(of: Int8.self, capacity: 4 * groups) { numbers in
            var rounded = fp_quantization(scale: 0, norm: 0, error: 0)
            if offset.isNaN {
                numbers.update(repeating: 0)
            } else {
                rounded = fp_quantize(vector, 4 * groups, numbers.baseAddress!)
            }
            margins[panel].error = max(margins[panel].error, rounded.error)
            margins[panel].norm = max(margins[panel].norm, rounded.norm)
            fp_set_panel_row(
                panels + panel * panelSize, groups, lane, numbers.baseAddress!, rounded.scale, offset)
        }
    }

    static func groups(of dimension: Int) -> Int { (dimension + 3) / 4 }

    private static func panels(of count: Int) -> Int { (count + rows - 1) / rows }
}
