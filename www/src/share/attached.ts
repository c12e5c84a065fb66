/**
 * The page that `ebsim serve` gives: it shows the simulator that runs there.
 *
 * The server says by a `meta` element that it is there. The world comes from it as a scenario, and every event that comes
 * from outside is added to it as it happens, so that a test run can be watched; the page's own engine then draws it as it
 * does anything else. Nothing goes back: what is changed here is changed here only, until the server has news.
 */
import type { EventEnvelope, Json, Scenario, TraceNode } from "../../../src/js/types.js";
import { opened } from "../model/actions.js";
import { fromScenario } from "../model/draft.js";
import type { Store } from "../model/store.js";

/** So many events are shown; older ones leave. */
const MOST_EVENTS = 30;
/** A test run has many events a second, and each is a new picture. */
const PAUSE_MS = 150;

/** Shows what runs behind `base` from now on. Returns how to stop that. */
export function attach(store: Store, base: string): () => void {
  let world: Scenario = { version: 1, calls: [] };
  let events: Json[] = [];
  let seen = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    timer = undefined;
    const draft = fromScenario({ ...world, events });
    const state = opened(draft, null);
    store.dispatch({
      type: "restore",
      state: { ...state, cursor: { ...state.cursor, event: draft.events.at(-1)?.id ?? "" } },
    });
    const count = seen === 0 ? "No event yet." : seen === 1 ? "One event so far." : `${seen} events so far.`;
    store.say({ tone: "good", text: `Attached to the simulator at ${location.host}. ${count}`, undo: false });
  };
  const soon = (): void => {
    timer ??= setTimeout(show, PAUSE_MS);
  };
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(`${base}scenario`);
      world = (await answer.json()) as Scenario;
      soon();
    } catch {
      store.say({ tone: "warn", text: "The simulator behind this page does not answer.", undo: false });
    }
  };
  const stream = new EventSource(`${base}stream`);
  stream.onopen = () => void ask();
  stream.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as { kind: string; trace?: TraceNode };
    if (message.kind === "reset") [events, seen] = [[], 0];
    if (message.kind === "reset" || message.kind === "world") void ask();
    if (message.kind !== "trace" || message.trace === undefined) return;
    events = [...events, entryOf(message.trace)].slice(-MOST_EVENTS);
    seen += 1;
    soon();
  };
  stream.onerror = () => {
    store.say({ tone: "warn", text: "The simulator behind this page has ended, or is out of reach.", undo: false });
  };
  return () => {
    clearTimeout(timer);
    stream.close();
  };
}

/** What entered: services send whole envelopes, everybody else puts entries. */
function entryOf({ event, bus, cause }: TraceNode): Json {
  if (cause.kind === "emit") return event as EventEnvelope & { [name: string]: Json };
  const { source, detail, resources } = event;
  const name = bus.slice(bus.lastIndexOf("/") + 1);
  return {
    Source: source,
    DetailType: event["detail-type"],
    Detail: detail,
    ...(resources.length > 0 && { Resources: resources }),
    ...(name !== "default" && { EventBusName: name }),
  };
}
