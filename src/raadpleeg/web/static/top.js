// The top: the page's language, light and dark, and which part is open.
document.documentElement.lang = element.querySelector("header").lang;

const system = matchMedia("(prefers-color-scheme: dark)");
const chosen = () => localStorage.getItem("raadpleeg.look");
const look = () => {
  const dark = chosen() === null ? system.matches : chosen() === "dark";
  document.body.classList.toggle("dark", dark);
  element.querySelector(".dark-switch").setAttribute("aria-pressed", String(dark));
};
element.querySelector(".dark-switch").addEventListener("click", () => {
  const dark = !document.body.classList.contains("dark");
  // What the system has already needs no remembering: the page follows it again.
  if (dark === system.matches) localStorage.removeItem("raadpleeg.look");
  else localStorage.setItem("raadpleeg.look", dark ? "dark" : "light");
  look();
});
system.addEventListener("change", look);
look();
setTimeout(look, 500); // Gradio sets its own look once it is there

element.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("tab-consult-button")?.click();
  setTimeout(() => document.querySelector("#question textarea")?.focus());
});

// The open part is told to the style sheet, and stands in the address.
const parts = ["consult", "lookup", "questions", "documents", "account"];
const button = (name) => document.getElementById(`tab-${name}-button`);
const tell = () => {
  const open = parts.find((name) => button(name)?.getAttribute("aria-selected") === "true") ?? "consult";
  if (document.body.dataset.tab === open) return;
  const first = !document.body.dataset.tab;
  document.body.dataset.tab = open;
  if (first) return;
  const url = new URL(location.href);
  url.hash = open === "consult" ? "" : open;
  history.replaceState(history.state, "", url);
};
const follow = () => {
  const wanted = location.hash.slice(1);
  if (parts.includes(wanted)) button(wanted)?.click();
};
document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-tab]:not(body)");
  if (tab) button(tab.dataset.tab)?.click();
});
const waiting = setInterval(() => {
  if (!button("consult")) return;
  clearInterval(waiting);
  new MutationObserver(tell).observe(document.getElementById("tabs"), {
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-selected"],
  });
  tell();
  follow();
  addEventListener("hashchange", follow);
}, 30);
