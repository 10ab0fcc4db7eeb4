// Japanese input: nothing reacts to a key that only confirms a conversion, and our own event
// "settled" says that the text of a field has come to rest.
const QUIET = 400; // ms
const composing = new WeakSet();
const waiting = new WeakMap();

const isText = (element) =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && /^(text|search|email|tel|url|password|number)$/.test(element.type));

// Some browsers end the composition before its Enter arrives; then only keyCode 229 tells.
function guard(event) {
  if (!event.isComposing && event.keyCode !== 229) return;
  if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  event.stopImmediatePropagation();
}

function settle(element) {
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => element.dispatchEvent(new CustomEvent("settled", { bubbles: true })), QUIET));
}

window.addEventListener("keydown", guard, true);
document.addEventListener("compositionstart", (event) => composing.add(event.target));
document.addEventListener("compositionend", (event) => {
  composing.delete(event.target);
  settle(event.target);
});
document.addEventListener("input", (event) => {
  if (!isText(event.target)) return;
  if (composing.has(event.target) || event.isComposing) clearTimeout(waiting.get(event.target));
  else settle(event.target);
});
document.addEventListener("change", (event) => {
  if (!isText(event.target)) settle(event.target);
});
