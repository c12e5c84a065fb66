// Patterns without a simulator, on the built package.

import {
  checkEvent,
  checkPattern,
  compile,
  EventBridgeError,
  explain,
  InvalidEventError,
  InvalidEventPatternException,
  init,
  lint,
  matches,
  version,
} from "eventbridge-sim";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

const pattern = { source: ["orders"], detail: { total: [{ numeric: [">", 100] }] } };
const event = { source: "orders", detail: { total: 250 } };

describe("matches", () => {
  test("an event that fits the pattern matches", () => {
    expect(matches(pattern, event)).toBe(true);
  });

  test("an event that does not fit does not", () => {
    expect(matches(pattern, { ...event, detail: { total: 99 } })).toBe(false);
  });

  test("text and objects say the same", () => {
    expect(matches(JSON.stringify(pattern), JSON.stringify(event))).toBe(true);
  });

  test("the spelling of a number in text is kept: beyond what a double can tell apart", () => {
    const pattern = '{"detail":{"id":[12345678901234567]}}';
    expect(matches(pattern, '{"detail":{"id":12345678901234567}}')).toBe(true);
    expect(matches(pattern, '{"detail":{"id":12345678901234568}}')).toBe(false);
    expect(explain(pattern, '{"detail":{"id":12345678901234568}}').leaves[0]?.found).toEqual(["12345678901234568"]);
  });

  test("duplicate keys in text both count", () => {
    expect(matches('{"a":[1]}', '{"a":1,"a":2}')).toBe(true);
    expect(matches('{"a":[2]}', '{"a":1,"a":2}')).toBe(true);
  });
});

describe("compile", () => {
  test("a pattern is read once for many events", () => {
    const compiled = compile(pattern);
    expect(compiled.matches(event)).toBe(true);
    expect(compiled.matches({ source: "other" })).toBe(false);
    expect(JSON.parse(compiled.print())).toEqual(pattern);
    expect(compiled.explain(event).matches).toBe(true);
    compiled.free();
  });

  test("a compiled pattern that was freed says so", () => {
    const compiled = compile(pattern);
    compiled.free();
    compiled.free();
    expect(thrownBy(() => compiled.matches(event))).toMatchObject({
      name: "EngineDeadError",
      message: "this compiled pattern was freed and cannot be used any more",
    });
  });

  test("it can be held with `using`", () => {
    const compiled = compile(pattern);
    compiled[Symbol.dispose]();
    expect(() => compiled.print()).toThrow("was freed");
  });
});

describe("explain", () => {
  test("every leaf tells what was wanted and what stands there", () => {
    const { matches: verdict, leaves } = explain(pattern, { source: "orders", detail: { total: 7 } });
    expect(verdict).toBe(false);
    expect(leaves.map(({ path, matched, found }) => ({ path, matched, found }))).toEqual([
      { path: "source", matched: true, found: ['"orders"'] },
      { path: "detail.total", matched: false, found: ["7"] },
    ]);
    expect(leaves[1]?.reason).toContain("7");
  });

  test("ranges count UTF-16 units, also behind characters outside the BMP", () => {
    const patternText = '{"detail": {"😀": ["a"]}}';
    const eventText = '{"detail": {"😀": "b"}}';
    const [leaf] = explain(patternText, eventText).leaves;
    const { start, end } = leaf?.eventRange ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(eventText.slice(start.offset, end.offset)).toBe('"b"');
  });
});

describe("errors", () => {
  test("a pattern that is refused throws the service's exception, with help and place", () => {
    const text = '{\n  "detail": { "total": [{ "numeric": [">", "100"] }] }\n}';
    const error = thrownBy(() => matches(text, event));
    expect(error).toBeInstanceOf(InvalidEventPatternException);
    expect(error).toBeInstanceOf(EventBridgeError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "InvalidEventPatternException",
      $fault: "client",
      $metadata: { httpStatusCode: 400 },
      range: { start: { line: 2 } },
    });
    expect((error as Error).message).toMatch(/^Event pattern is not valid\. Reason: Value of > must be numeric/);
  });

  test("an unknown operator is refused", () => {
    expect(thrownBy(() => compile({ source: [{ startsWith: "a" }] }))).toMatchObject({
      name: "InvalidEventPatternException",
      message: expect.stringContaining("Unrecognized match type startsWith") as string,
    });
  });

  test("an event that is no JSON throws InvalidEventError with the place", () => {
    const error = thrownBy(() => matches(pattern, '{"source": "orders", detail: 1}'));
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toMatchObject({ name: "InvalidEventError", range: { start: { line: 1, column: 22, offset: 21 } } });
  });

  test("places count UTF-16 units", () => {
    expect(thrownBy(() => matches(pattern, '{"😀é": x}'))).toMatchObject({
      range: { start: { offset: 8, column: 9 } },
    });
  });

  test("what is neither text nor object is a TypeError that names it", () => {
    const wrong: unknown = undefined;
    expect(() => matches(wrong as string, event)).toThrow("a pattern must be JSON text or an object, not undefined");
    expect(() => matches(pattern, null as unknown as string)).toThrow(
      "an event must be JSON text or an object, not null",
    );
    expect(() => matches(pattern, 5n as unknown as string)).toThrow(TypeError);
  });
});

describe("check", () => {
  test("a good pattern and a good event have no diagnostics", () => {
    expect(checkPattern('{"a":[1]}')).toEqual([]);
    expect(checkEvent('{"a":1}')).toEqual([]);
  });

  test("a bad one has a diagnostic with code and place", () => {
    expect(checkPattern('{"a":1}')).toMatchObject([
      { severity: "error", code: expect.stringMatching(/^EB2/) as string },
    ]);
    expect(checkEvent("[]")).toMatchObject([{ severity: "error", range: { start: { line: 1, column: 1 } } }]);
  });
});

describe("lint", () => {
  test("a good pattern has no findings", () => {
    expect(lint(pattern)).toEqual([]);
    expect(compile(pattern).lint()).toEqual([]);
  });

  test("a finding has code, severity, place and a fix whose edits count UTF-16 units", () => {
    const text = '{ "source": ["😀"], "detailType": ["Order Placed"] }';
    const [found] = lint(text);
    expect(found).toMatchObject({ code: "EB005", severity: "warning", fix: { title: "rename to `detail-type`" } });
    const fixed = found?.fix?.edits.reduceRight(
      (text, { range, newText }) => text.slice(0, range.start.offset) + newText + text.slice(range.end.offset),
      text,
    );
    expect(fixed).toBe('{ "source": ["😀"], "detail-type": ["Order Placed"] }');
    expect(lint(fixed ?? "")).toEqual([]);
    expect(compile(text).lint()).toEqual(lint(text));
  });

  test("a pattern that is refused has its error, with a fix where the remedy is certain", () => {
    expect(lint('{ "source": [{ "perfix": "a" }] }')).toMatchObject([
      {
        severity: "error",
        aws: expect.stringContaining("Unrecognized match type perfix") as string,
        fix: { edits: [{ newText: '"prefix"' }] },
      },
    ]);
    expect(lint("")).toMatchObject([{ severity: "error" }]);
  });

  test("a deep pattern is linted like any other", () => {
    const deep = `${'{"detail":'.repeat(990)}{"prefix":["x"]}${"}".repeat(990)}`;
    expect(lint(deep).map((found) => found.code)).toContain("EB012");
  });
});

test("in Node the engine is ready at import, and init does nothing", async () => {
  expect(version()).toMatch(/^\d+\.\d+\.\d+/);
  await init();
});
