// The way back from a scenario: the present page as it stands, without its ring distances. What stands after # stays.

const link = document.querySelector("[data-leaves-scenario]");

link?.addEventListener("click", () => {
  const words = new URLSearchParams(location.search);
  words.delete("rings");
  if (link.pathname === location.pathname) link.href = `${location.pathname}?${words}${location.hash}`;
});
