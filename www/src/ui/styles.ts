/** What all elements share: text, buttons, fields and cards. Colours and sizes come from the theme. */
import { css } from "lit";

export const shared = css`
  :host {
    display: block;
    min-width: 0;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  pre,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 13px;
    font-weight: 650;
    letter-spacing: 0.01em;
  }
  h3 {
    font-size: var(--small);
    font-weight: 600;
  }
  code,
  pre,
  .mono {
    font-family: var(--mono);
    font-size: var(--code);
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  input[type="text"] {
    min-height: 30px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
    padding: 2px 10px;
  }
  button,
  select,
  summary {
    cursor: pointer;
  }
  button:hover,
  select:hover {
    border-color: var(--ink-3);
  }
  button.plain {
    border-color: transparent;
    background: none;
    color: var(--ink-2);
  }
  button.plain:hover {
    background: var(--surface-2);
    color: var(--ink);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
    flex-wrap: wrap;
  }
  .push {
    margin-left: auto;
  }
  .quiet {
    color: var(--ink-3);
    font-size: var(--small);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px 1px 6px;
    border-radius: 99px;
    font-size: var(--small);
    font-weight: 600;
    white-space: nowrap;
    background: color-mix(in srgb, var(--ink) 7%, transparent);
    color: var(--ink-2);
  }
  .badge.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .badge.bad {
    background: var(--bad-soft);
    color: var(--bad);
  }
  .badge.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  svg.icon {
    width: 1em;
    height: 1em;
    flex: none;
    vertical-align: -0.125em;
  }
  .hidden-but-read {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media print {
    form,
    header button,
    header select,
    button.plain {
      display: none;
    }
    pre {
      max-height: none !important;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
