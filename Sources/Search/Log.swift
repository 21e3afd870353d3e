internal import Glibc

/// Natural logarithm by libm, correctly rounded in all but rare cases and the same on every machine with the same libm.
enum Log {
  static func natural(_ value: Double) -> Double { Glibc.log(value) }
}
