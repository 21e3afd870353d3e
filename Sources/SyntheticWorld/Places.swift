/// A city of the world: where its people are, what they speak, and when they are awake.
struct Place: Sendable {
  /// The service's id, 16 hexadecimal digits.
  var id: StaticString
  var name: StaticString
  var country: StaticString
  var countryCode: StaticString
  /// Millionths of a degree.
  var longitude: Int
  var latitude: Int
  /// Minutes east of Greenwich, in June.
  var offset: Int
  /// Its share of all accounts.
  var weight: Int
  /// Languages and their shares in percent; the rest is the first one.
  var languages: [(language: Language, percent: Int)]
}

extension Place {
  /// All places, in a fixed order that plans refer to.
  static let all: [Place] = [
    Place(
      id: "01a9a39529b27f36", name: "Manhattan, NY", country: "United States", countryCode: "US",
      longitude: -73_971_000, latitude: 40_776_000, offset: -240, weight: 14,
      languages: [(.en, 86), (.es, 14)]),
    Place(
      id: "3b77caf94bfc81fe", name: "Los Angeles, CA", country: "United States", countryCode: "US",
      longitude: -118_411_000, latitude: 34_020_000, offset: -420, weight: 9,
      languages: [(.en, 80), (.es, 20)]),
    Place(
      id: "457b4814b4240d87", name: "London, England", country: "United Kingdom", countryCode: "GB",
      longitude: -118_000, latitude: 51_509_000, offset: 60, weight: 9, languages: [(.en, 97), (.fr, 3)]),
    Place(
      id: "3078869807f9dd36", name: "Berlin, Germany", country: "Germany", countryCode: "DE",
      longitude: 13_405_000, latitude: 52_520_000, offset: 120, weight: 6, languages: [(.de, 78), (.en, 22)]),
    Place(
      id: "09f6a7707f18e0b1", name: "Paris, France", country: "France", countryCode: "FR",
      longitude: 2_352_000, latitude: 48_857_000, offset: 120, weight: 6, languages: [(.fr, 90), (.en, 10)]),
    Place(
      id: "206c436ce43a43a3", name: "Madrid, España", country: "España", countryCode: "ES",
      longitude: -3_704_000, latitude: 40_417_000, offset: 120, weight: 5, languages: [(.es, 95), (.en, 5)]),
    Place(
      id: "25530ba03b7d90c6", name: "Ciudad de México", country: "México", countryCode: "MX",
      longitude: -99_133_000, latitude: 19_432_000, offset: -300, weight: 6, languages: [(.es, 97), (.en, 3)]),
    Place(
      id: "68e019afec7d0ba5", name: "São Paulo, Brasil", country: "Brasil", countryCode: "BR",
      longitude: -46_633_000, latitude: -23_551_000, offset: -180, weight: 7,
      languages: [(.pt, 97), (.en, 3)]),
    Place(
      id: "97bcdfca1a2dca59", name: "Rio de Janeiro, Brasil", country: "Brasil", countryCode: "BR",
      longitude: -43_173_000, latitude: -22_907_000, offset: -180, weight: 4,
      languages: [(.pt, 97), (.en, 3)]),
    Place(
      id: "06ef846bfc783874", name: "東京 新宿区", country: "日本", countryCode: "JP",
      longitude: 139_704_000, latitude: 35_694_000, offset: 540, weight: 12, languages: [(.ja, 98), (.en, 2)]),
    Place(
      id: "3e8c6e7b0dc0a2b2", name: "大阪 大阪市 北区", country: "日本", countryCode: "JP",
      longitude: 135_502_000, latitude: 34_694_000, offset: 540, weight: 5, languages: [(.ja, 99), (.en, 1)]),
    Place(
      id: "c999e6a453e9ef72", name: "서울", country: "대한민국", countryCode: "KR",
      longitude: 126_978_000, latitude: 37_567_000, offset: 540, weight: 6, languages: [(.ko, 97), (.en, 3)]),
    Place(
      id: "00c55f041e27dc51", name: "القاهرة", country: "مصر", countryCode: "EG",
      longitude: 31_236_000, latitude: 30_044_000, offset: 120, weight: 4, languages: [(.ar, 94), (.en, 6)]),
    Place(
      id: "6a9f7c8d12b04e55", name: "Москва", country: "Россия", countryCode: "RU",
      longitude: 37_617_000, latitude: 55_756_000, offset: 180, weight: 3, languages: [(.ru, 97), (.en, 3)]),
    Place(
      id: "001602ce42b66cbf", name: "กรุงเทพมหานคร", country: "ประเทศไทย", countryCode: "TH",
      longitude: 100_502_000, latitude: 13_756_000, offset: 420, weight: 4, languages: [(.th, 92), (.en, 8)]),
    Place(
      id: "b850c1bfd38f30e0", name: "Mumbai, India", country: "India", countryCode: "IN",
      longitude: 72_878_000, latitude: 19_076_000, offset: 330, weight: 5, languages: [(.en, 58), (.hi, 42)]),
  ]

  /// The place of that name; the tables of bursts use it.
  static func index(_ id: StaticString) -> Int {
    for (index, place) in all.enumerated() where "\(place.id)" == "\(id)" { return index }
    preconditionFailure("no such place: \(id)")
  }
}
