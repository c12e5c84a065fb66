/**
 * `<ebs-why>`: why a rule does not match, leaf array by leaf array, in the order of the pattern.
 *
 * The sentences are the engine's; here they are laid out as what the rule wants, what the event has and what would make
 * the two meet. Pressing a field's name asks the owner, by a `reveal` event, to show where the pattern asks for it.
 */
import { css, html, LitElement, nothing } from "lit";
import type { LeafResult, Range } from "../../../src/js/types.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";

/** More leaf arrays than this are not read. */
const SHOWN = 50;

export class WhyElement extends LitElement {
  static override properties = { leaves: { attribute: false }, named: { type: String } };

  static override styles = [
    shared,
    css`
      details {
        margin: 0 0 10px;
        font-size: var(--small);
      }
      summary {
        padding: 2px 0;
        color: var(--accent);
        font-weight: 600;
      }
      ol {
        display: grid;
        gap: 6px;
        margin-top: 6px;
      }
      li {
        padding: 6px 8px;
        border: 1px solid var(--line);
        border-left: 3px solid var(--bad);
        border-radius: 6px;
        overflow-wrap: anywhere;
      }
      li.yes {
        border-left-color: var(--good);
      }
      .yes svg.icon {
        color: var(--good);
      }
      .no svg.icon {
        color: var(--bad);
      }
      .field {
        min-height: 0;
        padding: 0;
        border: none;
        background: none;
        text-align: left;
        text-decoration: underline dotted;
        text-underline-offset: 3px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 2px 10px;
        margin-top: 4px;
      }
      dt {
        color: var(--ink-2);
      }
      .no .bulb svg.icon {
        color: var(--warn);
      }
    `,
  ];

  declare leaves: LeafResult[];
  /** The rule's name. */
  declare named: string;

  constructor() {
    super();
    this.leaves = [];
    this.named = "";
  }

  protected override render() {
    const failed = this.leaves.filter((leaf) => !leaf.matched).length;
    return html`<details>
      <summary>Why not? ${failed} of ${times(this.leaves.length, "field")} ${failed === 1 ? "fails" : "fail"}</summary>
      <ol aria-label="Why ${this.named} does not match">${this.leaves.slice(0, SHOWN).map((leaf) => this.#leaf(leaf))}</ol>
      ${this.leaves.length > SHOWN ? html`<p class="quiet">and ${this.leaves.length - SHOWN} more</p>` : nothing}
    </details>`;
  }

  #leaf({ path, expected, found, matched, reason, hint, patternRange }: LeafResult) {
    const name = html`<code>${path}</code>`;
    return html`<li class=${matched ? "yes" : "no"}>
      ${icon(matched ? "check" : "cross")}
      ${patternRange ? html`<button class="field" type="button" title="Show it in the pattern" @click=${() => this.#reveal(patternRange)}>${name}</button>` : name}
      <strong>${matched ? "matches" : "fails"}</strong>
      <dl>
        <dt>The rule wants</dt>
        <dd>${prose(expected)}</dd>
        <dt>The event has</dt>
        <dd>${found.length > 0 ? prose(found.join(", ")) : "no value there"}</dd>
        ${matched ? nothing : html`<dt>Why</dt><dd>${prose(reason)}</dd><dt>To match</dt><dd>${remedy(path, expected, hint)}</dd>`}
      </dl>
    </li>`;
  }

  #reveal(range: Range): void {
    this.dispatchEvent(new CustomEvent("reveal", { detail: range }));
  }
}

/** The hint, which knows the likely slip; and in any case what the event would have to be. */
function remedy(path: string, expected: string, hint: string | undefined) {
  return html`${hint ? html`<span class="bulb">${icon("bulb")}</span> ${prose(hint)}; or ` : nothing}send an event with
    ${prose(expected)} at <code>${path}</code>`;
}

customElements.define("ebs-why", WhyElement);
