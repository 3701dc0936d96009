import Mismatch
import Testing

@testable import Reports

/// By what texts people ask for a code.
struct NamedCodesTests {
  private static let areas: NamedCodes = {
    var areas = NamedCodes("area")
    for (code, name) in [
      ("E1", "Greater London"), ("E2", "Newport"), ("W3", "Newport"), ("E4", "E1"),
      ("E5", "  Leeds  City "), ("E6", "leeds city"), ("E7", "Caf\u{e9}"), ("e8", "Essex"),
    ] {
      areas.add(code, names: [name])
    }
    return areas
  }()

  private func failure(_ text: String, _ codes: NamedCodes = areas) -> Failure? {
    do {
      _ = try codes.code(for: text, in: "out")
      return nil
    } catch { return error as? Failure }
  }

  @Test(
    "A code comes first, then its name, then either without regard to case and spaces",
    arguments: [
      ("E1", "E1"), ("Greater London", "E1"), ("greater  LONDON ", "E1"), ("leeds city", "E6"),
      ("E8", "e8"), ("essex", "e8"), ("cafe\u{301}", "E7"),
    ])
  func found(text: String, code: String) throws {
    #expect(try Self.areas.code(for: text, in: "out") == code)
  }

  @Test("A name of several codes is none of them, and all are listed")
  func ambiguous() throws {
    let newport = try #require(failure("newport"))
    #expect(newport.kind == .usage && newport.found == "\"newport\" is the name of 2 areas")
    #expect(newport.expected == "--area with one of the codes \"E2\", \"W3\"")
    #expect(failure("LEEDS CITY")?.expected?.hasSuffix("\"E5\", \"E6\"") == true)
  }

  @Test(
    "A beginning or a part is no match, and is offered; so is the nearest",
    arguments: [
      ("Great", "Did you mean \"E1\" (Greater London)?"),
      ("london", "Did you mean \"E1\" (Greater London)?"),
      ("new", "Did you mean \"E2\" (Newport) or \"W3\" (Newport)?"),
      ("Esex", "Did you mean \"e8\" (Essex)?"), ("", nil),
    ])
  func offered(text: String, advice: String?) throws {
    #expect(try #require(failure(text)).advice == advice)
  }

  @Test("A text of any length is refused at once")
  func long() throws {
    #expect(failure(String(repeating: "E", count: 1_000_000)) != nil)
  }
}
