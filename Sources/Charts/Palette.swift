#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A colour of the sRGB space, written as `0xRRGGBB`.
package struct Colour: ExpressibleByIntegerLiteral, Hashable, Sendable {
  let code: UInt32

  package init(integerLiteral value: UInt32) { code = value & 0xFFFFFF }

  /// `#rrggbb`.
  package var hexadecimal: String {
    let digits = String(code, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The relative luminance of WCAG 2: 0 for black to 1 for white.
  private var luminance: Double {
    func linear(_ shift: UInt32) -> Double {
      let share = Double((code >> shift) & 0xFF) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
  }

  /// The contrast of two colours by WCAG 2: 1 to 21.
  package func contrast(to other: Colour) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }
}

/// The colours of all charts on a light or a dark page.
///
/// Orange and purple (ColorBrewer PuOr) are told apart with every common form of colour blindness.
package struct Palette: Sendable {
  package let paper: Colour
  package let ink: Colour
  /// Axis titles and notes.
  package let quiet: Colour
  /// The zero line.
  package let axis: Colour
  package let grid: Colour
  /// The background of a tolerance band.
  package let band: Colour
  package let suppressed: Colour
  package let hatch: Colour
  /// Eleven classes from −5 to 5.
  package let diverging: [Colour]
  package let roles: [Role: Colour]
  /// Series and segments in order.
  package let series: [Colour]

  package static let light = Palette(
    paper: 0xFFFFFF, ink: 0x222222, quiet: 0x595959, axis: 0x505050, grid: 0xDEDEDE, band: 0xEEF1F4,
    suppressed: 0xCFCFCF, hatch: 0x7A7A7A,
    diverging: [
      0x2D004B, 0x542788, 0x8073AC, 0xB2ABD2, 0xD8DAEB, 0xF1F1F1, 0xFEE0B6, 0xFDB863, 0xE08214,
      0xB35806, 0x7F3B08,
    ],
    roles: [.over: 0xB35806, .under: 0x542788, .balanced: 0x595959, .unclear: 0x757575],
    series: [0x206095, 0xB8500B, 0x118C7B, 0x871A5B, 0x746CB1, 0x5F6B2D])

  package static let dark = Palette(
    paper: 0x16191D, ink: 0xE8E8E8, quiet: 0xB4B8BD, axis: 0xA0A5AB, grid: 0x363B41, band: 0x262B31,
    suppressed: 0x474B50, hatch: 0x9BA0A6,
    diverging: [
      0xE3DCF5, 0xC3B8E6, 0x9F92D1, 0x7361A8, 0x443A66, 0x2B2F34, 0x58401F, 0x8F5A14, 0xD08A2E,
      0xF2B45F, 0xFFDCA8,
    ],
    roles: [.over: 0xF2A541, .under: 0xB9A9EA, .balanced: 0xC2C6CA, .unclear: 0x9BA0A6],
    series: [0x6FB1E3, 0xF2A05C, 0x4FC3B0, 0xE08FC0, 0xB0A8F0, 0xBFCB7E])

  /// The colour of a class from −5 to 5.
  package func diverging(_ step: Int) -> Colour { diverging[max(-5, min(5, step)) + 5] }

  /// What text is written in on a background: whichever of black and white stands out more.
  package func lettering(on background: Colour) -> Colour {
    let (black, white): (Colour, Colour) = (0x000000, 0xFFFFFF)
    return black.contrast(to: background) >= white.contrast(to: background) ? black : white
  }
}

/// What a mark says of its row.
package enum Role: String, CaseIterable, Sendable {
  case over, under, balanced, unclear
}
