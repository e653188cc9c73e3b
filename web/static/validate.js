// A file may be dropped anywhere on the form. Without scripts it is chosen with the field.
"use strict";
(() => {
  const form = document.getElementById("validate");
  const field = document.getElementById("file");
  const zone = document.getElementById("drop");
  for (const hint of zone.querySelectorAll("[data-drop]")) hint.hidden = false;

  const has_file = (event) => Array.from(event.dataTransfer.types).includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!has_file(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    if (!has_file(event)) return;
    event.preventDefault();
    const files = new DataTransfer();  // the first of several
    files.items.add(event.dataTransfer.files[0]);
    field.files = files.files;
    field.focus();
  });
})();
