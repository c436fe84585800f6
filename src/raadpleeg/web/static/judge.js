// What somebody thinks of an answer goes to the machine that answers, and to no other.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.judge");
  if (!form) return;
  event.preventDefault();
  const said = new FormData(form);
  trigger("judge", { turn: Number(form.dataset.turn), verdict: said.get("verdict"), reason: said.get("reason") });
  form.reset();
  const menu = form.closest("details");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
