// A fragment that was refused because the sign-in is over, or that failed, shows a bar; the page and
// everything typed on it stay as they are.
const reveal = (id) => {
  const bar = document.getElementById(id);
  if (!bar) return;
  bar.hidden = false;
  bar.scrollIntoView({ block: "nearest" });
};
const hide = (id) => document.getElementById(id)?.setAttribute("hidden", "");

const atLogin = (request) => new URL(request.responseURL || location.href).pathname.endsWith("/login/");

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!atLogin(event.detail.xhr) || location.pathname.endsWith("/login/")) return;
  event.detail.shouldSwap = false;
  reveal("session-over");
});
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) reveal("session-over");
  else if (status >= 500) reveal("request-failed");
});
document.addEventListener("htmx:sendError", () => reveal("request-failed"));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || atLogin(event.detail.xhr)) return;
  hide("session-over");
  hide("request-failed");
});
