/** Events in the spelling of the events themselves (`detailType`), as PutEvents entries (`DetailType`). */

import type { JsonSource } from "./json.js";
import { dateOf, onlyMembers, textOf } from "./json.js";

/** An event to send. Without `bus` it goes to the default one. */
export interface FriendlyEvent {
  source: string;
  detailType: string;
  detail: JsonSource;
  bus?: string;
  resources?: readonly string[];
  time?: Date | string;
}

/** An entry of PutEvents as handlers may return it: `Detail` may be an object. */
export interface EventEntry {
  Source: string;
  DetailType: string;
  Detail: JsonSource;
  EventBusName?: string;
  Resources?: readonly string[];
  Time?: Date;
}

/** What a handler may answer: events, one or several or none. */
export type HandlerAnswer =
  | FriendlyEvent
  | EventEntry
  | readonly (FriendlyEvent | EventEntry)[]
  | undefined
  | null
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that has no `return` returns this
  | void;

const members = ["source", "detailType", "detail", "bus", "resources", "time", "account", "region", "traceHeader"];

/** The PutEvents entry of a friendly event. A member that it does not have is a mistake: `eventBusName` would be no bus. */
export function entryOf(event: FriendlyEvent): EventEntry {
  onlyMembers(event, "an event to send", members);
  return {
    Source: event.source,
    DetailType: event.detailType,
    Detail: textOf(event.detail, "the detail of an event"),
    ...(event.bus !== undefined && { EventBusName: event.bus }),
    ...(event.resources !== undefined && { Resources: event.resources }),
    ...(event.time !== undefined && { Time: dateOf(event.time) }),
  };
}

/** The entries of an answer, or `undefined` when it is something else than events. */
export function entriesOf(answer: unknown): EventEntry[] | undefined {
  if (answer === undefined || answer === null) return [];
  const entries = (Array.isArray(answer) ? answer : [answer]).map(entryFrom);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function entryFrom(event: unknown): EventEntry | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  if ("detailType" in event && "source" in event) return entryOf(event as FriendlyEvent);
  return "DetailType" in event || "Source" in event ? (event as EventEntry) : undefined;
}
