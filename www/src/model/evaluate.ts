/**
 * The answer to a draft: what is wrong with its texts, and what happens to its event.
 *
 * A pure function of the draft, the engine and the answer before. A text that is broken at the moment does not blank the
 * page: its last valid version stands in, and the answer says for which texts it did (`stale`). All judging is the
 * engine's; what stands here is bookkeeping.
 */
import type { Diagnostic } from "../../../src/js/types.js";
import type { Cursor } from "./actions.js";
import type { Draft, EventDraft } from "./draft.js";
import type { Engine } from "./engine.js";
import { EFFECTS_KEY, type FieldKey, patternKey, targetsKey } from "./fields.js";
import { checkList } from "./json-check.js";
import { problemOf } from "./problem.js";
import { blame, type Run, run } from "./run.js";
import { type Entry, entryOf, type Texts, toScenarioText } from "./scenario.js";

type Checker = (text: string) => Diagnostic[];

export interface Field {
  diagnostics: Diagnostic[];
  /** Whether what is typed cannot be used. A pattern that is read and never matches is not broken. */
  broken: boolean;
  /** The text that holds: what is typed when that is valid, else what was valid last. */
  good: string | null;
}

export interface Evaluation {
  fields: ReadonlyMap<FieldKey, Field>;
  /** The texts for which an older version stands in. */
  stale: string[];
  run: Run | null;
  /** How the event entered; null while there has been none. */
  entry: Entry | null;
  /** Problems that belong to no text. */
  problems: Diagnostic[];
}

export const NOTHING: Evaluation = { fields: new Map(), stale: [], run: null, entry: null, problems: [] };

export function evaluate(engine: Engine, draft: Draft, cursor: Cursor, before: Evaluation): Evaluation {
  const event = draft.events.find((it) => it.id === cursor.event) ?? draft.events[0];
  const fields = checkAll(engine, draft, event, before);
  const next: Evaluation = { ...before, fields, problems: [] };
  if (event) answer(engine, draft, event, next);
  next.stale = staleOf(draft, event, fields);
  return next;
}

/** Loads and runs. What the service refuses is blamed on the text that asked for it, and the rest runs without it. */
function answer(engine: Engine, draft: Draft, event: EventDraft, next: Evaluation): void {
  const fields = new Map(next.fields);
  next.fields = fields;
  const blamed = (key: FieldKey, diagnostic: Diagnostic): void => {
    fields.set(key, { diagnostics: [...(fields.get(key)?.diagnostics ?? []), diagnostic], broken: true, good: null });
  };
  const attempt = (): unknown => {
    const texts = textsOf(fields, event);
    try {
      next.run = run(engine, toScenarioText(draft, event, texts), draft, texts);
      next.entry = texts.event?.trim() ? entryOf(texts.event, event, draft) : next.entry;
      return undefined;
    } catch (thrown) {
      return thrown;
    }
  };

  if (attempt() === undefined) return;
  for (const { key, diagnostic } of blame(engine, draft, textsOf(fields, event))) {
    if (key === null) next.problems.push(diagnostic);
    else blamed(key, diagnostic);
  }
  const refused = attempt();
  if (refused === undefined) return;
  // Everything else stands, so what is left to refuse is the event.
  blamed(event.id, withoutPlace(problemOf(refused)));
  const failed = attempt();
  if (failed !== undefined) next.problems.push(withoutPlace(problemOf(failed)));
}

/** A place in the whole scenario means nothing to a reader, who sees its parts. */
function withoutPlace({ range: _, ...rest }: Diagnostic): Diagnostic {
  return rest;
}

function checkAll(
  engine: Engine,
  draft: Draft,
  event: EventDraft | undefined,
  before: Evaluation,
): Map<FieldKey, Field> {
  const fields = new Map<FieldKey, Field>();
  /** `adviser` tells all that `checker` tells, and what else is worth telling. */
  const check = (key: FieldKey, text: string, checker: Checker, adviser: Checker = checker): void => {
    const blank = text.trim() === "";
    const diagnostics = blank ? [] : adviser(text);
    const broken = !blank && checker(text).some((it) => it.severity === "error");
    fields.set(key, { diagnostics, broken, good: broken ? (before.fields.get(key)?.good ?? null) : text });
  };
  if (event) check(event.id, event.text, engine.checkEvent);
  for (const rule of draft.rules) {
    check(patternKey(rule), rule.pattern, engine.checkPattern, engine.lint);
    check(targetsKey(rule), rule.targets, (text) => checkList(engine, text, "the targets"));
  }
  check(EFFECTS_KEY, draft.effects, (text) => checkList(engine, text, "the effects"));
  return fields;
}

function textsOf(fields: ReadonlyMap<FieldKey, Field>, event: EventDraft): Texts {
  const good = (key: FieldKey): string | null => fields.get(key)?.good ?? null;
  return {
    event: good(event.id),
    effects: good(EFFECTS_KEY),
    pattern: (rule) => good(patternKey(rule)),
    targets: (rule) => good(targetsKey(rule)),
  };
}

/** In words, which texts an older version stands in for. */
function staleOf(draft: Draft, event: EventDraft | undefined, fields: ReadonlyMap<FieldKey, Field>): string[] {
  const stale = (key: FieldKey, text: string): boolean => {
    const good = fields.get(key)?.good;
    return typeof good === "string" && good !== text;
  };
  const names: string[] = [];
  if (event && stale(event.id, event.text)) names.push("the event");
  for (const rule of draft.rules) {
    if (stale(patternKey(rule), rule.pattern)) names.push(`the pattern of ${rule.name}`);
    if (stale(targetsKey(rule), rule.targets)) names.push(`the targets of ${rule.name}`);
  }
  if (stale(EFFECTS_KEY, draft.effects)) names.push("the effects");
  return names;
}
