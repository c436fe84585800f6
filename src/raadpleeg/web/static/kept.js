// A conversation that has gone on is kept, in this browser only, and its last question stands in the address.
watch("value", () => {
  const turns = element.querySelector("[data-parcel=turns]")?.dataset.turns;
  if (!turns) return;
  const id = store.current();
  const title = JSON.parse(turns)[0]?.question ?? "";
  const one = { id, title, when: new Date().toISOString(), turns };
  store.write([one, ...store.all().filter((other) => other.id !== id)]);
  history.replaceState(history.state, "", store.address(store.last(one)));
});
