// Rows are selected with check boxes; the head selects the visible page and shows the mixed state.
const boxes = (form) => [...form.querySelectorAll('tbody input[type="checkbox"][name]:not(:disabled)')];

function show(form) {
  const all = boxes(form);
  const chosen = all.filter((box) => box.checked).length;
  const head = form.querySelector("[data-select-all]");
  if (head) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  const bar = form.querySelector("[data-bulk]");
  if (bar) {
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent = String(chosen);
  }
  for (const box of all) {
    const row = box.closest("tr");
    if (box.checked) row.setAttribute("aria-selected", "true");
    else row.removeAttribute("aria-selected");
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-select-rows]");
  if (!form) return;
  if (event.target.matches("[data-select-all]")) {
    for (const box of boxes(form)) box.checked = event.target.checked;
  }
  show(form);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-bulk-clear]")?.closest("[data-select-rows]");
  if (!form) return;
  for (const box of boxes(form)) box.checked = false;
  show(form);
});

const showAll = () => document.querySelectorAll("[data-select-rows]").forEach(show);
document.addEventListener("htmx:afterSettle", showAll);
showAll();
