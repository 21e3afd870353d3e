import Bytes
import Records

@testable import Trends

private let lines: [UInt8] = {
  var text = ""
  for number in 0..<6 {
    text +=
      "{\"type\":\"tweet\",\"id\":\"\(number + 90)\",\"created_at\":\"2020-09-1\(number + 3)T10:0\(number):00.000Z\","
      + "\"user\":{\"id\":\"\(number % 3 + 1)\"},\"text\":\"#Boom\",\"hashtags\":[\"Boom\",\"t1\"],"
      + "\"geo\":{\"country\":\"DE\"}}\n"
  }
  return Array(text.utf8)
}()

private func settings(_ choice: UInt8) -> TrendSettings {
  var settings = TrendSettings()
  settings.kinds = [.hashtag]
  settings.minimumUsers = 1
  settings.minimumCount = 1
  settings.falseDiscoveryRate = 0.9
  if choice & 1 == 1 { (settings.window, settings.step) = (60_000, 20_000) }
  if choice & 2 == 2 { settings.memory = 1 << 20 }
  return settings
}

/// A state behind its settings and before its checksum, which are made to fit: refused, or gone on from, and
/// nothing traps. A lie may be another one when it is written and read again.
func fuzz(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let settings = settings(choice)
  var state = ByteBuffer()
  state.append(string: TrendEngine.magic)
  state.append(varint: UInt64(settings.identifier.utf8.count))
  state.append(string: settings.identifier)
  let body = Array(bytes.dropFirst())
  state.append(body.span)
  state.append(littleEndian: Checksum.xxh3(state.span))
  guard var engine = try? TrendStateReader.engine(settings, state) else { return }
  let reader = TrendReader(program: "fuzz", settings: settings)
  var rows = ByteBuffer()
  for row in engine.add(reader.read(FuzzFile.lines(lines))) { row.write(to: &rows) }
  var written = ByteBuffer()
  engine.writeState(to: &written)
  if var again = try? TrendStateReader.engine(settings, written) {
    _ = again.finish()
  }
  for row in engine.finish() { row.write(to: &rows) }
  var last = ByteBuffer()
  engine.writeState(to: &last)
}
