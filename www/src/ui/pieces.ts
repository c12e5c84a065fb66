/** What several elements look like in part: each takes the pieces that it has. */
import { css } from "lit";

/** One of the three columns: its heading, level with those beside it. */
export const column = css`
  header {
    margin-bottom: 8px;
    min-height: 30px;
  }
`;

/** Cards under each other. */
export const stack = css`
  .parts {
    display: grid;
    gap: var(--gap);
    grid-template-columns: minmax(0, 1fr);
  }
  .part {
    padding: 10px 12px 12px;
    min-width: 0;
  }
  .part h2 {
    margin-bottom: 8px;
  }
`;

/** A card that opens at its heading. */
export const folding = css`
  section {
    padding: 10px 12px 12px;
  }
  summary h2 {
    display: inline;
  }
`;

/** A form whose fields stand under each other, the button under the fields. */
export const rows = css`
  form {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 6px 8px;
    margin: 8px 0;
    font-size: var(--small);
    color: var(--ink-2);
  }
  label {
    display: contents;
  }
  select,
  input[type="text"] {
    min-width: 0;
    width: 100%;
    font-size: var(--small);
    color: var(--ink);
  }
  button {
    grid-column: 2;
    justify-self: start;
    font-size: var(--small);
  }
`;

/** What is wrong with a text: red where it cannot be used, yellow where it probably means something else. */
export const wrongs = css`
  .problem.warning,
  .problem.hint {
    background: var(--warn-soft);
  }
  .problem > svg.icon {
    margin-top: 3px;
    color: var(--bad);
  }
  .problem.warning > svg.icon,
  .problem.hint > svg.icon {
    color: var(--warn);
  }
`;
