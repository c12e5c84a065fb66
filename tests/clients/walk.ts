/**
 * Walks: lists of calls with what must come of them, as data, so that every client is held to the same.
 *
 * `expect` must be part of the output (lists whole and in order; `"*"` is anything), `error` is the service's code, and
 * `"@1735689600"` in an input is that time, and `pages` says how many items all pages together hold. `save` names members of the output that later steps write as `$name`.
 */

import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Step {
  operation: string;
  input: { [name: string]: Json };
  expect?: Json;
  error?: string;
  message?: string;
  pages?: { list: string; limit: number; count: number };
  save?: { [name: string]: string };
}

export interface Walk {
  name: string;
  title: string;
  steps: Step[];
}

/** What a client made of a step. */
export interface Result {
  output?: Json;
  items?: Json[];
  error?: string;
  message?: string;
  /** Whether the error has the client's own class for that code. */
  isOwn?: boolean;
}

const folder = new URL("./walks/", import.meta.url);

export const walks: Walk[] = readdirSync(folder).map((file) => ({
  name: file.replace(".json", ""),
  ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Omit<Walk, "name">),
}));

/** What outputs gave so far, for the steps that follow. */
export type Saved = Map<string, Json>;

/** A value with what was saved in place of `$name`. */
export function filled(value: Json, saved: Saved): Json {
  if (typeof value === "string") return value.startsWith("$") ? (saved.get(value.slice(1)) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => filled(item, saved));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, saved)]));
}

/** Keeps the members of an output that later steps name. */
export function save({ save: names = {} }: Step, { output }: Result, saved: Saved): void {
  for (const [name, member] of Object.entries(names)) {
    const value = (output as Record<string, Json> | undefined)?.[member];
    if (value !== undefined) saved.set(name, value);
  }
}

/** Holds what a client made of a step against what must come of it. */
export function check(step: Step, result: Result, saved: Saved): void {
  const about = `${step.operation} ${JSON.stringify(step.input)}`;
  if (step.error !== undefined) {
    expect(result, about).toMatchObject({ error: step.error, isOwn: true });
    if (step.message !== undefined) expect(result.message, about).toBe(step.message);
    return;
  }
  expect(result.error, `${about}: ${result.message}`).toBeUndefined();
  if (step.pages !== undefined) expect(result.items, about).toHaveLength(step.pages.count);
  if (step.expect !== undefined)
    expect(result.output, about).toMatchObject(anything(filled(step.expect, saved)) as object);
  save(step, result, saved);
}

/** The same with vitest's matchers in place of `"*"`. */
function anything(value: Json): unknown {
  if (value === "*") return expect.anything() as unknown;
  if (Array.isArray(value)) return value.map(anything);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, anything(member)]));
}
