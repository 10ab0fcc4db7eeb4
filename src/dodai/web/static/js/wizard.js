// The goal form: nothing swaps the field somebody is typing in, Enter does not send, one press counts
// once, and 「使う」 puts the proposed sentence into its field.
const form = document.getElementById("goal-form");
const isTyping = () => document.activeElement?.matches("textarea, input:not([type=checkbox]):not([type=radio])");

function holdsFocus(target) {
  return Boolean(target && isTyping() && target.contains(document.activeElement));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (holdsFocus(event.detail.target)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (holdsFocus(event.detail.target)) event.detail.shouldSwap = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target.matches("#goal-form input, #words-form input, #weights-form input, [form=goal-form]:not(button)")) event.preventDefault();
});

// A save that is under way is waited for: its answer carries the version the next one needs.
let saving = 0;
let pressed = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === form) saving += 1;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== form) return;
  saving -= 1;
  if (saving === 0 && pressed) {
    const button = pressed;
    pressed = null;
    button.click();
  }
});

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method !== "post") return;
  if (sent === form && saving > 0) {
    event.preventDefault();
    pressed = event.submitter;
    return;
  }
  if (sent.dataset.sent) event.preventDefault();
  else sent.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const each of document.querySelectorAll("form[data-sent]")) delete each.dataset.sent;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (!button) return;
  const text = document.getElementById(button.dataset.use)?.textContent.trim();
  const field = document.getElementById(button.dataset.into);
  if (!text || !field) return;
  event.preventDefault();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

document.querySelector("[data-focus]")?.focus({ preventScroll: true });
