// The camera of the dialog that adds people.
import { Camera } from "./camera.js";
import { byId } from "./dom.js";

const longest = 1280;  // pixels

export class Booth {
  #camera = null;
  #area = byId("booth");
  #switch = byId("use-camera");
  #trouble = byId("booth-trouble");
  #take = byId("take");

  constructor(keep) {
    this.#switch.addEventListener("click", () => (this.#camera === null ? this.#open() : this.close()));
    this.#take.addEventListener("click", async () => {
      const photo = await this.#camera.photo(longest, 0.95);
      keep(new File([photo], "picture.jpg", { type: photo.type }));
      // The next picture is another one: of a slightly turned head, say.
      this.#take.textContent = "Take another picture";
    });
  }

  close() {
    this.#camera?.stop();
    this.#camera = null;
    this.#show();
  }

  #open() {
    this.#camera = new Camera(byId("booth-picture"));
    this.#camera.addEventListener("live", () => this.#tell(null));
    this.#camera.addEventListener("lost", ({ detail }) => this.#tell(`${detail.title}. ${detail.advice}`));
    this.#take.textContent = "Take a picture";
    this.#tell("The camera is starting.");
    this.#show();
  }

  #show() {
    this.#area.hidden = this.#camera === null;
    byId("drop").hidden = this.#camera !== null;
    this.#switch.setAttribute("aria-pressed", this.#camera !== null);
    this.#switch.textContent = this.#camera === null ? "Camera" : "Close camera";
  }

  #tell(trouble) {
    this.#trouble.hidden = trouble === null;
    this.#trouble.textContent = trouble ?? "";
    this.#take.disabled = trouble !== null;
  }
}
