// The few things that HTML cannot do alone. Every page works without this file.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Menus are <details class="drop">: one at a time, closed by Escape and by a click elsewhere.
  const close = (drop, focus = false) => {
    drop.open = false;
    if (focus) one("summary", drop).focus();
  };
  document.addEventListener("click", (event) => {
    for (const drop of all("details.drop[open]")) {
      const inside = drop.contains(event.target) || (drop.matches(".menu") && event.target.closest(".side"));
      if (!inside) close(drop);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const drop = one("details.drop[open]");
    if (drop) close(drop, true);
  });

  // Arrow keys go from an input through the links below it and back.
  const steps = (box, text, links) =>
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      const stops = [text, ...all(links)];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (next) next.focus();
      event.preventDefault();
    });

  // The region switcher: suggestions at once, arrow keys through them.
  const box = one("#switch");
  if (box) {
    const text = one("#switch-q");
    box.addEventListener("toggle", () => {
      if (!box.open) return;
      text.focus();
      text.select();
      if (window.htmx) window.htmx.trigger(text, "fill");
    });
    steps(box, text, "#switch-list a");
  }

  // The search box of every page: arrow keys through what is found, Escape puts it away.
  const seek = one("#seek");
  if (seek) {
    const text = one("#seek-q");
    steps(seek, text, "#seek-hits a");
    seek.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      one("#seek-hits").replaceChildren();
      text.focus();
    });
    // what was there before an answer to something else arrives would mislead
    text.addEventListener("input", () => text.value.trim() || one("#seek-hits").replaceChildren());
  }

  // Lists: search while typing (but never in the middle of composing Chinese), columns on each tick.
  let wait;
  const search = (event) => {
    const field = event.target;
    if (!field.form || field.form.id !== "filters" || event.isComposing) return;
    const picked = field.hasAttribute("list") && field.value.includes(" ");
    if (field.name !== "q" && !picked) return;
    clearTimeout(wait);
    wait = setTimeout(() => window.htmx && window.htmx.trigger("#filters", "find"), 400);
  };
  document.addEventListener("input", search);
  document.addEventListener("compositionend", search);
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.id === "columns") form.requestSubmit();
  });
  // A tick in the column choice bubbles up to the filters it stands in; it belongs to another form.
  document.addEventListener("htmx:confirm", (event) => {
    const cause = event.detail.triggeringEvent;
    const foreign = cause && cause.target && cause.target.form && cause.target.form !== event.detail.elt;
    if (event.detail.elt.id === "filters" && foreign) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const sent = event.detail.parameters;
    if (event.detail.verb !== "get" || event.target.tagName !== "FORM") return;
    for (const name of Object.keys(sent)) if (sent[name] === "") delete sent[name];
  });
  // Signed out in the meantime: the answer is the login page, so show that instead of an empty list.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target && ["seek-hits", "switch-list"].includes(target.id) && event.detail.serverResponse.includes("<html")) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
    if (target && ["rows", "list", "job"].includes(target.id) && !event.detail.serverResponse.includes(`id="${target.id}"`)) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
  // A part of a page that meets an ended session is told which page has to come first: go there and come back, unless
  // that would lose what was typed.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const door = event.detail.xhr.getResponseHeader("Portal-Door");
    if (!door) return;
    event.preventDefault();
    if (dirty) ended();
    else window.location.assign(door);
  });
  const away = () => {
    if (one("#messages .away")) return;
    const note = document.createElement("div");
    note.className = "note note-e away";
    note.setAttribute("role", "alert");
    note.textContent = document.body.dataset.away;
    one("#messages").replaceChildren(note);
  };
  document.addEventListener("htmx:sendError", away);
  document.addEventListener("htmx:responseError", away);

  // A form that has been written in asks before it is left.
  const guarded = one("form[data-guard]");
  let dirty = false;
  if (guarded) {
    dirty = Boolean(one("#errors"));
    guarded.addEventListener("input", () => (dirty = true));
    window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
  }

  // Before a form is sent that was open for long: is anybody signed in still? If not, the form stays as it is until one
  // has signed in again in another window; it then takes the new token.
  const FRESH = 10 * 60 * 1000;
  const loaded = Date.now();
  const ended = () => {
    const note = document.createElement("div");
    note.className = "note note-w";
    note.id = "ended";
    note.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = document.body.dataset.back;
    link.target = "_blank";
    link.textContent = document.body.dataset.again;
    const text = document.createElement("span");
    text.append(`${document.body.dataset.ended} `, link);
    note.append(text);
    one("#messages").replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
    link.focus();
  };
  if (guarded && document.body.dataset.still) {
    let sure = false;
    guarded.addEventListener("submit", async (event) => {
      if (sure || Date.now() - loaded < FRESH) {
        dirty = false;
        return;
      }
      event.preventDefault();
      const answer = await fetch(document.body.dataset.still, { cache: "no-store" }).catch(() => null);
      const told = answer && answer.ok ? await answer.json() : null;
      if ((answer && answer.status === 401) || (told && String(told.user) !== document.body.dataset.user)) {
        dirty = true;
        ended();
        return;
      }
      const token = one("[name=csrfmiddlewaretoken]", guarded);
      if (told && token) token.value = told.token;
      sure = true;
      guarded.requestSubmit(event.submitter);
      sure = false;
    });
  } else if (guarded) guarded.addEventListener("submit", () => (dirty = false));
  const errors = one("#errors");
  if (errors) errors.focus();

  // What was revealed is masked again after a minute, and when the page is left or comes back out of the browser's memory.
  const mask = (shown) => {
    const note = document.createElement("div");
    note.className = "note gap-b";
    note.setAttribute("role", "status");
    note.textContent = shown.dataset.masked;
    shown.replaceWith(note);
  };
  const reveal = (shown) => {
    const end = Date.now() + shown.dataset.revealed * 1000;
    const tick = setInterval(() => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (shown.isConnected && left > 0) {
        one("[data-left]", shown).textContent = left;
        return;
      }
      clearInterval(tick);
      if (shown.isConnected) mask(shown);
    }, 250);
  };
  all("[data-revealed]").forEach(reveal);
  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches("[data-revealed]")) reveal(event.target);
  });
  window.addEventListener("pagehide", () => all("[data-revealed]").forEach(mask));

  // Keys: "/" to the search box of every page, "f" to that of a list, "n" for a new record, "e" to edit.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const at = one(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!at) return;
    event.preventDefault();
    if (at.matches("input")) at.focus();
    else at.click();
  });

  // Demonstration accounts: one click fills the form.
  for (const row of all("tr[data-account]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = row.dataset.account;
    button.addEventListener("click", () => {
      one("#id_username").value = row.dataset.account;
      one("#id_password").value = row.dataset.password;
      one(".login .btn-primary").focus();
    });
    row.cells[0].replaceChildren(button);
  }

  // Paper cannot be unfolded, and says when it was printed, not when the page was opened.
  const paper = (now) => {
    const folded = "main details:not(.drop, .more, .cl-b *)";
    for (const each of all(now ? `${folded}:not([open])` : `${folded}[data-unfolded]`)) {
      each.open = now;
      each.toggleAttribute("data-unfolded", now);
    }
    const clock = { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" };
    const time = one("[data-printed]");
    if (now && time) time.textContent = new Date().toLocaleString("sv-SE", clock);
  };
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-act="print"]')) window.print();
  });
  if (document.body.hasAttribute("data-print")) window.addEventListener("load", () => window.print());
})();
