import Extracts
import Jobs
import Dense
import Mismatch

/// What a job says of commuting, of the ways between areas, and of what is to be calculated with them.
struct SpaceJob: Sendable {
  var methods: [SpaceMethod]
  /// Commuters by origin and destination.
  var commuting: PairJob?
  var ways: WaysJob?
  /// The cost from an area to itself; nil takes 0 between coordinates and a table's own.
  var ownAreaCost: Double?
  var decay: Decay?
  var decayText: String
}

extension SpaceJob {
  /// Whether a method weighs ways.
  var needsWays: Bool { methods != [.commuting] }

  /// Whether a method gives figures of cells by the weights of ways.
  var weighsCells: Bool {
    methods.contains { ![.commuting, .doublyConstrained].contains($0) }
  }

  /// What an analyst should know of these methods, one sentence each.
  package var caveats: [String] {
    var caveats: [String] = []
    if methods.contains(.commuting) {
      caveats.append(
        "Commuting weights are those of all commuters in the table: trainees may travel less, and every "
          + "sector is taken to travel alike.")
    }
    if needsWays {
      caveats.append(
        "What an area reaches depends on the decay (\(decayText)), which bounds do not cover; two-step "
          + "floating catchment and spatial availability have bounds that hold but may be wide, and doubly "
          + "constrained flows have none.")
    }
    return caveats
  }
}

/// What can be calculated of areas that reach one another.
enum SpaceMethod: String, Sendable, CaseIterable {
  case commuting
  case hansen
  case twoStepFloatingCatchment = "two-step-floating-catchment"
  case spatialAvailability = "spatial-availability"
  case doublyConstrained = "doubly-constrained"
}

extension JobNode {
  /// The block `space`.
  func space(folder: String) throws -> SpaceJob {
    let keys = try keyed([
      "commuting", "coordinates", "costs", "own-area-cost", "decay", "methods",
    ])
    if keys["coordinates"] != nil, let costs = keys["costs"] {
      throw costs.wrong(expected: "either `coordinates` or `costs`")
    }
    var ways = try keys["coordinates"].map {
      WaysJob.coordinates(try $0.coordinates(folder: folder))
    }
    if let costs = keys["costs"] {
      ways = .costs(try costs.pairs("cost", in: .costs, folder: folder))
    }
    let space = SpaceJob(
      methods: try keys["methods"]?.spaceMethods()
        ?? SpaceMethod.allCases.filter {
          $0 == .commuting ? keys["commuting"] != nil : ways != nil
        },
      commuting: try keys["commuting"]?.pairs("weight", in: .weights, folder: folder), ways: ways,
      ownAreaCost: try keys["own-area-cost"]?.number(in: .costs), decay: try keys["decay"]?.decay(),
      decayText: try keys["decay"]?.pairs().map { "\($0.key) \(try $0.value.text())" }
        .joined(separator: ", ") ?? "")
    try require(space)
    return space
  }

  /// Makes sure that every method has what it needs.
  private func require(_ space: SpaceJob) throws {
    for method in space.methods {
      if method == .commuting {
        guard space.commuting != nil else { throw missing("commuting", for: method) }
        continue
      }
      guard space.ways != nil else { throw missing("coordinates` or `costs", for: method) }
      guard space.decay != nil else { throw missing("decay", for: method) }
    }
    guard !space.methods.isEmpty else {
      throw wrong(expected: "`commuting`, or `coordinates` or `costs` with a `decay`")
    }
    if case .power = space.decay, case .coordinates = space.ways, (space.ownAreaCost ?? 0) == 0 {
      throw Failure(
        .badData, at: place,
        "a decay by a power has no weight at cost 0, which areas have to themselves",
        expected: "`own-area-cost` above 0",
        advice: "Half the usual distance between neighbours is common")
    }
  }

  private func missing(_ key: String, for method: SpaceMethod) -> Failure {
    Failure(.badData, at: place, "\(method.rawValue) needs a key `\(key)` in `space`")
  }

  private func spaceMethods() throws -> [SpaceMethod] {
    let names = try items().map { item in
      let name = try item.text()
      guard let method = SpaceMethod(rawValue: name) else {
        throw Failure.unknown(
          "method", name, known: SpaceMethod.allCases.map(\.rawValue), at: item.place)
      }
      return method
    }
    return SpaceMethod.allCases.filter(names.contains)
  }

  private func decay() throws -> Decay {
    let known = ["form", "rate", "exponent", "threshold", "scale", "shape"]
    let keys = try keyed(known)
    let form = try keys.required("form", of: self)
    func parameter(_ name: String, in range: NumberRange = .parameters) throws -> Double {
      try keys.required(name, of: self).number(in: range)
    }
    let (decay, own): (Decay, [String]) =
      switch try form.text() {
      case "exponential": (.exponential(rate: try parameter("rate")), ["rate"])
      case "power": (.power(exponent: try parameter("exponent", in: .exponents)), ["exponent"])
      case "cumulative": (.cumulative(threshold: try parameter("threshold")), ["threshold"])
      case "log-logistic":
        (
          .logLogistic(
            scale: try parameter("scale"), shape: try parameter("shape", in: .exponents)),
          ["scale", "shape"]
        )
      default:
        throw Failure.unknown(
          "form", try form.text(),
          known: ["exponential", "power", "cumulative", "log-logistic"], at: form.place)
      }
    _ = try keyed(["form"] + own)
    return decay
  }
}
