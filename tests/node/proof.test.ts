// Events that nobody gave, on the built package.

import { compare, EventBridgeError, inferPattern, matches, sampleEvent, sampleEventText } from "eventbridge-sim";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

describe("sampleEvent", () => {
  test("the sample matches and has an envelope", () => {
    const pattern = { source: ["shop"], detail: { total: [{ numeric: [">", 100] }] } };
    const event = sampleEvent(pattern);
    expect(matches(pattern, event ?? {})).toBe(true);
    expect(Object.keys(event ?? {})).toEqual([
      "version",
      "id",
      "detail-type",
      "source",
      "account",
      "time",
      "region",
      "resources",
      "detail",
    ]);
  });

  test("an event of a known service has the rest of its detail", () => {
    const event = sampleEvent({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["in"] } },
    });
    expect(event).toMatchObject({ detail: { bucket: { name: "in" }, reason: "PutObject" } });
  });

  test("there is none where nothing matches", () => {
    expect(sampleEvent({ a: [{ numeric: [">", 9007199254740992, "<", 9007199254740994] }] })).toBeNull();
  });

  test("the text keeps the spelling of numbers", () => {
    expect(sampleEventText('{"detail":{"n":[12345678901234567890]}}')).toContain("12345678901234567890");
  });
});

describe("compare", () => {
  test("relations have events that show them", () => {
    const [narrow, wide] = [{ source: ["a"] }, { source: ["a", "b"] }];
    expect(compare(narrow, wide).relation).toBe("subset");
    expect(compare(wide, narrow).relation).toBe("superset");
    expect(compare(wide, narrow).onlyFirst).toMatchObject({ source: "b" });
    expect(compare({ source: ["b", "a"] }, wide).relation).toBe("equal");
    expect(compare({ source: ["c"] }, wide).relation).toBe("disjoint");
  });

  test("arrays let patterns meet that plain values keep apart", () => {
    const compared = compare({ detail: { state: ["on"] } }, { detail: { state: ["off"] } });
    expect(compared).toMatchObject({ relation: "overlapping", withoutArrays: "disjoint" });
    expect(compared.both).toMatchObject({ detail: { state: ["on", "off"] } });
  });
});

describe("inferPattern", () => {
  test("values are listed, ranges and beginnings found", () => {
    const events = Array.from({ length: 20 }, (_, n) => ({
      source: "s",
      detail: { n, key: `img/${n}.png`, ok: true },
    }));
    const pattern = inferPattern(events);
    expect(pattern).toEqual({
      source: ["s"],
      detail: { n: [{ numeric: [">=", 0, "<=", 19] }], key: [{ prefix: "img/" }], ok: [true] },
    });
    for (const event of events) expect(matches(pattern, event)).toBe(true);
  });

  test("no events, no pattern", () => {
    expect(thrownBy(() => inferPattern([]))).toBeInstanceOf(EventBridgeError);
  });
});
