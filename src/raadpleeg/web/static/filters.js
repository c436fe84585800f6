// The panel of filters: Gradio's fold does not tell a screen reader whether it is open, and its arrow would be read out.
const asking = element.closest("#asking");
const tell = () => {
  const toggle = asking.querySelector("#filters .label-wrap");
  toggle?.setAttribute("aria-expanded", String(toggle.classList.contains("open")));
  toggle?.querySelector(".icon")?.setAttribute("aria-hidden", "true");
};
new MutationObserver(tell).observe(asking, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["class"],
});
tell();
