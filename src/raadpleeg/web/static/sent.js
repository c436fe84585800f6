// What the page sends besides what it shows: a file to save, words to paste, a line to tell.
const line = document.createElement("p");
line.id = "told";
line.setAttribute("role", "status");
document.querySelector(".gradio-container").append(line);
let hiding;
const tell = (words) => {
  line.textContent = words;
  line.classList.add("seen");
  clearTimeout(hiding);
  hiding = setTimeout(() => line.classList.remove("seen"), 3500);
};

const copied = async (words) => {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Where the page is not on this machine, a browser gives no clipboard; the old way still works.
    const box = document.body.appendChild(document.createElement("textarea"));
    const before = document.activeElement;
    box.value = words;
    box.select();
    document.execCommand("copy");
    box.remove();
    before?.focus({ preventScroll: true });
  }
};

const save = (name, kind, body) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([body], { type: `${kind};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

watch("value", () => {
  const data = element.querySelector("[data-parcel]")?.dataset;
  if (!data) return;
  if (data.parcel === "restored") document.body.classList.remove("restoring");
  if (data.parcel === "file") save(data.name, data.kind, data.body);
  if (data.parcel === "copy") copied(data.body);
  if (data.words) tell(data.words);
});
document.addEventListener("raadpleeg:copy", async (event) => {
  await copied(event.detail.body);
  tell(document.querySelector("[data-copied]").dataset.copied);
});
