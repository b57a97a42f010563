/** Who opened what, and when. */

import { el } from "../../shared/ui/dom.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const auditView: MakeView = ({ name }) => {
  const { node, title } = frame("audit", name, [], el("main", { class: "body" }));
  return { node, focus: () => title.focus(), update: () => {} };
};
