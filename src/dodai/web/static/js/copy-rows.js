// Copies the selected rows of a table for Excel: tab-separated text, and the same as an HTML table.
const words = (cell) => cell.innerText.replace(/\s*\n\s*/g, "　").trim();
const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
// A cell that begins like a formula stays text in the sheet it is pasted into.
const safe = (text) => (/^[=+\-@＝＋－＠\t]/.test(text) && !/^[+-]?[\d,.]+%?$/.test(text) ? `'${text}` : text);

function rowsOf(form) {
  const head = form.querySelector("thead tr");
  const chosen = [...form.querySelectorAll("tbody tr")].filter((row) => row.querySelector("input:checked"));
  return [head, ...chosen].map((row) => [...row.cells].slice(1).map((cell) => safe(words(cell))));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-rows]");
  if (!button) return;
  const rows = rowsOf(button.closest("form"));
  const text = rows.map((cells) => cells.join("\t")).join("\r\n");
  const table = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`).join("");
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([`<table>${table}</table>`], { type: "text/html" }),
  });
  await navigator.clipboard.write([item]);
  document.getElementById("status").textContent = button.dataset.copyRows;
});
