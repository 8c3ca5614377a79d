/* What HTML and Reflex cannot do alone, under a policy that forbids inline scripts. */
"use strict";
(() => {
  let address = location.pathname;
  let settled; // the timer that waits for a new page to be complete
  const openers = new Map(); // each open dialog and what had the focus before it

  /* A section named in the address, which is drawn only after the page has come. */
  let sought = "";
  const place = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const found = name ? document.getElementById(name) : null;
    return found?.dataset.place ? found : null;
  };
  const seek = () => {
    const found = sought !== location.href && place();
    if (!found) return;
    sought = location.href;
    found.scrollIntoView();
    found.focus({ preventScroll: true });
  };

  /* A new screen: put the focus on its heading and say its name. */
  const arrive = () => {
    address = location.pathname;
    const heading = document.querySelector("main h1");
    if (!place()) heading?.focus({ preventScroll: true });
    const announce = document.getElementById("announce");
    if (announce) announce.textContent = document.title;
  };

  const openDialog = (dialog) => {
    openers.set(dialog, document.activeElement);
    dialog.showModal();
    dialog.querySelector("h2")?.focus();
    dialog.addEventListener("cancel", (escape) => {
      escape.preventDefault();
      dialog.querySelector("[data-cancel]")?.click();
    });
  };

  const closeDialogs = () => {
    for (const [dialog, opener] of openers) {
      if (dialog.isConnected) continue;
      openers.delete(dialog);
      opener?.isConnected && opener.focus();
    }
  };

  const watch = () => {
    for (const dialog of document.querySelectorAll("dialog[data-modal]:not([open])"))
      openDialog(dialog);
    if (openers.size) closeDialogs();
    if (location.hash) seek();
    for (const part of document.querySelectorAll("[data-focus]:not([data-focused])")) {
      part.dataset.focused = "true";
      part.focus();
    }
    if (location.pathname !== address) {
      clearTimeout(settled);
      settled = setTimeout(arrive, 80);
    }
  };
  new MutationObserver(watch).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });

  addEventListener("hashchange", seek);

  /* Menus close with Escape, and when something else is chosen. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (click) => closeMenus(click.target));
  document.addEventListener("keydown", (key) => {
    const menu = key.key === "Escape" && key.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* A chosen file's text goes into the field it fills, to be read before it is sent. */
  document.addEventListener("change", async (change) => {
    const field = document.getElementById(change.target.dataset?.fills ?? "");
    const [file] = change.target.files ?? [];
    if (field && file) field.value = await file.text();
  });
})();
