// The page at the entrance. It does one thing at a time: it waits, looks who walks up, or follows a card that was read.
import { ApiError, toLogin } from "./api.js";
import { byId } from "./dom.js";
import { doorCamera } from "./door-camera.js";
import { enterWithCard } from "./door-card.js";
import { enterWithChallenge } from "./door-challenge.js";
import { CardReader } from "./door-reader.js";
import { DoorServer } from "./door-server.js";
import { DoorView } from "./door-view.js";
import { walkUp } from "./door-walk-up.js";
import { pause } from "./pauses.js";
import { keepAwake } from "./wake-lock.js";

// How the server numbers what may be wrong here.
const missingScope = 52;
const challengeNeeded = 37;

const view = new DoorView();
const camera = doorCamera();
const server = new DoorServer(camera, view);
const reader = new CardReader();
const door = { camera, view, server };
const modes = byId("modes");
const start = byId("start");
const cancel = byId("cancel");

let settings = null;
let mode = "walk-up";
let wish = null;  // an attempt that somebody asked for: { claim }, where null means no card
let turn = new AbortController();

function interrupt(next = null) {
  wish = next;
  turn.abort();
}

reader.addEventListener("card", ({ detail: claim }) => interrupt({ claim }));
reader.addEventListener("empty", () => start.hidden || interrupt({ claim: null }));
reader.addEventListener("typing", () => interrupt());
start.addEventListener("click", () => interrupt({ claim: null }));
cancel.addEventListener("click", () => interrupt());
modes.addEventListener("change", ({ target }) => {
  history.replaceState(null, "", `#${target.value}`);
  choose(target.value);
});
window.addEventListener("hashchange", () => choose(location.hash.slice(1)));

function choose(wished) {
  if (settings === null) return;
  mode = settings.modes.includes(wished) ? wished : settings.modes[0];
  modes.querySelector(`[value="${mode}"]`).checked = true;
  interrupt();
}

async function readSettings(signal) {
  settings = await server.settings(signal);
  byId("door-name").textContent = settings.name;
  document.title = `${settings.name} – Faceprint`;
  modes.hidden = settings.modes.length < 2;
  reader.isShown = settings.modes.includes("card");
  mode = settings.modes.includes(location.hash.slice(1)) ? location.hash.slice(1) : settings.modes[0];
  modes.querySelector(`[value="${mode}"]`).checked = true;
}

async function takeTurn(signal) {
  if (settings === null) await readSettings(signal);
  const attempt = wish;
  wish = null;
  const isLiving = settings.liveness === "required";
  start.hidden = !(isLiving && attempt === null && mode === "walk-up" && !reader.isTyping);
  cancel.hidden = attempt === null;
  byId("desk").classList.toggle("busy", attempt !== null);
  if (attempt !== null) {
    if (isLiving) await enterWithChallenge(attempt.claim, door, signal);
    else await enterWithCard(attempt.claim, door, signal);
  } else if (reader.isTyping) {
    view.prompt("Your name or badge number", "Press Enter when it is complete.");
    await untilAborted(signal);
  } else if (mode === "card") {
    view.prompt("Hold your card to the reader", "Or type your name or badge number.");
    await untilAborted(signal);
  } else if (isLiving) {
    view.prompt("Press Start", "Then look at the camera, and turn your head as the arrows show.");
    await untilAborted(signal);
  } else {
    await walkUp(door, signal);
  }
}

async function explain(error) {
  if (!(error instanceof ApiError)) console.error(error);
  // The server may have been started anew with other settings: ask for them.
  settings = null;
  if (error.code === missingScope) {
    view.prompt("This key doesn't open the door", "Sign in with a key that has the scope door.");
    await pause(8000);
    toLogin();
  } else if (error.code === challengeNeeded) {
    await pause(500);
  } else {
    view.prompt("That didn't work", error instanceof ApiError ? error.message : "Please try again.");
    await pause(4000);
  }
}

function untilAborted(signal) {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

keepAwake();
for (;;) {
  turn = new AbortController();
  const { signal } = turn;
  try {
    await takeTurn(signal);
  } catch (error) {
    if (!signal.aborted) await explain(error);
  }
}
