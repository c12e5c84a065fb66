// Many patterns at once, from JavaScript: names, events as text and bytes, lines, errors.
import { InvalidEventError, InvalidEventPatternException, matches, RuleSet } from "eventbridge-sim";
import { expect, test } from "vitest";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("an event gives the names of the rules it matches, in order", () => {
  const set = new RuleSet({ zebra: { a: [1] }, apple: { a: [{ numeric: [">", 0] }] }, other: { b: ["x"] } });
  expect(set.match('{"a":1}')).toEqual(["apple", "zebra"]);
  expect(set.match(bytes('{"b":"x"}'))).toEqual(["other"]);
  expect(set.match('{"b":"é – 😀"}')).toEqual([]);
  expect(set.size).toBe(3);
  set.free();
});

test("a text is matched as its bytes are, whatever its length and wherever a character is not ASCII", () => {
  const ends = ["A", "é", "Ł", "\u0141\u4141", "😀", "\ud83d"];
  const set = new RuleSet(Object.fromEntries(ends.slice(0, 5).map((end) => [end, { text: [{ suffix: end }] }])));
  for (const end of ends) {
    for (const length of [...Array(70).keys(), 1 << 20]) {
      for (const text of [`${"x".repeat(length)}${end}`, `${end}${"x".repeat(length)}${end}`]) {
        const event = JSON.stringify({ text });
        expect(set.match(event), event.slice(0, 100)).toEqual(set.match(bytes(event)));
      }
    }
    expect(set.match(`{"text":"${end}"}`)).toEqual(end === "\ud83d" ? [] : ends.filter((it) => end.endsWith(it)));
  }
});

test("rules come, change and go between events", () => {
  const set = new RuleSet();
  set.add("a", '{"x":["é"]}');
  expect(set.match('{"x":"é"}')).toEqual(["a"]);
  set.add("a", { x: ["ö"] });
  expect(set.match('{"x":"é"}')).toEqual([]);
  expect(set.match('{"x":"ö"}')).toEqual(["a"]);
  expect([set.remove("a"), set.remove("a"), set.size]).toEqual([true, false, 0]);
  expect(set.match('{"x":"ö"}')).toEqual([]);
});

test("more and more rules match, while the engine's memory grows", () => {
  const set = new RuleSet();
  const names: string[] = [];
  for (let n = 0; n < 3_000; n += 1) {
    const name = `rule-${String(n).padStart(5, "0")}`;
    names.push(name);
    set.add(name, { x: ["all", name], y: [{ exists: true }], z: [{ "anything-but": "z".repeat(200) + n }] });
    if (n % 250 !== 0) continue;
    expect(set.match('{"x":"all","y":1,"z":2}')).toEqual(names);
    expect(set.match(bytes(`{"x":"${name}","y":1,"z":2}`))).toEqual([name]);
  }
});

test("names come in order, however many match, through every change of the rules", () => {
  const set = new RuleSet();
  const groups = [2, 3, 10, 24, 25, 60, 700];
  const all = new Map<string, number[]>();
  const add = (n: number) => {
    // In the order of UTF-16, and added in another.
    const name = `${"bAé\u{1f600}\uffee"[n % 5]}${(n * 7919) % 1000}`;
    const group = groups.map((size) => (n % Math.floor(720 / size) === 0 ? size : 0));
    all.set(name, group);
    set.add(name, { group });
    return name;
  };
  const check = () => {
    for (const size of [...groups, ...groups]) {
      const wanted = [...all].filter(([, group]) => group.includes(size)).map(([name]) => name);
      const event = bytes(`{"group":${size}}`);
      for (let times = 0; times < 30; times += 1) expect(set.match(event)).toEqual(wanted.sort());
      expect(set.matchLines(event).matches).toEqual([wanted]);
    }
  };
  for (let n = 0; n < 720; n += 1) add(n);
  check();
  for (const name of [...all.keys()].filter((_, n) => n % 3 === 0)) {
    all.delete(name);
    expect(set.remove(name)).toBe(true);
  }
  check();
  for (let n = 720; n < 800; n += 1) add(n);
  check();
});

test("lines are matched one by one and counted", () => {
  const set = new RuleSet({ one: { n: [1] }, any: { n: [{ exists: true }] }, ["__proto__"]: { n: [3] } });
  const found = set.matchLines(bytes('{"n":1}\n\n{"n":2}\r\n{"m":1}\n{"n":1}'));
  expect(found).toEqual({ counts: { one: 2, any: 3 }, matches: [["any", "one"], ["any"], [], ["any", "one"]] });
});

test("lines beyond the portion that is handed over at once are all there", () => {
  const set = new RuleSet({ even: { n: [{ suffix: "0" }, { suffix: "2" }] } });
  const pad = "x".repeat(500);
  const lines = Array.from({ length: 5_000 }, (_, n) => `{"n":"${n}","pad":"${pad}"}`);
  const { counts, matches: perLine } = set.matchLines(bytes(`${lines.join("\n")}\n`));
  expect([perLine.length, counts.even]).toEqual([5_000, 1_000]);
});

test("what is wrong is said, and the set goes on", () => {
  const set = new RuleSet({ one: { n: [1] } });
  expect(() => set.add("bad", { n: [] })).toThrow(InvalidEventPatternException);
  expect(() => set.match("{")).toThrow(InvalidEventError);
  expect(() => set.match("[]")).toThrow(/must be a JSON object/);
  expect(() => set.match(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(/UTF-8/);
  expect(() => set.matchLines(bytes('{"n":1}\n{"n":'))).toThrow(/^line 2: /);
  expect(set.match('{"n":1}')).toEqual(["one"]);
});

test("a set says what `matches` says", () => {
  const patterns = [
    { a: { b: [1], c: [{ exists: false }] } },
    { a: [{ "anything-but": ["x"] }] },
    { $or: [{ a: ["x"] }, { b: [null] }] },
  ];
  const events = ['{"a":[{"b":1},{"c":1}]}', '{"a":"x"}', '{"a":["x","y"]}', '{"b":null}', '{"a.b":1}', "{}"];
  const set = new RuleSet(Object.fromEntries(patterns.map((pattern, at) => [String(at), pattern])));
  for (const event of events) {
    const wanted = patterns.flatMap((pattern, at) => (matches(pattern, event) ? [String(at)] : []));
    expect(set.match(event), event).toEqual(wanted);
  }
});

test("an event may be an object, and what is none of the three is refused", () => {
  const set = new RuleSet({ one: { a: [1] } });
  expect(set.match({ a: 1 })).toEqual(["one"]);
  expect(set.match(Buffer.from('{"a":1}'))).toEqual(["one"]);
  // @ts-expect-error not an event
  expect(() => set.match(undefined)).toThrow(new TypeError("an event must be JSON text or an object, not undefined"));
  // @ts-expect-error not a name
  expect(() => set.add(undefined, { a: [1] })).toThrow(new TypeError("a rule's name must be a string, not undefined"));
  // @ts-expect-error not bytes
  expect(() => set.matchLines('{"a":1}')).toThrow(new TypeError("lines must be bytes in a Uint8Array, not string"));
});
