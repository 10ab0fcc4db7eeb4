// 重要度×頻度: the arrow keys move the chosen piece of work, dragging moves any; both send what the panel
// sends. Esc ends a drag where it began.
const NAMES = ["on_demand", "yearly", "quarterly", "monthly", "weekly", "daily"];
const picture = () => document.querySelector("[data-matrix]");
const idOf = (dot) => new URL(dot.href.baseVal ?? dot.href, document.baseURI).searchParams.get("item");
let drag = null;
let wants = null; // the item that gets the focus back after the picture was drawn anew

const versions = () => new Map(picture().dataset.versions.split(" ").map((pair) => pair.split(":")));

// The lines of the picture say where its cells are.
function cells(svg) {
  const paths = [...svg.querySelectorAll(".plot-grid")].map((path) => path.getAttribute("d"));
  const numbers = (pattern) => paths.map((d) => d.match(pattern)).filter(Boolean).map((found) => Number(found[1]));
  return { x: numbers(/^M([\d.]+) [\d.]+V/), y: numbers(/^M[\d.]+ ([\d.]+)H/) };
}

function cellUnder(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const { x, y } = cells(svg);
  const column = x.findLastIndex((line) => line <= point.x);
  const row = y.findLastIndex((line) => line <= point.y);
  if (column < 0 || row < 0 || column >= x.length - 1 || row >= y.length - 1) return null;
  return { column, row, importance: y.length - 1 - row, left: x[column], top: y[row], width: x[1] - x[0], height: y[1] - y[0] };
}

function placeOf(dot) {
  const circle = dot.querySelector(".dot-fill");
  const { x, y } = cells(dot.ownerSVGElement);
  return {
    column: x.findLastIndex((line) => line <= Number(circle.getAttribute("cx"))),
    importance: y.length - 1 - y.findLastIndex((line) => line <= Number(circle.getAttribute("cy"))),
  };
}

function move(id, column, importance) {
  const version = versions().get(id);
  if (!version || !NAMES[column] || importance < 1 || importance > 5) return;
  wants = id;
  const query = new URLSearchParams(picture().dataset.query);
  query.set("view", "matrix");
  window.htmx.ajax("POST", `/work/${id}/position/?${query}`, {
    source: picture(),
    target: picture(),
    swap: "outerHTML",
    values: { importance, frequency: NAMES[column], version },
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) return stop();
  const dot = event.target.closest?.("[data-matrix] a.dot");
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (!dot || !step || event.ctrlKey || event.altKey || event.metaKey || !idOf(dot)) return;
  event.preventDefault();
  const { column, importance } = placeOf(dot);
  move(idOf(dot), column + step[0], importance + step[1]);
});

document.addEventListener("pointerdown", (event) => {
  const dot = event.target.closest?.("[data-matrix] a.dot");
  if (!dot || event.button !== 0 || event.pointerType === "touch" || !idOf(dot) || !versions().has(idOf(dot))) return;
  drag = { dot, svg: dot.ownerSVGElement, from: [event.clientX, event.clientY], target: null, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.moved && Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) < 6) return;
  drag.moved = true;
  drag.dot.dataset.dragging = "";
  const cell = cellUnder(drag.svg, event);
  drag.target?.remove();
  drag.target = null;
  drag.cell = cell;
  if (!cell) return;
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x: cell.left + 2, y: cell.top + 2, width: cell.width - 4, height: cell.height - 4, rx: 6 })) {
    frame.setAttribute(name, value);
  }
  frame.setAttribute("class", "work-target");
  drag.svg.append(frame);
  drag.target = frame;
});

function stop() {
  drag.target?.remove();
  delete drag.dot.dataset.dragging;
  drag = null;
}

document.addEventListener("pointerup", () => {
  if (!drag) return;
  const { dot, cell, moved } = drag;
  stop();
  if (!moved) return;
  window.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
  setTimeout(() => window.dispatchEvent(new Event("click")), 0); // a drag that ends elsewhere sends no click
  const here = placeOf(dot);
  if (cell && (cell.column !== here.column || cell.importance !== here.importance)) {
    move(idOf(dot), cell.column, cell.importance);
  }
});
document.addEventListener("pointercancel", () => drag && stop());
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-matrix] a.dot")) event.preventDefault();
});

// What was moved becomes the chosen one: its panel is another page of the same board.
document.addEventListener("htmx:afterSettle", () => {
  if (!wants || !picture()) return;
  const dot = [...picture().querySelectorAll("a.dot")].find((each) => idOf(each) === wants);
  wants = null;
  dot?.focus();
});
