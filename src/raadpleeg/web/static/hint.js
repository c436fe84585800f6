// A mistake in a filter is told at the question; the filters are shown with it.
watch("value", () => {
  if (element.querySelector("[data-parcel=side]")) document.dispatchEvent(new Event("raadpleeg:side"));
});
