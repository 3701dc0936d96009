import Extracts
import Mismatch

extension JobNode {
  /// `{ areas: { file, code, value, period }, sectors: { ... } }`.
  package func raking(folder: String) throws -> RakingJob {
    let keys = try keyed(["areas", "sectors"])
    return RakingJob(
      areas: try keys.required("areas", of: self).targets(folder: folder),
      sectors: try keys.required("sectors", of: self).targets(folder: folder))
  }

  private func targets(folder: String) throws -> TargetsJob {
    let keys = try keyed(["code", "value", "unit", "period"] + tableKeys)
    return TargetsJob(
      table: try table(keys, folder: folder), code: try keys.required("code", of: self).key(),
      value: try keys.required("value", of: self).text(),
      unit: try keys["unit"]?.unit() ?? .one, period: try keys["period"]?.key())
  }
}
