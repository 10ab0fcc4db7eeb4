// A refusal or a summary of faults that has just arrived is brought into view and read out.
function lookAt(root) {
  const summary = root.querySelector?.("[data-error-summary]") ?? (root.matches?.("[data-error-summary]") ? root : null);
  summary?.focus();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "notices") event.detail.target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:load", (event) => lookAt(event.detail.elt));
lookAt(document);

// A link of the summary lands in its field, also when the field is a group.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  (field.matches("fieldset") ? field.querySelector("input") ?? field : field).focus();
});
