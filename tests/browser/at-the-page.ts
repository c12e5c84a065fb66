/** What somebody does at the page, in their words. Locators look into shadow roots by themselves. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

export async function openExample(page: Page, id: string): Promise<void> {
  await page.getByLabel("Example").selectOption(id);
  // Its scenario comes from a file of its own.
  const current = (): Promise<unknown> =>
    page.locator("ebs-examples").evaluate((it) => (it as HTMLElement & { current: unknown }).current);
  await expect.poll(current).toBe(id);
}

/** The editor with this name: "Event", "Event pattern of rule x", "Targets of rule x". */
export function editor(page: Page, name: string): Locator {
  return page.getByRole("textbox", { name, exact: true });
}

/** Replaces the text of an editor by typing over it. */
export async function type(page: Page, name: string, text: string): Promise<void> {
  await editor(page, name).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Replaces the text of an editor by pasting. */
export async function paste(page: Page, name: string, text: string): Promise<void> {
  await editor(page, name).click();
  await page.keyboard.press("ControlOrMeta+a");
  await editor(page, name).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

export function rule(page: Page, name: string): Locator {
  return page.getByRole("article", { name: `Rule ${name}`, exact: true });
}

/** What is wrong with the text of an editor. */
export function problemsOf(page: Page, name: string): Locator {
  return page.getByRole("status", { name: `Problems of ${name}`, exact: true }).getByRole("listitem");
}

export function result(page: Page): Locator {
  return page.getByRole("region", { name: "Result" });
}

export function exampleIds(page: Page): Promise<string[]> {
  return page
    .getByLabel("Example")
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
}

/** Pastes a value onto the page, outside of every editor. */
export async function bring(page: Page, value: object): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, JSON.stringify(value));
}
