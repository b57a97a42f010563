/** A sign-in form of Vue's, whose inputs are bound by v-model: only `input` events reach the model, and only the model is sent. */
import { createApp, reactive } from "vue";

const model = reactive({ username: "", password: "", answer: "" });
const submit = async () => {
  const body = new URLSearchParams({ username: model.username, password: model.password });
  model.answer = await (await fetch("/api/signin", { method: "POST", body })).text();
};

createApp({
  setup: () => ({ model, submit }),
  template: `
    <form @submit.prevent="submit">
      <p><label for="username">User name</label> <input id="username" name="username" v-model="model.username"></p>
      <p><label for="password">Password</label> <input id="password" name="password" type="password" v-model="model.password"></p>
      <p><button id="submit">Sign in</button></p>
    </form>
    <p id="answer">{{ model.answer }}</p>`,
}).mount("#root");
