/* What is known of the face under the pointer: a card beside it. */
const card = document.getElementById("card");

function hover(face) {
  if (face === view.hovered) return;
  view.hovered = face;
  view.neighbours = face === null ? [] : nearest(face, neighboursShown);
  redraw();
  card.hidden = face === null;
  if (face === null) return;
  const title = element("strong", {}, nameOf(face));
  const about = element("span", {}, title, element("small", {}, data.faces[face].photo));
  const head = element("div", { className: "who" }, element("img", { src: picture(face), alt: "" }), about);
  const rows = view.neighbours.map(({ face: other, distance: far }) => {
    const isOwn = data.faces[other].person === data.faces[face].person;
    return element(
      "li", { className: isMatch(far) ? "genuine" : "impostor" },
      element("img", { src: picture(other), alt: "" }),
      element("span", {}, nameOf(other), isOwn ? "" : element("small", {}, "someone else")),
      element("b", {}, far.toFixed(3)));
  });
  card.replaceChildren(head, element("h3", {}, "Nearest faces"), element("ol", {}, ...rows));
  putCard(face);
}

/** Beside the face, on the side that has room; on narrow screens the style sheet puts it below. */
function putCard(face) {
  const [x, y] = place(face);
  const gap = radius() * 1.25 + 10;
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const isLeft = x > canvas.clientWidth / 2;
  const left = isLeft ? x - gap - width : x + gap;
  const top = Math.min(Math.max(y - height / 2, 6), Math.max(canvas.clientHeight - height - 6, 6));
  card.style.left = `${Math.min(Math.max(left, 6), Math.max(canvas.clientWidth - width - 6, 6))}px`;
  card.style.top = `${top}px`;
}
