// Recognition without a card: a frame every 600 ms while somebody may be there, one request at a time.
import { pause, visible } from "./pauses.js";
import { Scene, difference } from "./scene.js";

const every = 600;  // milliseconds between two frames

// How long (in milliseconds) an unchanged picture isn't asked about again: an empty hall costs little, and somebody who
// stays before the camera is neither admitted nor sent away every few seconds.
const restAfter = { no_face: 3000, try_again: 0, admitted: 8000, refused: 8000, failed: 8000 };
const changed = 5;  // mean difference in grey values

export async function walkUp({ camera, view, server }, signal) {
  const scene = new Scene();
  let asked = null;
  view.prompt("Look at the camera");
  for (;;) {
    await camera.live(signal);
    await visible(signal);
    const began = performance.now();
    const look = scene.look(camera.video);
    if (asked === null || began > asked.restUntil || difference(look, asked.look) > changed) {
      try {
        const answer = await server.enter(null);
        signal.throwIfAborted();
        await show(answer, view, signal);
        asked = { look, restUntil: performance.now() + restAfter[answer.state] };
      } catch (error) {
        await server.recover(error, signal);
      }
    }
    await pause(Math.max(100, began + every - performance.now()), signal);
  }
}

async function show(answer, view, signal) {
  if (answer.state === "no_face") {
    view.prompt("Look at the camera", "The camera sees nobody. Please stand before it.");
  } else if (answer.state === "try_again") {
    view.prompt("Look at the camera", answer.message);
  } else {
    view.prompt("Look at the camera");
    await view.verdict(answer, signal);
  }
}
