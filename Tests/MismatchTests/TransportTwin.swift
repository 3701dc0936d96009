import Dense
import Foundation
import Mismatch
import Support

/// An entropic plan by brute force: every pair of states written out, logarithms throughout, no kernel, no
/// stages, no extrapolation.
struct TransportTwin {
  private(set) var mass = 0.0
  private(set) var placeCost = 0.0
  private(set) var skillCost = 0.0
  private(set) var objective = 0.0
  private(set) var masses = [MoveKind: Double]()

  init(_ example: TransportExample, _ mass: TransportMass, _ regularisation: Double) {
    let sectors = example.skill.rowCount
    let states = example.provision.elements.count
    let totals = (
      example.provision.elements.reduce(0, +), example.demand.elements.reduce(0, +)
    )
    let isBalanced = mass == .balanced
    let provision = example.provision.elements.map { $0 / (isBalanced ? totals.0 : 1) }
    let demand = example.demand.elements.map { $0 / (isBalanced ? totals.1 : 1) }
    func place(_ from: Int, _ to: Int) -> Double { example.distances[from / sectors, to / sectors] }
    func skill(_ from: Int, _ to: Int) -> Double { example.skill[from % sectors, to % sectors] }
    func potential(_ wanted: Double, _ exponents: [Double], isSmaller: Bool) -> Double {
      guard wanted > 0 else { return -.infinity }
      let top = exponents.max() ?? 0
      let reach = top + log(exponents.reduce(0) { $0 + exp($1 - top) })
      switch mass {
      case .balanced: return log(wanted) - reach
      case .unbalanced(let penalty):
        return penalty / (penalty + regularisation) * (log(wanted) - reach)
      case .partial: return isSmaller ? log(wanted) - reach : min(0, log(wanted) - reach)
      }
    }
    var f = [Double](repeating: 0, count: states)
    var g = demand.map { $0 > 0 ? 0 : -Double.infinity }
    let exponents = (0..<states * states).map {
      -(place($0 / states, $0 % states) + skill($0 / states, $0 % states)) / regularisation
    }
    for _ in 0..<20_000 {
      let last = g
      for i in 0..<states {
        f[i] = potential(
          provision[i], (0..<states).map { exponents[i * states + $0] + g[$0] },
          isSmaller: totals.0 <= totals.1)
      }
      for j in 0..<states {
        g[j] = potential(
          demand[j], (0..<states).map { exponents[$0 * states + j] + f[$0] },
          isSmaller: totals.1 <= totals.0)
      }
      if zip(g, last).allSatisfy({ $0 == $1 || abs($0 - $1) < 1e-13 }) { break }
    }
    var rows = [Double](repeating: 0, count: states)
    var columns = rows
    for i in 0..<states {
      for j in 0..<states {
        let logarithm = f[i] + g[j] + exponents[i * states + j]
        guard logarithm > -.infinity else { continue }
        let amount = exp(logarithm)
        self.mass += amount
        rows[i] += amount
        columns[j] += amount
        placeCost += amount * place(i, j)
        skillCost += amount * skill(i, j)
        objective += regularisation * amount * (logarithm - 1)
        let samePlace = i / sectors == j / sectors
        let sameSkill = i % sectors == j % sectors
        masses[
          samePlace ? (sameSkill ? .matched : .skillOnly) : (sameSkill ? .placeOnly : .both),
          default: 0] += amount
      }
    }
    objective += placeCost + skillCost
    guard case .unbalanced(let penalty) = mass else { return }
    for (moved, wanted) in zip(rows + columns, provision + demand) where wanted > 0 {
      objective += penalty * ((moved > 0 ? moved * log(moved / wanted) : 0) - moved + wanted)
    }
  }
}
