// Everything works without this. It counts characters, counts seconds down, and keeps an unsent text on this device.
(() => {
  const person = document.body.dataset.person;
  const prefix = "unsent:";
  const store = {
    get: key => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* Private windows have none. */ } },
    drop: key => { try { localStorage.removeItem(key); } catch { /* Nothing to drop. */ } },
    keys: () => { try { return Object.keys(localStorage); } catch { return []; } },
  };

  // On a shared machine nothing stays behind: signed out, or somebody else signed in.
  for (const key of store.keys()) if (key.startsWith(prefix) && !(person && key.startsWith(prefix + person + ":"))) store.drop(key);

  for (const area of document.querySelectorAll("textarea[data-count]")) {
    const most = +area.dataset.count;
    const told = document.createElement("p");
    told.className = "hint";
    told.setAttribute("aria-live", "polite");
    area.after(told);
    let wait;
    const tell = () => { told.textContent = area.value.length ? `${area.value.length.toLocaleString("en")} of ${most.toLocaleString("en")} characters` : ""; };
    area.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(tell, 300); });
    tell();
  }

  // Only the bare key decides: what is pressed together with another was meant for something else.
  const deciding = document.querySelector(".decide form");
  for (const pressed of ["keydown", "keyup"])
    deciding?.addEventListener(pressed, event => {
      const meant = event.key === "Enter" || event.key === " ";
      if (meant && (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) && event.target.tagName !== "TEXTAREA") event.preventDefault();
    });

  for (const button of document.querySelectorAll("[data-seconds]")) {
    const shown = button.closest(".banner").querySelector("b");
    const end = performance.now() + button.dataset.seconds * 1000;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.round((end - performance.now()) / 1000));
      if (shown) shown.textContent = left;
      if (left) return;
      clearInterval(timer);
      button.disabled = true;
      button.parentNode.querySelector("span").textContent = "The time for undoing is over.";
    }, 1000);
  }

  const form = document.querySelector("form[data-keep]");
  const sent = prefix + person + ":sent";
  if (!form) {
    // The page after a form: what was sent has arrived, so it need not be kept.
    const key = store.get(sent);
    if (key && document.querySelector("[role=status]")) { store.drop(key); store.drop(sent); }
    return;
  }
  const area = form.querySelector("textarea");
  const key = prefix + person + ":" + (form.elements.draft?.value || "new");
  const kept = store.get(key);
  if (kept && kept !== area.value && !document.querySelector(".errors")) {
    const notice = document.createElement("div");
    notice.className = "notice";
    const words = document.createElement("p");
    words.textContent = "A text that you had not sent is still on this device.";
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "plain";
      made.textContent = text;
      made.addEventListener("click", () => { act(); notice.remove(); area.focus(); });
      return made;
    };
    const row = document.createElement("p");
    row.className = "actions";
    row.append(
      button("Put it back", () => { area.value = kept; area.dispatchEvent(new Event("input")); }),
      button("Throw it away", () => store.drop(key)));
    notice.append(words, row);
    form.before(notice);
  }
  area.addEventListener("input", () => area.value ? store.set(key, area.value) : store.drop(key));
  form.addEventListener("submit", () => store.set(sent, key));
})();
