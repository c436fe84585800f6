// A part of a tab: tells the tab what was chosen in it, and lights up what belongs together in the web of references.
element.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-lookup]");
  const paper = event.target.closest("[data-paper]");
  if (wanted) trigger("look", { query: wanted.dataset.lookup, way: wanted.dataset.way || "auto" });
  else if (paper) trigger("choose", { paper: paper.dataset.paper });
});

const light = (event) => {
  const web = event.target.closest?.(".refweb");
  if (!web) return;
  const node = event.target.closest("[data-node]");
  const leaving = event.type === "mouseout" || event.type === "focusout";
  web.classList.toggle("lit", Boolean(node) && !leaving);
  const beside = new Set();
  web.querySelectorAll("[data-from]").forEach((line) => {
    const own = Boolean(node) && !leaving && [line.dataset.from, line.dataset.to].includes(node.dataset.node);
    line.classList.toggle("on", own);
    if (own) beside.add(line.dataset.from).add(line.dataset.to);
  });
  web.querySelectorAll("[data-node]").forEach((one) => one.classList.toggle("on", beside.has(one.dataset.node)));
};
for (const name of ["mouseover", "mouseout", "focusin", "focusout"]) element.addEventListener(name, light);

// What was asked for by a click elsewhere on the page is shown where it appears; a typed question moves nothing.
watch("value", () => {
  requestAnimationFrame(() => {
    const title = element.querySelector("[data-focus]");
    if (!title) return;
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "start", behavior: "instant" });
  });
});
