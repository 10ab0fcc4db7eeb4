// あとn字: a soft counter in grapheme clusters, as a person counts. The server decides.
const segmenter = new Intl.Segmenter("ja", { granularity: "grapheme" });
const count = (text) => [...segmenter.segment(text.replaceAll("\r\n", "\n"))].length;

function show(field) {
  const place = document.querySelector(`[data-left-for="${CSS.escape(field.id)}"]`);
  if (!place) return;
  const left = Number(field.dataset.left) - count(field.value);
  const words = left < 0 ? place.dataset.over : place.dataset.rest;
  place.textContent = words.replace("{n}", String(Math.abs(left)));
  place.dataset.state = left < 0 ? "over" : "rest";
}

const showAll = (root) => root.querySelectorAll("[data-left]").forEach(show);

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-left]")) show(event.target);
});
document.addEventListener("htmx:load", (event) => showAll(event.detail.elt));
showAll(document);
