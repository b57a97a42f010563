/** Members, groups and invitations. */

import { el } from "../../shared/ui/dom.ts";
import { frame } from "./frame.ts";
import type { MakeView } from "./view.ts";

export const membersView: MakeView = ({ name }) => {
  const { node, title } = frame("members", name, [], el("main", { class: "body" }));
  return { node, focus: () => title.focus(), update: () => {} };
};
