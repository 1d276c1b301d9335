/* What people do with the map. */
const pointers = new Map();
let travelled = 0;

function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const next = Math.min(Math.max(view.zoom * factor, 0.5), 60);
  // What is under the pointer stays there.
  const [dx, dy] = [x - canvas.clientWidth / 2, y - canvas.clientHeight / 2];
  view.x += dx / next - dx / view.zoom;
  view.y += dy / next - dy / view.zoom;
  view.zoom = next;
  redraw();
}

function pan(dx, dy) {
  view.x += dx / view.zoom;
  view.y += dy / view.zoom;
  redraw();
}

function wholeMap() {
  Object.assign(view, { zoom: 1, x: 0, y: 0 });
  hover(null);
  redraw();
}

function show(projection) {
  view.projection = projection;
  for (const button of switches) button.setAttribute("aria-pressed", Number(button.value) === projection);
  document.getElementById("note").textContent = projections[projection].note;
  wholeMap();
}

const switches = projections.map(({ name }, i) =>
  element("button", { type: "button", value: i, onclick: () => show(i) }, name));
document.getElementById("projections").replaceChildren(...switches);

canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), event.offsetX, event.offsetY);
  hover(null);
}, { passive: false });

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, event);
  travelled = 0;
});

canvas.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return hover(faceAt(event.offsetX, event.offsetY));
  const [dx, dy] = [event.offsetX - before.offsetX, event.offsetY - before.offsetY];
  travelled += Math.hypot(dx, dy);
  const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
  if (other) {
    const apart = ({ offsetX, offsetY }) => Math.hypot(offsetX - other.offsetX, offsetY - other.offsetY) || 1;
    zoom(apart(event) / apart(before), other.offsetX, other.offsetY);
  } else {
    pan(dx, dy);
  }
  if (travelled > 4) hover(null);
  pointers.set(event.pointerId, event);
});

canvas.addEventListener("pointerup", (event) => {
  pointers.delete(event.pointerId);
  if (travelled > 4) return;
  const face = faceAt(event.offsetX, event.offsetY);
  // A finger doesn't hover: its first tap shows the card, the next one chooses.
  if (event.pointerType === "mouse" || face === view.hovered) {
    if (face !== null) choose(data.faces[face].person);
  }
  hover(face);
});
canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
canvas.addEventListener("pointerleave", (event) => {
  if (event.pointerType === "mouse" && pointers.size === 0) hover(null);
});

const steps = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
canvas.addEventListener("keydown", (event) => {
  if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") wholeMap();
  else if (steps[event.key]) pan(...steps[event.key]);
  else return;
  event.preventDefault();
});

document.getElementById("closer").addEventListener("click", () => zoom(1.5));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.5));
document.getElementById("whole").addEventListener("click", wholeMap);
darkness.addEventListener("change", showChosen);
new ResizeObserver(redraw).observe(canvas);

show(0);
showChosen();
