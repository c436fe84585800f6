// The conversation: tells the page which place or example question was chosen.
element.addEventListener("click", (event) => {
  const place = event.target.closest("[data-document]");
  const example = event.target.closest("[data-question]");
  if (place) {
    window.raadpleegOpener = place;
    trigger("open", {
      document: place.dataset.document,
      start: Number(place.dataset.start),
      end: Number(place.dataset.end),
      nearest: place.dataset.nearest === "yes",
    });
  } else if (example) {
    // An example goes the way of every question: into the box, and from there.
    const box = document.querySelector("#question textarea");
    box.value = example.dataset.question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#question .submit-button")?.click());
  }
});

// A question that follows others moves to the top of the window; the words of its answer never move the page.
if (element.closest("#now")) {
  let asked = null;
  watch("value", () => {
    const title = element.querySelector("article .question");
    if (title && title.id !== asked) {
      const first = asked === null;
      asked = title.id;
      if (first) return;
      requestAnimationFrame(() => title.scrollIntoView({ block: "start", behavior: "instant" }));
    }
  });
}
