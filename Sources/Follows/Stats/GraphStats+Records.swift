public import Bytes

extension GraphStats {
  /// Appends the same as NDJSON: one `graph` record, then `graph_degree`, `graph_top` and `graph_threshold` ones.
  public func write(to out: inout ByteBuffer) {
    var graph = fields("graph")
    graph += number("users", users) + number("follows", follows) + number("mutual", mutual)
    graph += ",\"reciprocity\":\(Self.rounded(reciprocity))"
    graph +=
      number("without_followers", withoutFollowers) + number("without_followees", withoutFollowees)
      + number("blocks", blocks)
    graph += number("mutes", mutes) + number("protected", protected) + number("edges", edges)
    graph += number("changes", changes) + number("edge_bytes", edgeBytes)
    graph += ",\"followers\":" + object(followers) + ",\"followees\":" + object(followees)
    out.append(string: graph + "}\n")
    for bucket in buckets {
      out.append(
        string: fields("graph_degree") + number("from", bucket.from) + number("to", bucket.to)
          + number("by_followers", bucket.byFollowers) + number("by_followees", bucket.byFollowees) + "}\n")
    }
    for (place, account) in top.enumerated() {
      out.append(
        string: fields("graph_top") + number("rank", place + 1) + ",\"user\":\"\(account.user)\""
          + number("followers", account.followers) + number("followees", account.followees) + "}\n")
    }
    for threshold in thresholds {
      out.append(
        string: fields("graph_threshold") + number("push_below", threshold.pushBelow)
          + number("pushed", threshold.pushed) + number("pulled", threshold.pulled)
          + number("writes", threshold.writes) + number("readers", threshold.readers)
          + number("most_merged", threshold.mostMerged) + "}\n")
    }
  }

  private func fields(_ type: String) -> String { "{\"type\":\"\(type)\"" }

  private func number(_ key: String, _ value: Int) -> String { ",\"\(key)\":\(value)" }

  private func object(_ quantiles: Quantiles) -> String {
    "{\"median\":\(quantiles.median)" + number("p90", quantiles.p90) + number("p99", quantiles.p99)
      + number("most", quantiles.most) + "}"
  }

  // Six digits, as the shortest text that reads back; whole numbers without a fraction.
  private static func rounded(_ share: Double) -> String {
    let value = (share * 1e6).rounded() / 1e6
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
