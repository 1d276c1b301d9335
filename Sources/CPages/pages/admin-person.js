// One person: their photos, name and badge, and the way to remove them.
import { addPhotos } from "./admin-add.js";
import { call } from "./api.js";
import { byId, make } from "./dom.js";
import { faceOf } from "./face.js";
import { icon } from "./icons.js";
import { confirmed, notify, perform } from "./notice.js";

const dialog = byId("person-dialog");
const nameField = byId("person-name");
const badgeField = byId("person-badge");
const trouble = byId("person-trouble");
let person = null;
let refresh = null;

export function openPerson(chosen, afterChange) {
  person = chosen;
  refresh = afterChange;
  byId("person-title").textContent = person.name;
  nameField.value = person.name;
  badgeField.value = person.badge ?? "";
  trouble.textContent = "";
  showFaces();
  dialog.showModal();
}

byId("person-close").addEventListener("click", () => dialog.close());

byId("person-add").addEventListener("click", () => {
  dialog.close();
  addPhotos(person, refresh);
});

byId("person-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.textContent = "";
  const name = nameField.value.trim();
  const badge = badgeField.value.trim() || null;
  if (name === "") {
    trouble.textContent = "A person needs a name.";
    nameField.focus();
    return;
  }
  const change = {};
  if (name !== person.name) change.name = name;
  if (badge !== (person.badge ?? null)) change.badge = badge;
  const save = byId("person-save");
  save.disabled = true;
  try {
    if (Object.keys(change).length > 0) {
      await call("PUT", `/api/v1/admin/people/${encodeURIComponent(person.name)}`, change);
      notify(`Saved ${name}.`);
    }
    dialog.close();
    await refresh();
  } catch (error) {
    trouble.textContent = error.message;
  } finally {
    save.disabled = false;
  }
});

byId("person-remove").addEventListener("click", async (event) => {
  const isSure = await confirmed({
    title: `Remove ${person.name}?`,
    text: "Every photo and faceprint of theirs is erased, and the door no longer knows them. This can't be undone.",
    action: "Remove",
  });
  if (!isSure) return;
  await perform(event.target, async () => {
    await call("DELETE", `/api/v1/recognition/subjects/${encodeURIComponent(person.name)}`);
    dialog.close();
    notify(`${person.name} is removed.`);
    await refresh();
  });
});

function showFaces() {
  byId("person-faces").replaceChildren(...person.faces.map((face, index) => make("li", {},
    faceOf(face.image_id, person.name),
    make("div", { class: "spread small soft" },
      face.quality === null ? "Photo" : `Quality ${Math.round(face.quality)}`,
      make("button", {
        type: "button", class: "plain square", "aria-label": `Remove photo ${index + 1}`,
        on: { click: (event) => removeFace(face, event.currentTarget) },
      }, icon("remove"))))));
}

async function removeFace(face, button) {
  const isLast = person.faces.length === 1;
  const isSure = await confirmed({
    title: "Remove this photo?",
    text: isLast
      ? `It is the last one: without it the door no longer knows ${person.name}.` : "Its faceprint is erased too.",
    action: "Remove",
  });
  if (!isSure) return;
  await perform(button, async () => {
    await call("DELETE", `/api/v1/recognition/faces/${encodeURIComponent(face.image_id)}`);
    person = { ...person, faces: person.faces.filter((other) => other !== face) };
    showFaces();
    byId("person-add").focus();
    await refresh();
  });
}
