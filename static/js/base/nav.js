// The names of the pages: where they do not all fit, the present one is in sight and the cut side fades out.

const nav = document.querySelector(".nav");

function fade() {
  const rest = nav.scrollWidth - nav.clientWidth - nav.scrollLeft;
  nav.classList.toggle("cut-start", nav.scrollLeft > 1);
  nav.classList.toggle("cut-end", rest > 1);
}

const here = nav.querySelector("[aria-current]");
if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - 24;
nav.addEventListener("scroll", fade, { passive: true });
new ResizeObserver(fade).observe(nav);
fade();
