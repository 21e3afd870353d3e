internal import Glibc

/// libm's, which are the same on every machine with the same libm.
enum PowersOfTwo {
  static func power(_ exponent: Double) -> Double { Glibc.exp2(exponent) }
  static func logarithm(_ value: Double) -> Double { Glibc.log2(value) }
}
