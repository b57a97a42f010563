/** Draws a QR code: one path, dark on light in both themes, because cameras want it so. */

import encode from "qr";
import { el } from "../../shared/ui/dom.ts";

const svgNamespace = "http://www.w3.org/2000/svg";

/** The light edge that ISO/IEC 18004 asks for, in modules. */
const quietModules = 4;

/** Returns the path of the dark modules, one unit each, and how many there are along a side with the light edge. */
export function modulesOf(content: string): { readonly path: string; readonly size: number } {
  const rows = encode(content, "raw", { ecc: "medium", border: quietModules });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { path, size: rows.length };
}

/** @param name What the drawing is, for who does not see it. */
export function qrCode(content: string, name: string): HTMLElement {
  const { path, size } = modulesOf(content);
  const drawing = document.createElementNS(svgNamespace, "svg");
  drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawing.setAttribute("shape-rendering", "crispEdges");
  drawing.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(svgNamespace, "path");
  shape.setAttribute("d", path);
  drawing.append(shape);
  return el("div", { class: "qr", role: "img", "aria-label": name }, drawing);
}
