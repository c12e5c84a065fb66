/**
 * The answer to a draft: what is wrong with its texts, and what happens to its event.
 *
 * A pure function of the draft, the engine and the answer before; `Worlds` only keeps what would be made again. A text that is broken at the moment does not blank the
 * page: its last valid version stands in, and the answer says for which texts it did (`stale`). All judging is the
 * engine's; what stands here is bookkeeping.
 */
import type { Diagnostic } from "../../../src/js/types.js";
import type { Cursor } from "./actions.js";
import type { Draft, EventDraft } from "./draft.js";
import type { Engine } from "./engine.js";
import { type Expected, expectedOf, wantedOf } from "./expected.js";
import { EFFECTS_KEY, EXPECT_KEY, type FieldKey, patternKey, targetsKey } from "./fields.js";
import { checkList, checkObject } from "./json-check.js";
import { problemOf } from "./problem.js";
import { blame, type Happened, happen, type Run, runOf } from "./run.js";
import { type Entry, entryOf } from "./scenario.js";
import { textsOf } from "./texts.js";
import { NOT_LOADED, type Worlds } from "./worlds.js";

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
  /** How the event is sent; null while there is none. */
  entry: Entry | null;
  /** Problems that belong to no text. */
  problems: Diagnostic[];
  /** What came of the scenario's `expect`; null where nothing is expected. */
  expected: Expected | null;
}

export const NOTHING: Evaluation = {
  fields: new Map(),
  stale: [],
  run: null,
  entry: null,
  problems: [],
  expected: null,
};

/** An answer as plain data: what is made of it for the page is still missing. */
export interface Answered extends Omit<Evaluation, "run"> {
  /** Nothing where nothing could be played: then what was played before stays in view. */
  happened: Happened | null;
}

export function evaluate(worlds: Worlds, draft: Draft, cursor: Cursor, before: Evaluation): Evaluation {
  return shown(worlds.engine, draft, cursor, before, answerTo(worlds, draft, cursor, before.fields));
}

/** `before`: as the fields were. The last valid version of a text may be needed again. */
export function answerTo(worlds: Worlds, draft: Draft, cursor: Cursor, before: Evaluation["fields"]): Answered {
  const { engine } = worlds;
  const moments = momentsOf(draft, cursor);
  const checked = checkAll(engine, draft, moments, before);
  const { fields, problems, happened } = play(worlds, draft, moments, checked);
  const whole = moments.length === draft.events.length;
  const expected = whole && wantedOf(checked) ? (happened?.expected ?? null) : expectedOf(engine, draft, checked);
  const entry = entryNow(draft, moments.at(-1), fields);
  return { fields, problems, happened, expected, entry, stale: staleOf(draft, moments, fields) };
}

/** The answer with what can be worked out when somebody looks. */
export function shown(engine: Engine, draft: Draft, cursor: Cursor, before: Evaluation, answer: Answered): Evaluation {
  const { happened, ...rest } = answer;
  if (!happened) return { ...rest, run: before.run };
  const texts = textsOf(rest.fields);
  const last = momentsOf(draft, cursor).at(-1);
  return { ...rest, run: runOf(engine, happened, draft, texts, (last && texts.event(last)) ?? null) };
}

/** How the event is sent, also when it is refused. */
function entryNow(draft: Draft, event: EventDraft | undefined, fields: Evaluation["fields"]): Entry | null {
  if (event?.kind !== "event" || event.text.trim() === "") return null;
  return entryOf(fields.get(event.id)?.good ?? event.text, event, draft);
}

/** What happens: the chosen event, after those before it where that is wanted, or where it is no event. */
export function momentsOf(draft: Draft, cursor: Cursor): EventDraft[] {
  const at = Math.max(
    0,
    draft.events.findIndex((it) => it.id === cursor.event),
  );
  const together = cursor.together || draft.events[at]?.kind === "step";
  return draft.events.slice(together ? 0 : at, at + 1);
}

/** Runs. What the service refuses is blamed on the text that asked for it, and the rest runs without it. */
function play(
  worlds: Worlds,
  draft: Draft,
  moments: EventDraft[],
  checked: Evaluation["fields"],
): Pick<Answered, "fields" | "problems" | "happened"> {
  const fields = new Map(checked);
  const problems: Diagnostic[] = [];
  let happened: Happened | null = null;
  const blamed = (key: FieldKey, diagnostic: Diagnostic): void => {
    fields.set(key, { diagnostics: [...(fields.get(key)?.diagnostics ?? []), diagnostic], broken: true, good: null });
  };
  const attempt = (happening: EventDraft[]): unknown => {
    try {
      happened = happen(worlds, draft, happening, textsOf(fields), wantedOf(fields));
      return undefined;
    } catch (thrown) {
      if (thrown === NOT_LOADED) throw thrown;
      return thrown;
    }
  };

  if (attempt(moments) === undefined) return { fields, problems, happened };
  const guilty = worlds.stands(draft, textsOf(fields)) ? [] : blame(worlds.engine, draft, textsOf(fields));
  for (const { key, diagnostic } of guilty) {
    if (key === null) problems.push(diagnostic);
    else blamed(key, diagnostic);
  }
  // Everything else stands, so what is left to refuse is an event, or what the others have refused in between.
  const good: EventDraft[] = [];
  for (const moment of moments) {
    const refused = attempt([...good, moment]);
    if (refused === undefined) good.push(moment);
    else blamed(moment.id, withoutPlace(problemOf(refused)));
  }
  const failed = attempt(good);
  if (failed !== undefined) problems.push(withoutPlace(problemOf(failed)));
  return { fields, problems, happened };
}

/** A place in the whole scenario means nothing to a reader, who sees its parts. */
function withoutPlace({ range: _, ...rest }: Diagnostic): Diagnostic {
  return rest;
}

/** What was said of a text. Of hundreds of texts one changes at a time, so the others are not judged again. */
interface Judged {
  text?: string;
  diagnostics: Diagnostic[];
  broken: boolean;
}

const NONE: Diagnostic[] = [];
const remembered = new WeakMap<Engine, Map<FieldKey, Judged>>();

/** What another engine said of these texts need not be asked of this one. Broken texts may be so for other reasons. */
export function remember(engine: Engine, draft: Draft, fields: Evaluation["fields"]): void {
  const texts: [FieldKey, string][] = draft.rules.flatMap((rule): [FieldKey, string][] => [
    [patternKey(rule), rule.pattern],
    [targetsKey(rule), rule.targets],
  ]);
  const judged = new Map<FieldKey, Judged>();
  for (const [key, text] of texts) {
    const field = fields.get(key);
    if (field && !field.broken && field.good === text)
      judged.set(key, { text, diagnostics: field.diagnostics, broken: false });
  }
  remembered.set(engine, judged);
}

function checkAll(
  engine: Engine,
  draft: Draft,
  moments: EventDraft[],
  before: Evaluation["fields"],
): Map<FieldKey, Field> {
  const fields = new Map<FieldKey, Field>();
  const [last, now] = [remembered.get(engine) ?? new Map<FieldKey, Judged>(), new Map<FieldKey, Judged>()];
  remembered.set(engine, now);
  const judged = (key: FieldKey, text: string, checker: Checker, adviser: Checker): Judged => {
    if (text.trim() === "") return { diagnostics: NONE, broken: false };
    const known = last.get(key);
    const judgement =
      known?.text === text
        ? known
        : { text, diagnostics: adviser(text), broken: checker(text).some((it) => it.severity === "error") };
    now.set(key, judgement);
    return judgement;
  };
  /** `adviser` tells all that `checker` tells, and what else is worth telling. */
  const check = (key: FieldKey, text: string, checker: Checker, adviser: Checker = checker): void => {
    const { diagnostics, broken } = judged(key, text, checker, adviser);
    const was = before.get(key);
    const good = broken ? (was?.good ?? null) : text;
    // The same object where nothing is new, so that nothing is drawn again.
    const same = was?.diagnostics === diagnostics && was.broken === broken && was.good === good;
    fields.set(key, same ? was : { diagnostics, broken, good });
  };
  for (const moment of moments) {
    if (moment.kind === "event") check(moment.id, moment.text, engine.checkEvent);
    else check(moment.id, moment.text, (text) => checkObject(engine, text, "the step"));
  }
  for (const policy of draft.policies) {
    check(policy.id, policy.text, (text) => checkObject(engine, text, "the policy"));
  }
  for (const rule of draft.rules) {
    check(patternKey(rule), rule.pattern, engine.checkPattern, engine.lint);
    check(targetsKey(rule), rule.targets, (text) => checkList(engine, text, "the targets"));
  }
  check(EFFECTS_KEY, draft.effects, (text) => checkList(engine, text, "the effects"));
  check(EXPECT_KEY, draft.expect, (text) => checkObject(engine, text, "the expectations"));
  return fields;
}

/** In words, which texts an older version stands in for. */
function staleOf(draft: Draft, moments: EventDraft[], fields: ReadonlyMap<FieldKey, Field>): string[] {
  const stale = (key: FieldKey, text: string): boolean => {
    const good = fields.get(key)?.good;
    return typeof good === "string" && good !== text;
  };
  const names: string[] = [];
  if (![...fields.values()].some((field) => field.broken)) return names;
  for (const moment of moments) {
    const number = moments.length > 1 ? ` ${draft.events.indexOf(moment) + 1}` : "";
    if (stale(moment.id, moment.text)) names.push(`the ${moment.kind}${number}`);
  }
  for (const policy of draft.policies) {
    if (stale(policy.id, policy.text)) names.push(`the policy of ${policy.bus}`);
  }
  for (const rule of draft.rules) {
    if (stale(patternKey(rule), rule.pattern)) names.push(`the pattern of ${rule.name}`);
    if (stale(targetsKey(rule), rule.targets)) names.push(`the targets of ${rule.name}`);
  }
  if (stale(EFFECTS_KEY, draft.effects)) names.push("the effects");
  if (stale(EXPECT_KEY, draft.expect)) names.push("the expectations");
  return names;
}
