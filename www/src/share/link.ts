/**
 * Links that hold the whole state: `#v1.` and then JSON text, deflated, as base64url.
 *
 * A link comes from a stranger. It is bounded before it is decompressed and while it is, it is only ever parsed as JSON and
 * never run, and its shape is checked before anything uses it. Besides what this page writes, a plain scenario is taken, so
 * that anybody can make a link: `"#v1." + base64url(deflateRaw(JSON.stringify(scenario)))`.
 */
import { opened, type State } from "../model/actions.js";
import { fromScenario } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import { isObject, parse } from "../model/json-text.js";
import { checkedScenario, read, written } from "../model/shapes.js";

const MARK = "#v1.";
/** In characters. Browsers take more; mail and chat programs mostly do not. */
const LONGEST = 60_000;
/** In bytes, once decompressed. */
const LARGEST = 1_000_000;

/** The part of the address behind the page, or why there is none. */
export async function linkTo(
  state: State,
  fields: Evaluation["fields"],
): Promise<{ hash: string } | { problem: string }> {
  const text = written(state, fields);
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const hash = MARK + base64url(new Uint8Array(await new Response(packed).arrayBuffer()));
  if (hash.length > LONGEST || text.length > LARGEST) {
    return { problem: "This scenario is too large for a link. Export it as a file instead." };
  }
  return { hash };
}

/** The state that a link holds, or what is wrong with the link. */
export async function openLink(hash: string): Promise<State | { problem: string }> {
  if (!hash.startsWith(MARK)) return { problem: "This link was made by a newer version of the page." };
  if (hash.length > LONGEST) return { problem: "This link is longer than any that the page makes." };
  const bytes = bytesOf(hash.slice(MARK.length));
  const text = bytes && (await unpacked(bytes));
  if (text === undefined) return { problem: "This link is damaged or incomplete: it cannot be unpacked." };
  if (text === null) return { problem: "This link holds more than a megabyte, so it was not opened." };
  const value = parse(text);
  if (isObject(value) && "calls" in value) {
    const scenario = checkedScenario(value);
    if (typeof scenario === "string") return { problem: `This link holds a scenario, but ${scenario}.` };
    return opened(fromScenario(scenario), null);
  }
  const state = read(value);
  return typeof state === "string" ? { problem: `This link cannot be opened: ${state}.` } : state;
}

/** The text; null where it is too large, undefined where it cannot be unpacked. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<string | null | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > LARGEST) {
        await reader.cancel();
        return null;
      }
      text += decoder.decode(next.value, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}
