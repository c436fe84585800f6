// The desk: whatever is asked of an answer or of the conversation, wherever on the page the button stands.
const ask = (words, tries = 100) => {
  // Every question goes the same way: into the box, and from there.
  document.getElementById("tab-consult-button")?.click();
  const box = document.querySelector("#question textarea");
  const send = document.querySelector("#question .submit-button");
  if (!box || !send) {
    if (tries) setTimeout(() => ask(words, tries - 1), 50);
    return;
  }
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#question .submit-button")?.click());
};

const fresh = () => {
  store.begin();
  history.replaceState(history.state, "", store.address(""));
  trigger("fresh");
  document.getElementById("tab-consult-button")?.click();
  document.body.classList.remove("side-open");
  document.querySelector("#question textarea")?.focus();
};

const restore = (conversation) => {
  store.begin(conversation.id);
  document.body.classList.add("restoring");
  history.replaceState(history.state, "", store.address(store.last(conversation)));
  trigger("restore", { turns: conversation.turns });
};

const busy = () => document.querySelector("#now article")?.getAttribute("aria-busy") === "true";

const actions = {
  again: (data) => busy() || trigger("again", { turn: Number(data.turn) }),
  edit: (data) => {
    if (busy()) return;
    trigger("edit", { turn: Number(data.turn) });
    document.querySelector("#question textarea")?.focus();
  },
  leave: () => {
    trigger("edit", { turn: 0 });
    document.querySelector("#question textarea")?.focus();
  },
  save: (data) => trigger("save", { turn: Number(data.turn), form: data.form }),
  copy: (data) => trigger("copy", { turn: Number(data.turn) }),
  cite: (data) => trigger("cite", { document: data.of, start: Number(data.from), end: Number(data.to) }),
  link: (data) => {
    const address = store.address(data.words);
    address.hash = "";
    document.dispatchEvent(new CustomEvent("raadpleeg:copy", { detail: { body: address.href } }));
  },
  print: () => window.print(),
  fresh: () => busy() || fresh(),
  open: (data) => {
    const conversation = store.find(data.id);
    if (conversation && !busy()) restore(conversation);
    document.body.classList.remove("side-open");
  },
  forget: (data) => {
    store.write(store.all().filter((one) => one.id !== data.id));
    if (data.id === store.current()) fresh();
  },
  "forget-all": () => {
    store.write([]);
    fresh();
  },
};

document.addEventListener("click", (event) => {
  const open = event.target.closest("details.menu");
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== open || event.target.closest("[data-action]")) menu.open = false;
  });
  const asked = event.target.closest("[data-question]");
  if (asked) ask(asked.dataset.question);
  const button = event.target.closest("[data-action]");
  if (button) actions[button.dataset.action]?.(button.dataset);
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.stopImmediatePropagation();
});

// The address may hold a question; a reload finds the conversation that this window had.
const wanted = new URLSearchParams(location.search).get("q");
const kept = store.find(store.current());
if (kept && (!wanted || store.last(kept) === wanted)) {
  requestAnimationFrame(() => restore(kept));
} else {
  store.begin();
  if (wanted) ask(wanted);
}
