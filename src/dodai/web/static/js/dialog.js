// data-opens="id" opens that dialog; without scripts the same element is a link or submits its form.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

// A click on the veil closes, as Esc does.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.matches(":modal")) event.target.close();
});
