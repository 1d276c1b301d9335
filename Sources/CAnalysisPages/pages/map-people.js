/* The list of people: searched, and chosen from. */
const search = document.getElementById("search");
const list = document.getElementById("people");
const most = 300;

function listPeople() {
  const wanted = search.value.trim().toLowerCase();
  const found = [...data.people.keys()].filter((person) => data.people[person].toLowerCase().includes(wanted));
  found.sort((a, b) => chosen.has(b) - chosen.has(a) || a - b);
  list.replaceChildren(...found.slice(0, most).map(entry));
  const more = found.length - most;
  document.getElementById("more").textContent =
    found.length === 0 ? "Nobody is called that." : more > 0 ? `And ${more} more: search for them.` : "";
  document.getElementById("none").disabled = chosen.size === 0;
}

function entry(person) {
  const swatch = element("span", { className: "swatch" });
  swatch.style.background = colourOf(person);
  const count = facesOf[person].length;
  const button = element(
    "button", { type: "button", onclick: () => choose(person) }, swatch,
    element("span", { className: "name" }, data.people[person]), element("small", {}, `${count}`));
  button.setAttribute("aria-pressed", chosen.has(person));
  return element("li", {}, button);
}

/** Chooses a person, or no longer. */
function choose(person) {
  if (!chosen.delete(person)) chosen.add(person);
  showChosen();
}

function showChosen() {
  listPeople();
  showMatrix();
  redraw();
}

search.addEventListener("input", listPeople);
document.getElementById("none").addEventListener("click", () => {
  chosen.clear();
  showChosen();
});
