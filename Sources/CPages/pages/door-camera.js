// The camera of the door: its picture on the stage, or what to do where there is none.
import { Camera } from "./camera.js";
import { byId, say } from "./dom.js";

export function doorCamera() {
  const camera = new Camera(byId("picture"));
  const trouble = byId("trouble");
  camera.addEventListener("live", () => {
    trouble.hidden = true;
  });
  camera.addEventListener("lost", ({ detail }) => {
    say(byId("trouble-title"), detail.title);
    say(byId("trouble-advice"), detail.advice);
    say(byId("trouble-wait"), `Trying again in ${detail.seconds} s.`);
    trouble.hidden = false;
  });
  byId("trouble-again").addEventListener("click", () => camera.tryNow());
  camera.video.addEventListener("resize", () => {
    byId("stage").style.setProperty("--shape", camera.video.videoWidth / camera.video.videoHeight);
  });
  return camera;
}
