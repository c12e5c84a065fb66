// www/reference/*.md -> www/dist/reference/*.html: the documentation, beside the page, as plain files.
//
// The Markdown is our own, so its HTML is trusted; the pages still have a policy that runs no script at all.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { filesUnder } from "../lib/hash.mjs";
import { inRoot, siteDir } from "../lib/paths.mjs";
import { REFERENCE_POLICY } from "../lib/policy.mjs";

const SOURCE = inRoot("www/reference");
/** The order of the menu; pages that are not named here follow by name. */
const ORDER = [
  ...["api", "operations", "patterns", "lints", "inputs", "delivery", "resources", "effects", "presets", "loops"],
  ...["trace", "metrics", "testing", "scenarios"],
  ...["page", "element", "sdk", "server", "cli", "recipes"],
];

export async function buildReference() {
  const { Marked } = await import("marked");
  const marked = new Marked({ renderer: { heading, link } });
  const files = filesUnder(SOURCE, (file) => file.endsWith(".md"));
  const pages = files.map((file) => page(marked, file)).sort((one, other) => place(one) - place(other));
  const target = join(siteDir, "reference");
  mkdirSync(target, { recursive: true });
  for (const { name, title, html } of pages) {
    writeFileSync(join(target, `${name}.html`), document(title, menu(pages, name), html));
  }
  const list = pages.map(({ name, title }) => `<li><a href="./${name}.html">${title}</a></li>`).join("\n");
  writeFileSync(join(target, "index.html"), document("Reference", "", `<h1>Reference</h1>\n<ul>\n${list}\n</ul>`));
  writeFileSync(join(target, "reference.css"), readFileSync(inRoot("www/src/theme.css"), "utf8") + STYLE);
}

function page(marked, file) {
  const text = readFileSync(file, "utf8");
  const title = marked.parseInline(/^# (.*)$/m.exec(text)?.[1] ?? basename(file, ".md"));
  return { name: basename(file, ".md"), title, html: reachable(marked.parse(text)) };
}

/** What scrolls sideways can be scrolled by keyboard. */
const reachable = (html) => html.replace(/<(pre|table)>/g, '<$1 tabindex="0">');

function place({ name }) {
  const index = ORDER.indexOf(name);
  return index < 0 ? ORDER.length : index;
}

/** Headings can be linked to. */
function heading({ tokens, depth, text }) {
  const id = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
}

/** Pages link to each other's Markdown, which is what one reads in the repository. */
function link({ href, tokens }) {
  const to = href.replace(/^([a-z-]+)\.md(#.*)?$/, "./$1.html$2");
  return `<a href="${to}">${this.parser.parseInline(tokens)}</a>`;
}

function menu(pages, current) {
  const item = ({ name, title }) =>
    name === current ? `<strong aria-current="page">${title}</strong>` : `<a href="./${name}.html">${title}</a>`;
  return pages.map(item).join("\n");
}

function document(title, links, html) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${REFERENCE_POLICY}" />
    <meta name="color-scheme" content="light dark" />
    <title>${title.replace(/<[^>]*>/g, "")} · EventBridge simulator</title>
    <link rel="icon" href="../icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="./reference.css" />
  </head>
  <body class="reference">
    <nav aria-label="Reference"><a href="../index.html">← the simulator</a>
${links}</nav>
    <main>${html}</main>
  </body>
</html>
`;
}

const STYLE = `
.reference {
  max-width: 60rem;
  margin: 0 auto;
  padding: 1.5rem 1rem 4rem;
  overflow-wrap: break-word;
}
.reference nav {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1rem;
  padding-bottom: 0.75rem;
  border-bottom: 1px solid var(--line);
}
.reference a {
  color: var(--accent);
}
.reference pre,
.reference table {
  display: block;
  overflow-x: auto;
}
.reference pre {
  padding: 0.75rem;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.reference code {
  font: var(--code) / 1.5 var(--mono);
}
.reference table {
  border-collapse: collapse;
}
.reference td,
.reference th {
  padding: 0.3rem 0.6rem;
  border: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
}
`;
