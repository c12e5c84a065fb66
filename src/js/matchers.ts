/**
 * Matchers for tests: what an event matches, where events went, what was invoked, whether anything goes round.
 *
 * They read what the simulator already tells and decide nothing themselves. A failure says what would have had to be otherwise: it
 * names the rule that came nearest and why it did not match. Both vitest and jest take them through `expect.extend`.
 */

import type { JsonSource } from "./json.js";
import type { Sent } from "./shapes.js";
import type { Simulator } from "./simulator.js";
import type { Explanation, Invocation, LoopReport, TraceNode, TraceRule } from "./types.js";

/** What `expect.extend` wants of a matcher. */
export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/** What an invocation must be like to count. */
export interface InvokedOptions {
  /** Exactly so often; else at least once. */
  times?: number;
  /** The body as delivered: text must be equal, an object must be contained in the body's JSON. */
  input?: JsonSource;
  /** An event pattern on the event. */
  event?: object;
  /** ARN or name. */
  rule?: string;
}

/** The matchers as they stand behind `expect(...)`. */
export interface EventBridgeMatchers<R = void> {
  /** The event (text or object) matches the event pattern. */
  toMatchEventPattern(pattern: JsonSource): R;
  /**
   * A simulator, or what `send` gave: an event reached the target of this ARN (a glob), or fired the rule of this name or ARN,
   * whatever became of the delivery.
   */
  toHaveRoutedTo(targetOrRule: string): R;
  /** A simulator, or what `send` gave: the target of this ARN (a glob) received something. */
  toHaveInvoked(target: string, options?: InvokedOptions): R;
  /** A simulator: no loop was seen while events ran, and none can be proven without events. */
  toHaveNoLoops(): R;
}

/** So many of the newest events are searched for the rule that came nearest. */
const newest = 50;

type Explain = (pattern: JsonSource, event: JsonSource) => Explanation;

/** The matchers, given the package's `explain`: the entries take it from the package itself, so that there is one engine. */
export function matchersWith(explain: Explain) {
  return {
    toMatchEventPattern(received: unknown, pattern: JsonSource): MatcherResult {
      const { matches, leaves } = explain(pattern, eventIn(received));
      return {
        pass: matches,
        message: () =>
          matches
            ? `the event matches the pattern, and should not:\n${indented(leaves.map(({ reason }) => reason))}`
            : `the event does not match the pattern:\n${indented(
                leaves.filter(({ matched, branch }) => !matched && branch === undefined).map(told),
              )}`,
      };
    },

    toHaveRoutedTo(received: unknown, targetOrRule: string): MatcherResult {
      const seen = seenBy(received);
      const fits = fitting(targetOrRule);
      const found = seen.invocations().filter(({ target, rule }) => fits(target) || isRule(rule, targetOrRule));
      return {
        pass: found.length > 0,
        message: () =>
          found.length > 0
            ? `events were routed to \`${targetOrRule}\`, and should not:\n${indented(found.map(delivery))}`
            : `no event was routed to \`${targetOrRule}\`\n${whyNot(seen, targetOrRule)}`,
      };
    },

    toHaveInvoked(received: unknown, target: string, options: InvokedOptions = {}): MatcherResult {
      onlyOptions(options);
      const seen = seenBy(received);
      const fits = fitting(target);
      const reached = seen.invocations().filter((invocation) => fits(invocation.target));
      const found = reached.filter(
        (invocation) => invocation.outcome === "delivered" && differences(explain, invocation, options).length === 0,
      );
      const { times } = options;
      const pass = times === undefined ? found.length > 0 : found.length === times;
      return {
        pass,
        message: () => {
          if (pass) return `\`${target}\` was invoked, and should not:\n${indented(found.map(delivery))}`;
          const often = times === undefined ? "" : ` ${times} times, but ${found.length}`;
          if (reached.length === 0) return `\`${target}\` was not invoked${often}\n${whyNot(seen, target)}`;
          const other = (it: Invocation): string => [delivery(it), ...differences(explain, it, options)].join("; ");
          return `\`${target}\` was not invoked${often} as expected. It was reached by:\n${indented(reached.map(other))}`;
        },
      };
    },

    toHaveNoLoops(received: unknown): MatcherResult {
      if (!isSimulator(received)) throw new TypeError("toHaveNoLoops: expect(...) wants a simulator");
      const loops = [...received.observedLoops(), ...provenWithoutEvents(received)];
      return {
        pass: loops.length === 0,
        message: () =>
          loops.length === 0
            ? "there are no loops, and there should be one"
            : `there are loops:\n${indented(loops.map(loop))}`,
      };
    },
  };
}

const optionNames: readonly (keyof InvokedOptions)[] = ["times", "input", "event", "rule"];

/** An option that is not known would hold of everything. */
function onlyOptions(options: object): void {
  const strange = Object.keys(options).find((name) => !optionNames.some((known) => known === name));
  if (strange !== undefined)
    throw new TypeError(`toHaveInvoked: there is no option \`${strange}\`: there are ${optionNames.join(", ")}`);
}

/** The events that a test may look at: a simulator's, or those of one `send`. */
interface Seen {
  invocations(): Invocation[];
  nodes(): TraceNode[];
  /** The ARNs of the rules that lead to a target; `undefined` where that cannot be told. */
  rulesOf(target: string): Set<string> | undefined;
  targets(): string[];
}

function seenBy(received: unknown): Seen {
  if (isSimulator(received)) return seenBySimulator(received);
  if (isSent(received)) {
    const { invocations, trace } = received;
    return { invocations: () => invocations, nodes: () => nodesOf(trace), rulesOf: () => undefined, targets: () => [] };
  }
  throw new TypeError("expect(...) wants a simulator, or what its `send` gave");
}

function seenBySimulator(simulator: Simulator): Seen {
  const edges = () => simulator.graph().edges.filter(({ kind }) => kind === "invokes" || kind === "forwards");
  return {
    invocations: () => simulator.invocations(),
    nodes: () => simulator.trace(undefined, { last: newest, leaves: true }).flatMap(nodesOf),
    rulesOf(target) {
      const fits = fitting(target);
      return new Set(edges().flatMap(({ from, to }) => (fits(to) || isRule(from, target) ? [from] : [])));
    },
    targets: () => [...new Set(edges().map(({ to }) => to))],
  };
}

/** Why nothing came there: there is no such target, nothing happened, or the rule that came nearest and its reason. */
function whyNot(seen: Seen, target: string): string {
  const rules = seen.rulesOf(target);
  if (rules?.size === 0) {
    const known = seen.targets();
    return known.length === 0
      ? "there is no rule with a target"
      : `no rule leads there; there are rules to:\n${indented(known)}`;
  }
  const nodes = seen.nodes();
  if (nodes.length === 0) return "no event was put on any bus";
  const misses = nodes.flatMap(({ event, rules: considered }) =>
    considered.filter(({ rule, outcome }) => outcome !== "matched" && (rules?.has(rule) ?? true)).map(missOf(event)),
  );
  const [nearest] = misses.sort((one, other) => other.near - one.near);
  if (nearest === undefined) {
    const buses = [...new Set(nodes.map(({ bus }) => bus))];
    return `the events went to other buses than the rule's:\n${indented(buses)}`;
  }
  const others = misses.length === 1 ? "" : ` (the nearest of ${misses.length})`;
  return `rule \`${nearest.name}\` did not match event \`${nearest.event}\`${others}:\n${indented(nearest.reasons)}`;
}

interface Miss {
  name: string;
  event: string;
  near: number;
  reasons: string[];
}

/** How near a rule came: the share of its leaves that matched; where that is equal, one that fails by a hair is nearer. */
function missOf(event: TraceNode["event"]): (rule: TraceRule) => Miss {
  return ({ name, reason, leaves = [] }) => {
    const own = leaves.filter(({ branch }) => branch === undefined);
    const failed = own.filter(({ matched }) => !matched);
    return {
      name,
      event: `${event["detail-type"]} of ${event.source}`,
      near: own.length === 0 ? 0 : 1 - failed.length / own.length + (failed.some(({ hint }) => hint) ? 0.001 : 0),
      reasons: failed.length > 0 ? failed.map(told) : [reason ?? "no reason is known"],
    };
  };
}

function differences(explain: Explain, invocation: Invocation, { input, event, rule }: InvokedOptions): string[] {
  const found: string[] = [];
  if (rule !== undefined && !isRule(invocation.rule, rule)) found.push(`not by rule \`${rule}\``);
  if (event !== undefined) {
    const { matches, leaves } = explain(event, invocation.event);
    if (!matches) found.push(...leaves.filter(({ matched }) => !matched).map(told));
  }
  if (typeof input === "string" && input !== invocation.input) found.push("the input is another");
  if (typeof input === "object" && !contains(parsed(invocation.input), input))
    found.push("the input lacks what is wanted");
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether everything that is wanted is there. Arrays are compared item by item. */
function contains(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return Object.is(found, wanted);
  if (typeof found !== "object" || found === null || Array.isArray(found) !== Array.isArray(wanted)) return false;
  const has = found as { [name: string]: unknown };
  if (Array.isArray(wanted) && wanted.length !== (found as unknown[]).length) return false;
  return Object.entries(wanted).every(([name, value]) => contains(has[name], value));
}

/** Loops that the package can prove without any event, where this version has that analysis. */
function provenWithoutEvents(simulator: Simulator): LoopReport[] {
  const { analyzeLoops } = simulator as { analyzeLoops?: () => { loops: LoopReport[] } };
  if (analyzeLoops === undefined) return [];
  return analyzeLoops.call(simulator).loops.filter(({ verdict }) => verdict === "proven");
}

const told = ({ reason, hint }: { reason: string; hint?: string }): string =>
  hint === undefined ? reason : `${reason} (${hint})`;

const loop = ({ verdict, rules, reason }: LoopReport): string =>
  `${verdict}: ${[...rules, rules[0] ?? ""].map(nameOf).join(" → ")}: ${reason}`;

function delivery({ rule, target, outcome, error, input }: Invocation): string {
  const why = error === undefined ? "" : ` (${error.code}: ${error.message})`;
  return `rule \`${nameOf(rule)}\` → ${target}: ${outcome}${why}, input ${shortened(input)}`;
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const indented = (lines: string[]): string => lines.map((line) => `  ${line}`).join("\n");
const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
const isRule = (arn: string, wanted: string): boolean =>
  arn === wanted || (arn.includes(":rule/") && nameOf(arn) === wanted);

/** Whether a text fits a glob, where `*` stands for any text. */
function fitting(glob: string): (text: string) => boolean {
  const parts = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`, "s");
  return (text) => whole.test(text);
}

function nodesOf(node: TraceNode): TraceNode[] {
  const below = node.rules.flatMap(({ invocations }) => invocations.flatMap(({ emitted }) => emitted.flatMap(nodesOf)));
  return [node, ...below];
}

function isSimulator(received: unknown): received is Simulator {
  return typeof received === "object" && received !== null && "observedLoops" in received && "graph" in received;
}

function isSent(received: unknown): received is Sent {
  return typeof received === "object" && received !== null && "invocations" in received && "trace" in received;
}

function eventIn(received: unknown): JsonSource {
  if (typeof received === "string" || (typeof received === "object" && received !== null)) return received;
  throw new TypeError("toMatchEventPattern: expect(...) wants an event, as JSON text or an object");
}
