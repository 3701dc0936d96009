/// Sector subject areas of further education: fifteen of tier 1 with their parts of tier 2, by number and name
/// (Ofqual, https://www.gov.uk/government/publications/types-of-regulated-qualifications).
package enum SubjectAreas {
  /// In order of their numbers; names that differ over time are parted by `|`.
  private static let table: [(tier1: String, tier2: [String])] = [
    (
      "Health, Public Services and Care",
      [
        "Medicine and Dentistry", "Nursing and Subjects and Vocations Allied to Medicine",
        "Health and Social Care", "Public Services",
        "Child Development and Well Being",
      ]
    ),
    ("Science and Mathematics", ["Science", "Mathematics and Statistics"]),
    (
      "Agriculture, Horticulture and Animal Care",
      [
        "Agriculture", "Horticulture and Forestry", "Animal Care and Veterinary Science",
        "Environmental Conservation",
      ]
    ),
    (
      "Engineering and Manufacturing Technologies",
      ["Engineering", "Manufacturing Technologies", "Transportation Operations and Maintenance"]
    ),
    (
      "Construction, Planning and the Built Environment",
      ["Architecture", "Building and Construction", "Urban, Rural and Regional Planning"]
    ),
    (
      "Information and Communication Technology|Digital Technology",
      [
        "ICT Practitioners|Digital technology (practitioners)",
        "ICT for Users|Digital technology (users)",
      ]
    ),
    (
      "Retail and Commercial Enterprise",
      [
        "Retailing and Wholesaling", "Warehousing and Distribution", "Service Enterprises",
        "Hospitality and Catering",
      ]
    ),
    (
      "Leisure, Travel and Tourism", ["Sport, Leisure and Recreation", "Travel and Tourism"]
    ),
    (
      "Arts, Media and Publishing",
      [
        "Performing Arts", "Crafts, Creative Arts and Design", "Media and Communication",
        "Publishing and Information Services",
      ]
    ),
    (
      "History, Philosophy and Theology",
      [
        "History", "Archaeology and Archaeological Sciences", "Philosophy",
        "Theology and Religious Studies",
      ]
    ),
    (
      "Social Sciences",
      ["Geography", "Sociology and Social Policy", "Politics", "Economics", "Anthropology"]
    ),
    (
      "Languages, Literature and Culture",
      [
        "Languages, Literature and Culture of the British Isles",
        "Other Languages, Literature and Culture", "Linguistics",
      ]
    ),
    ("Education and Training", ["Teaching and Lecturing", "Direct Learning Support"]),
    (
      "Preparation for Life and Work",
      ["Foundations for Learning and Life", "Preparation for Work"]
    ),
    (
      "Business, Administration and Law",
      [
        "Accounting and Finance", "Administration", "Business Management", "Marketing and Sales",
        "Law and Legal Services",
      ]
    ),
  ]

  /// A subject area: its number in tier 1, and that of its part in tier 2.
  package struct Number: Sendable, Hashable {
    package let tier1: Int
    package let tier2: Int?
  }

  private static let numberByName: [String: Number] = {
    var numbers: [String: Number] = [:]
    func note(_ names: String, _ number: Number) {
      for name in names.split(separator: "|") { numbers[String(name).lettersAndDigits()] = number }
    }
    for (place, area) in table.enumerated() {
      for (part, names) in area.tier2.enumerated() {
        note(names, Number(tier1: place + 1, tier2: part + 1))
      }
    }
    for (place, area) in table.enumerated() {
      note(area.tier1, Number(tier1: place + 1, tier2: nil))
    }
    return numbers
  }()

  /// The number of a name, whatever its letter case and punctuation; nil where there is no such subject area.
  package static func number(named name: String) -> Number? {
    number(plainName: name.lettersAndDigits())
  }

  /// The same for the letters and digits of a name in lower case.
  package static func number(plainName: String) -> Number? { numberByName[plainName] }
}
