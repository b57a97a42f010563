/** Who left, and which passwords they could open. */

import { el } from "../../shared/ui/dom.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const leaversView: MakeView = ({ name }) => {
  const { node, title } = frame("leavers", name, [], el("main", { class: "body" }));
  return { node, focus: () => title.focus(), update: () => {} };
};
