// The table: one row a workload, times in microseconds an event, ratios against the floors and the peers of the same run.
const number = (value, digits = 2) => (value === null || value === undefined ? "–" : value.toFixed(digits));
const times = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 0)}x` : "–");

const COLUMNS = [
  "workload",
  "rules",
  "F",
  "RuleSet",
  "in F",
  "trusted",
  "against quamina",
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
    const [floor, native] = [us("native", "serde_json IgnoredAny"), us("native", "RuleSet")];
    const [text, bytes, parse] = [
      us("wasm", "RuleSet, string"),
      us("wasm", "RuleSet, bytes"),
      us("wasm", "JSON.parse"),
    ];
    const set = of("native", "RuleSet");
    const peer = of("native", "quamina");
    const note = peer?.us_per_event === null ? "no" : `${times(peer?.us_per_event / native)}${peer?.note ? " !" : ""}`;
    return [
      name,
      String(set?.rules ?? "–"),
      number(floor),
      number(native),
      times(native / floor),
      number(us("native", "RuleSet, trusted")),
      peer === undefined ? "–" : note,
      times(us("native", "evaluator") / native),
      number(set?.matches_per_event),
      number(set?.build_us_per_rule, 1),
      String(set?.bytes_per_rule ?? "–"),
      number(text),
      times(text / parse),
      number(bytes),
      times(bytes / native),
      times(us("wasm", "quamina") / bytes),
      number(of("native", "PutEvents")?.us_per_event),
      number(of("native", "PutEvents")?.deliveries_per_event),
      times(of("native", "PutEvents")?.ratio),
    ];
  });
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const legend =
    "Times in us an event, best pass. F: serde_json `IgnoredAny` over the same bytes. `against`: how many times longer the peer takes; `no`: it refuses the patterns; `!`: it finds other matches. PutEvents: the whole simulator, natively; `in matches`: without 2 us a delivery, in multiples of the bare match beside it.";
  return [line(COLUMNS), line(COLUMNS.map(() => "---")), ...rows.map(line), "", legend].join("\n");
}
