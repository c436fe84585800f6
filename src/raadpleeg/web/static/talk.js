// The conversation: a question that follows others moves to the top; the words of its answer never move the page.
let asked = null;
watch("value", () => {
  const title = element.querySelector("article .question");
  if (title && title.id !== asked) {
    const first = asked === null && !document.querySelector("#past article");
    asked = title.id;
    if (first) return;
    requestAnimationFrame(() => title.scrollIntoView({ block: "start", behavior: "instant" }));
  } else if (!title) {
    asked = null;
  }
});
