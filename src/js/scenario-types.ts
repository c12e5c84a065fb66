/** What goes into a simulator as data: effects, scenarios, options and what exists outside. `types.ts` gives them on. */
import type { Json, LoopReport, Outcome, TraceRule } from "./types.js";

/** A param of a preset or an effect: `from` paths are tried in order on the triggering event, then `default`. */
export type EffectParam = { from?: string[]; default?: Json } | Json;

/** An event that an effect emits. Strings are templates: `<$.detail.bucket.name>`, `<@uuid>`, `<json:$.detail>`. */
export interface EmittedEvent {
  Source: string;
  DetailType: string;
  Detail: Json;
  Resources?: string[];
  EventBusName?: string;
  account?: string;
  region?: string;
}

/** What a target does when it is invoked: the events that follow. */
export interface Effect {
  /** ARN glob. */
  target: string;
  /** An event pattern on the triggering event. */
  when?: Json;
  /** The id of a preset, instead of `emits`. */
  preset?: string;
  params?: { [name: string]: EffectParam };
  emits?: EmittedEvent[];
  /** How long its events take to arrive (`90s`), with `delays: "real"`. */
  after?: string;
  /** The target fails instead: the first `times` attempts, or always. The code decides whether it is tried again. */
  fails?: {
    code: string;
    message?: string;
    times?: number;
    /** `Retry-After` of an API destination's answer, in seconds: the wait is at least that long; a negative one ends it. */
    retryAfter?: number;
  };
}

export interface Preset {
  id: string;
  title: string;
  category: string;
  action: string;
  notes: string;
  /** `direct`: within seconds; `cloudtrail`: within minutes, and only with a trail. */
  delay: "direct" | "cloudtrail";
  /** The events, as templates. */
  emits: EmittedEvent[];
  params: { [name: string]: { from?: string[]; default?: Json } };
}

export interface ScenarioCall {
  operation: string;
  input: Json;
  account?: string;
  region?: string;
}

/** What a handler of a scenario does, as data: answers in order, then nothing. */
export interface ScenarioHandler {
  /** ARN glob. */
  target: string;
  /** The events each successive invocation returns (PutEvents entries); past the end, none. */
  answers: Json[][];
}

export interface Scenario {
  version: 1;
  title?: string;
  description?: string;
  options?: SimulatorOptions;
  effects?: Effect[];
  handlers?: ScenarioHandler[];
  calls: ScenarioCall[];
  /** PutEvents entries, or envelopes (they have `detail-type`), which enter by `emit`. */
  events?: Json[];
  steps?: (
    | { advance: string }
    | { trigger: string }
    | { events: Json[] }
    | { call: ScenarioCall }
    | { declare: { arn: string; resource: Resource } }
    | { failNext: { operation: string; entry?: number; code: string; message?: string } }
  )[];
  expect?: ScenarioExpectation;
}

export interface ScenarioExpectation {
  /** Invocations in order; every given member must be equal. `rule` may be the rule's name. */
  invocations?: {
    rule?: string;
    target?: string;
    targetId?: string;
    outcome?: Outcome;
    errorCode?: string;
    /** A part of it. */
    errorMessage?: string;
    /** A part of it. */
    help?: string;
    attempt?: number;
    /** Attributes of the dead letter that the queue took; null for none. */
    deadLetter?: { [attribute: string]: string } | null;
    detail?: Json;
    input?: string;
  }[];
  invocationCount?: number;
  /** Loop reports; `rules` are names or ARNs. */
  loops?: { verdict: LoopReport["verdict"]; rules?: string[]; reason?: string }[];
  /** What `analyzeLoops()` finds: the loops in order; `rules` are names. `notAnalysed` counts. */
  analysis?: {
    loops: { verdict: LoopReport["verdict"]; rules: string[]; reason?: string; invariant?: string; fix?: string }[];
    complete?: boolean;
    notAnalysed?: number;
  };
  /** What `lint()` finds, in order; `message` is a part of the message. */
  lints?: { code: string; rule: string; message?: string }[];
  /** Rules of the first event that did not match, with a part of the reason. */
  trace?: { rule: string; outcome: TraceRule["outcome"]; reason?: string }[];
}

export interface SimulatorOptions {
  /** Default `123456789012`. */
  account?: string;
  /** Default `us-east-1`. */
  region?: string;
  /** Where the clock starts. Default 2026-01-01T00:00:00Z, or the host's time with `clock: "system"`. */
  now?: string;
  /**
   * `virtual` (default): the clock stands until it is moved. `system`: it goes as the host's does, and what fell due happens
   * before the next call is answered. A scenario's clock is virtual.
   */
  clock?: "virtual" | "system";
  seed?: number;
  maxChain?: number;
  maxFirings?: number;
  /** Events and invocations, both together, that the record keeps; the oldest leave first. Default 10,000. */
  maxRecord?: number;
  /** Unknown buses and the like are errors, not silent drops. */
  strict?: boolean;
  /** The world outside EventBridge, by ARN. What is not declared exists and permits. */
  resources?: { [arn: string]: Resource };
  /** Organizations (`o-...`) and their accounts. */
  organizations?: { [id: string]: string[] };
  /**
   * What takes the time that it takes at AWS, on the virtual clock: `real` is effects and changes of state (of replays,
   * connections, endpoints), `none` (default) changes of state, `prompt` nothing.
   */
  delays?: "prompt" | "none" | "real";
  quotas?: Quotas;
}

/** What `new Simulator` takes: the same, and `now` may be a `Date`. */
export type GivenOptions = Omit<SimulatorOptions, "now"> & { now?: Date | string };

/** What may not be exceeded. */
export interface Quotas {
  /** Default 5. */
  targetsPerRule?: number;
  /** Default 10. */
  concurrentReplays?: number;
  /** Characters of a stored bus policy. Default 10,240. */
  policySize?: number;
  /** Bytes of a PutEvents request. Default 1,048,576. */
  putEventsSize?: number;
}

/** A policy: a document, the JSON text of one, a statement, or a list of statements or documents; `[]` allows nothing. */
export type PolicySource = string | object | readonly object[];

/**
 * What is declared of a resource or identity outside EventBridge. What is left out is as if not declared: it exists, it
 * permits, it may do everything. Which members there are depends on the kind of resource.
 */
export interface Resource {
  /** Default true. */
  exists?: boolean;
  /** Who may use it: the resource policy of a queue, topic, function, log group, key, ... */
  policy?: PolicySource;
  /** Queues and topics: the ARN of the key that their content is encrypted with. */
  kmsKey?: string;
  /** Keys. Default `Enabled`. */
  state?: "Enabled" | "Disabled" | "PendingDeletion";
  /** Roles: who may assume it. */
  trust?: PolicySource;
  /** Roles, users and accounts (`arn:aws:iam::ACCOUNT:root`): what they may do. */
  permissions?: PolicySource;
}
