// The list of earlier conversations, from what this browser keeps.
const frame = element.querySelector(".earlier");
const button = (action, id, words) => {
  const one = document.createElement("button");
  one.type = "button";
  one.dataset.action = action;
  one.dataset.id = id;
  one.textContent = words;
  return one;
};
const list = () => {
  const rows = store.all().map((one) => {
    const row = document.createElement("li");
    const open = row.appendChild(button("open", one.id, ""));
    const title = open.appendChild(document.createElement("span"));
    title.className = "title";
    title.textContent = one.title;
    if (one.id === store.current()) open.setAttribute("aria-current", "true");
    const forget = row.appendChild(button("forget", one.id, "×"));
    forget.setAttribute("aria-label", `${frame.dataset.forget}: ${one.title}`);
    forget.title = frame.dataset.forget;
    return row;
  });
  frame.querySelector("ul").replaceChildren(...rows);
  frame.querySelector("[data-action=forget-all]").hidden = rows.length < 2;
};
document.addEventListener("raadpleeg:kept", list);
addEventListener("storage", list);
list();
