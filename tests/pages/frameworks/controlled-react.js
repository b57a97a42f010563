/** A sign-in form of React's, whose inputs it controls: what its page did not hear about is not in the state that is sent. */
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";

function SignIn() {
  const [state, setState] = useState({ username: "", password: "", answer: "" });
  const put = (name) => (event) => setState({ ...state, [name]: event.target.value });
  const field = (name, label, type, autoComplete) =>
    h("p", {}, h("label", { htmlFor: name }, label), " ",
      h("input", { id: name, name, type, autoComplete, value: state[name], onChange: put(name) }));
  const submit = async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ username: state.username, password: state.password });
    const answer = await (await fetch("/api/signin", { method: "POST", body })).text();
    setState({ ...state, answer });
  };
  const ready = state.username !== "" && state.password !== "";
  return h("form", { onSubmit: submit },
    field("username", "User name", "text", "username"),
    field("password", "Password", "password", "current-password"),
    h("button", { id: "submit", disabled: !ready }, "Sign in"),
    h("output", { id: "heard" }, state.username),
    h("p", { id: "answer" }, state.answer));
}

createRoot(document.querySelector("#root")).render(h(SignIn));
