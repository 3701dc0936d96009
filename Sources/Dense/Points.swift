import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Points between which distances are taken, in a plane or on the Earth.
package struct Points: Sendable {
  /// The Earth's mean radius in km (IUGG; Moritz 2000, https://doi.org/10.1007/s001900050278).
  package static let earthRadius = 6371.0088

  private let xs: [Double]
  private let ys: [Double]
  /// Empty in a plane.
  private let zs: [Double]
  private let scale: Double

  package var count: Int { xs.count }

  /// Points of a plane.
  ///
  /// - Parameter scale: what a distance is multiplied by: 0.001 for metres in, kilometres out.
  package init(eastings: [Double], northings: [Double], scale: Double) {
    precondition(eastings.count == northings.count, "coordinates of unequal number")
    (xs, ys, zs, self.scale) = (eastings, northings, [], scale)
  }

  /// Points of the Earth as a sphere, in degrees; distances are great circles' in km.
  package init(latitudes: [Double], longitudes: [Double]) {
    precondition(latitudes.count == longitudes.count, "coordinates of unequal number")
    let radians = Double.pi / 180
    xs = zip(latitudes, longitudes).map { cos($0 * radians) * cos($1 * radians) }
    ys = zip(latitudes, longitudes).map { cos($0 * radians) * sin($1 * radians) }
    zs = latitudes.map { sin($0 * radians) }
    scale = Self.earthRadius
  }

  /// Two points that are nearer to one another than a distance, by their numbers; nil where there are none.
  ///
  /// - Parameter limit: above 0, small beside all distances, in the unit of ``distances(own:)``.
  package func pair(nearerThan limit: Double) -> (Int, Int)? {
    // In cells of that size, such points lie in the same one or in neighbours.
    let side = limit / scale
    let distances = distances(own: 0)
    let offsets = [-1, 0, 1]
    var cells: [SIMD3<Int>: Int] = [:]
    for point in xs.indices {
      let cell = SIMD3(
        Int((xs[point] / side).rounded(.down)), Int((ys[point] / side).rounded(.down)),
        zs.isEmpty ? 0 : Int((zs[point] / side).rounded(.down)))
      for dx in offsets {
        for dy in offsets {
          for dz in zs.isEmpty ? [0] : offsets {
            guard let other = cells[cell &+ SIMD3(dx, dy, dz)] else { continue }
            let distance = distances.elements(rows: point..<point + 1, columns: other..<other + 1)
            if distance[0] < limit { return (other, point) }
          }
        }
      }
      cells[cell] = point
    }
    return nil
  }

  /// The distances between all points, as a matrix that is calculated when it is needed.
  ///
  /// Symmetric to the last bit. On the Earth a distance is taken from the chord through it (the haversine
  /// formula, Sinnott 1984): within 10⁻⁹ km of the sphere's own, within 1 m between opposite points.
  ///
  /// - Parameter own: the cost from a point to itself.
  package func distances(own: Double) -> TiledMatrix {
    matrix(Decay.kernel(kernel_form_none), own: own)
  }

  /// The weights of the distances between all points, as a matrix that is calculated when it is needed.
  package func weights(_ decay: Decay, own: Double) -> TiledMatrix {
    matrix(decay.kernel, own: own)
  }

  private func matrix(_ decay: kernel_decay, own: Double) -> TiledMatrix {
    let decay = Shared(decay)
    return TiledMatrix(rowCount: count, columnCount: count) { rows, columns, tile in
      let metric = zs.isEmpty ? kernel_metric_plane : kernel_metric_sphere
      xs.withUnsafeBufferPointer { xs in
        ys.withUnsafeBufferPointer { ys in
          zs.withUnsafeBufferPointer { zs in
            kernel_decay_tile(
              kernelLevel, decay.value,
              kernel_points(
                metric: Int32(metric), xs: xs.baseAddress, ys: ys.baseAddress,
                zs: zs.baseAddress, scale: scale, own: own),
              kernel_span(first: rows.lowerBound, count: rows.count),
              kernel_span(first: columns.lowerBound, count: columns.count), tile)
          }
        }
      }
    }
  }
}
