// Where the pointer or the keyboard comes to a number, its quotation is shown; the card can be pointed at and put away.
const card = document.createElement("div");
card.id = "tip";
card.hidden = true;
card.setAttribute("role", "tooltip");
const said = card.appendChild(document.createElement("blockquote"));
const where = card.appendChild(document.createElement("p"));
said.lang = "nl";
document.querySelector(".gradio-container").append(card);
let owner = null;
let leaving;

const away = () => {
  clearTimeout(leaving);
  card.hidden = true;
  owner?.removeAttribute("aria-describedby");
  owner = null;
};
const show = (number) => {
  clearTimeout(leaving);
  if (owner === number) return;
  away();
  owner = number;
  said.textContent = number.dataset.quote;
  where.textContent = number.dataset.where;
  number.setAttribute("aria-describedby", "tip");
  card.hidden = false;
  const at = number.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 16), innerWidth - card.offsetWidth - 8);
  const below = at.bottom + 6 + card.offsetHeight < innerHeight;
  card.style.left = `${left}px`;
  card.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - card.offsetHeight - 6)}px`;
};
// In the list of quotations the words stand beside the number already.
const numberAt = (target) => target.closest?.(".sentences [data-quote]");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const number = numberAt(event.target);
  if (number) show(number);
  else if (event.target.closest?.("#tip")) clearTimeout(leaving);
  else if (owner) {
    clearTimeout(leaving);
    leaving = setTimeout(away, 200);
  }
});
document.addEventListener("focusin", (event) => {
  const number = numberAt(event.target);
  if (number?.matches(":focus-visible")) show(number);
  else if (owner) away();
});
document.addEventListener("click", (event) => event.target.closest?.("#tip") || away());
document.addEventListener("scroll", away, { capture: true, passive: true });
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !owner) return;
    away();
    event.stopImmediatePropagation();
  },
  { capture: true },
);
