// The least a popup with a list can do: as many plain rows as ours shows at first, made anew for each key, nobody asked.
const [search, main] = [document.querySelector("#search"), document.querySelector("main")];
const rowOf = (_, index) => Object.assign(document.createElement("p"), { className: "row", textContent: `${search.value} ${index}` });
const show = () => main.replaceChildren(...Array.from({ length: 50 }, rowOf));
search.addEventListener("input", show);
show();
search.focus();
