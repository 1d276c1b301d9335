// What the camera sees, coarsely: enough to notice that somebody came, moved or left.

const width = 32;
const height = 24;

export class Scene {
  #context;

  constructor() {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
  }

  // Grey values 0…255, `[height][width]`.
  look(video) {
    this.#context.drawImage(video, 0, 0, width, height);
    const pixels = this.#context.getImageData(0, 0, width, height).data;
    return Float32Array.from({ length: width * height }, (_, i) => {
      return 0.299 * pixels[4 * i] + 0.587 * pixels[4 * i + 1] + 0.114 * pixels[4 * i + 2];
    });
  }
}

// The mean difference of two looks, in grey values. A camera's noise makes less than 2.
export function difference(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}
