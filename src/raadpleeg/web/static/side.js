// What stands beside the conversation: a column that folds away, and on a narrow screen a sheet from the left.
const wide = matchMedia("(min-width: 1200px)");
const body = document.body;
const open = () => (wide.matches ? !body.classList.contains("side-folded") : body.classList.contains("side-open"));
const tell = () => {
  element.querySelector(".side-toggle")?.setAttribute("aria-expanded", String(open()));
  const sheet = !wide.matches && open();
  for (const other of document.querySelectorAll("#talk, #source, .tab-wrapper")) other.inert = sheet;
  // The reader, too, may lie over what is at the top.
  const top = document.querySelector("#top");
  if (top) top.inert = sheet || (!wide.matches && body.classList.contains("reading"));
};
const set = (wanted) => {
  if (wide.matches) body.classList.toggle("side-folded", !wanted);
  else body.classList.toggle("side-open", wanted);
  tell();
};
const back = () => {
  set(false);
  element.querySelector(".side-toggle")?.focus({ preventScroll: true });
};

element.addEventListener("click", (event) => {
  if (!event.target.closest(".side-toggle")) return;
  set(!open());
  if (!wide.matches && open()) document.querySelector("#side .side-close")?.focus();
});
document.addEventListener("click", (event) => {
  if (event.target.closest(".side-close")) back();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !wide.matches && open() && !event.defaultPrevented) back();
});
document.addEventListener("raadpleeg:side", () => set(true));
new MutationObserver(tell).observe(body, { attributes: true, attributeFilter: ["class"] });
wide.addEventListener("change", tell);
watch("value", tell);
tell();
