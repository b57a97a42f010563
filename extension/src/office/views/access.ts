/** Who may do what: people and groups across, items and folders down. */

import { el } from "../../shared/ui/dom.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const accessView: MakeView = ({ name }) => {
  const { node, title } = frame("access", name, [], el("main", { class: "body" }));
  return { node, focus: () => title.focus(), update: () => {} };
};
