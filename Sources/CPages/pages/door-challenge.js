// The check that a living person is there: they look at the camera and turn their head as the server asks.
import { ApiError } from "./api.js";
import { pause } from "./pauses.js";

const every = 250;  // milliseconds between two frames: a turn of the head is quick

export async function enterWithChallenge(claim, { camera, view, server }, signal) {
  view.prompt("Look at the camera", "Then turn your head as the arrows show.");
  await camera.live(signal);
  try {
    const { challenge, seconds } = await server.openChallenge(claim);
    const until = performance.now() + 1000 * seconds;
    view.challenge(0, 1, "look");
    const verdict = await follow(challenge, until, { camera, view, server }, signal);
    view.endChallenge();
    await view.verdict(verdict, signal);
  } catch (error) {
    view.endChallenge();
    if (error instanceof ApiError && error.status === 404) {
      view.prompt("The time is over", "Please begin again.");
      await pause(4000, signal);
    } else {
      await server.recover(error, signal);
    }
  }
}

// Sends frames until the server has decided, and shows each step.
async function follow(challenge, until, { camera, view, server }, signal) {
  for (;;) {
    await camera.live(signal);
    const began = performance.now();
    const answer = await server.answer(challenge);
    signal.throwIfAborted();
    if (answer.state !== "continue") return answer;
    view.challenge(answer.done, answer.of, answer.step);
    view.prompt(answer.message, `Step ${Math.min(answer.done + 1, answer.of)} of ${answer.of}`);
    view.clock(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    await pause(Math.max(0, began + every - performance.now()), signal);
  }
}
