import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct ByteDictionaryTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func numbersKeysAsADictionaryWould(seed: UInt64) {
    var draws = Draws(seed: seed)
    var plain: [[UInt8]: Int] = [:]
    var dictionary = ByteDictionary()
    for _ in 0..<20_000 {
      let length = draws.below(4) == 0 ? draws.below(40) : draws.below(3)
      let key = (0..<length).map { _ in UInt8(draws.below(seed == 0 ? 256 : 5)) }
      let expected = plain[key]
      let (number, isNew) = key.withUnsafeBufferPointer { dictionary.number(of: $0) }
      #expect(isNew == (expected == nil))
      #expect(number == expected ?? plain.count)
      plain[key] = number
    }
    #expect(dictionary.count == plain.count)
    for (key, expected) in plain {
      let (number, isNew) = key.withUnsafeBufferPointer { dictionary.number(of: $0) }
      #expect(!isNew)
      #expect(number == expected)
    }
  }

  @Test func emptyKeyIsAKey() {
    var dictionary = ByteDictionary()
    let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    #expect(dictionary.number(of: empty) == (0, true))
    #expect(dictionary.number(of: empty) == (0, false))
    #expect(dictionary.count == 1)
  }

  @Test func aKeyThatBeginsAnotherIsNotIt() {
    var dictionary = ByteDictionary()
    let texts = ["ab", "a", "abc", "", "b", "ab"]
    let numbers = texts.map { text in
      Array(text.utf8).withUnsafeBufferPointer { dictionary.number(of: $0).number }
    }
    #expect(numbers == [0, 1, 2, 3, 4, 0])
  }
}
