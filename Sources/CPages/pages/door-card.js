// Verification after a card: the next frames are compared with the person that the card names, for some seconds.
import { pause } from "./pauses.js";

const every = 600;         // milliseconds between two frames
const patience = 10_000;   // milliseconds after which somebody who isn't seen has to hold the card again

export async function enterWithCard(claim, { camera, view, server }, signal) {
  view.prompt("Look at the camera", "Your face is compared with your card.");
  await camera.live(signal);
  const until = performance.now() + patience;
  let answer = null;
  while (performance.now() < until) {
    const began = performance.now();
    try {
      answer = await server.enter(claim);
    } catch (error) {
      // After an outage the person may be gone, and the card with them.
      await server.recover(error, signal);
      return;
    }
    signal.throwIfAborted();
    if (answer.state !== "no_face" && answer.state !== "try_again") return await view.verdict(answer, signal);
    view.hint(answer.state === "no_face" ? "The camera sees nobody. Please stand before it." : answer.message);
    await pause(Math.max(100, began + every - performance.now()), signal);
  }
  view.prompt("Please hold your card again", answer.state === "no_face" ? "No face was seen." : answer.message);
  await pause(4000, signal);
}
