/** What the page shows at first, as its address and its server say; who opens it is loaded then. */

/** Whether the part of an address behind `#` is meant as a link of this page, of whatever version. */
export function isLink(hash: string): boolean {
  return /^#v\d+\./.test(hash);
}

/** Where the endpoints of `ebsim serve` are, if the page came from it. */
export function attachedTo(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="ebsim-server"]')?.content ?? null;
}

/** Under which name the browser keeps the state between visits. */
export const KEY = "eventbridge-sim:work:v1";

/** Whether there is something from the last visit. */
export function hasKept(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
