/**
 * The graph as a picture that stands alone.
 *
 * A drawing on the page takes its colours and fonts from style sheets, and those do not travel. So what they come to is
 * written into a copy as attributes, the page's own colour goes behind it, and for PNG a canvas draws that copy.
 */

const NAMESPACE = "http://www.w3.org/2000/svg";
/** What is drawn with, by its name in CSS and as an attribute. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "visibility",
  "color",
];
const LETTERS = ["font-family", "font-size", "font-weight", "letter-spacing", "text-anchor"];
const MARGIN = 16;
/** Pixels of the picture for one of the page, as far as a canvas of `WIDEST` allows. */
const SCALE = 2;
const WIDEST = 8192;

/** The drawing as the text of an SVG file. */
export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [at, original] of originals.entries()) {
    const target = copies[at];
    if (!target) continue;
    const style = getComputedStyle(original);
    const names = original.localName === "text" || original.localName === "tspan" ? [...LOOKS, ...LETTERS] : LOOKS;
    for (const name of names) target.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "style", "tabindex"]) target.removeAttribute(name);
    for (const { name } of [...target.attributes]) {
      if (name.startsWith("data-") || name.startsWith("aria-")) target.removeAttribute(name);
    }
  }
  const { width, height } = sizeOf(drawing);
  copy.setAttribute("xmlns", NAMESPACE);
  copy.setAttribute("width", String(width + 2 * MARGIN));
  copy.setAttribute("height", String(height + 2 * MARGIN));
  copy.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`);
  copy.prepend(ground(width, height));
  // What the templates leave behind is of no use in a file.
  const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  for (let next = comments.nextNode(); next; next = comments.nextNode()) found.push(next as Comment);
  for (const comment of found) comment.remove();
  return new XMLSerializer().serializeToString(copy);
}

/** The same as a PNG. */
export async function png(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(drawing);
  const [wide, high] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const scale = Math.min(SCALE, WIDEST / Math.max(wide, high));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(wide * scale);
  canvas.height = Math.ceil(high * scale);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
  await image.decode();
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser made no picture"))), "image/png");
  });
}

function sizeOf(drawing: SVGSVGElement): { width: number; height: number } {
  const { width, height } = drawing.viewBox.baseVal;
  return width > 0 && height > 0 ? { width, height } : { width: drawing.clientWidth, height: drawing.clientHeight };
}

function ground(width: number, height: number): SVGRectElement {
  const rect = document.createElementNS(NAMESPACE, "rect");
  const colour = getComputedStyle(document.documentElement).backgroundColor;
  const box = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  for (const [name, value] of Object.entries(box)) rect.setAttribute(name, String(value));
  rect.setAttribute("fill", colour);
  return rect;
}
