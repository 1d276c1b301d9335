// A small picture of a stored face, or the first letter of the name where no picture was kept.
import { make } from "./dom.js";

export function faceOf(imageID, name) {
  const frame = make("span", { class: "face" });
  const letter = [...name][0]?.toLocaleUpperCase() ?? "";
  if (imageID === undefined) {
    frame.append(letter);
  } else {
    const src = `/api/v1/recognition/faces/${encodeURIComponent(imageID)}/img`;
    frame.append(make("img", { src, alt: "", loading: "lazy", on: { error: () => frame.replaceChildren(letter) } }));
  }
  return frame;
}
