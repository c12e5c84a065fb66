// The table: one row a workload, times in microseconds an event, ratios against the floors and the peers of the same run.
const number = (value, digits = 2) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const times = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 0)}x` : "–");

const COLUMNS = [
  "workload",
  "rules",
  "F",
  "RuleSet",
  "in F",
  "trusted, in F",
  "against quamina",
  "trusted, against quamina",
  "against evaluator",
  "matches",
  "build us/rule",
  "bytes/rule",
  "wasm string",
  "in JSON.parse",
  "wasm bytes",
  "wasm / native",
  "against quamina wasm",
  "PutEvents",
  "deliveries",
  "in matches",
];

export function table(lines) {
  const names = [...new Set(lines.map((line) => line.workload))];
  const rows = names.map((name) => {
    const of = (where, peer) =>
      lines.find((line) => line.workload === name && line.where === where && line.peer === peer);
    const us = (where, peer) => of(where, peer)?.us_per_event ?? Number.NaN;
    /** How long a peer takes in multiples of the floor that was measured beside it. */
    const relative = (where, peer) => us(where, peer) / (of(where, peer)?.floor_us ?? of(where, peer)?.parse_us);
    const native = us("native", "RuleSet");
    const set = of("native", "RuleSet");
    const peer = of("native", "quamina");
    const against = (ours) => {
      if (peer === undefined) return "–";
      if (peer.us_per_event === null) return "no";
      return `${times(relative("native", "quamina") / relative("native", ours))}${peer.note ? " !" : ""}`;
    };
    return [
      name,
      String(set?.rules ?? "–"),
      number(us("native", "serde_json IgnoredAny")),
      number(native),
      times(relative("native", "RuleSet")),
      times(relative("native", "RuleSet, trusted")),
      against("RuleSet"),
      against("RuleSet, trusted"),
      times(relative("native", "evaluator") / relative("native", "RuleSet")),
      number(set?.matches_per_event),
      number(set?.build_us_per_rule, 1),
      String(set?.bytes_per_rule ?? "–"),
      number(us("wasm", "RuleSet, string")),
      times(relative("wasm", "RuleSet, string")),
      number(us("wasm", "RuleSet, bytes")),
      times(us("wasm", "RuleSet, bytes") / of("wasm", "RuleSet, bytes")?.native_us),
      times(relative("wasm", "quamina") / relative("wasm", "RuleSet, bytes")),
      number(of("native", "PutEvents")?.us_per_event),
      number(of("native", "PutEvents")?.deliveries_per_event),
      times(of("native", "PutEvents")?.ratio),
    ];
  });
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const legend =
    "Times in us an event, best pass. F: serde_json `IgnoredAny` over the same bytes. Ratios are of floors measured beside each peer. `against`: how many times longer the peer takes; `no`: it refuses the patterns; `!`: it finds other matches. wasm / native: both took turns, pass by pass. PutEvents: the whole simulator, natively; `in matches`: without 2 us a delivery, in multiples of the bare match beside it.";
  return [line(COLUMNS), line(COLUMNS.map(() => "---")), ...rows.map(line), "", legend].join("\n");
}
