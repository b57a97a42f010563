/**
 * The third tick: a form like that of a login page, with a login that was made up. The key, or the button, fills it by
 * the same code that fills web pages.
 */

import { text } from "../../shared/browser.ts";
import { el, icon } from "../../shared/ui/dom.ts";
import { keyOf, shortcuts } from "../../shared/ui/keyList.ts";
import { tickFrame } from "./tick.ts";
import type { Actions, TickView } from "./view.ts";

export function sampleTick(actions: Actions): TickView {
  const { node, body, show } = tickFrame(3);
  const said = el("p", { class: "small", role: "status" });
  const fill = () => {
    const refused = actions.fillSample();
    if (refused !== null) said.replaceChildren(icon("warning", "s"), ` ${refused}`);
  };
  const key = el("span", {});
  const showKey = async () => key.replaceChildren(keyOf((await shortcuts()).get("fill") ?? ""));
  void showKey();
  addEventListener("focus", () => void showKey());
  const field = (id: string, type: string, label: string, autocomplete: string) =>
    el(
      "div",
      { class: "field" },
      el("label", { for: id }, label),
      el("div", { class: "input" }, el("input", { id, name: id, type, autocomplete })),
    );
  const signIn = () => {
    const user = form.querySelector<HTMLInputElement>("#username")?.value ?? "";
    said.textContent = user === "" ? text("sampleEmpty") : text("sampleSignedIn", user);
  };
  const form = el(
    "form",
    {
      class: "sample flow-s",
      "aria-label": text("sampleForm"),
      onsubmit: (event: Event) => (event.preventDefault(), signIn()),
    },
    field("username", "text", text("fieldUser"), "username"),
    field("password", "password", text("fieldPassword"), "current-password"),
    el("div", { class: "actions" }, el("button", { type: "submit", class: "btn" }, text("signIn"))),
  );
  const button = el(
    "button",
    { type: "button", class: "btn primary", onclick: fill },
    icon("fill"),
    text("fillSample"),
  );
  const lead = el("p", { class: "muted" }, text("sampleBody"), " ", key);
  const honest = el("p", { class: "small faint" }, text("sampleHonest"));
  let shown = false;
  const update: TickView["update"] = (tick, { filled }) => {
    show(tick, filled ? text("sampleFilled") : text("sampleWanted"), "");
    if (tick === "later") return body.replaceChildren(el("p", { class: "muted" }, text("sampleLater")));
    if (filled) said.replaceChildren(icon("check", "s"), ` ${text("sampleWorked")}`);
    if (shown && body.contains(form)) return;
    shown = true;
    body.replaceChildren(lead, el("div", { class: "actions" }, button), form, said, honest);
  };
  return { node, update };
}
