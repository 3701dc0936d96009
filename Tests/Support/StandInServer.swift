import Foundation

/// The stand-in for services that `mismatch fetch` asks (`Tests/StandIn`): a process of its own, started once, which ends
/// with the tests.
package enum StandInServer {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../StandIn").standardizedFileURL.path

  private static let process = Process()
  private static let input = Pipe()

  /// Such as http://127.0.0.1:40123; empty where it could not be started.
  package static let address: String = {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "\(folder)/server.py", "--tied"]
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return "" }
    var text = ""
    while !text.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return "" }
      text += String(decoding: data, as: UTF8.self)
    }
    return text.trimmingCharacters(in: .newlines)
  }()

  /// A request that it had.
  package struct Asked: Decodable, Sendable {
    package let path: String
    package let offset: String?
    package let limit: String?
    package let agent: String?
    package let encoding: String?
    package let uid: String?

    /// Whether it asks for a page of rows, more than one.
    package var isPage: Bool { path.hasSuffix(".data.csv") && limit != "1" }
    package var isRows: Bool { path.hasSuffix(".data.csv") }
  }

  package struct Log: Decodable, Sendable {
    package let requests: [Asked]
    /// How many requests were under way at once, at most.
    package let mostBusy: Int
  }

  /// What is made of the text of a log.
  package static func log(_ text: String) throws -> Log {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Log.self, from: Data(text.utf8))
  }

  /// The rows that a query of its Nomis has, worked out once more.
  package static func rows(_ count: Int, version: Int = 0, period: String = "2024-12") -> String {
    let columns = [
      "DATE", "DATE_NAME", "GEOGRAPHY", "GEOGRAPHY_NAME", "GEOGRAPHY_CODE", "GEOGRAPHY_TYPE", "AGE",
      "AGE_NAME", "AGE_CODE", "MEASURES", "MEASURES_NAME", "MEASURES_CODE", "OBS_VALUE",
      "OBS_STATUS", "OBS_STATUS_NAME", "OBS_CONF", "RECORD_OFFSET", "RECORD_COUNT",
    ]
    var text = columns.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    for row in 0..<count {
      let (area, age) = (row / 100, row % 100)
      let isMissing = row % 97 == 13
      let value = isMissing ? "" : "\(row * 7 % 1000 + version)"
      let status = isMissing ? "\"Q\",\"These figures are missing.\"" : "\"A\",\"Normal Value\""
      text +=
        "\"\(period)\",\"\(period)\",\"\(1_811_939_329 + area)\",\"Area, \(area)\",\"E0\(6_000_001 + area)\","
        + "\"local authorities: district / unitary (prior to April 2015)\",\"\(age)\",\"Aged \(age)\",\"\(age)\","
        + "\"20100\",\"Value\",\"20100\",\(value),\(status),\"F\",\(row),\(count)\n"
    }
    return text
  }
}
