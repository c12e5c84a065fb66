/** `<ebs-theme>`: light, dark, or what the system says. */
import { css, html, LitElement } from "lit";
import { type IconName, icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";

type Theme = "auto" | "light" | "dark";

const KEY = "eventbridge-sim:theme";
const next: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
const icons: Record<Theme, IconName> = { auto: "auto", light: "sun", dark: "moon" };

export class ThemeElement extends LitElement {
  static override properties = { theme: { state: true } };
  static override styles = [
    shared,
    css`
      @media (max-width: 799px) {
        span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  declare theme: Theme;

  constructor() {
    super();
    this.theme = remembered();
    show(this.theme);
  }

  protected override render() {
    return html`<button class="plain" type="button" @click=${this.#turn} title="Change the colours of the page">
      ${icon(icons[this.theme])} <span>Theme: ${this.theme}</span>
    </button>`;
  }

  #turn(): void {
    this.theme = next[this.theme];
    show(this.theme);
    try {
      localStorage.setItem(KEY, this.theme);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }
}

function show(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : "auto";
  } catch {
    return "auto";
  }
}

customElements.define("ebs-theme", ThemeElement);
