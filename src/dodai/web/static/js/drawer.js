// The record beside its list: opens when #panel is filled, closes with Esc or its link,
// gives the focus back to the row and asks before typed text is lost.
const panel = document.getElementById("panel");
let opener = null;
let typed = false;

function close(url) {
  if (!panel.open) return;
  if (typed && !window.confirm(panel.dataset.question)) return;
  typed = false;
  panel.close();
  panel.replaceChildren();
  if (url) history.replaceState(null, "", url);
  opener?.focus();
}

function move(step) {
  const links = [...document.querySelectorAll('[hx-target="#panel"]')].filter((link) => !panel.contains(link));
  const next = links[links.indexOf(opener) + step];
  if (next && (!typed || window.confirm(panel.dataset.question))) next.click();
}

if (panel) {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === panel && !panel.contains(event.detail.elt)) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panel) return;
    typed = false;
    if (!panel.open) panel.show();
    panel.querySelector("h2")?.focus();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && panel.contains(event.detail.elt)) typed = false;
  });
  document.addEventListener("drawer:close", () => {
    typed = false;
    close();
  });
  panel.addEventListener("input", (event) => {
    typed ||= !event.target.closest("[data-unguarded]");
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drawer-close]");
    if (!link) return;
    event.preventDefault();
    close(link.getAttribute("href") === "?" ? null : link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (!panel.open || document.querySelector("dialog:modal")) return;
    if (event.key === "Escape") close(panel.querySelector("[data-drawer-close]")?.href);
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
}
