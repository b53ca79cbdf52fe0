// A page of published notebooks: each place gets its live view, those in sight first; figures get their photographs.
//
// `renderers` are those of the widgets by their entry. Where this cannot run, the stills stay in their places; on paper
// they stand there, too (live.css).
import { modelOf } from "../../viz/kit/static/model.js";
import { photographs } from "../../viz/kit/static/figure.js";

const NEAR = "800px";   // below and above what is in sight

const begin = (renderers, place) => {
  if (place.dataset.live) return;
  place.dataset.live = "begun";
  const el = document.createElement("div");
  el.className = "cnn-view";
  try {
    const state = JSON.parse(place.querySelector("script").textContent);
    place.append(el);
    renderers[place.dataset.entry]({ model: modelOf(state), el });
    place.dataset.live = "yes";
  } catch (error) {   // the still says what can be said
    el.remove();
    place.dataset.live = "no";
    console.error(`cnnlib: ${error.message}`);
  }
};

// What is not near follows one by one, whenever the page has nothing else to do.
const follow = (renderers, places) => {
  const next = () => {
    const place = places.find(each => !each.dataset.live);
    if (!place) return;
    begin(renderers, place);
    later(next);
  };
  const later = window.requestIdleCallback ?? (act => setTimeout(act, 50));
  later(next);
};

const page = renderers => {
  for (const figure of document.querySelectorAll(".cnn-figure[data-photos]")) {
    const image = figure.querySelector("img");
    figure.append(photographs(image.src, JSON.parse(figure.dataset.photos)));
  }
  const places = [...document.querySelectorAll(".cnn-place")];
  const seen = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) seen.unobserve(target), begin(renderers, target);
  }, { rootMargin: NEAR });
  for (const place of places) seen.observe(place);
  follow(renderers, places);
};

const render = renderers => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => page(renderers));
  else page(renderers);
};

export default { render };
