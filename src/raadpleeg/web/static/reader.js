// The reader: opens beside the conversation (over it on a narrow screen) and scrolls nothing but itself.
const keepingPlace = (opener, change) => {
  // Beside an open reader the conversation is narrower; what was clicked stays where it was.
  const before = opener?.isConnected ? opener.getBoundingClientRect().top : null;
  change();
  if (before !== null) window.scrollBy(0, opener.getBoundingClientRect().top - before);
};

const open = () => {
  const title = element.querySelector(".reader h2");
  if (!title) return;
  const opener = window.raadpleegOpener;
  document.querySelectorAll("[data-document].current").forEach((one) => one.classList.remove("current"));
  opener?.classList.add("current");
  keepingPlace(opener, () => document.body.classList.add("reading"));
  const paper = element.querySelector(".paper");
  const mark = element.querySelector("mark");
  if (mark) {
    const above = mark.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    paper.scrollTop += above - Math.max(24, (paper.clientHeight - mark.offsetHeight) / 3);
  }
  title.focus({ preventScroll: true });
};

const close = () => {
  const opener = window.raadpleegOpener;
  keepingPlace(opener, () => document.body.classList.remove("reading"));
  opener?.classList.remove("current");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
};

watch("value", () => requestAnimationFrame(open));
element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("reading")) close();
});
