// The administration: one section at a time, named by the part of the address after “#”.
import { closeSession, currentSession } from "./api.js";
import { showEvents } from "./admin-events.js";
import { showKeys } from "./admin-keys.js";
import { showPeople } from "./admin-people.js";
import { showThreshold } from "./admin-threshold.js";
import { byId, make } from "./dom.js";
import { icon } from "./icons.js";
import { notify, perform } from "./notice.js";
import { GrowingPause, pause } from "./pauses.js";

const sections = { people: showPeople, events: showEvents, keys: showKeys, threshold: showThreshold };
let shown = null;

async function show() {
  const name = Object.hasOwn(sections, location.hash.slice(1)) ? location.hash.slice(1) : "people";
  for (const section of Object.keys(sections)) {
    byId(`section-${section}`).hidden = section !== name;
    const link = document.querySelector(`nav a[href="#${section}"]`);
    if (section === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  // Who came here by a link reads on at the title; who just opened the page starts at its top.
  if (shown !== null && shown !== name) byId(`${name}-title`).focus();
  shown = name;
  try {
    await sections[name]();
  } catch (error) {
    notify(error.message, true);
  }
}

async function session() {
  const pauses = new GrowingPause();
  for (;;) {
    try {
      return await currentSession();
    } catch (error) {
      notify(error.message, true);
      await pause(1000 * pauses.seconds);
    }
  }
}

function refuse(name) {
  byId("content").replaceChildren(make("section", {},
    make("h1", {}, "This key may not administer"),
    make("p", {}, `The key “${name}” has no scope admin.`),
    make("p", {}, make("a", { href: "/login?next=/admin" }, "Sign in with another key"))));
}

for (const button of document.querySelectorAll("button.close")) button.append(icon("close"));
byId("sign-out").addEventListener("click", (event) => perform(event.target, closeSession));

const { name, scopes } = await session();
byId("who").textContent = name;
if (scopes.includes("admin")) {
  window.addEventListener("hashchange", show);
  await show();
} else {
  refuse(name);
}
