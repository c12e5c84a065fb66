/** `<ebs-new-target>`: a form for the common targets; everything else about a target is written in its JSON. */
import { html, LitElement } from "lit";
import type { Json } from "../../../src/js/types.js";
import { busAt, type World } from "../model/buses.js";
import type { RuleDraft } from "../model/draft.js";
import { isObject, parse } from "../model/json-text.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { rows } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";

/** The part of the ARN that tells the kinds apart. */
const kinds: Record<string, { title: string; arn: (region: string, account: string, name: string) => string }> = {
  lambda: { title: "Lambda function", arn: (r, a, n) => `arn:aws:lambda:${r}:${a}:function:${n}` },
  sqs: { title: "SQS queue", arn: (r, a, n) => `arn:aws:sqs:${r}:${a}:${n}` },
  sns: { title: "SNS topic", arn: (r, a, n) => `arn:aws:sns:${r}:${a}:${n}` },
  states: { title: "Step Functions state machine", arn: (r, a, n) => `arn:aws:states:${r}:${a}:stateMachine:${n}` },
  events: { title: "Event bus", arn: (r, a, n) => `arn:aws:events:${r}:${a}:event-bus/${n}` },
  logs: { title: "CloudWatch log group", arn: (r, a, n) => `arn:aws:logs:${r}:${a}:log-group:/aws/events/${n}` },
  kinesis: { title: "Kinesis stream", arn: (r, a, n) => `arn:aws:kinesis:${r}:${a}:stream/${n}` },
  firehose: { title: "Firehose stream", arn: (r, a, n) => `arn:aws:firehose:${r}:${a}:deliverystream/${n}` },
};

/** What the target is given. */
const inputs: Record<string, { title: string; members: { [name: string]: Json } }> = {
  event: { title: "the whole event", members: {} },
  detail: { title: "only its detail", members: { InputPath: "$.detail" } },
  template: {
    title: "a text made of it",
    members: {
      InputTransformer: { InputPathsMap: { kind: "$.detail-type", id: "$.id" }, InputTemplate: '"<kind> (<id>)"' },
    },
  },
  constant: { title: "a constant", members: { Input: '{"hello": "world"}' } },
};

export class NewTargetElement extends LitElement {
  static override properties = { rule: { attribute: false }, world: { attribute: false } };

  static override styles = [shared, rows];

  declare rule: RuleDraft;
  declare world: World;

  protected override render() {
    const list = parse(this.rule.targets.trim() === "" ? "[]" : this.rule.targets);
    return html`<form @submit=${this.#add}>
      <label>Send to <select name="kind" aria-label="Kind of the new target">
        ${Object.entries(kinds).map(([kind, { title }]) => html`<option value=${kind}>${title}</option>`)}
      </select></label>
      <label>named <input type="text" name="name" required autocomplete="off" spellcheck="false" placeholder="ship-order" aria-label="Name of the new target" /></label>
      <label>giving it <select name="input" aria-label="What the new target gets">
        ${Object.entries(inputs).map(([input, { title }]) => html`<option value=${input}>${title}</option>`)}
      </select></label>
      <button type="submit" ?disabled=${!Array.isArray(list)}>${icon("plus")} Add target</button>
    </form>`;
  }

  #add(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const given = (name: string): string => String(form.get(name) ?? "").trim();
    const { account, region } = busAt(this.rule.bus, this.rule, this.world);
    const kind = kinds[given("kind")];
    const name = given("name");
    if (!kind || name === "") return;
    const arn = name.startsWith("arn:") ? name : kind.arn(region, account, name);
    const role = given("kind") === "events" ? { RoleArn: `arn:aws:iam::${account}:role/forward-events` } : {};
    const target = { Id: this.#freeId(name), Arn: arn, ...role, ...inputs[given("input")]?.members };
    act(this, { type: "add-target", id: this.rule.id, target });
    (event.target as HTMLFormElement).reset();
  }

  /** An Id that no other target of the rule has. */
  #freeId(name: string): string {
    const list = parse(this.rule.targets);
    const taken = Array.isArray(list) ? list.map((it) => (isObject(it) ? it.Id : null)) : [];
    const id = (name.split(/[:/]/).pop() ?? name).replace(/[^\w.-]/g, "-").slice(0, 60) || "target";
    if (!taken.includes(id)) return id;
    let number = 2;
    while (taken.includes(`${id}-${number}`)) number += 1;
    return `${id}-${number}`;
  }
}

customElements.define("ebs-new-target", NewTargetElement);
