// Light or dark: the reader's choice if there is one, else what the system says.

const KEY = "atlas-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(theme, button) {
  document.documentElement.dataset.theme = theme;
  button?.setAttribute("aria-pressed", theme === "dark" ? "true" : "false");
}

/** Wire the toggle of the top bar. */
export function startTheme() {
  const button = document.getElementById("theme-toggle");
  const now = () => document.documentElement.dataset.theme;
  apply(now() || "light", button);
  button?.addEventListener("click", () => {
    const next = now() === "dark" ? "light" : "dark";
    apply(next, button);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // storage may be switched off: the choice then lasts for this page
    }
  });
  system.addEventListener("change", () => {
    if (!stored()) apply(system.matches ? "dark" : "light", button);
  });
}

export function startPrint() {
  document.getElementById("print-page")?.addEventListener("click", () => window.print());
}
