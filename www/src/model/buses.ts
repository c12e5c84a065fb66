/**
 * Which buses there are, and where: an event bus is a name in one account and one region.
 *
 * Nobody lists them all. A default bus is there without being created, and a rule, a policy or a call may name an account
 * that nothing else names; so the list is gathered from everything in the draft. A name may also be written as an ARN.
 */
import type { Draft } from "./draft.js";

export const DEFAULT_BUS = "default";

/** What says where "here" is. */
export type World = Pick<Draft, "options">;

/** An account and a region; what is left out is the scenario's own. */
export interface Place {
  account?: string;
  region?: string;
}

export interface BusAt {
  name: string;
  account: string;
  region: string;
}

/** Where a call without account and region is made. */
export function homeOf(world: World): { account: string; region: string } {
  return { account: world.options.account ?? "123456789012", region: world.options.region ?? "us-east-1" };
}

/** The bus that a name or an ARN means for somebody at this place. */
export function busAt(name: string, place: Place, world: World): BusAt {
  const parts = name.split(":");
  const home = homeOf(world);
  if (parts.length === 6 && parts[5]?.startsWith("event-bus/")) {
    return { name: parts[5].slice(10), account: parts[4] ?? "", region: parts[3] ?? "" };
  }
  return { name, account: place.account ?? home.account, region: place.region ?? home.region };
}

export function busKey({ name, account, region }: BusAt): string {
  return `${account}/${region}/${name}`;
}

export function busArn({ name, account, region }: BusAt): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

/** Without what is the scenario's own anyway. */
export function placeOf({ account, region }: Place, world: World): Place {
  const home = homeOf(world);
  return {
    ...(account === undefined || account === home.account ? {} : { account }),
    ...(region === undefined || region === home.region ? {} : { region }),
  };
}

/** `orders`, or `orders (210987654321, eu-west-1)` where that is not the scenario's own place. */
export function busLabel(bus: BusAt, world: World): string {
  const { account, region } = placeOf(bus, world);
  const where = [account, region].filter((it) => it !== undefined).join(", ");
  return where === "" ? bus.name : `${bus.name} (${where})`;
}

/** Every bus of the draft once, the scenario's default bus first. */
export function busesOf(draft: Draft): BusAt[] {
  const found = new Map<string, BusAt>();
  const add = (bus: BusAt): void => {
    if (!found.has(busKey(bus))) found.set(busKey(bus), bus);
  };
  add(busAt(DEFAULT_BUS, {}, draft));
  for (const bus of draft.buses) add(busAt(bus.name, bus, draft));
  for (const owned of [...draft.rules, ...draft.policies]) add(busAt(owned.bus, owned, draft));
  return [...found.values()];
}

let shown: { draft: Draft; buses: BusAt[] } | undefined;

/** The same for a draft that is not changed in place: several parts of the page ask at every key, and few keys change it. */
export function busesShown(draft: Draft): BusAt[] {
  const before = shown?.draft;
  const same = (["options", "buses", "rules", "policies"] as const).every((part) => before?.[part] === draft[part]);
  if (!shown || !same) shown = { draft, buses: busesOf(draft) };
  return shown.buses;
}

/** The accounts that anything names, the scenario's own first. */
export function accountsOf(draft: Draft): string[] {
  const senders = draft.events.flatMap((event) => (event.from?.account === undefined ? [] : [event.from.account]));
  return [...new Set([homeOf(draft).account, ...busesShown(draft).map((bus) => bus.account), ...senders])];
}
