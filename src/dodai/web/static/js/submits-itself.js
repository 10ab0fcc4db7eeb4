// A row of view selects shows its choice at once; without scripts the form has a button.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-submits-itself]");
  if (form && event.target.matches("select")) form.requestSubmit();
});
