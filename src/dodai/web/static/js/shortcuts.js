// Single keys work only outside fields and never while composing (ime.js stops those keys earlier).
// They are on when <body data-shortcuts="on"> says that the person left them on.
const GOES = { h: "home", m: "map", w: "work", o: "goals" };
let going = false;

const editable = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function step(by) {
  const links = [...document.querySelectorAll("main tbody .name a")];
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1)]?.focus();
}

function go(key) {
  document.querySelector(`.rail [data-goes="${GOES[key]}"]`)?.click();
}

const KEYS = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  x: () => document.activeElement.closest("tr")?.querySelector('input[type="checkbox"]')?.click(),
};

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest?.("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || editable(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  if (going) {
    going = false;
    go(event.key);
  } else if (event.key === "g") {
    going = true;
    setTimeout(() => (going = false), 1000);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

if (document.body.dataset.shortcuts === "on") document.addEventListener("keydown", onKey);
