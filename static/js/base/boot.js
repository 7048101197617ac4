// Runs before the first paint, so that a dark page never flashes white.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem("atlas-theme");
  } catch (ignored) {
    theme = null;
  }
  if (theme !== "dark" && theme !== "light") {
    theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.dataset.theme = theme;
})();
