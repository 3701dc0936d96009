import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes, names and labels that were damaged on their way.
  static let corruption = Check(
    "corruption",
    looksFor:
      "codes, names and labels with NUL bytes, U+FFFD, control characters or conflict markers",
    guidance: "Fetch the file again, or convert it with the right encoding (iconv -t UTF-8)"
  ) { outcome in
    var damaged: [String: [String]] = [:]
    var count = 0
    for evidence in outcome.allEvidence {
      for (what, text) in evidence.texts {
        guard let damage = Corruption.damage(in: text) else { continue }
        damaged[damage, default: []].append(
          "\(evidence.subject.text) \(what.rawValue) \"\(text)\"")
        count += 1
      }
    }
    for (what, names) in [("area", outcome.areas.names), ("sector", outcome.sectors.names)] {
      for name in names {
        guard let damage = Corruption.damage(in: name) else { continue }
        damaged[damage, default: []].append("name of \(what) \"\(name)\"")
        count += 1
      }
    }
    guard count > 0 else {
      return [Finding(.pass, "no damaged text among all codes, names and periods")]
    }
    return Codebook.sorted(damaged.keys).map { damage in
      let places = damaged[damage] ?? []
      return Finding(
        .fail,
        "\(damage) in \(Finding.counted(places.count, "text")): "
          + places.prefix(3).map(Corruption.shown).joined(separator: ", "),
        count: Double(places.count))
    }
  }
}
