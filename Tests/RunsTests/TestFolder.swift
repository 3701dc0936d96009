import Dense
import Foundation
import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A temporary folder that goes with the test that made it.
final class TestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "mismatch-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, its folders made where they are missing; returns its whole path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// All files below the folder, by rising path.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }
}

/// Random choices that are the same on every run.
struct Draws {
  private let source: Philox
  private let cell: UInt64
  private var draw: UInt64 = 0

  init(seed: UInt64, cell: UInt64 = 0) {
    source = Philox(seed: seed)
    self.cell = cell
  }

  /// A whole number from 0 to `limit - 1`.
  mutating func below(_ limit: Int) -> Int {
    defer { draw += 1 }
    return Int(source.uniform(cell: cell, draw: draw) * Double(limit))
  }

  mutating func pick<Element>(_ items: [Element]) -> Element { items[below(items.count)] }

  mutating func bits() -> UInt64 {
    defer { draw += 1 }
    let words = source.words(
      at: SIMD4(UInt32(truncatingIfNeeded: cell), 7, UInt32(truncatingIfNeeded: draw), 11))
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }
}

/// Runs a program of the system and returns what it printed.
@discardableResult
func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw Failure(.failed, "\(program) ended with \(process.terminationStatus)")
  }
  return Array(data)
}
