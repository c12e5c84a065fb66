/** How the findings before any event look. */
import { css } from "lit";

export const findings = css`
  :host {
    display: grid;
    gap: var(--gap);
    grid-template-columns: minmax(0, 1fr);
  }
  :host([aria-busy="true"]) .card:not(.first) {
    opacity: 0.6;
    transition: opacity 0.1s 0.6s;
  }
  .card {
    padding: 10px 12px 12px;
    min-width: 0;
  }
  h2 {
    margin-bottom: 6px;
  }
  p,
  li {
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  article {
    margin-top: 8px;
    padding: 8px 10px 10px;
    border: 1px solid var(--line);
    border-left-width: 4px;
    border-radius: 6px;
    background: var(--surface-2);
  }
  article.bad {
    border-color: var(--bad);
  }
  article.warn {
    border-color: var(--warn);
  }
  h3 {
    overflow-wrap: anywhere;
  }
  article p {
    margin-top: 4px;
    color: var(--ink-2);
  }
  ol {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    align-items: center;
    margin-top: 6px;
  }
  ol li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
  }
  .step {
    padding: 0 7px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--surface);
  }
  .step span {
    color: var(--ink-3);
  }
  .again {
    border-style: dashed;
  }
  details {
    margin-top: 6px;
    font-size: var(--small);
  }
  summary {
    width: fit-content;
    color: var(--ink-2);
  }
  pre {
    margin-top: 4px;
    padding: 8px 10px;
    max-height: 220px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--surface);
  }
  .does {
    margin-top: 8px;
  }
  .does button,
  .more {
    min-height: 28px;
    font-size: var(--small);
  }
  .more {
    margin-top: 8px;
  }
  .notes {
    display: block;
    padding-left: 16px;
    list-style: disc;
  }
  .notes li {
    display: list-item;
  }
  .advice li {
    display: flex;
    gap: 7px;
    padding: 3px 0;
  }
  .advice svg.icon {
    margin-top: 3px;
    color: var(--warn);
  }
  .advice .error svg.icon {
    color: var(--bad);
  }
  .open {
    margin-top: 8px;
    color: var(--warn);
  }
  @media (max-width: 799px) {
    .does button {
      min-height: 40px;
    }
  }
`;
