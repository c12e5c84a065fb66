/** The icons. Each stands beside a word that says the same, so all are hidden from screen readers. */
import { html, svg, type TemplateResult } from "lit";

const paths = {
  check: svg`<path d="M3 8.5 6.5 12 13 4.5" />`,
  cross: svg`<path d="M4 4l8 8M12 4l-8 8" />`,
  loop: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" />`,
  warn: svg`<path d="M8 2.2 14.3 13.3H1.7zM8 6.4v3.2M8 11.4v.2" />`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9" />`,
  dash: svg`<path d="M3.5 8h9" />`,
  arrow: svg`<path d="M2.5 8h10.5M9 4l4 4-4 4" />`,
  bolt: svg`<path d="M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z" />`,
  bus: svg`<path d="M2 8h12M5 4.5v7M11 4.5v7" />`,
  rule: svg`<path d="M2.5 3.5h11L9.5 8.4v4.1l-3 1V8.4z" />`,
  target: svg`<circle cx="8" cy="8" r="5.5" /><circle cx="8" cy="8" r="1.8" />`,
  send: svg`<path d="M2 8 14 2.5 10.5 13.5 8 9z" />`,
  back: svg`<path d="M11.5 3 5.5 8l6 5zM4 3v10" />`,
  forth: svg`<path d="M4.5 3l6 5-6 5zM12 3v10" />`,
  plus: svg`<path d="M8 3v10M3 8h10" />`,
  bin: svg`<path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5" />`,
  sun: svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />`,
  moon: svg`<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z" />`,
  auto: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 2.5v11M8 5l4.5 1M8 8h5.4M8 11l4.5-1" />`,
  bulb: svg`<path d="M6 12.2h4M6.5 14.2h3M5.6 10.2a4.2 4.2 0 1 1 4.8 0v2H5.6z" />`,
  clock: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 4.8V8l2.3 1.6" />`,
  undo: svg`<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5 2.8 6.5l3 3" />`,
  redo: svg`<path d="M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M10.2 3.5l3 3-3 3" />`,
  paste: svg`<path d="M5.5 3.5h-2v10h9v-10h-2M5.5 2.2h5v2.6h-5z" />`,
  share: svg`<path d="M8 9.5V2M5 4.8 8 2l3 2.8M3.5 8v5.5h9V8" />`,
  play: svg`<path d="M4.5 2.8v10.4L13 8z" />`,
  down: svg`<path d="M3.5 6 8 10.5 12.5 6" />`,
  right: svg`<path d="M6 3.5 10.5 8 6 12.5" />`,
  left: svg`<path d="M10 3.5 5.5 8l4.5 4.5" />`,
  lock: svg`<path d="M3.5 7.2h9v6.3h-9zM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2" />`,
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
}

/** The same inside a drawing. */
export function iconPaths(name: IconName): (typeof paths)[IconName] {
  return paths[name];
}
