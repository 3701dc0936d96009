import Foundation
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct NumberTextTests {
  private func value(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { NumberText.value(of: $0) }
  }

  @Test(arguments: [
    ("0", 0), ("007", 7), ("42", 42), ("+5", 5), ("-3", -3), ("1,250", 1250),
    ("12,345,678", 12_345_678),
    ("-1,250.5", -1250.5), ("1e+05", 100_000), ("1E5", 100_000), ("2.5e-3", 0.0025), (".5", 0.5),
    ("-.5", -0.5), ("5.", 5), ("5.e1", 50), ("0.1", 0.1), ("999999999999999", 999_999_999_999_999),
    ("9007199254740993", 9_007_199_254_740_992),
    ("12345678901234567890", 12_345_678_901_234_567_168),
    ("100,000,000,000,000,000,000", 1e20), ("1e-400", 0),
    ("0.30000000000000004", 0.30000000000000004),
  ])
  func spellingsOfNumbers(text: String, number: Double) {
    #expect(value(text) == number)
  }

  @Test(arguments: [
    "", " ", " 5", "5 ", "12,50", "1,25", "1250,000", ",250", "1,", "1,,250", "1,250,00", "1.250,5",
    "1,2345", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e5.0", "1e5 ", "--1", "1-", "5%", "£5",
    "NaN",
    "nan", "inf", "Infinity", "-inf", "0x10", "1_000", "1 250", "1\u{a0}250", "٣", "1e400", "low",
    "c",
    "[x]", "5\r", "1.2.3", "1e5e5", "\u{2212}3", "(5)",
  ])
  func whatIsNoNumber(text: String) {
    #expect(value(text) == nil)
  }

  @Test func longDigitsAreReadToTheNearestDouble() {
    var draws = Draws(seed: 3)
    for count in 16...20 {
      for _ in 0..<50 {
        let digits = "1" + (1..<count).map { _ in String(draws.below(10)) }.joined()
        #expect(value(digits) == Double(digits))
      }
    }
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (12, "12"), (-3, "-3"), (0.1, "0.1"), (1250.5, "1250.5"),
    (1e-5, "1e-05"), (1e15, "1000000000000000"), (1e16, "1e+16"), (.infinity, "Inf"),
    (-.infinity, "-Inf"), (.nan, ""),
    (-.nan, ""), (999_999_999_999_999, "999999999999999"),
  ])
  func textOfNumbers(number: Double, text: String) {
    #expect(NumberText.text(of: number) == text)
  }

  @Test func everyFiniteDoubleReadsBackFromItsText() throws {
    var draws = Draws(seed: 9)
    var checkedCount = 0
    for _ in 0..<20_000 {
      let number = Double(bitPattern: draws.bits())
      guard number.isFinite else { continue }
      checkedCount += 1
      let text = NumberText.text(of: number)
      #expect(value(text) == number)
      #expect(Double(text) == number)
    }
    #expect(checkedCount > 19_000)
  }

  /// No decimal with one digit less reads back to the number.
  @Test func textIsTheShortest() throws {
    var draws = Draws(seed: 10)
    for _ in 0..<2000 {
      let number = Double(draws.below(1 << 50)) / Double(1 + draws.below(1 << 30))
      let digitCount = NumberText.text(of: number).split(separator: "e")[0]
        .drop { $0 == "0" || $0 == "." }.count(where: \.isNumber)
      guard digitCount > 1 else { continue }
      let shorter = shortened(number, digits: digitCount - 1)
      #expect(shorter != number, "\(number)")
    }
  }

  private func shortened(_ number: Double, digits: Int) -> Double {
    Double(String(format: "%.\(digits - 1)e", number)) ?? .nan
  }
}
