// The reader: opens beside the page (over it on a narrow screen), goes from place to place, and scrolls nothing but itself.
const narrow = matchMedia("(max-width: 1199.98px)");
const empty = props.value;
let opener = null;
let row = [];
let at = -1;
let stepped = 0;

const key = (one) => [one.dataset.document, one.dataset.start, one.dataset.end].join(" ");
const rowOf = (place) => {
  // The citations of one answer in the order of their numbers; elsewhere the places of one list.
  const turn = place.closest(".turn");
  const cited = [...(turn?.querySelectorAll(".cite[data-document]") ?? [])];
  const here = cited.some((one) => key(one) === key(place));
  const all = here
    ? cited.sort((a, b) => Number(a.textContent.match(/\d+/)) - Number(b.textContent.match(/\d+/)))
    : [...(place.closest("[data-row], ol, ul, table, section")?.querySelectorAll("[data-document]") ?? [place])];
  return [...new Map(all.reverse().map((one) => [key(one), one])).values()].reverse();
};
const ask = (place) => {
  opener = place;
  trigger("open", {
    document: place.dataset.document,
    start: Number(place.dataset.start),
    end: Number(place.dataset.end),
    nearest: place.dataset.nearest === "yes",
  });
};

const keepingPlace = (change) => {
  // Beside an open reader the page may be narrower; what was clicked stays where it was.
  const before = opener?.isConnected ? opener.getBoundingClientRect().top : null;
  change();
  if (before !== null) window.scrollBy(0, opener.getBoundingClientRect().top - before);
};
const cover = () => {
  // What lies under the reader cannot be reached.
  const covered = narrow.matches && document.body.classList.contains("reading");
  for (const other of document.querySelectorAll("#top, #main")) other.inert = covered;
};

const shown = () => {
  const title = element.querySelector(".reader h2");
  if (!title) return;
  document.querySelectorAll("[data-document].current").forEach((one) => one.classList.remove("current"));
  opener?.classList.add("current");
  keepingPlace(() => document.body.classList.add("reading"));
  cover();
  const steps = element.querySelector(".steps");
  if (steps) {
    steps.hidden = row.length < 2;
    steps.querySelector(".at").textContent = steps.dataset.at
      .replace("{}", at + 1)
      .replace("{}", row.length);
    for (const step of steps.querySelectorAll("[data-step]")) {
      const there = at + Number(step.dataset.step);
      step.setAttribute("aria-disabled", String(there < 0 || there >= row.length));
    }
  }
  const paper = element.querySelector(".paper");
  const mark = element.querySelector("mark");
  if (mark) {
    const above = mark.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    paper.scrollTop += above - Math.max(24, (paper.clientHeight - mark.offsetHeight) / 3);
  }
  const next = stepped ? element.querySelector(`[data-step="${stepped}"]`) : title;
  stepped = 0;
  next.focus({ preventScroll: true });
};

const close = () => {
  keepingPlace(() => {
    document.body.classList.remove("reading");
    props.value = empty;
  });
  cover();
  document.querySelectorAll("[data-document].current").forEach((one) => one.classList.remove("current"));
  if (opener?.isConnected) opener.focus({ preventScroll: true });
};

watch("value", () => requestAnimationFrame(shown));
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-document]");
  if (!place) return;
  row = rowOf(place);
  at = row.findIndex((one) => key(one) === key(place));
  stepped = 0;
  document.body.classList.remove("side-open");
  ask(place);
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
  const step = event.target.closest("[data-step]");
  if (step && step.getAttribute("aria-disabled") !== "true") {
    stepped = Number(step.dataset.step);
    at += stepped;
    ask(row[at]);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("reading") && !event.defaultPrevented) close();
});
narrow.addEventListener("change", cover);
