/** The membership log, and the words to compare. */

import { el } from "../../shared/ui/dom.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const logView: MakeView = ({ name }) => {
  const { node, title } = frame("log", name, [], el("main", { class: "body" }));
  return { node, focus: () => title.focus(), update: () => {} };
};
