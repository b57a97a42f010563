/** The first tick: the host answers, or what keeps it from that and how to mend it. */

import { text } from "../../shared/browser.ts";
import { el } from "../../shared/ui/dom.ts";
import { problemFace } from "../../shared/ui/faces.ts";
import type { Face } from "../../shared/ui/faces.ts";
import { problemParts } from "../../shared/ui/problem.ts";
import { tickFrame } from "./tick.ts";
import type { Actions, TickView } from "./view.ts";

export function programTick(actions: Actions): TickView {
  const { node, body, show } = tickFrame(1);
  let shown: unknown = null;
  const showProblem = (face: Face) => {
    show("now", face.title, "");
    const again = el("p", { class: "small faint" }, text("looksAgain"));
    body.replaceChildren(...problemParts(face, actions.retry, showProblem).nodes, again);
  };
  const update: TickView["update"] = (tick, { known }) => {
    const problem = known?.problem ?? "stopped";
    const now = tick === "now" ? problem : tick;
    // The same problem again: what the person reads, or has the focus in, stays.
    if (now === shown) return;
    shown = now;
    if (tick === "now") return showProblem(problemFace(problem));
    const isDone = tick === "done";
    show(tick, isDone ? text("programFound") : text("programSought"), isDone ? (known?.status?.version ?? "") : "");
    body.replaceChildren(el("p", { class: "muted" }, isDone ? text("programFoundBody") : text("programSoughtBody")));
  };
  return { node, update };
}
