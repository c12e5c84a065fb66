/** `<ebs-paste>`: a place to paste anything into, or to choose files from. It only hands texts on, as `bring` events. */
import { css, html, LitElement } from "lit";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";

export class PasteElement extends LitElement {
  static override styles = [
    shared,
    css`
      dialog {
        width: min(640px, calc(100vw - 24px));
        padding: 16px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
      }
      dialog::backdrop {
        background: #0006;
      }
      h2 {
        font-size: 15px;
      }
      p {
        margin: 4px 0 10px;
        color: var(--ink-2);
        font-size: var(--small);
      }
      textarea {
        display: block;
        width: 100%;
        min-height: 220px;
        padding: 8px 10px;
        border: 1px solid var(--line-strong);
        border-radius: 6px;
        background: var(--surface-2);
        color: var(--ink);
        font-family: var(--mono);
        font-size: var(--code);
        resize: vertical;
      }
      .row {
        margin-top: 10px;
      }
      .main {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
    `,
  ];

  protected override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Paste anything</h2>
      <p>An event or a list of them, a pattern, a rule, <code>{ name: pattern }</code>, what <code>aws events list-rules</code>
        or <code>describe-rule</code> print, PutRule or PutEvents input, targets, a bus policy, a scenario file.</p>
      <form method="dialog" @submit=${this.#bring}>
        <textarea aria-label="What you have" spellcheck="false" autocomplete="off"></textarea>
        <div class="row">
          <button class="main" type="submit">Put it where it belongs</button>
          <button type="button" @click=${() => this.#files()?.click()}>${icon("paste")} Open files…</button>
          <button class="plain push" type="button" @click=${() => this.#dialog()?.close()}>Cancel</button>
          <input type="file" multiple hidden accept=".json,.jsonl,.ndjson,.txt,application/json" aria-label="Files" @change=${this.#chosen} />
        </div>
      </form>
    </dialog>`;
  }

  async show(): Promise<void> {
    await this.updateComplete;
    const area = this.renderRoot.querySelector("textarea");
    if (area) area.value = "";
    this.#dialog()?.showModal();
    area?.focus();
  }

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  #files(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type="file"]');
  }

  #bring(event: SubmitEvent): void {
    event.preventDefault();
    this.#dialog()?.close();
    const text = this.renderRoot.querySelector("textarea")?.value ?? "";
    if (text.trim() !== "") this.dispatchEvent(new CustomEvent("bring", { detail: { text } }));
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.#dialog()?.close();
    this.dispatchEvent(new CustomEvent("files", { detail: [...(input.files ?? [])] }));
    input.value = "";
  }
}

customElements.define("ebs-paste", PasteElement);
