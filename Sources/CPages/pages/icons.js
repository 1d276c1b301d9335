// Line icons, drawn on a square of 24.

const shapes = {
  add: ["M12 5v14M5 12h14"],
  arrow: ["M20 12H5M11 5l-7 7 7 7"],
  camera: ["M4 8h3l2-3h6l2 3h3v11H4z", "M12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z"],
  check: ["M4 12.5l5.5 5.5L20 7"],
  close: ["M6 6l12 12M18 6L6 18"],
  copy: ["M9 9h11v11H9z", "M5 15H4V4h11v1"],
  remove: ["M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5"],
  stop: ["M5.6 5.6l12.8 12.8", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"],
  wait: ["M12 7v5l3.5 2", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"],
};

export function icon(name) {
  const svg = svgElement("svg", {
    class: "icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2",
    "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  });
  for (const d of shapes[name]) svg.append(svgElement("path", { d }));
  return svg;
}

export function svgElement(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
