// Puts an entity's JSON-LD into the page that holds this script:
//   <script async src="https://…/embed.js" data-iri="https://…/id/event/…"></script>
"use strict";
(() => {
  const tags = document.querySelectorAll('script[src$="/embed.js"][data-iri]:not([data-done])');
  for (const tag of tags) {
    tag.dataset.done = "true";
    const address = new URL("embed", tag.src);
    address.searchParams.set("iri", tag.dataset.iri);
    if (document.documentElement.lang) address.searchParams.set("lang", document.documentElement.lang.slice(0, 2));
    fetch(address, { headers: { "Accept": "application/ld+json" } })
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error("HTTP " + response.status))))
      .then((json) => {
        const data = document.createElement("script");
        data.type = "application/ld+json";
        data.textContent = json;
        tag.after(data);
      })
      .catch((error) => console.warn("Scenograph: no data for " + tag.dataset.iri + ": " + error.message));
  }
})();
