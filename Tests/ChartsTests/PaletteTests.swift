import Testing

@testable import Charts

@Suite struct PaletteTests {
  static let palettes = [Palette.light, Palette.dark]

  @Test func contrastFollowsWCAG() {
    let (black, white, grey): (Colour, Colour, Colour) = (0x000000, 0xFFFFFF, 0x767676)
    #expect(black.contrast(to: white) == 21)
    #expect(abs(grey.contrast(to: white) - 4.54) < 0.01)
  }

  @Test(arguments: palettes.indices)
  func textsCanBeRead(index: Int) {
    let palette = Self.palettes[index]
    for background in palette.diverging + palette.series + palette.roles.values {
      #expect(palette.lettering(on: background).contrast(to: background) >= 4.5, "\(background)")
    }
    for background in [palette.paper, palette.band, palette.suppressed] {
      #expect(palette.ink.contrast(to: background) >= 4.5)
    }
    #expect(palette.quiet.contrast(to: palette.paper) >= 4.5)
  }

  @Test(arguments: palettes.indices)
  func marksStandOut(index: Int) {
    let palette = Self.palettes[index]
    for mark in palette.series + palette.roles.values + [palette.axis, palette.hatch] {
      #expect(mark.contrast(to: palette.paper) >= 3, "\(mark)")
    }
    for side in -1...1 { #expect(palette.hatch.contrast(to: palette.diverging(side)) >= 3) }
    for role in Role.allCases { #expect(palette.roles[role]!.contrast(to: palette.band) >= 3) }
  }

  @Test(arguments: palettes.indices)
  func classesGetStrongerAwayFromZero(index: Int) {
    let palette = Self.palettes[index]
    for side in [-1, 1] {
      let contrasts = (0...5).map {
        palette.diverging($0 * side).contrast(to: palette.diverging(0))
      }
      #expect(zip(contrasts, contrasts.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func pageStyleGivesEveryShapeADarkColour() {
    for name in (-5...5).flatMap({ ["h\($0)", "v\($0)"] }) + Role.allCases.map(\.rawValue) {
      #expect(Palette.pageCSS.contains("svg.chart .\(name){"))
    }
    #expect(!Palette.pageCSS.contains("<"))
  }
}
