// A block of cells pasted on the grid goes to the preview; nothing is written before it is confirmed.
document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.("[data-work-grid] tbody td, [data-work-grid] tbody th");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || event.target.matches("input:not([type=checkbox]), select, textarea") || !text.trim()) return;
  event.preventDefault();
  const table = cell.closest("table");
  const rows = [...table.tBodies[0].rows];
  const first = rows.indexOf(cell.parentElement);
  const chosen = [...table.querySelectorAll("[data-chosen]")];
  const top = chosen.length ? Math.min(...chosen.map((each) => rows.indexOf(each.parentElement))) : first;
  const left = chosen.length ? Math.min(...chosen.map((each) => each.cellIndex)) : cell.cellIndex;
  const single = !/[\t\n]/.test(text.trim());
  const form = document.querySelector("[data-paste-form]");
  const items = single && chosen.length ? chosenRows(chosen, left) : rows.slice(top);
  form.elements.columns.value = fields(rows[top], left).join(",");
  form.elements.items.value = items.map((row) => row.dataset.item).join(",");
  // One cell fills the whole selection, as in a spreadsheet.
  form.elements.text.value = single && chosen.length ? items.map(() => text.trim()).join("\n") : text;
  form.action = table.dataset.preview;
  form.requestSubmit();
});

const chosenRows = (chosen, left) =>
  chosen.filter((each) => each.cellIndex === left).map((each) => each.parentElement);

// The columns from here on that can be written; the first that cannot ends the block.
function fields(row, left) {
  const names = [];
  for (const cell of [...row.cells].slice(left)) {
    if (!cell.dataset.field) break;
    names.push(cell.dataset.field);
  }
  return names;
}
