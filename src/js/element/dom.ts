/** Building the DOM: elements by name, texts as text nodes. There is no way from a string to markup here. */

export type Child = Node | string | undefined | Child[];

type Attributes = Record<string, string | undefined | ((event: Event) => void)>;

/** An element. Attributes that are functions listen to the event of that name; those that are undefined are left out. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...nodes(children));
  return element;
}

export function nodes(children: Child[]): (Node | string)[] {
  return children.flatMap((child) => (Array.isArray(child) ? nodes(child) : child === undefined ? [] : [child]));
}

/** Sentences quote what was typed, and that may be long. */
const LONGEST = 500;

/** A sentence of the engine: what stands in backticks is set as code. */
export function prose(text: string): Child[] {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return shown.split("`").map((part, at) => (at % 2 === 1 ? h("code", {}, part) : part));
}

export type Tone = "good" | "bad" | "warn" | "";

/** A sign and a word; the colour comes on top. */
export function badge(tone: Tone, sign: string, word: string): HTMLElement {
  return h("span", { class: `badge ${tone}` }, h("span", { "aria-hidden": "true" }, `${sign} `), h("span", {}, word));
}

/** `3 deliveries`. */
export function times(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** What people call a thing that an ARN names. */
export function shortArn(arn: string): string {
  const parts = arn.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return arn;
  return parts
    .slice(5)
    .join(":")
    .replace(/^(rule|event-bus|function|stateMachine)[/:]/, "");
}

export function serviceOf(arn: string): string {
  return arn.split(":")[2] ?? "";
}
