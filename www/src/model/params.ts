/** The params of an effect as rows of a form: where a value is taken from, and what it is otherwise. */
import type { Preset } from "../../../src/js/types.js";
import { isObject, memberTexts, objectText, parse } from "./json-text.js";

export interface ParamRow {
  name: string;
  /** Paths of the triggering event, with commas between. */
  from: string;
  /** JSON, or a text without its quotes. */
  otherwise: string;
  /** What the preset says, for a row that is empty. */
  hint: { from: string; otherwise: string };
}

/** `effect`: its JSON text. The preset's own params come first. */
export function rowsOf(effect: string, preset: Preset | undefined): ParamRow[] {
  const given = memberTexts(memberTexts(effect).get("params") ?? "{}");
  const names = new Set([...Object.keys(preset?.params ?? {}), ...given.keys()]);
  return [...names].map((name) => {
    const own = preset?.params[name];
    const otherwise = own?.default === undefined ? "" : plain(JSON.stringify(own.default));
    return { name, ...spelled(given.get(name)), hint: { from: (own?.from ?? []).join(", "), otherwise } };
  });
}

/** The text of `params` with one row changed; null where nothing is left. An empty row leaves it to the preset. */
export function withRow(effect: string, { name, from, otherwise }: Omit<ParamRow, "hint">): string | null {
  const params = memberTexts(memberTexts(effect).get("params") ?? "{}");
  const parts = new Map<string, string>();
  const paths = from.split(",").flatMap((path) => (path.trim() === "" ? [] : [path.trim()]));
  if (paths.length > 0) parts.set("from", JSON.stringify(paths));
  if (otherwise.trim() !== "") parts.set("default", quoted(otherwise.trim()));
  if (parts.size === 0) params.delete(name);
  else params.set(name, objectText(parts));
  return params.size === 0 ? null : objectText(params);
}

/** `{ "from": [...], "default": ... }`, or a value that stands for itself. */
function spelled(text: string | undefined): { from: string; otherwise: string } {
  if (text === undefined) return { from: "", otherwise: "" };
  const value = parse(text);
  if (!isObject(value) || !Object.keys(value).every((name) => name === "from" || name === "default")) {
    return { from: "", otherwise: plain(text) };
  }
  const from = Array.isArray(value.from) ? value.from.map(String).join(", ") : "";
  return { from, otherwise: plain(memberTexts(text).get("default") ?? "") };
}

/** A string without its quotes, unless it would then be something else. */
function plain(text: string): string {
  const value = parse(text);
  if (typeof value !== "string" || value === "" || value.trim() !== value) return text;
  return parse(value) === undefined ? value : text;
}

function quoted(text: string): string {
  return parse(text) === undefined ? JSON.stringify(text) : text;
}
