/**
 * Where the content of an element comes from: a child `<script type="application/json">`, or a file.
 *
 * A file is fetched as the page around would fetch it: its Content-Security-Policy and the file's CORS headers decide what
 * is allowed. It is read up to `LARGEST` and no further.
 */

/** Of a content, in bytes of a file or UTF-16 units of a child. A readable example has some hundred. */
const LARGEST = 1_000_000;

/** The text of the child; waits for the parser, which may not have come to it yet. */
export async function childText(element: HTMLElement): Promise<string> {
  await parsed(element.ownerDocument);
  const child = element.querySelector(':scope > script[type="application/json"]');
  if (!child)
    throw new Error('put the content into a child `<script type="application/json">`, or name a file with `src`');
  const text = child.textContent ?? "";
  if (text.length > LARGEST) throw new Error(`the content is longer than ${LARGEST.toLocaleString("en")} characters`);
  return text;
}

/** The text of a file. */
export async function fetchedText(url: URL, signal: AbortSignal): Promise<string> {
  const name = `\`${shortened(url.href)}\``;
  if (!/^https?:$/.test(url.protocol)) throw new Error(`\`src\` must be an http or https address, not ${name}`);
  const response = await fetch(url, { signal, credentials: "same-origin" }).catch((cause: unknown) => {
    throw new Error(`${name} could not be fetched; is it there, and does the page's policy allow it?`, { cause });
  });
  if (!response.ok) throw new Error(`${name} could not be fetched: ${response.status} ${response.statusText}`.trim());
  const text = await bounded(response);
  if (text === undefined) throw new Error(`${name} is longer than ${LARGEST.toLocaleString("en")} bytes`);
  return text;
}

async function bounded(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > LARGEST) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(document: Document): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }));
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
