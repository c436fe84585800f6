// What this browser keeps: the conversations, newest first. It stands before the scripts that use it.
const store = {
  name: "raadpleeg.conversations",
  most: 40,
  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && typeof one.turns === "string") : [];
    } catch {
      return [];
    }
  },
  write(conversations) {
    // Where the browser has no more room, the oldest give way.
    let rows = conversations.slice(0, this.most);
    for (; ; rows = rows.slice(0, -1)) {
      try {
        localStorage.setItem(this.name, JSON.stringify(rows));
        break;
      } catch {
        if (!rows.length) break;
      }
    }
    document.dispatchEvent(new Event("raadpleeg:kept"));
  },
  current() {
    // Each window has a conversation of its own, which a reload keeps.
    return sessionStorage.getItem("raadpleeg.current");
  },
  begin(id = crypto.randomUUID?.() ?? String(Math.random())) {
    sessionStorage.setItem("raadpleeg.current", id);
    document.dispatchEvent(new Event("raadpleeg:kept"));
  },
  find(id) {
    return this.all().find((one) => one.id === id);
  },
  last(conversation) {
    try {
      return JSON.parse(conversation.turns).at(-1)?.question;
    } catch {
      return undefined;
    }
  },
  address(question) {
    const url = new URL(location.href);
    url.searchParams.delete("q");
    if (question) url.searchParams.set("q", question);
    return url;
  },
};
