// Adds a person, or photos to a person: photos are gathered first, and then sent one after the other, so that each has
// its answer beside it.
import { Booth } from "./admin-booth.js";
import { PhotoTray } from "./admin-tray.js";
import { call } from "./api.js";
import { byId } from "./dom.js";
import { notify } from "./notice.js";

const dialog = byId("add-dialog");
const nameField = byId("add-name");
const badgeField = byId("add-badge");
const trouble = byId("add-trouble");
const save = byId("add-save");
const tray = new PhotoTray();
const booth = new Booth((photo) => tray.add(photo));
let known = null;      // the person that gets more photos; null for somebody new
let refresh = null;
let hasChanged = false;

export function addPerson(afterChange) {
  open(null, "Add a person", afterChange);
  nameField.focus();
}

export function addPhotos(person, afterChange) {
  open(person, `Add photos of ${person.name}`, afterChange);
}

function open(person, title, afterChange) {
  known = person;
  refresh = afterChange;
  hasChanged = false;
  byId("add-title").textContent = title;
  byId("add-names").hidden = person !== null;
  nameField.value = "";
  badgeField.value = "";
  nameField.disabled = false;
  trouble.textContent = "";
  tray.clear();
  dialog.showModal();
}

for (const id of ["add-close", "add-cancel"]) byId(id).addEventListener("click", () => dialog.close());

dialog.addEventListener("close", () => {
  booth.close();
  tray.clear();
  if (hasChanged) refresh().catch((error) => notify(error.message, true));
});

byId("use-files").addEventListener("click", () => byId("files").click());
byId("files").addEventListener("change", ({ target }) => {
  for (const file of target.files) tray.add(file);
  target.value = "";
});

const drop = byId("drop");
dialog.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
dialog.addEventListener("dragleave", () => drop.classList.remove("over"));
dialog.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  for (const file of event.dataTransfer.files) tray.add(file);
});

tray.addEventListener("force", ({ detail: item }) => send([item], true));

byId("add-form").addEventListener("submit", (event) => {
  event.preventDefault();
  send(tray.waiting, false);
});

async function send(items, isForced) {
  const name = known?.name ?? nameField.value.trim();
  trouble.textContent = missing(name, items);
  if (trouble.textContent !== "") return;
  // The answers need the room, and the camera has done its work.
  booth.close();
  save.disabled = true;
  nameField.disabled = true;
  if (known === null && !tray.hasAccepted && (await isTaken(name))) {
    trouble.textContent = `Somebody is called ${name} already. Choose another name, or add photos to them.`;
    save.disabled = false;
    nameField.disabled = false;
    return;
  }
  for (const item of items) await tray.send(item, name, isForced);
  save.disabled = false;
  if (tray.hasAccepted) {
    hasChanged = true;
    await finish(name);
  } else {
    nameField.disabled = false;
  }
}

function missing(name, items) {
  if (name === "") {
    nameField.focus();
    return "A person needs a name.";
  }
  return items.length === 0 && !tray.hasAccepted ? "Take a picture, or choose photos, first." : "";
}

// A name that somebody has would silently give them another person's face. Where this can't be asked, the photos
// will say why.
async function isTaken(name) {
  const query = new URLSearchParams({ search: name, offset: 0, limit: 100 });
  const found = await call("GET", `/api/v1/admin/people?${query}`).catch(() => ({ people: [] }));
  return found.people.some((person) => person.name === name);
}

// The dialog stays while a photo was refused, so that the reason can be read.
async function finish(name) {
  const badge = badgeField.value.trim();
  if (known === null && badge !== "") {
    try {
      await call("PUT", `/api/v1/admin/people/${encodeURIComponent(name)}`, { badge });
    } catch (error) {
      trouble.textContent = `${name} is added, but without the badge: ${error.message}`;
      return;
    }
  }
  if (tray.isEmpty) {
    dialog.close();
    notify(known === null ? `${name} is added.` : `Photos of ${name} are added.`);
  }
}
