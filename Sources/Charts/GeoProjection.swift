#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A transverse Mercator projection with the figures of the British National Grid.
///
/// The shift between WGS84 and OSGB36, about 100 m, is left out: it is less than a map of a country shows.
struct GeoProjection {
  /// Longitude of the meridian that is straight, in radians.
  private let meridian: Double

  /// Airy's ellipsoid of 1830, in metres, scaled as the grid is.
  private static let (a, b) = (6_377_563.396 * 0.9996012717, 6_356_256.909 * 0.9996012717)
  private static let origin = 49 * Double.pi / 180

  /// A projection about the meridian 2° West for all that is near Great Britain, else about the middle.
  init(longitudes: ClosedRange<Double>) {
    let middle = (longitudes.lowerBound + longitudes.upperBound) / 2
    meridian = ((-9...3).contains(middle) ? -2 : middle) * .pi / 180
  }

  /// Metres east and north of a longitude and latitude in degrees.
  func plane(_ point: GeoPoint) -> GeoPoint {
    let (a, b) = (Self.a, Self.b)
    // Poles have no tangent.
    let latitude = max(-89, min(89, point.y)) * .pi / 180
    let (sine, cosine, tangent) = (sin(latitude), cos(latitude), tan(latitude))
    let square = 1 - b * b / (a * a)
    let nu = a / (1 - square * sine * sine).squareRoot()
    let rho = nu * (1 - square) / (1 - square * sine * sine)
    let eta = nu / rho - 1
    let (t2, t4) = (tangent * tangent, tangent * tangent * tangent * tangent)
    let p = point.x * .pi / 180 - meridian
    let c3 = cosine * cosine * cosine
    let c5 = c3 * cosine * cosine
    let second = nu / 2 * sine * cosine
    let fourth = nu / 24 * sine * c3 * (5 - t2 + 9 * eta)
    let sixth = nu / 720 * sine * c5 * (61 - 58 * t2 + t4)
    let north = p * p * (second + p * p * (fourth + p * p * sixth))
    let third = nu / 6 * c3 * (nu / rho - t2)
    let fifth = nu / 120 * c5 * (5 - 18 * t2 + t4 + 14 * eta - 58 * t2 * eta)
    let east = p * (nu * cosine + p * p * (third + p * p * fifth))
    return GeoPoint(x: 400_000 + east, y: arc(latitude) - 100_000 + north)
  }

  /// The length of the meridian from the origin of the grid to a latitude.
  private func arc(_ latitude: Double) -> Double {
    let n = (Self.a - Self.b) / (Self.a + Self.b)
    let (n2, n3) = (n * n, n * n * n)
    let (difference, sum) = (latitude - Self.origin, latitude + Self.origin)
    return Self.b
      * ((1 + n + 5.0 / 4 * (n2 + n3)) * difference
        - (3 * n + 3 * n2 + 21.0 / 8 * n3) * sin(difference) * cos(sum)
        + 15.0 / 8 * (n2 + n3) * sin(2 * difference) * cos(2 * sum)
        - 35.0 / 24 * n3 * sin(3 * difference) * cos(3 * sum))
  }
}
