"use strict";

const groups = new Groups(JSON.parse(document.getElementById("data").textContent));
const selected = new Set();
let isSaved = true;

const find = (id) => document.getElementById(id);

// An element with properties and children; a child may be text.
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text, action, properties = {}) {
  const made = element("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", action);
  return made;
}

function picture(face) {
  const { photo, thumbnail } = groups.data.faces[face];
  return element("img", { src: `data:image/jpeg;base64,${thumbnail}`, alt: photo, loading: "lazy" });
}

function faceButton(face) {
  const { photo, quality } = groups.data.faces[face];
  const made = button("", () => select(face, made), {
    className: "face",
    title: quality === undefined ? photo : `${photo}\nquality ${Math.floor(quality)}`,
  });
  made.append(picture(face));
  made.setAttribute("aria-pressed", selected.has(face));
  return made;
}

function select(face, pressed) {
  if (!selected.delete(face)) selected.add(face);
  pressed.setAttribute("aria-pressed", selected.has(face));
  showSelection();
}

// Does something to the groups, and shows them anew.
function change(action) {
  action();
  selected.clear();
  isSaved = false;
  show();
}

function card(group) {
  const name = element("input", {
    value: group.name, placeholder: "Who is this?", maxLength: 200, autocomplete: "off", spellcheck: false,
  });
  name.setAttribute("list", "names");
  name.setAttribute("aria-label", "Name");
  const made = element("article", { className: "card" });
  const alike = element("div", { className: "alike" });
  name.addEventListener("change", () => {
    groups.rename(group, name.value.trim());
    isSaved = false;
    made.replaceWith(card(group));
    showState();
  });
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const fields = [...document.querySelectorAll(".card input")];
    const next = fields.slice(fields.indexOf(name) + 1).find((field) => !field.value);
    name.blur();
    next?.focus();
  });
  const count = group.faces.length;
  const row = element("div", { className: "row" }, element("span", { className: "count", textContent: faces(count) }));
  const namesake = groups.namesake(group);
  if (namesake) {
    row.append(button(`Merge with the other “${namesake.name}”`, () => change(() => groups.merge(group, namesake))));
  }
  row.append(
    button("Looks like…", () => showAlike(group, alike)),
    button("Move here", () => change(() => groups.move([...selected], group)), { className: "here" }));
  made.append(name, element("div", { className: "faces" }, ...group.faces.map(faceButton)), row, alike);
  made.classList.toggle("named", group.name !== "");
  return made;
}

// The nearest other groups, each to be merged by a click.
function showAlike(group, place) {
  const choices = groups.nearest(group, 4).map((other) => {
    const text = `${other.group.name || faces(other.group.faces.length)}, distance ${other.distance.toFixed(2)}`;
    const choice = button("", () => change(() => groups.merge(group, other.group)), { className: "choice" });
    choice.append(picture(other.group.faces[0]), element("span", {}, text, element("b", { textContent: "Merge" })));
    return choice;
  });
  place.replaceChildren(...(choices.length > 0 ? choices : ["There is nobody else."]));
}

function faces(count) {
  return count === 1 ? "1 face" : `${count} faces`;
}

function show() {
  const isSeveral = (group) => group.faces.length > 1;
  const words = find("search").value.trim().toLowerCase();
  const isWanted = (group) =>
    !words || group.name.toLowerCase().includes(words)
    || group.faces.some((face) => groups.data.faces[face].photo.toLowerCase().includes(words));
  const wanted = groups.list.filter(isWanted);
  find("several").replaceChildren(...wanted.filter(isSeveral).map(card));
  const alone = wanted.filter((group) => !isSeveral(group));
  find("alone-title").textContent = `Alone (${alone.length})`;
  const isOpen = find("alone-section").open;
  find("alone").replaceChildren(...(isOpen ? alone.map(card) : []));
  find("alone-section").hidden = alone.length === 0;
  find("none").hidden = wanted.length > 0;
  showState();
  showSelection();
}

function showState() {
  const several = groups.list.filter((group) => group.faces.length > 1);
  find("progress").textContent =
    `${groups.named.length} named; ${several.length} groups, ${groups.list.length - several.length} faces alone`;
  find("undo").disabled = !groups.canUndo;
  find("save").disabled = groups.named.length === 0;
  const names = [...new Set(groups.named.map((group) => group.name))].sort();
  find("names").replaceChildren(...names.map((name) => element("option", { value: name })));
}

function showSelection() {
  find("selection").hidden = selected.size === 0;
  document.body.classList.toggle("selecting", selected.size > 0);
  find("selected").textContent = `${faces(selected.size)} selected`;
}

function save() {
  const file = new Blob([groups.json()], { type: "application/json" });
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: "faces.json" }).click();
  URL.revokeObjectURL(address);
  isSaved = true;
  find("saved").hidden = false;
}

find("search").addEventListener("input", show);
find("undo").addEventListener("click", () => change(() => groups.undo()));
find("save").addEventListener("click", save);
find("split").addEventListener("click", () => change(() => groups.move([...selected], null)));
find("leave-out").addEventListener("click", () => change(() => groups.leaveOut([...selected])));
find("clear").addEventListener("click", () => {
  selected.clear();
  show();
});
find("alone-section").addEventListener("toggle", show);
addEventListener("beforeunload", (event) => {
  if (!isSaved) event.preventDefault();
});
show();
