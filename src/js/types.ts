/**
 * The shapes that cross the border between the engine and JavaScript.
 *
 * Every one of them is written by the engine as JSON text and only named here: the facade adds types and comfort, never
 * semantics. Times are ISO 8601 texts on the second; ARNs are whole; `input` is the body exactly as delivered.
 */

export type * from "./scenario-types.js";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An event as it travels: what a rule matches and what a target receives when its input is not changed. */
export interface EventEnvelope {
  version: string;
  id: string;
  "detail-type": string;
  source: string;
  account: string;
  time: string;
  region: string;
  "replay-name"?: string;
  resources: string[];
  detail: { [name: string]: Json };
}

/** One place in a text. `line` and `column` count from 1; `offset` and `column` count UTF-16 units. */
export interface Position {
  offset: number;
  line: number;
  column: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** What is wrong with a text, where, and what to do. `aws` is the service's own message, byte for byte. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning" | "hint";
  message: string;
  help?: string;
  range?: Range;
  aws?: string;
  fix?: Fix;
}

/** A change of the text that puts something right. */
export interface Fix {
  /** What it does, as a button says it. */
  title: string;
  /** In the order of the text; they do not overlap and are all made at once. */
  edits: TextEdit[];
}

/** One stretch of a text that becomes another; an empty range is a place to insert at. */
export interface TextEdit {
  range: Range;
  newText: string;
}

/** What became of one leaf list of a pattern. */
export interface LeafResult {
  path: string;
  /** The leaf list in words: `prefix "prod-"`, `"a" or "b"`. */
  expected: string;
  /** The values that stand at the path, as JSON texts. */
  found: string[];
  /**
   * Set on leaf lists in the other branches of a `$or`, which follow the branch that came nearest: the branch they stand
   * in, such as `detail.$or[1]`. `matched` then tells of the leaf list by itself.
   */
  branch?: string;
  matched: boolean;
  /** One sentence: what stands there and what was wanted. */
  reason: string;
  /** The nearest miss, and what would make it match. */
  hint?: string;
  patternRange?: Range;
  eventRange?: Range;
}

export interface Explanation {
  matches: boolean;
  leaves: LeafResult[];
}

export type Relation = "equal" | "subset" | "superset" | "overlapping" | "disjoint" | "unknown";

/** How the events that two patterns match lie: `subset` says that all of the first's are among the second's. */
export interface Comparison {
  relation: Relation;
  /** The same if every field held one value: an array may hold what both want, which lets nearly all patterns meet. */
  withoutArrays: Relation;
  /** An event that both match. */
  both?: { [name: string]: Json };
  /** An event that only the first matches. */
  onlyFirst?: { [name: string]: Json };
  /** An event that only the second matches. */
  onlySecond?: { [name: string]: Json };
  /** Why something is unknown. */
  reason?: string;
}

/** What the lint of a rule set found. `event` shows it: it was run through the rules and the input. */
export interface RuleFinding {
  code: string;
  severity: "error" | "warning" | "hint";
  message: string;
  help: string;
  /** The rule's ARN. */
  rule: string;
  targetId?: string;
  /** The ARN of the other rule, if there is one. */
  other?: string;
  event?: { [name: string]: Json };
}

export type Outcome = "delivered" | "failed" | "not-delivered" | "loop-stopped" | "pending";

/** One delivery of one event by one rule to one target. `pending` until its handler has answered. */
export interface Invocation {
  id: string;
  /** The rule's ARN. */
  rule: string;
  targetId: string;
  /** The target's ARN. */
  target: string;
  input: string;
  event: EventEnvelope;
  time: string;
  /** How often it was tried. */
  attempt: number;
  outcome: Outcome;
  /** When it is tried again, on the virtual clock. */
  retryAt?: string;
  /** The call that carries the input: which one, and its request in the spelling of that service's API. */
  delivery?: Delivery;
  error?: Failure;
  deadLetter?: DeadLetter;
}

/** How the input travels to its target. */
export interface Delivery {
  /** `sqs:SendMessage`, `lambda:InvokeFunction`, ... */
  action: string;
  /** The request; the input itself is left out where it is all of the payload. Secrets are masked. */
  request: { [member: string]: Json };
}

/** A code and words, as the service writes them into dead letters. `help` names what decided, and what would allow it. */
export interface Failure {
  code: string;
  message: string;
  help?: string;
}

/** A message in a dead-letter queue. */
export interface DeadLetter {
  /** The queue. */
  arn: string;
  attributes: { [name: string]: string };
  body: string;
  /** `AWSTraceHeader`, a system attribute. */
  traceHeader?: string;
  /** Whether the queue took it; if not, `error` says why. */
  delivered: boolean;
  error?: Failure;
}

/** What `renderInput` is told of the rule; left out: `rule`, its ARN on the default bus, 2026-01-01T00:00:00Z. */
export interface RenderContext {
  ruleName?: string;
  ruleArn?: string;
  ingestionTime?: string;
}

/** What a target would receive. */
export interface RenderedInput {
  /** Byte for byte; null where nothing is delivered. */
  output: string | null;
  /** What would go to the dead-letter queue instead: a result that is not JSON. */
  attempted?: string;
  diagnostics: InputDiagnostic[];
  /** The placeholders of the template, in its order, each with what fills it. */
  placeholders: InputPlaceholder[];
}

/** `range` counts in the text of `member`: `Input`, `InputPath`, `InputTemplate` or `InputPathsMap.NAME`. */
export interface InputDiagnostic extends Diagnostic {
  member: string;
}

export interface InputPlaceholder {
  name: string;
  /** In the template. */
  range: Range;
  /** Its path of the map. */
  path?: string;
  /** The value as JSON text; null where the path finds nothing. */
  value: string | null;
  /** In the output, or in what was attempted. */
  outputRange: Range;
}

/** Where an event came from. */
export interface Cause {
  kind: "put-events" | "partner" | "emit" | "schedule" | "replay" | "effect" | "handler" | "bus";
  /** The invocation that caused it, unless it came from outside. */
  invocation?: string;
}

/** One event on one bus, and all that followed from it. */
export interface TraceNode {
  /** Of the trace's shape, on the first node of a tree: goes up when a member changes its meaning or goes away. */
  version?: 1;
  event: EventEnvelope;
  /** The ARN of the event bus. */
  bus: string;
  cause: Cause;
  /** Set when the event never reached the bus's rules: no such bus, not permitted, a bus hop too many. */
  dropped?: string;
  /** Where the bus put it because its key does not let its rules be read. */
  deadLetter?: DeadLetter;
  rules: TraceRule[];
}

export interface TraceRule {
  /** The rule's ARN. */
  rule: string;
  name: string;
  outcome: "matched" | "no-match" | "disabled" | "no-pattern" | "not-selected" | "failed";
  /** Why the rule did not match, in one sentence. */
  reason?: string;
  /** Leaf by leaf, when asked for. */
  leaves?: LeafResult[];
  invocations: TraceInvocation[];
}

export interface TraceInvocation extends Omit<Invocation, "event" | "rule"> {
  /** Events that this invocation put on buses, in order. */
  emitted: TraceNode[];
  /** Effects of the target that did not apply, with the reason. */
  skippedEffects?: { effect: number; reason: string }[];
  /** The index of the loop report that stopped the chain here. */
  loop?: number;
}

/** One step of a loop: this rule fired on this event, through this target. */
export interface Hop {
  rule: string;
  targetId: string;
  target: string;
  bus: string;
  /** How the next event came about. */
  by: "effect" | "handler" | "bus" | "stopped";
  event: EventEnvelope;
}

/** A loop that was seen while events ran (proven, suspected), or found without events (proven, possible, cut). */
export interface LoopReport {
  verdict: "proven" | "suspected" | "possible" | "cut";
  /** Rule ARNs in the order of the cycle. */
  rules: string[];
  path: Hop[];
  reason: string;
  /** The paths whose values keep the cycle going. */
  testedPaths: string[];
  /** An event that goes round. */
  witness?: EventEnvelope;
  /** How often this very cycle was stopped; 0 without events. */
  count: number;
  /** Found without events: what is true of an event before a round and again after it, when that is the proof. */
  invariant?: string;
  /** Found without events: the smallest change of one pattern that breaks the loop. */
  fix?: { rule: string; pattern: Json; explanation: string };
}

/** The loops that the rules can fall into. */
export interface LoopAnalysis {
  /** Shortest first. */
  loops: LoopReport[];
  /** Whether there can be no others, as far as was analysed. */
  complete: boolean;
  /** What was left out, and why: targets whose work is not declared, cycles past a bound. */
  notAnalysed: string[];
}

/** One series of a metric. A rule of the default bus has the dimension `RuleName` alone. */
export interface Metric {
  metric: string;
  dimensions: { EventBusName?: string; RuleName?: string };
  account: string;
  region: string;
  unit: "Count" | "Milliseconds" | "Bytes";
  /** Seconds. */
  period: 60;
  /** Of all datapoints. */
  sum: number;
  datapoints: { time: string; sum: number; sampleCount: number; minimum: number; maximum: number }[];
}

/** How much of what happened can still be looked at, and how much left the record. */
export interface Kept {
  events: number;
  invocations: number;
  droppedEvents: number;
  droppedInvocations: number;
  /** Chains that were stopped for a loop without a report: reports of 1,000 different loops are kept. */
  droppedLoops: number;
  /** The option `maxRecord`. */
  limit: number;
}

/** The routing graph: what is there, whether or not an event has passed. */
export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface GraphNode {
  id: string;
  kind: "bus" | "rule" | "target" | "outside";
  label: string;
  /** The ARN, where there is one. */
  arn?: string;
  account?: string;
  region?: string;
  enabled?: boolean;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** bus→rule, rule→target, target→bus (by an effect or a forward). */
  kind: "considers" | "invokes" | "emits" | "forwards";
  label?: string;
}
