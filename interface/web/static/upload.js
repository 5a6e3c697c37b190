// Ledgers dropped on the upload's form, and how far they are on their way. The form works without.
"use strict";
for (const form of document.querySelectorAll("form[data-upload]")) {
  const files = form.querySelector("input[type=file]");
  const bar = form.querySelector("progress");
  const chosen = form.querySelector("[data-chosen]");
  const tell = () => {
    chosen.textContent = Array.from(files.files, (file) => file.name).join("、");
  };
  files.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    form.addEventListener(kind, () => form.classList.remove("over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    files.files = event.dataTransfer.files;
    tell();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = form.querySelector("button");
    button.disabled = true;
    bar.hidden = false;
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) {
        bar.max = sent.total;
        bar.value = sent.loaded;
      }
    });
    request.addEventListener("load", () => {
      if (request.status < 400) {
        location.assign(request.responseURL);
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      document.getElementById("main").replaceWith(answer.getElementById("main"));
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      bar.hidden = true;
      form.submit();
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}
