/** How the drawing of the routing graph looks. */
import { css } from "lit";

export const drawing = css`
  .frame {
    overflow-x: auto;
    padding: 4px;
  }
  .frame.bounded {
    max-height: 570px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
  }
  .zoom {
    justify-content: flex-end;
    margin-bottom: 4px;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .zoom button {
    min-height: 26px;
    font-size: var(--small);
  }
  .graph {
    display: block;
    margin: 0 auto;
    max-width: 100%;
    height: auto;
  }
  .graph.zoomed {
    max-width: none;
  }
  .graph.across {
    min-width: 520px;
  }
  text {
    font-family: var(--sans);
    fill: var(--ink);
  }
  text.name {
    font-size: 12.5px;
    font-weight: 600;
  }
  text.state {
    font-size: 10.5px;
    fill: var(--ink-2);
  }
  .sign {
    fill: none;
    stroke: var(--ink-3);
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .node rect {
    fill: var(--surface);
    stroke: var(--line-strong);
  }
  .node.idle rect {
    fill: var(--surface-2);
    stroke-dasharray: 4 3;
  }
  .node.idle text.name {
    fill: var(--ink-2);
    font-weight: 500;
  }
  .node.lit rect {
    stroke: var(--accent);
    stroke-width: 1.5;
  }
  .node.event rect {
    fill: var(--accent-soft);
  }
  .node.good .state {
    stroke: var(--good);
  }
  .node.good text.state {
    stroke: none;
    fill: var(--good);
  }
  .node.bad .sign.state {
    stroke: var(--bad);
  }
  .node.bad text.state {
    fill: var(--bad);
  }
  .node.loop rect {
    stroke: var(--bad);
    stroke-width: 2;
  }
  .mark circle {
    fill: var(--bad);
    stroke: var(--surface);
    stroke-width: 2;
  }
  .mark .sign {
    stroke: var(--surface);
    stroke-width: 2.2;
  }
  .edge {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1.2;
    stroke-dasharray: 4 3;
  }
  .edge.lit {
    stroke: var(--accent);
    stroke-width: 2;
    stroke-dasharray: none;
  }
  .edge.loop {
    stroke: var(--bad);
    stroke-width: 2.2;
    stroke-dasharray: none;
  }
  .edge.refused {
    stroke: var(--bad);
    stroke-width: 1.6;
    stroke-dasharray: 2 4;
  }
  .edge.loop.back {
    stroke-dasharray: 7 4;
    /* A few rounds, then still: what moves for ever must be possible to stop. */
    animation: flow 1.1s linear 4;
  }
  @keyframes flow {
    to {
      stroke-dashoffset: -22;
    }
  }
  .tip path {
    fill: var(--line-strong);
  }
  .tip.lit path {
    fill: var(--accent);
  }
  .tip.refused path,
  .tip.loop path {
    fill: var(--bad);
  }
  .label rect {
    fill: var(--surface);
    stroke: var(--line-strong);
  }
  .label text {
    font-size: 11px;
    fill: var(--ink-2);
  }
  .label.lit rect {
    stroke: var(--accent);
  }
  .label.refused rect,
  .label.loop rect {
    fill: var(--bad-soft);
    stroke: var(--bad);
  }
  .label.refused text,
  .label.loop text {
    fill: var(--bad);
    font-weight: 600;
  }
  .label.refused .sign,
  .label.loop .sign {
    stroke: var(--bad);
    stroke-width: 2;
  }
  .node {
    cursor: pointer;
  }
  .node:hover .box {
    fill: var(--surface-2);
  }
  .node rect.hit:not(.box) {
    fill: none;
    pointer-events: all;
    stroke: none;
    outline: none;
  }
  .node rect.hit:focus-visible,
  .node rect.hit[aria-pressed="true"] {
    stroke: var(--accent);
    stroke-width: 3;
    stroke-dasharray: none;
  }
  .node.current .box {
    stroke: var(--accent);
    stroke-width: 2.5;
    fill: var(--accent-soft);
    stroke-dasharray: none;
  }
  .edge.lit.current {
    stroke-width: 3.2;
  }
  .dot {
    fill: var(--accent);
    stroke: var(--surface);
    stroke-width: 2;
  }
  .waiting {
    min-height: 120px;
  }
  @media print {
    .zoom {
      display: none;
    }
    .frame.bounded {
      max-height: none;
      border: none;
    }
    .graph.zoomed {
      max-width: 100%;
    }
  }
`;
