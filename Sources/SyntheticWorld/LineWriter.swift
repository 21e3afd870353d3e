internal import Bytes

/// Writes the lines of the dump: statuses, notices and broken lines.
struct LineWriter: ~Copyable {
  private var statuses: StatusWriter
  private let people: Population
  private var scratch = ByteBuffer(capacity: 1 << 14)

  init(people: Population, grammar: TextGrammar) {
    self.people = people
    statuses = StatusWriter(people: people, grammar: grammar)
  }

  /// One line with its end.
  mutating func write(_ emission: Emission, into out: inout ByteBuffer) {
    switch emission {
    case .tweet(let plan): statuses.write(plan, into: &out)
    case .copy(let plan, let boost): statuses.write(plan, boost: boost, into: &out)
    case .delete(let core, let at): notice("delete", core, at, into: &out)
    case .scrubGeo(let core, let at): notice("scrub_geo", core, at, into: &out)
    case .limit(let track, let at):
      out.append("{\"limit\":{\"track\":")
      out.append(decimal: UInt64(track))
      out.append(",\"timestamp_ms\":\"")
      out.append(decimal: UInt64(at))
      out.append("\"}}")
    case .broken(let kind, let plan): broken(kind, plan, into: &out)
    }
    out.append("\n")
  }

  private func notice(_ name: StaticString, _ core: TweetCore, _ at: Int64, into out: inout ByteBuffer) {
    let user = people.accounts[Int(core.author)].id
    out.append("{\"")
    out.append(name)
    let isDelete = name.utf8CodeUnitCount == 6
    out.append(isDelete ? "\":{\"status\":{\"id\":" : "\":{\"user_id\":")
    out.append(decimal: isDelete ? core.id : user)
    out.append(isDelete ? ",\"id_str\":\"" : ",\"user_id_str\":\"")
    out.append(decimal: isDelete ? core.id : user)
    out.append(isDelete ? "\",\"user_id\":" : "\",\"up_to_status_id\":")
    out.append(decimal: isDelete ? user : core.id)
    out.append(isDelete ? ",\"user_id_str\":\"" : ",\"up_to_status_id_str\":\"")
    out.append(decimal: isDelete ? user : core.id)
    out.append(isDelete ? "\"}" : "\"")
    out.append(",\"timestamp_ms\":\"")
    out.append(decimal: UInt64(at))
    out.append("\"}}")
  }

  private mutating func broken(_ kind: BrokenLine, _ plan: TweetPlan, into out: inout ByteBuffer) {
    switch kind {
    case .cut:
      // The text is 7-bit or not: either way the cut falls into the fixed keys at the end, not into a character.
      scratch.removeAll()
      statuses.write(plan, into: &scratch)
      out.append(scratch.span.extracting(0..<scratch.count - 30))
    case .badByte:
      out.append("{\"created_at\":\"")
      WorldTime.appendClassic(plan.core.time, to: &out)
      out.append("\",\"id_str\":\"")
      out.append(decimal: plan.core.id ^ 1 << 20)
      out.append("\",\"full_text\":\"caf")
      out.append(UInt8(0xE9))
      out.append(" in Latin-1\",\"user\":{\"id_str\":\"12\",\"screen_name\":\"oldclient\"},\"lang\":\"fr\"}")
    case .noID:
      out.append("{\"created_at\":\"")
      WorldTime.appendClassic(plan.core.time, to: &out)
      out.append(
        "\",\"full_text\":\"a tweet without its id\",\"user\":{\"id_str\":\"12\",\"screen_name\":\"oldclient\"}}"
      )
    case .noText:
      out.append("{\"created_at\":\"")
      WorldTime.appendClassic(plan.core.time, to: &out)
      out.append("\",\"id_str\":\"")
      out.append(decimal: plan.core.id ^ 1 << 20)
      out.append(
        "\",\"user\":{\"id_str\":\"12\",\"screen_name\":\"oldclient\"},\"retweet_count\":0,\"favorite_count\":0}"
      )
    case .stranger: out.append("{\"event\":\"checkpoint\",\"shard\":3}")
    }
  }
}
