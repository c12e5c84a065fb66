// Input that is wrong, hostile or huge gives an error, and the engine goes on.

import { checkEvent, checkPattern, explain, matches, Simulator } from "eventbridge-sim";
import { afterEach, describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

const megabytes = (count: number): number => count * 1024 * 1024;

afterEach(() => {
  expect(matches('{"a":[1]}', '{"a":1}')).toBe(true);
});

const brackets = "[".repeat(megabytes(10));
const objects = '{"a":'.repeat(megabytes(2));

describe.each([
  ["nothing", ""],
  ["white space", " \n\t"],
  ["half an object", '{"a": '],
  ["no JSON at all", "hello"],
  ["a NUL", "\u0000"],
  ["a trailing comma", '{"a":[1],}'],
  ["an array", "[1,2]"],
  ["a number", "42"],
  ["10 MB of nested brackets", brackets],
  ["10 MB of nested objects", objects],
  ["10 MB of nested arrays in an object", `{"a":${brackets}`],
  ["a lone surrogate outside a string", "{\ud800}"],
  ["a bad escape", '{"a":"\\x"}'],
])("%s", (_, text) => {
  test("is no pattern", () => {
    expect(thrownBy(() => matches(text, "{}"))).toMatchObject({ name: "InvalidEventPatternException" });
    expect(checkPattern(text)).toMatchObject([
      { severity: "error", range: { start: { line: expect.any(Number) as number } } },
    ]);
  });

  test("is no event", () => {
    expect(thrownBy(() => matches('{"a":[1]}', text))).toMatchObject({ name: "InvalidEventError" });
    expect(checkEvent(text)).toMatchObject([
      { severity: "error", range: { start: { line: expect.any(Number) as number } } },
    ]);
  });
});

test("a lone surrogate in a string is read as the service reads it", () => {
  expect(matches('{"a":["?"]}', '{"a":"\\ud800"}')).toBe(true);
  expect(matches('{"a":["?"]}', '{"a":"\ud800"}')).toBe(true);
  expect(matches({ a: ["?"] }, { a: "\ud800" })).toBe(true);
});

test("a pattern of 1 MB is read, and matched", () => {
  const values = Array.from({ length: 70_000 }, (_, index) => `"value-${index}-x"`);
  const pattern = `{"a":[${values.join()}]}`;
  expect(pattern.length).toBeGreaterThan(megabytes(1));
  expect(matches(pattern, '{"a":"value-69999-x"}')).toBe(true);
  expect(matches(pattern, '{"a":"value-70000-x"}')).toBe(false);
  expect(explain(pattern, '{"a":"value-70000-x"}').matches).toBe(false);
});

test("duplicate keys by the thousand are matched or refused, in bounded time", () => {
  const event = `{${Array.from({ length: 5000 }, (_, index) => `"a":${index},"b":${index}`).join()}}`;
  expect(matches('{"a":[4999],"b":[1]}', event)).toBe(true);
  expect(matches('{"a":[5000]}', event)).toBe(false);
});

test("operations answer bad bodies with an error, and go on", () => {
  const simulator = new Simulator();
  for (const body of ["", "{", "[]", "7", brackets, '{"Name":7}', '{"Name":"\\ud800"}']) {
    expect(
      thrownBy(() => simulator.invoke("PutRule", body)),
      body.slice(0, 20),
    ).toMatchObject({ $fault: "client" });
  }
  expect(thrownBy(() => simulator.invoke("NoSuchOperation", {}))).toMatchObject({ $fault: "client" });
  expect(thrownBy(() => simulator.putRule({ Name: "r", EventPattern: brackets }))).toMatchObject({ $fault: "client" });
  expect(simulator.listRules().Rules).toEqual([]);
});

test.each(["", "{", "[]", '{"source":1}', brackets, '{} , "bus":"x"'])(
  "an envelope that is none is refused: %.20s",
  (text) => {
    const simulator = new Simulator();
    expect(thrownBy(() => simulator.emit(text))).toMatchObject({ name: "InvalidEventError" });
    expect(simulator.trace()).toEqual([]);
  },
);
