// The people enrolled: search, pages, and the way to each of them.
import { addPerson } from "./admin-add.js";
import { openPerson } from "./admin-person.js";
import { call } from "./api.js";
import { byId, make } from "./dom.js";
import { faceOf } from "./face.js";
import { pause } from "./pauses.js";
import { notify, perform } from "./notice.js";

const limit = 24;
let offset = 0;
let asked = 0;

byId("add-person").addEventListener("click", () => addPerson(showPeople));
byId("people-search").addEventListener("submit", (event) => event.preventDefault());
byId("search").addEventListener("input", async () => {
  const mine = ++asked;
  await pause(200);
  if (mine !== asked) return;
  offset = 0;
  await showPeople().catch((error) => notify(error.message, true));
});

export async function showPeople() {
  const mine = ++asked;
  const search = byId("search").value.trim();
  const query = new URLSearchParams({ search, offset, limit });
  const { people, total } = await call("GET", `/api/v1/admin/people?${query}`);
  // A slower answer to an earlier question must not replace a later one.
  if (mine !== asked) return;
  if (people.length === 0 && offset > 0) {
    offset = Math.max(0, Math.ceil(total / limit) - 1) * limit;
    await showPeople();
    return;
  }
  byId("people-count").textContent = countOf(people.length, total);
  byId("people-list").replaceChildren(...people.map(itemOf));
  if (people.length === 0) byId("people-list").append(nobody(search));
  byId("people-pages").replaceChildren(...pages(total));
}

function countOf(count, total) {
  if (total === 0) return "";
  const people = total === 1 ? "1 person" : `${total} people`;
  return count === total ? people : `${offset + 1} to ${offset + count} of ${people}`;
}

function itemOf(person) {
  const photos = person.faces.length === 1 ? "1 photo" : `${person.faces.length} photos`;
  const badge = person.badge === null ? "" : `Badge ${person.badge} · `;
  const qualities = person.faces.map((face) => face.quality).filter((quality) => quality !== null);
  const best = qualities.length > 0 ? `, quality ${Math.round(Math.max(...qualities))}` : "";
  const button = make("button", { class: "person", on: { click: () => openPerson(person, showPeople) } },
    faceOf(person.faces[0]?.image_id, person.name),
    make("span", { class: "about" },
      make("strong", {}, person.name),
      make("span", { class: "soft small" }, `${badge}${photos}${best}`)));
  return make("li", {}, button);
}

function nobody(search) {
  const text = search === "" ? "Nobody is enrolled yet." : `Nobody has “${search}” in their name or badge number.`;
  return make("li", { class: "empty soft" }, text);
}

function pages(total) {
  const turn = (label, to, isThere) => {
    const click = (event) => perform(event.target, async () => {
      offset = to;
      await showPeople();
      byId("people-title").scrollIntoView();
    });
    return make("button", { disabled: !isThere, on: { click } }, label);
  };
  if (total <= limit) return [];
  return [turn("Previous", offset - limit, offset > 0), turn("Next", offset + limit, offset + limit < total)];
}
