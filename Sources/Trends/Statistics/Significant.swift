internal import Glibc

/// Rounding to what is known: the last digits of a logarithm differ from one C library to the next, and mean nothing.
enum Significant {
  /// `value` to four significant digits.
  static func round(_ value: Double) -> Double {
    if value == 0 || !value.isFinite { return 0 }
    let magnitude = Glibc.floor(log10(abs(value)))
    let scale = pow(10, 3 - magnitude)
    let rounded = (value * scale).rounded() / scale
    return rounded == 0 ? 0 : rounded
  }

  /// 10 to the power of `logP`, to three significant digits; at least 1e-300.
  static func probability(_ logP: Double) -> Double {
    let logP = max(logP, -300)
    let exponent = Glibc.floor(logP)
    let digits = (pow(10, logP - exponent) * 100).rounded()
    // By text, so that the nearest number is met.
    return Double("\(Int(digits))e\(Int(exponent) - 2)") ?? 0
  }
}

/// 10 to the power of `value`.
func pow10(_ value: Double) -> Double { pow(10, value) }

/// The natural logarithm of `value`.
func naturalLog(_ value: Double) -> Double { log(value) }

/// log₁₀ of `value`.
func decimalLog(_ value: Double) -> Double { log10(value) }
