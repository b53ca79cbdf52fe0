// What a page of the site does beside Furo: widgets and figures follow its light and dark, as they do JupyterLab's, and
// what scrolls can be reached with the keyboard.
(() => {
  const { body } = document, night = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    const { theme } = body.dataset;
    const light = String(theme === "light" || (theme !== "dark" && !night.matches));
    if (body.dataset.jpThemeLight !== light) body.dataset.jpThemeLight = light;
  };
  const reach = () => {
    const wide = [...document.querySelectorAll("pre, .cnn-formula > math, .table-wrapper")].filter(
      each => !each.closest(".cnn-widget"));
    const look = () => {
      for (const each of wide) {
        if (each.scrollWidth > each.clientWidth + 1) each.tabIndex = 0;
        else each.removeAttribute("tabindex");
      }
    };
    const sizes = new ResizeObserver(look);   // of the window, of a fold that opens, of words whose font has come
    for (const each of wide) for (const part of [each, ...each.children]) sizes.observe(part);
  };
  const open = () => {   // the place of a link may be folded
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = place?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const names = { ".sidebar-drawer": "All pages", ".toc-drawer": "On this page" };
  const begin = () => {
    for (const [part, name] of Object.entries(names)) document.querySelector(part)?.setAttribute("aria-label", name);
    follow();
    new MutationObserver(follow).observe(body, { attributes: true, attributeFilter: ["data-theme"] });
    night.addEventListener("change", follow);
    reach();
    open();
    addEventListener("hashchange", open);
  };
  if (body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
