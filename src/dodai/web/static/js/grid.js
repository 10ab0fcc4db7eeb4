// The grid of 業務: one cell has the focus, arrows move it, F2 or typing edits, Enter saves and moves down.
// Every cell is saved by itself; Ctrl+Z takes the last saved cell back. ime.js keeps conversions away.
const grid = () => document.querySelector("[data-work-grid]");
const undone = []; // rows whose last change can be taken back: {row, event}
let place = { row: 0, cell: 1 };
let anchor = null; // where a range of chosen cells begins

const rows = () => [...grid().tBodies[0].rows];
const cellAt = (row, cell) => rows()[row]?.cells[cell];
const inner = (cell) => cell.querySelector(":scope > a, .choice input");

function prepare() {
  if (!grid()) return;
  grid().setAttribute("role", "grid");
  for (const row of rows()) {
    for (const cell of row.cells) {
      if (cell.tagName === "TD") cell.setAttribute("role", "gridcell");
      const target = inner(cell) ?? cell;
      if (target !== cell) for (const other of cell.querySelectorAll("a, input")) other.tabIndex = -1;
      target.tabIndex = -1;
    }
  }
  const here = cellAt(place.row, place.cell) ?? cellAt(0, 1);
  if (here) (inner(here) ?? here).tabIndex = 0;
}

function where(element) {
  const cell = element.closest("td, th");
  return cell && grid()?.tBodies[0].contains(cell)
    ? { row: rows().indexOf(cell.parentElement), cell: cell.cellIndex }
    : null;
}

function go(row, cell, keepsRange = false) {
  const target = cellAt(Math.max(0, Math.min(row, rows().length - 1)), Math.max(0, cell));
  if (!target) return false;
  if (!keepsRange) choose(null);
  (inner(target) ?? target).focus();
  return true;
}

// The chosen range, for copying and pasting.
function choose(from) {
  anchor = from;
  for (const cell of grid().querySelectorAll("[data-chosen]")) delete cell.dataset.chosen;
  if (!from) return;
  const [top, bottom] = [from.row, place.row].sort((a, b) => a - b);
  const [left, right] = [from.cell, place.cell].sort((a, b) => a - b);
  for (let row = top; row <= bottom; row += 1) {
    for (let cell = left; cell <= right; cell += 1) cellAt(row, cell).dataset.chosen = "";
  }
}

function edit(cell, typed = null) {
  if (!cell?.dataset.field || cell.dataset.editing !== undefined) return;
  const template = document.querySelector(`template[data-choices="${cell.dataset.field}"]`);
  const field = template ? template.content.firstElementChild.cloneNode(true) : document.createElement("input");
  if (!template) {
    field.className = "input";
    field.dataset.size = "small";
    field.autocomplete = "off";
    if (cell.classList.contains("number") || cell.dataset.field === "importance") field.dataset.kind = "number";
  }
  field.setAttribute("aria-label", grid().tHead.rows[0].cells[cell.cellIndex].textContent.trim());
  field.value = typed !== null && !template ? typed : cell.dataset.value;
  const before = [...cell.childNodes];
  cell.dataset.editing = "";
  cell.replaceChildren(field);
  field.focus();
  if (!template && typed === null) field.select();
  cell.restore = () => {
    delete cell.dataset.editing;
    cell.replaceChildren(...before);
    cell.restore = null;
  };
}

async function save(cell, move) {
  const field = cell.firstElementChild;
  const row = cell.parentElement;
  const next = { row: rows().indexOf(row) + move.row, cell: cell.cellIndex + move.cell };
  if (field.value === cell.dataset.value) {
    cell.restore();
    go(next.row, next.cell);
    return;
  }
  place = next;
  const values = { field: cell.dataset.field, value: field.value, version: row.dataset.version };
  await send(row, `${row.dataset.cells}${grid().dataset.query}`, values);
  if (cell.isConnected) {
    // Refused: what was typed stays, the reason stands in the notices.
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}

async function send(row, url, values) {
  const id = row.id;
  const had = row.dataset.undo;
  await window.htmx.ajax("POST", url, { source: row, target: row, swap: "outerHTML", values });
  const now = document.getElementById(id);
  if (now === row || !now) return;
  if (now.dataset.undo && now.dataset.undo !== had) undone.push({ id, event: now.dataset.undo });
  document.getElementById("notices").replaceChildren();
  prepare();
  go(place.row, place.cell);
}

async function takeBack() {
  const last = undone.pop();
  const row = last && document.getElementById(last.id);
  if (!row) return;
  place = { row: rows().indexOf(row), cell: place.cell };
  await send(row, `${row.dataset.reversal}${grid().dataset.query}`, { event: last.event });
  undone.pop(); // the way back is not itself taken back
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function inField(event, cell) {
  const isSelect = event.target.tagName === "SELECT";
  if (event.key === "Enter") save(cell, { row: 1, cell: 0 });
  else if (event.key === "Tab") save(cell, { row: 0, cell: event.shiftKey ? -1 : 1 });
  else if (event.key === "Escape") {
    cell.restore();
    go(place.row, place.cell);
  } else return;
  event.preventDefault();
  event.stopPropagation();
  if (isSelect) event.target.blur();
}

function onCell(event, here) {
  const cell = cellAt(here.row, here.cell);
  const step = STEPS[event.key];
  if ((event.ctrlKey || event.metaKey) && event.key === "z") takeBack();
  else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (step && event.shiftKey) {
    const from = anchor ?? here;
    if (go(here.row + step[0], here.cell + step[1], true)) choose(from);
  } else if (step) go(here.row + step[0], here.cell + step[1]);
  else if (event.key === "Enter" && event.target === cell) go(here.row + 1, here.cell);
  else if (event.key === "Tab") {
    const next = here.cell + (event.shiftKey ? -1 : 1);
    if (!cellAt(here.row, next) || next < 0 || !go(here.row, next)) return;
  } else if (event.key === "F2") edit(cell);
  else if (event.key === "Home" || event.key === "End") go(here.row, event.key === "Home" ? 0 : 99);
  else if (event.key.length === 1 && event.key !== " " && cell.dataset.field) edit(cell, event.key);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => {
  const here = grid() && where(event.target);
  if (!here) return;
  const editing = event.target.closest("[data-editing]");
  if (editing) inField(event, editing);
  else onCell(event, here);
});

document.addEventListener("focusin", (event) => {
  const here = grid() && where(event.target);
  if (!here) return;
  for (const each of grid().tBodies[0].querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
  place = here;
  const cell = cellAt(here.row, here.cell);
  (inner(cell) ?? cell).tabIndex = 0;
});

document.addEventListener("focusout", (event) => {
  const cell = event.target.closest?.("[data-editing]");
  if (cell?.restore && event.relatedTarget && event.target.value !== cell.dataset.value) {
    if (!cell.contains(event.relatedTarget)) save(cell, { row: 0, cell: 0 });
  } else if (cell?.restore && event.relatedTarget) cell.restore();
});

document.addEventListener("mousedown", (event) => {
  const here = grid() && where(event.target);
  if (here && event.shiftKey && !event.target.closest("a, input")) {
    event.preventDefault();
    const from = anchor ?? place;
    go(here.row, here.cell, true);
    choose(from);
  }
});

document.addEventListener("click", (event) => {
  const here = grid() && where(event.target);
  if (here && !event.shiftKey && !event.target.closest("a, input, select, label")) go(here.row, here.cell);
});

document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest?.("[data-work-grid] [data-field]");
  if (cell && !event.target.closest("a")) edit(cell);
});

prepare();
