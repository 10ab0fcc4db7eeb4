// Chosen cells or selected rows go to the clipboard as tab-separated text and as a table for spreadsheets.
const written = (cell) => (cell.querySelector(".stones") ? cell.dataset.value ?? "" : cell.innerText.trim());

function asText(lines) {
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines.map((line) => line.map(quoted).join("\t")).join("\r\n");
}

function asTable(lines) {
  const table = document.createElement("table");
  for (const line of lines) {
    const row = table.insertRow();
    for (const text of line) row.insertCell().textContent = text;
  }
  return table.outerHTML;
}

function selectedRows(form) {
  const table = form.querySelector("table");
  const chosen = [...table.tBodies[0].rows].filter((row) => row.querySelector("[data-row]")?.checked);
  const head = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  return [head, ...chosen.map((row) => [...row.cells].slice(1).map(written))];
}

document.addEventListener("copy", (event) => {
  const chosen = [...document.querySelectorAll("[data-work-grid] [data-chosen]")];
  const one = document.activeElement?.closest?.("[data-work-grid] tbody td, [data-work-grid] tbody th");
  const cells = chosen.length ? chosen : one ? [one] : [];
  if (!cells.length || document.activeElement.matches("input:not([type=checkbox]), select")) return;
  if (!chosen.length && String(window.getSelection())) return;
  const lines = Map.groupBy(cells, (cell) => cell.parentElement);
  const texts = [...lines.values()].map((line) => line.map(written));
  event.clipboardData.setData("text/plain", asText(texts));
  event.clipboardData.setData("text/html", asTable(texts));
  event.preventDefault();
});

for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const form = event.target.closest?.("[data-copies]")?.closest("form");
  if (!form) return;
  const lines = selectedRows(form);
  const item = new ClipboardItem({
    "text/plain": new Blob([asText(lines)], { type: "text/plain" }),
    "text/html": new Blob([asTable(lines)], { type: "text/html" }),
  });
  await navigator.clipboard.write([item]);
  document.getElementById("status").textContent = event.target.textContent;
});
