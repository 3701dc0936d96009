/// Which side of the comparison.
package enum Side: String, Sendable, CaseIterable {
  case provision
  case demand

  package var other: Side { self == .provision ? .demand : .provision }
}

/// What counts are of: a side of the comparison, or an indicator that stands beside it.
package enum Subject: Sendable, Hashable {
  case provision
  case demand
  case indicator(Spelling)

  package init(_ side: Side) { self = side == .provision ? .provision : .demand }

  /// The subject as messages and tables write it: `provision`, `demand`, or `indicator` and its name.
  package var text: String {
    switch self {
    case .provision: Side.provision.rawValue
    case .demand: Side.demand.rawValue
    case .indicator(let name): "indicator \(name)"
    }
  }
}

/// A value for each side.
package struct Sides<Value> {
  package var provision: Value
  package var demand: Value

  package init(provision: Value, demand: Value) {
    (self.provision, self.demand) = (provision, demand)
  }

  /// What a function gives for each side, provision first.
  package init(_ value: (Side) throws -> Value) rethrows {
    self.init(provision: try value(.provision), demand: try value(.demand))
  }

  package subscript(side: Side) -> Value {
    get { side == .provision ? provision : demand }
    set {
      switch side {
      case .provision: provision = newValue
      case .demand: demand = newValue
      }
    }
  }

  /// Provision, then demand.
  package var both: [Value] { [provision, demand] }

  /// What a function gives for both values, provision first.
  package func map<Result>(_ transform: (Value) throws -> Result) rethrows -> Sides<Result> {
    Sides<Result>(provision: try transform(provision), demand: try transform(demand))
  }
}

extension Sides: Sendable where Value: Sendable {}
