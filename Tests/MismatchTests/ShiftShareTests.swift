import Dense
import Mismatch
import Support
import Testing

/// Sums of some dozens of counts up to a thousand, in another order.
private let closeness = Closeness.either(1e-9)

extension ShiftShare {
  fileprivate var figures: [Figure] {
    [before, after, growth, nationalShare, sectorMix, localShare, netShift]
  }
}

extension Grid {
  /// The grid's two sides taken as one side's two periods.
  fileprivate var shares: [ShiftShare] { ShiftShare.all(from: provision, to: demand) }
}

struct ShiftShareReferenceTests {
  @Test(
    "REAT's shift-share of two cases",
    .enabled(if: Reference.mayRun),
    arguments: [
      ("c14-published-fixtures/shiftshare_input", "c14-published-fixtures/shiftshare_expected"),
      ("c11-trend/input_shift_share", "c11-trend/expected_shift_share"),
    ])
  func peers(input: String, expected: String) throws {
    let input = try Reference.rows("\(input).csv")
    let expected = try Reference.rows("\(expected).csv")
    let isFirst = input[0]["region"] != nil
    let (area, sector) = isFirst ? ("region", "industry") : ("area", "sector")
    let areas = try Codebook(codes: input.map { try $0.text(area) })
    let sectors = try Codebook(codes: input.map { try $0.text(sector) })
    let tables = try ["t0", "t1"].map { period in
      var counts = Matrix(rowCount: areas.count, columnCount: sectors.count)
      for row in input {
        let place = try #require(areas.position(of: row.text(area)))
        counts[place, try #require(sectors.position(of: row.text(sector)))] = try row.number(period)
      }
      return Table(exact: counts)
    }
    let shares = ShiftShare.all(from: tables[0], to: tables[1])
    for row in expected {
      let own = shares[try #require(areas.position(of: row.text(area)))]
      for (figure, column) in [
        (own.growth, "Growth..t1.t."), (own.nationalShare, "National.share"),
        (own.sectorMix, "Industrial.mix"), (own.localShare, "Regional.share"),
        (own.netShift, "Net.total.shift"),
      ] {
        // The tolerance of HOW.md of c11; c14 prints REAT's results to the last digit.
        #expect(Closeness.absolute(1e-8).holds(figure.value, try row.number(column)), "\(column)")
        #expect(figure.isExact)
      }
    }
  }
}

struct ShiftShareLawTests {
  @Test("Against plain sums, term by term", arguments: RandomGrid.exact)
  func twin(random: RandomGrid) {
    let (before, after) = (random.grid.provision.value.rows, random.grid.demand.value.rows)
    let sum = { (rows: [[Double]]) in rows.joined().reduce(0, +) }
    let growth = sum(after) / sum(before)
    for (area, shares) in random.grid.shares.enumerated() {
      var (mix, local) = (0.0, 0.0)
      for sector in before[area].indices {
        let old = before.reduce(0) { $0 + $1[sector] }
        let sectorGrowth = old == 0 ? 0 : after.reduce(0) { $0 + $1[sector] } / old
        mix += before[area][sector] * (sectorGrowth - growth)
        local += after[area][sector] - before[area][sector] * sectorGrowth
      }
      let national = before[area].reduce(0, +) * (growth - 1)
      #expect(closeness.holds(shares.nationalShare.value, national))
      #expect(closeness.holds(shares.sectorMix.value, mix))
      #expect(closeness.holds(shares.localShare.value, local))
      #expect(closeness.holds(shares.netShift.value, mix + local))
      #expect(closeness.holds(shares.growth.value, national + mix + local))
    }
  }

  @Test(
    "Where every cell grows alike, all growth is the national share", arguments: RandomGrid.exact)
  func evenGrowth(random: RandomGrid) {
    let table = random.grid.provision
    for shares in ShiftShare.all(from: table, to: table.scaled(by: 1.5)) {
      #expect(closeness.holds(shares.nationalShare.value, shares.before.value / 2))
      #expect(closeness.holds([shares.sectorMix.value, shares.localShare.value], [0, 0]))
    }
  }

  @Test("Areas and sectors may stand in any order", arguments: RandomGrid.all)
  func order(random: RandomGrid) {
    let grid = random.grid
    let (areas, sectors) = (Array(grid.areas.codes.indices), Array(grid.sectors.codes.indices))
    let turned = ShiftShare.all(
      from: grid.provision.permuted(areas: areas.reversed(), sectors: sectors.reversed()),
      to: grid.demand.permuted(areas: areas.reversed(), sectors: sectors.reversed()))
    for (shares, other) in zip(grid.shares, turned.reversed()) {
      for (figure, other) in zip(shares.figures, other.figures) {
        #expect(closeness.holds(figure.value, other.value))
        #expect(closeness.holds(figure.lower, other.lower))
        #expect(closeness.holds(figure.upper, other.upper))
        #expect(figure.status == other.status)
      }
    }
  }

  @Test("Areas taken together have the sum of each component, and all areas no net shift")
  func merging() {
    for random in RandomGrid.exact where random.grid.areas.count > 1 {
      let grid = random.grid
      let merged = { (table: Table) in
        let rows = table.value.rows
        return Table(exact: Matrix(rows: [zip(rows[0], rows[1]).map { $0 + $1 }] + rows[2...]))
      }
      let shares = grid.shares
      let together = ShiftShare.all(from: merged(grid.provision), to: merged(grid.demand))[0]
      for (sum, parts) in zip(together.figures, zip(shares[0].figures, shares[1].figures)) {
        #expect(closeness.holds(sum.value, parts.0.value + parts.1.value), "\(random)")
      }
      let net = shares.map(\.netShift.value).reduce(0, +)
      #expect(closeness.holds(net, 0), "\(random)")
    }
  }

  @Test("Both periods times a number: every component times it", arguments: RandomGrid.all)
  func scale(random: RandomGrid) {
    let grid = random.grid
    let scaled = ShiftShare.all(
      from: grid.provision.scaled(by: 8), to: grid.demand.scaled(by: 8))
    for (shares, scaled) in zip(grid.shares, scaled) {
      for (figure, scaled) in zip(shares.figures, scaled.figures) {
        #expect(closeness.holds(figure.scaled(by: 8).value, scaled.value))
        #expect(closeness.holds(figure.scaled(by: 8).lower, scaled.lower))
        #expect(closeness.holds(figure.scaled(by: 8).upper, scaled.upper))
      }
    }
  }

  @Test("Whatever counts lie within the bounds, each component lies within its own")
  func containment() {
    var wideCount = 0
    for random in RandomGrid.bounded {
      let shares = random.grid.shares
      let isUnknown = zip(random.grid.provision.value.elements, random.grid.demand.value.elements)
        .map { ($0 + $1).isNaN }
      let known = { (table: Table) in
        var counts = table.value
        for index in isUnknown.indices where isUnknown[index] { counts.elements[index] = 0 }
        return Table(exact: counts)
      }
      var source = RandomSource(seed: random.seed, stream: 300)
      for _ in 0..<200 {
        let drawn = random.drawInside(&source)
        let exact = ShiftShare.all(from: known(drawn.provision), to: known(drawn.demand))
        for (bounds, exact) in zip(shares, exact) {
          for (figure, exact) in zip(bounds.figures, exact.figures) where exact.isDefined {
            #expect(closeness.holds(exact.value, within: figure.lower, figure.upper), "\(random)")
            let isInside = figure.lower < exact.value && exact.value < figure.upper
            wideCount += isInside ? 1 : 0
          }
        }
      }
    }
    #expect(wideCount > 10_000)
  }

  @Test("Bounds of national and local share and net shift are reached")
  func sharpness() throws {
    // One sector: the area has 40 to 60 then 90 to 110, all others 100 to 120 then 210 to 220.
    let table = { (bounds: [ClosedRange<Double>]) in
      let matrix = { (of: (ClosedRange<Double>) -> Double) in Matrix(rows: bounds.map { [of($0)] })
      }
      return Table(
        value: matrix { ($0.lowerBound + $0.upperBound) / 2 }, lower: matrix(\.lowerBound),
        upper: matrix(\.upperBound), status: bounds.map { _ in [] },
        totalLower: bounds.map(\.lowerBound), totalUpper: bounds.map(\.upperBound))
    }
    let shares = ShiftShare.all(
      from: table([40...60, 100...120]), to: table([90...110, 210...220]))[0]
    let (least, greatest) = (90.0 - 60 * (90 + 220) / 160, 110.0 - 40 * (110 + 210) / 160)
    for figure in [shares.localShare, shares.netShift] {
      #expect(closeness.holds([figure.lower, figure.upper], [least, greatest]))
    }
    let peak = (330.0 * 100).squareRoot() - 100
    #expect(peak > 60)
    let (slowest, fastest) = (300.0 / 160 - 1, 330.0 / 160 - 1)
    #expect(closeness.holds(shares.nationalShare.lower, 40 * slowest))
    #expect(closeness.holds(shares.nationalShare.upper, 60 * fastest))
    #expect(shares.growth == Figure(50, lower: 30, upper: 70))
  }

  @Test("A sector without counts before is local share; cells without a number are left out")
  func edges() {
    let new = ShiftShare.all(
      from: Table(exact: Matrix(rows: [[0, 10], [0, 30]])),
      to: Table(exact: Matrix(rows: [[5, 20], [1, 54]])))
    let local = [25 - 18.5, 55 - 55.5]
    #expect(closeness.holds(new.map(\.localShare.value), local))
    #expect(closeness.holds(new.map(\.nationalShare.value), [10, 30]))
    #expect(closeness.holds(new.map(\.sectorMix.value), [-1.5, -4.5]))

    var value = Matrix(rows: [[7, 10], [9, 30]])
    let plain = Table(exact: value)
    value[0, 0] = .nan
    let withheld = Table(
      value: value, lower: Matrix(rows: [[0, 10], [9, 30]]),
      upper: Matrix(rows: [[.infinity, 10], [9, 30]]), status: [.confidential, [], [], []],
      totalLower: [10, 39], totalUpper: [.infinity, 39])
    let left = ShiftShare.all(from: plain, to: withheld)
    #expect(left[0].before == Figure(10, lower: 10, upper: 10, status: .incomplete))
    #expect(left[0].growth.value == 0 && left[0].localShare.isExact)
    #expect(left[1].growth == Figure(exact: 0))

    let nothing = Table(exact: Matrix(rows: [[0], [0]]))
    let fromNothing = ShiftShare.all(from: nothing, to: Table(exact: Matrix(rows: [[3], [4]])))
    #expect(fromNothing[0].growth == Figure(exact: 3))
    #expect(fromNothing[0].localShare.status == .zeroByZero && !fromNothing[0].netShift.isDefined)
  }
}
