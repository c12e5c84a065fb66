/** How the parts of the page stand beside each other. */
import { css } from "lit";

export const frame = css`
  .top a {
    color: var(--accent);
  }
  .top {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 10px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  h1 {
    font-size: 16px;
    font-weight: 700;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }
  .tagline {
    color: var(--ink-3);
    font-size: var(--small);
  }
  .intro {
    padding: 14px 16px 0;
  }
  main {
    display: grid;
    gap: 20px 16px;
    padding: 14px 16px 40px;
    grid-template-columns: minmax(0, 1fr);
  }
  .jump {
    display: none;
  }
  footer {
    padding: 0 16px 24px;
  }
  .told {
    position: fixed;
    bottom: 16px;
    left: 16px;
    right: 16px;
    z-index: 10;
    display: grid;
    justify-items: center;
    pointer-events: none;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: 80ch;
    padding: 6px 8px 6px 14px;
    border: 1px solid var(--good);
    border-radius: var(--radius);
    background: var(--good-soft);
    box-shadow: 0 6px 24px light-dark(#00000022, #00000088);
    font-size: var(--small);
    overflow-wrap: anywhere;
    pointer-events: auto;
  }
  .notice.warn {
    border-color: var(--warn);
    background: var(--warn-soft);
  }
  .notice button {
    flex: none;
    white-space: nowrap;
    min-height: 26px;
    font-size: var(--small);
  }
  .drop {
    position: fixed;
    inset: 12px;
    z-index: 30;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: 12px;
    background: color-mix(in srgb, var(--surface) 88%, transparent);
    color: var(--accent);
    font-size: 18px;
    font-weight: 600;
    pointer-events: none;
  }
  .failure {
    margin: 16px;
    padding: 14px;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--bad-soft);
  }
  @media (min-width: 800px) {
    main {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    ebs-result {
      grid-column: 1 / -1;
    }
  }
  @media (min-width: 1240px) {
    main {
      grid-template-columns: minmax(290px, 25fr) minmax(270px, 23fr) minmax(0, 52fr);
      align-items: start;
    }
    ebs-result {
      grid-column: auto;
    }
    ebs-event {
      position: sticky;
      top: 14px;
    }
  }
  @media (max-width: 799px) {
    .tagline {
      display: none;
    }
    .top {
      flex-wrap: wrap;
      gap: 6px 10px;
    }
    ebs-toolbar {
      order: 1;
      width: 100%;
    }
    .jump {
      position: sticky;
      top: 0;
      z-index: 5;
      display: flex;
      margin-top: 12px;
      border-block: 1px solid var(--line);
      background: var(--surface);
    }
    .jump button {
      flex: 1;
      border: none;
      border-radius: 0;
      min-height: 42px;
      font-weight: 600;
      color: var(--accent);
      background: none;
    }
    .jump .alarm {
      color: var(--bad);
    }
    ebs-rules,
    ebs-event,
    ebs-result {
      scroll-margin-top: 54px;
    }
  }
  @media print {
    .jump,
    .told,
    .drop,
    .top a,
    ebs-toolbar,
    ebs-theme {
      display: none;
    }
    main {
      display: block;
    }
    ebs-event,
    ebs-result {
      position: static;
      margin-top: 16px;
    }
  }
`;
