// Sends the query of the form and shows the answer as a table. Without scripts the form posts and gets the plain result.
"use strict";
(() => {
  const form = document.getElementById("sparql");
  const query = document.getElementById("query");
  const answer = document.getElementById("answer");
  const csv = document.getElementById("csv");
  const shownRows = 1000;
  let running = null;

  const element = (name, text, attributes = {}) => {
    const out = document.createElement(name);
    if (text !== undefined) out.textContent = text;
    for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
    return out;
  };

  const cell = (term) => {
    const out = element("td");
    if (!term) return out;
    if (term.type === "uri" && /^https?:/.test(term.value)) {
      out.append(element("a", term.value, { href: term.value }));
    } else {
      out.textContent = term.type === "bnode" ? "_:" + term.value : term.value;
      if (term["xml:lang"]) out.append(" ", element("small", term["xml:lang"], { class: "quiet" }));
      if (term.datatype) out.title = term.datatype;
    }
    return out;
  };

  const table = (head, rows) => {
    const out = element("table");
    const line = out.createTHead().insertRow();
    for (const name of head) line.append(element("th", name, { scope: "col" }));
    const body = out.createTBody();
    for (const row of rows.slice(0, shownRows)) body.insertRow().append(...head.map((name) => cell(row[name])));
    return out;
  };

  const show = (result, ms) => {
    if (result.boolean !== undefined) {
      answer.replaceChildren(element("p", result.boolean ? answer.dataset.yes : answer.dataset.no, { class: "when" }));
      return;
    }
    const rows = result.results.bindings;
    const count = rows.length === 0 ? answer.dataset.none : rows.length + " " + answer.dataset.rows + " · " + ms + " ms";
    answer.replaceChildren(element("p", count, { class: "quiet" }), table(result.head.vars, rows));
    if (rows.length > shownRows) answer.append(element("p", answer.dataset.more, { class: "quiet" }));
  };

  const run = async () => {
    if (running) running.abort();
    running = new AbortController();
    answer.replaceChildren(element("p", answer.dataset.running, { class: "quiet" }));
    csv.href = "/sparql?prefixes=usual&format=csv&query=" + encodeURIComponent(query.value);
    csv.hidden = false;
    const start = performance.now();
    try {
      const response = await fetch("/sparql?prefixes=usual", {
        method: "POST",
        headers: { "Accept": "application/sparql-results+json, text/turtle;q=0.9, text/plain;q=0.8",
                   "Content-Type": "application/sparql-query" },
        body: query.value,
        signal: running.signal,
      });
      const type = response.headers.get("Content-Type") || "";
      if (!response.ok) {
        const text = await response.text();
        let message = text;
        try {
          const error = JSON.parse(text).error;
          message = (error.line ? error.line + ":" + error.column + " " : "") + error.message;
        } catch { /* not JSON: shown as it is */ }
        answer.replaceChildren(element("p", message, { class: "failure", role: "alert" }));
      } else if (type.startsWith("application/sparql-results+json")) {
        show(await response.json(), Math.round(performance.now() - start));
      } else {
        answer.replaceChildren(element("pre", await response.text()));
      }
    } catch (failure) {
      if (failure.name !== "AbortError") {
        answer.replaceChildren(element("p", String(failure), { class: "failure", role: "alert" }));
      }
    }
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  if (new URLSearchParams(location.search).has("query")) run();  // an address that was passed on
  for (const button of document.querySelectorAll("button[data-query]")) {
    button.addEventListener("click", () => { query.value = button.dataset.query; run(); });
  }
})();
