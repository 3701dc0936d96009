import Extracts

// The parser inside Yams, for its events: Yams itself has hashed all keys by the time it gives any.
import CYaml
import Mismatch

/// What the YAML of a job may be made of, looked at before any of it is held: keys are texts, levels are
/// few, and aliases bring few parts.
///
/// Whatever is no YAML at all is left to Yams.
struct JobShape {
  /// The most lists and keys inside one another; jobs have some eight.
  static let largestDepth = 32
  /// The most parts that aliases may bring, each list, key and text one.
  static let largestAliasSize = 100_000

  private struct Level {
    let isMapping: Bool
    let anchor: String?
    /// Parts so far, of aliases too.
    var size = 1
    var expectsKey: Bool
  }

  private let file: String
  private var levels: [Level] = []
  /// How many parts stand behind each anchor.
  private var sizes: [String: Int] = [:]
  private var aliasSize = 0

  private init(file: String) { self.file = file }

  /// Looks through the text of a job file.
  ///
  /// - Throws: ``Failure`` (`badData`) with the place of the first part that a job may not have.
  static func verify(_ text: String, file: String) throws {
    // The parser keeps its own address.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    var text = text
    try text.withUTF8 { bytes in
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      var shape = JobShape(file: file)
      var isDone = false
      while !isDone {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
          if parser.pointee.isTooDeep { throw shape.tooDeep(at: parser.pointee.problem_mark) }
          return
        }
        defer { yaml_event_delete(&event) }
        try shape.take(event)
        isDone = event.type == YAML_STREAM_END_EVENT
      }
    }
  }

  private mutating func take(_ event: yaml_event_t) throws {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let isMerge = scalar.style == YAML_PLAIN_SCALAR_STYLE && text(scalar.value) == "<<"
      try takeKey(
        event,
        isMerge ? "a merge key (<<)" : scalar.anchor.map { _ in "a key with an anchor (&)" })
      if let anchor = text(scalar.anchor) { sizes[anchor] = 1 }
      add(1)
    case YAML_ALIAS_EVENT:
      try takeKey(event, "an alias (*) as a key")
      let size = text(event.data.alias.anchor).flatMap { sizes[$0] } ?? 0
      add(size)
      aliasSize += size
      guard aliasSize <= JobShape.largestAliasSize else {
        throw refusal(
          event.start_mark, "aliases (*) expand to more than \(JobShape.largestAliasSize) parts",
          advice: "Write the job without so many aliases")
      }
    case YAML_SEQUENCE_START_EVENT:
      try takeKey(event, "a list as a key")
      try open(event, isMapping: false, anchor: event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT:
      try takeKey(event, "keys as a key")
      try open(event, isMapping: true, anchor: event.data.mapping_start.anchor)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let level = levels.popLast() else { return }
      if let anchor = level.anchor { sizes[anchor] = level.size }
      add(level.size)
    default: break
    }
  }

  /// Notes the next part of a mapping, a key or a value.
  ///
  /// - Parameter problem: what is wrong with the part as a key; nil where nothing is.
  private mutating func takeKey(_ event: yaml_event_t, _ problem: String?) throws {
    guard let level = levels.last, level.isMapping else { return }
    levels[levels.count - 1].expectsKey.toggle()
    if level.expectsKey, let problem {
      throw refusal(
        event.start_mark, problem, expected: "a key that is text", advice: "Write the key out")
    }
  }

  private mutating func open(
    _ event: yaml_event_t, isMapping: Bool, anchor: UnsafePointer<yaml_char_t>?
  ) throws {
    guard levels.count < JobShape.largestDepth else { throw tooDeep(at: event.start_mark) }
    levels.append(Level(isMapping: isMapping, anchor: text(anchor), expectsKey: isMapping))
  }

  private mutating func add(_ size: Int) {
    guard !levels.isEmpty else { return }
    levels[levels.count - 1].size += size
  }

  private func text(_ characters: UnsafePointer<yaml_char_t>?) -> String? {
    characters.map { String(cString: $0) }
  }

  private func tooDeep(at mark: yaml_mark_t) -> Failure {
    refusal(
      mark, "lists and keys are nested more than \(JobShape.largestDepth) deep",
      advice: "Look for brackets that are not closed")
  }

  private func refusal(
    _ mark: yaml_mark_t, _ found: String, expected: String? = nil, advice: String
  ) -> Failure {
    Failure(
      .badData, at: Place(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1),
      found,
      expected: expected, advice: advice)
  }
}

extension yaml_parser_t {
  /// Whether parsing ended at the parser's own limit of depth, which it may look ahead to.
  fileprivate var isTooDeep: Bool {
    problem.map { String(cString: $0).hasPrefix("Maximum nesting level") } ?? false
  }
}
